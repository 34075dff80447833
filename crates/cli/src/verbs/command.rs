//! Verbs that call a command and carry out what it wants on disk.

use std::path::Path;
use std::sync::Arc;

use rutter_commands::{Code, CommandError, Context, Outcome, apply};
use rutter_host::{Cancel, NoProgress};
use rutter_model::Chat;
use rutter_server::{Environment, file_uri, name_or_path};
use rutter_workspace::{FindError, ForeignFolder, Snapshot, SpecFolder, World};
use serde_json::{Value, json};

use crate::args::{Args, Format};
use crate::output;
use crate::world::{self, Folders};

/// A file that every spec folder may hold: by its path, a folder is found whatever its name is.
const PLACE: &str = "requirements.md";

/// A workspace with what the commands need around it.
pub struct Session {
    /// The world around.
    pub environment: Environment,
    /// The workspace.
    pub world: World,
}

/// A spec, whosever it is.
pub enum AnySpec {
    /// One in the format that is written here too.
    Ours(Arc<SpecFolder>),
    /// One of another tool.
    Foreign(Arc<ForeignFolder>),
}

impl Session {
    /// Opens the folder that `-C` names.
    pub fn open(args: &Args) -> Result<Self, CommandError> {
        let environment = world::environment(&Folders::find()?);
        let root = world::absolute(&args.dir)?;
        if !root.is_dir() {
            return Err(CommandError::new(
                Code::WrongArgument,
                format!("{} is no folder.", root.display()),
                "Name the workspace folder with -C.",
            ));
        }
        let world = world::workspace(&environment, vec![root])?;
        Ok(Self { environment, world })
    }

    /// Hands a context to `work`.
    pub fn with<T>(&self, work: impl FnOnce(&Context<'_>) -> T) -> T {
        let snapshot = self.world.snapshot();
        let model = snapshot
            .settings
            .values()
            .find_map(|s| s.model.clone())
            .and_then(|name| (self.environment.model)(&name));
        with_context(&self.environment, &snapshot, model, work)
    }

    /// The spec that a word on the command line means, to be read: those of other tools too.
    pub fn any_spec(&self, word: &str) -> Result<AnySpec, CommandError> {
        self.spec(word).map(AnySpec::Ours).or_else(|error| {
            self.foreign(word)
                .map(AnySpec::Foreign)
                .filter(|_| matches!(error.code, Code::ReadOnly))
                .ok_or(error)
        })
    }

    fn foreign(&self, word: &str) -> Option<Arc<ForeignFolder>> {
        let snapshot = self.world.snapshot();
        let named = snapshot.find_foreign(&name_or_path(word)).cloned();
        named.or_else(|| {
            let mut roots = snapshot.roots.iter();
            roots.find_map(|root| {
                let path = world::absolute(&root.join(word)).ok()?;
                snapshot
                    .foreign_of(&path)
                    .map(|(folder, _)| Arc::clone(folder))
            })
        })
    }

    /// The spec that a word on the command line means: a name, a URI, or a path as a shell completes it. One of another tool
    /// is refused.
    pub fn spec(&self, word: &str) -> Result<Arc<SpecFolder>, CommandError> {
        let snapshot = self.world.snapshot();
        let unknown = match snapshot.find(&name_or_path(word)) {
            Ok(folder) => return Ok(Arc::clone(folder)),
            Err(error) => error,
        };
        let inside = |base: &Path| {
            let path = world::absolute(&base.join(word)).ok()?;
            snapshot.folder_of(&path).cloned().or_else(|| {
                let below = path.join(PLACE);
                snapshot.folder_of(&below).cloned()
            })
        };
        match snapshot.roots.iter().find_map(|root| inside(root)) {
            Some(folder) if matches!(unknown, FindError::Unknown { .. }) => Ok(folder),
            _ => Err(match self.foreign(word) {
                Some(folder) => rutter_commands::foreign::refusal(&folder),
                None => unknown.into(),
            }),
        }
    }

    /// Writes what a command wants; gives the id to undo it by. What can't be noted is not done.
    pub fn carry_out(&self, outcome: &Outcome) -> Result<Option<String>, CommandError> {
        let environment = &self.environment;
        let (files, store) = (environment.files.as_ref(), &environment.store);
        if !outcome.changes.is_empty() {
            apply::to_disk(files, store, &outcome.root, &outcome.changes)?;
        }
        let clock = environment.clock.as_ref();
        apply::note(files, store, clock, outcome, &outcome.changes)
    }
}

/// Hands a command what it needs.
pub fn with_context<T>(
    environment: &Environment,
    snapshot: &Snapshot,
    model: Option<Arc<dyn Chat>>,
    work: impl FnOnce(&Context<'_>) -> T,
) -> T {
    work(&Context {
        snapshot,
        files: environment.files.as_ref(),
        store: &environment.store,
        clock: environment.clock.as_ref(),
        who: environment.who.as_ref(),
        home: environment.home.as_ref(),
        model,
        cancel: &Cancel::new(),
        progress: &NoProgress,
    })
}

/// Runs a command by its name.
pub fn call(session: &Session, name: &str, argument: &Value) -> Result<Outcome, CommandError> {
    let command = rutter_commands::find(name).ok_or_else(|| {
        CommandError::new(
            Code::WrongArgument,
            format!("There is no command `{name}`."),
            "This is a mistake in the program; please report it.",
        )
    })?;
    let mut argument = argument.clone();
    if let Some(word) = argument.get("spec").and_then(Value::as_str) {
        let path = session.spec(word)?.path.join(PLACE);
        argument["spec"] = path.to_string_lossy().into();
    }
    session.with(|cx| (command.run)(cx, &argument))
}

/// Runs a command, writes and says what it did.
pub fn run(args: &Args, name: &str, argument: &Value) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let outcome = call(&session, name, argument)?;
    let change = session.carry_out(&outcome)?;
    say(args, &session, &outcome, change.as_deref());
    Ok(0)
}

/// Runs a command and shows what it would write, as a diff.
pub fn preview(args: &Args, name: &str, argument: &Value) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let outcome = call(&session, name, argument)?;
    if args.format == Format::Json {
        output::value(&answer(&outcome, None));
        return Ok(0);
    }
    for change in &outcome.changes {
        let (old, new) = (
            change.before.as_deref().unwrap_or(""),
            change.after.as_deref().unwrap_or(""),
        );
        output::text(&rutter_text::edit::unified(
            old,
            new,
            &shown(&session, &change.path),
        ));
    }
    if let Some(message) = &outcome.message {
        output::text(message);
    }
    Ok(0)
}

/// Says what a command did.
pub fn say(args: &Args, session: &Session, outcome: &Outcome, change: Option<&str>) {
    if args.format == Format::Json {
        output::value(&answer(outcome, change));
        return;
    }
    if let Some(message) = &outcome.message {
        output::text(message);
    }
    for file in &outcome.changes {
        let what = match (&file.before, &file.after) {
            (None, _) => "wrote",
            (Some(_), Some(_)) => "changed",
            (Some(_), None) => "removed",
        };
        output::text(&format!("{what} {}", shown(session, &file.path)));
    }
    if let Some(offer) = &outcome.offer {
        let spec = offer
            .argument
            .get("spec")
            .and_then(Value::as_str)
            .unwrap_or_default();
        output::text(&format!(
            "next: rutter next {}   ({})",
            output::shell_word(spec),
            offer.title.to_lowercase()
        ));
    }
    if let Some(change) = change {
        output::text(&output::paint(
            output::Paint::Quiet,
            &format!("take it back with: rutter undo {change}"),
        ));
    }
}

/// The JSON answer of a command.
pub fn answer(outcome: &Outcome, change: Option<&str>) -> Value {
    let mut answer =
        json!({"uris": outcome.concerned().into_iter().filter_map(file_uri).collect::<Vec<_>>()});
    if let Some(change) = change {
        answer["change"] = change.into();
    }
    if let Some(message) = &outcome.message {
        answer["message"] = message.clone().into();
    }
    answer
}

/// A path as people read it: below the workspace folder where it is.
pub fn shown(session: &Session, path: &Path) -> String {
    let snapshot = session.world.snapshot();
    let root = snapshot.root_of(path).cloned().unwrap_or_default();
    path.strip_prefix(&root)
        .unwrap_or(path)
        .display()
        .to_string()
}
