//! What git is asked, by its own command: where its hooks live, what is staged, what is pushed. Its own hooks and the
//! project's configuration of programs play no part in these calls.

mod versions;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rutter_host::{Grounds, Permit};
use rutter_process::{Captured, End, Environment, Program, Request, run_now};

use crate::error::{Code, CommandError};

pub use versions::{Kind, Version, paths};

/// No question to git takes this long.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of an answer; lists of files are long.
const LONGEST: usize = 64 * 1024 * 1024;

/// One question.
struct Question<'a> {
    /// What is asked, in words.
    what: &'static str,
    arguments: &'a [&'a str],
    stdin: Vec<u8>,
    /// Bytes of the answer that are kept.
    limit: usize,
}

impl<'a> Question<'a> {
    fn new(what: &'static str, arguments: &'a [&'a str]) -> Self {
        Self {
            what,
            arguments,
            stdin: Vec::new(),
            limit: LONGEST,
        }
    }

    /// Asks git in a folder; gives what it printed.
    fn ask(self, folder: &Path) -> Result<Captured, CommandError> {
        let mut argv = vec!["git".into(), "--no-pager".into()];
        // A repository may name programs of its own for these.
        for off in [
            "core.fsmonitor=false",
            "core.quotePath=false",
            "diff.external=",
        ] {
            argv.push("-c".into());
            argv.push(off.into());
        }
        argv.extend(self.arguments.iter().map(Into::into));
        let mut request = Request::new(Program::Argv(argv), folder);
        request.environment =
            Environment::Inherited([("GIT_OPTIONAL_LOCKS".to_owned(), "0".to_owned())].into());
        request.time_limit = Some(PATIENCE);
        request.output_limit = 2 * self.limit;
        request.stdin = self.stdin;
        #[expect(clippy::disallowed_methods, reason = "a fixed call that only reads")]
        let permit = Permit::grant(Grounds::Own { what: self.what });
        let output = run_now(permit, request)
            .map_err(|error| CommandError::new(Code::Io, error.to_string(), ""))?;
        if output.end == End::Exited(0) {
            return Ok(output.stdout);
        }
        let said = output.stderr.text();
        let said = said
            .trim()
            .trim_start_matches("fatal: ")
            .trim_end_matches('.');
        Err(CommandError::new(
            Code::Io,
            format!("git could not say {}: {said}.", self.what),
            "Look what `git status` says in this folder.",
        ))
    }
}

fn ask(folder: &Path, what: &'static str, arguments: &[&str]) -> Result<String, CommandError> {
    Question::new(what, arguments)
        .ask(folder)
        .map(|said| said.text())
}

fn line(folder: &Path, what: &'static str, arguments: &[&str]) -> Result<String, CommandError> {
    ask(folder, what, arguments).map(|said| said.trim_end_matches(['\n', '\r']).to_owned())
}

/// A repository with a working tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    top: PathBuf,
}

impl Repository {
    /// The repository whose working tree is around `folder`. The nearest `.git` counts: in a hook of a worktree git takes
    /// whatever folder it is asked in for the top.
    pub fn around(folder: &Path) -> Result<Self, CommandError> {
        if let Some(top) = folder.ancestors().find(|f| f.join(".git").exists()) {
            return Ok(Self {
                top: top.to_owned(),
            });
        }
        line(
            folder,
            "where its top is",
            &["rev-parse", "--show-toplevel"],
        )
        .map(|top| Self {
            top: PathBuf::from(top),
        })
        .map_err(|_| {
            CommandError::new(
                Code::NotFound,
                format!("There is no git working tree around {}.", folder.display()),
                "Call it in one, or name one with -C.",
            )
        })
    }

    /// Whether `folder` lies in a repository without a working tree.
    pub fn is_bare(folder: &Path) -> bool {
        line(
            folder,
            "whether it is bare",
            &["rev-parse", "--is-bare-repository"],
        )
        .is_ok_and(|said| said == "true")
    }

    /// The top of the working tree.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// A path of the repository as it is relative to a folder of its working tree; nothing where it lies elsewhere.
    pub fn below(&self, folder: &Path, path: &str) -> Option<String> {
        let prefix = folder.strip_prefix(&self.top).ok()?;
        let prefix = prefix.to_string_lossy().replace('\\', "/");
        if prefix.is_empty() {
            return Some(path.to_owned());
        }
        path.strip_prefix(&prefix)?
            .strip_prefix('/')
            .map(str::to_owned)
    }

    /// Where git looks for its hooks; a worktree shares them with the main one.
    pub fn hooks(&self) -> Result<PathBuf, CommandError> {
        line(
            &self.top,
            "where its hooks are",
            &["rev-parse", "--git-path", "hooks"],
        )
        .map(|path| self.top.join(path))
    }

    /// `core.hooksPath` with whose setting it is (`local`, `worktree`, `global`, `system`, `command`); nothing where it
    /// is not set.
    pub fn hooks_path(&self) -> Option<(String, String)> {
        // Git ends with 1 where a key is not set.
        let said = line(
            &self.top,
            "whether its hooks are elsewhere",
            &["config", "--show-scope", "--get", "core.hooksPath"],
        )
        .ok()?;
        let (scope, path) = said.split_once('\t')?;
        Some((path.to_owned(), scope.to_owned()))
    }
}

/// The text of a file in the last commit; nothing where it is not in it.
pub fn committed_text(root: &Path, path: &str) -> Option<String> {
    ask(
        root,
        "what is committed",
        &["show", "--no-textconv", &format!("HEAD:./{path}")],
    )
    .ok()
}
