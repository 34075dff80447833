//! Events as words on the command line.

use rutter_commands::{Code, CommandError, git};
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
    if subjects.is_empty() && trigger == Trigger::PreCommit {
        event.paths = git::staged(&root)?;
    }
    if trigger == Trigger::CommitMsg {
        event = commit_message(session, event, &root)?;
    }
    if trigger == Trigger::ApiChange {
        event.api = api_changes(session, &root, &event.paths);
    }
    Ok(event)
}

/// Git names the file with the message; the event has its text as prompt and the staged files.
fn commit_message(
    session: &Session,
    mut event: Event,
    root: &std::path::Path,
) -> Result<Event, CommandError> {
    if let Some(path) = event.paths.first() {
        let text = session.environment.files.read_text(&root.join(path))?;
        event.prompt = Some(text);
    }
    event.paths = git::staged(root)?;
    Ok(event)
}

/// What changed in the public signatures of files since the last commit.
fn api_changes(session: &Session, root: &std::path::Path, paths: &[String]) -> Vec<ApiChange> {
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
