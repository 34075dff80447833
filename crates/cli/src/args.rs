//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Spec-driven development on the `.kiro` folder, in any editor and on the command line.
#[derive(Debug, Parser)]
#[command(name = "rutter", version, max_term_width = 100)]
pub struct Args {
    /// The workspace folder.
    #[arg(
        short = 'C',
        long = "dir",
        global = true,
        value_name = "DIR",
        default_value = "."
    )]
    pub dir: PathBuf,
    /// How results are written.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// For machines; the shapes are in the documentation.
    Json,
    /// For code hosts: SARIF 2.1.0; of findings only.
    Sarif,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Serve an editor over stdin and stdout.
    Lsp(LspArgs),
    /// Ends what another Rutter runs when that one ends; started by it.
    #[command(hide = true)]
    Watchdog,
    /// Draft a spec from a sentence.
    New(NewArgs),
    /// Write down as requirements what a source file does today.
    FromCode {
        /// The file; a line or lines of it behind a colon, such as src/cart.rs:10-40.
        #[arg(value_name = "PATH[:LINE[-LINE]]")]
        place: String,
        /// The name of the spec; that of the file where none is given.
        #[arg(long)]
        name: Option<String>,
    },
    /// Write a test of a correctness property, which fails until you have written it.
    PropertyTest {
        /// The spec.
        spec: String,
        /// The property's number.
        property: u32,
        /// proptest, hypothesis or fast-check, where the project has several.
        #[arg(long)]
        library: Option<String>,
        /// The folder of the package, where several have one.
        #[arg(long)]
        folder: Option<String>,
    },
    /// Answer an open decision wherever it stands.
    Decide {
        /// The spec.
        spec: String,
        /// The decision, such as D1.
        decision: String,
        /// The choice: its number from 1, or its text.
        choice: String,
    },
    /// Show how far each spec is.
    Status {
        /// The spec; all of them where none is named.
        spec: Option<String>,
    },
    /// Check specs and say what is wrong with them.
    Check(CheckArgs),
    /// Record your yes to a document as it stands.
    Approve {
        /// The spec.
        spec: String,
        /// requirements, design or tasks; all for each document there is.
        stage: String,
        /// Approve these items only, such as 1.2.
        #[arg(long, value_delimiter = ',')]
        ids: Option<Vec<String>>,
        /// Take the first choice of each open decision.
        #[arg(long)]
        accept_defaults: bool,
    },
    /// Draft the next document, when the ones before are approved.
    Next {
        /// The spec.
        spec: String,
    },
    /// Bring design and tasks up to date with edited requirements.
    Sync {
        /// The spec.
        spec: String,
        /// Show what would change and write nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Change the mark of a task.
    Set {
        /// The spec.
        spec: String,
        /// The task's number, or #line.
        task: String,
        /// pending, queued, running or done.
        state: String,
    },
    /// Take a further concern into the criteria.
    TakeIn {
        /// The spec.
        spec: String,
        /// The concern: its place in the list from 1.
        concern: String,
    },
    /// Take a change back, created files included.
    Undo {
        /// The change, as the command that made it said; the latest where none is named.
        change: Option<String>,
    },
    /// Show which tasks, properties, code and tests stand behind each criterion.
    Trace {
        /// The spec.
        spec: String,
    },
    /// Hooks: list, match, run, fire, log, trust, new, toggle, migrate, install-git, watch.
    Hooks {
        /// What to do with them.
        #[command(subcommand)]
        verb: HooksVerb,
    },
    /// Tool servers: list, tools, call, trust.
    Mcp {
        /// What to do with them.
        #[command(subcommand)]
        verb: McpVerb,
    },
    /// Steering: what applies to a file and why, and a first set from what the code shows.
    Steering {
        /// What to do with it.
        #[command(subcommand)]
        verb: SteeringVerb,
    },
    /// Powers: list, add, remove.
    Powers {
        /// What to do with them.
        #[command(subcommand)]
        verb: PowersVerb,
    },
    /// Show version, paths, settings and what is wrong with them.
    Doctor,
}

/// `rutter mcp`
#[derive(Debug, Subcommand)]
pub enum McpVerb {
    /// Show every tool server: where it is declared, how it is reached, whether it is on and trusted.
    List,
    /// Ask servers what they offer; those that are not trusted are not started.
    Tools {
        /// The server; all of them where none is named.
        server: Option<String>,
    },
    /// Call a tool and print what it gives.
    Call {
        /// The server.
        server: String,
        /// The tool.
        tool: String,
        /// Its arguments as a JSON object; - reads them from stdin.
        #[arg(value_name = "JSON|-")]
        arguments: Option<String>,
    },
    /// Trust a server as it stands, after showing what it would run or what changed in what its tools say.
    Trust {
        /// The server.
        #[arg(required_unless_present = "all")]
        name: Option<String>,
        /// Trust all that there are.
        #[arg(long, conflicts_with = "name")]
        all: bool,
    },
}

/// `rutter steering`
#[derive(Debug, Subcommand)]
pub enum SteeringVerb {
    /// Show which steering applies to a file, strongest first, and why.
    For {
        /// The file; it need not be there yet.
        file: String,
        /// Show what was left out too, and why.
        #[arg(long)]
        why_not: bool,
        /// As if this were said in the chat: what it names with #, and powers whose keywords it has, apply too.
        #[arg(long, value_name = "TEXT")]
        message: Option<String>,
    },
    /// Write product.md, tech.md and structure.md from what the code shows; those that are there stay as they are.
    Init {
        /// Only these.
        #[arg(long, value_delimiter = ',', value_name = "product,tech,structure")]
        files: Option<Vec<String>>,
    },
}

/// `rutter powers`
#[derive(Debug, Subcommand)]
pub enum PowersVerb {
    /// Show the powers you installed.
    List,
    /// Install a power for yourself. Nothing starts by that.
    Add {
        /// A folder with a POWER.md, or a git address; behind # the folder in the repository.
        #[arg(value_name = "FOLDER|GIT-URL")]
        from: String,
    },
    /// Remove a power that was installed so.
    Remove {
        /// Its name.
        name: String,
    },
}

/// `rutter hooks`
#[derive(Debug, Subcommand)]
pub enum HooksVerb {
    /// Show every hook: where it stands, what it waits for, whether it is on and trusted.
    List,
    /// Show the hooks that an event fires.
    Match {
        /// The event, such as PostFileSave or PreCommit.
        event: String,
        /// The file, tool or build command it is about.
        #[arg(value_name = "PATH|TOOL")]
        subject: Option<String>,
        /// Say for every hook why it fires or not.
        #[arg(long)]
        why: bool,
    },
    /// Run one hook now.
    Run {
        /// The hook: file#name, or its name.
        name: String,
        /// The file it shall run for.
        file: Option<String>,
    },
    /// Raise an event as an editor or git would, and wait for every outcome.
    Fire {
        /// The event, such as PostFileSave or PreCommit.
        event: String,
        /// The files, tool or build command it is about.
        subjects: Vec<String>,
    },
    /// Show what hooks did, the newest last.
    Log {
        /// Only of this hook: file#name, or its name.
        name: Option<String>,
        /// At most so many.
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Trust a hook as it stands, after showing what it would run.
    Trust {
        /// The hook: file#name, or its name.
        #[arg(required_unless_present = "all")]
        name: Option<String>,
        /// Trust all that there are.
        #[arg(long, conflicts_with = "name")]
        all: bool,
    },
    /// Put aside what a hook's prompt asked for: it is done, or not wanted.
    Done {
        /// The hook: file#name, or its name.
        name: String,
    },
    /// Make a hook from a sentence, or from a template.
    New {
        /// What shall be done and when, such as: run `cargo check` when a Rust file is saved.
        #[arg(required_unless_present = "template", conflicts_with = "template")]
        text: Vec<String>,
        /// The template; `rutter hooks templates` shows them.
        #[arg(long)]
        template: Option<String>,
        /// The name of the hook; made from the sentence where none is given.
        #[arg(long)]
        name: Option<String>,
    },
    /// Show the templates that hooks can be made from.
    Templates,
    /// Switch a hook on or off.
    Toggle {
        /// The hook: file#name, or its name.
        name: String,
        /// On, whatever it is.
        #[arg(long, conflicts_with = "off")]
        on: bool,
        /// Off, whatever it is.
        #[arg(long)]
        off: bool,
    },
    /// Write the hooks of a file in the newer format, each where its reader looks for it.
    Migrate {
        /// The file.
        file: PathBuf,
    },
    /// Let git's own hooks raise PreCommit, CommitMsg and PrePush, beside what is in them.
    InstallGit {
        /// Take it out again.
        #[arg(long)]
        remove: bool,
        /// Do it also where it concerns others: husky, lefthook, core.hooksPath.
        #[arg(long)]
        yes: bool,
    },
    /// Run a build, then raise BuildPassed or BuildFailed.
    Watch {
        /// The command, behind --.
        #[arg(last = true, required = true)]
        command: Vec<String>,
    },
}

/// What editors pass; all of it is accepted, none of it changes anything.
#[derive(Debug, clap::Args)]
pub struct LspArgs {
    /// Accepted for editors that pass it.
    #[arg(long)]
    pub stdio: bool,
    /// Accepted for editors that pass it.
    #[arg(long = "clientProcessId", value_name = "N")]
    pub client_process_id: Option<i64>,
}

/// `rutter new`
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// What you want, as a sentence; - reads it from stdin.
    #[arg(required = true, num_args = 1..)]
    pub prompt: Vec<String>,
    /// The name of the spec; made from the prompt where none is given.
    #[arg(long)]
    pub name: Option<String>,
    /// requirements-first, design-first, quick or bugfix.
    #[arg(long)]
    pub workflow: Option<String>,
}

/// `rutter check`
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Files or folders; the workspace folder where none is named.
    pub paths: Vec<PathBuf>,
    /// The least severity that makes the exit code 1.
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    pub fail_on: FailOn,
}

/// The least severity that makes `check` fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Warnings and errors.
    Warning,
    /// Informations and above.
    Info,
    /// Everything.
    Hint,
    /// Nothing.
    Never,
}
