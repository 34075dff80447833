//! Events as words on the command line.

use std::path::Path;

use rutter_commands::git::{self, Repository};
use rutter_commands::{Code, CommandError};
use rutter_hooks::{ApiChange, Event, Subject, Trigger, nearest};

use crate::verbs::command::Session;
use crate::world;

/// The trigger a word means: its v1 name in any case, or its name in an older format.
pub fn trigger(word: &str) -> Result<Trigger, CommandError> {
    Trigger::ALL
        .into_iter()
        .find(|t| t.as_str().eq_ignore_ascii_case(word))
        .or_else(|| Trigger::of_legacy(word))
        .or_else(|| Trigger::of_agent(word))
        .or_else(|| Trigger::of_yaml(word).first().copied())
        .or_else(|| {
            let short = SHORT
                .iter()
                .find(|(short, _)| short.eq_ignore_ascii_case(word));
            short.map(|(_, trigger)| *trigger)
        })
        .ok_or_else(|| {
            let names = Trigger::ALL.map(Trigger::as_str);
            let meant = match nearest(word, names) {
                Some(name) => format!("Did you mean {name}? "),
                None => String::new(),
            };
            CommandError::new(
                Code::WrongArgument,
                format!("There is no event `{word}`."),
                format!("{meant}Use one of {}.", names.join(", ")),
            )
        })
}

/// What people call events.
const SHORT: [(&str, Trigger); 7] = [
    ("save", Trigger::PostFileSave),
    ("create", Trigger::PostFileCreate),
    ("delete", Trigger::PostFileDelete),
    ("rename", Trigger::PostFileRename),
    ("commit", Trigger::PreCommit),
    ("push", Trigger::PrePush),
    ("api", Trigger::ApiChange),
];

/// The event that a word and its subjects mean: files, a tool, a build command, as the trigger has it.
pub fn event(session: &Session, word: &str, subjects: &[String]) -> Result<Event, CommandError> {
    let snapshot = session.world.snapshot();
    let root = snapshot.roots.first().cloned().unwrap_or_default();
    let trigger = trigger(word)?;
    let mut event = Event::new(trigger);
    event.root = Some(root.to_string_lossy().replace('\\', "/"));
    match trigger.subject() {
        Subject::Path if trigger == Trigger::CommitMsg => {}
        Subject::Path => {
            for path in subjects {
                let full = world::absolute(&root.join(path))?;
                let relative = full.strip_prefix(&root).map_err(|_| {
                    CommandError::new(
                        Code::WrongArgument,
                        format!("{path} is not in {}.", root.display()),
                        "Name a file of the workspace folder.",
                    )
                })?;
                event
                    .paths
                    .push(relative.to_string_lossy().replace('\\', "/"));
            }
        }
        Subject::Tool => event.tool = subjects.first().cloned(),
        Subject::Command => event.command = (!subjects.is_empty()).then(|| subjects.join(" ")),
        Subject::Schedule => {
            event.at = Some(rutter_commands::hooks::moment(
                session.environment.clock.as_ref(),
            ));
        }
        Subject::Nothing => event.prompt = (!subjects.is_empty()).then(|| subjects.join(" ")),
    }
    if trigger.is_git() && (subjects.is_empty() || trigger == Trigger::CommitMsg) {
        let repository = Repository::around(&root)?;
        let versions = match trigger {
            Trigger::PrePush => repository.unpushed()?,
            _ => repository.staged()?,
        };
        event.paths = git::paths(&repository, &root, &versions);
        if let (Trigger::CommitMsg, Some(file)) = (trigger, subjects.first()) {
            event.prompt = Some(message(session, &root.join(file))?);
        }
    }
    if trigger == Trigger::ApiChange {
        event.api = api_changes(session, &root, &event.paths);
    }
    Ok(event)
}

/// A commit's message as git wrote it into a file, without the diff that `git commit --verbose` puts below it.
pub fn message(session: &Session, file: &Path) -> Result<String, CommandError> {
    /// Git cuts off this line and all that follows.
    const SCISSORS: &str = "------------------------ >8 ------------------------";
    let bytes = session.environment.files.read(file)?;
    let text = String::from_utf8_lossy(&bytes);
    let end = text
        .find(SCISSORS)
        .and_then(|at| text[..at].rfind('\n'))
        .map_or(text.len(), |at| at + 1);
    Ok(text[..end].to_owned())
}

/// What changed in the public signatures of files since the last commit.
fn api_changes(session: &Session, root: &Path, paths: &[String]) -> Vec<ApiChange> {
    let files = session.environment.files.as_ref();
    paths
        .iter()
        .flat_map(|path| {
            let before = git::committed_text(root, path).unwrap_or_default();
            let after = files.read_text(&root.join(path)).unwrap_or_default();
            rutter_commands::hooks::api::changes(path, &before, &after)
        })
        .collect()
}
