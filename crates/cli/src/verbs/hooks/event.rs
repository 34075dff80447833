//! Events as words on the command line.

use std::path::Path;

use rutter_commands::git::{self, Kind, Repository, Version};
use rutter_commands::{Code, CommandError};
use rutter_hooks::{ApiChange, Event, Subject, Trigger};

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
        .ok_or_else(|| {
            CommandError::new(
                Code::WrongArgument,
                format!("There is no event `{word}`."),
                format!(
                    "Use one of {}.",
                    Trigger::ALL.map(Trigger::as_str).join(", ")
                ),
            )
        })
}

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
    if git_waits(trigger) && (subjects.is_empty() || trigger == Trigger::CommitMsg) {
        let repository = Repository::around(&root)?;
        let versions = match trigger {
            Trigger::PrePush => repository.unpushed()?,
            _ => repository.staged()?,
        };
        event.paths = paths(&repository, &root, &versions);
        if let (Trigger::CommitMsg, Some(file)) = (trigger, subjects.first()) {
            event.prompt = Some(message(session, &root.join(file))?);
        }
    }
    if trigger == Trigger::ApiChange {
        event.api = api_changes(session, &root, &event.paths);
    }
    Ok(event)
}

/// Whether git waits for what hooks say to this event.
pub fn git_waits(trigger: Trigger) -> bool {
    matches!(
        trigger,
        Trigger::PreCommit | Trigger::CommitMsg | Trigger::PrePush
    )
}

/// The files below a folder that are added or changed; what is deleted can't be looked at, and a submodule is no file.
pub fn paths(repository: &Repository, folder: &Path, versions: &[Version]) -> Vec<String> {
    versions
        .iter()
        .filter(|version| version.object.is_some() && version.kind != Kind::Submodule)
        .filter_map(|version| repository.below(folder, &version.path))
        .collect()
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
