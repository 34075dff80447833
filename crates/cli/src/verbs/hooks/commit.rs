//! `PreCommit`, `CommitMsg` and `PrePush`: git waits for what hooks say. One repository may hold several projects; each
//! sees its own files.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use rutter_automation::Raising;
use rutter_commands::CommandError;
use rutter_commands::git::{self, Repository, Version};
use rutter_hooks::{Event, Trigger};
use rutter_host::Files;
use rutter_store::{HookOutcome, OutcomeKind};
use rutter_workspace::hook_files::{self, Hooks};

use super::{event, fire};
use crate::args::{Args, Format};
use crate::output::{self, Paint};
use crate::verbs::command::Session;

/// Set by the block in git's hooks.
const IN_GIT: &str = "RUTTER_GIT_HOOK";

/// A folder with hooks of its own.
struct Project {
    folder: PathBuf,
    hooks: Hooks,
    event: Event,
}

/// Raises the event in every project of the repository that it concerns. `message` is the file with the commit's message.
pub fn fire(args: &Args, trigger: Trigger, message: Option<&str>) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let snapshot = session.world.snapshot();
    let root = snapshot.roots.first().cloned().unwrap_or_default();
    let repository = match Repository::around(&root) {
        // Without a working tree there is no project.
        Err(_) if Repository::is_bare(&root) => return Ok(0),
        found => found?,
    };
    let versions = match trigger {
        Trigger::PrePush => match refs() {
            Some(refs) => repository.pushed(&refs)?,
            None => repository.unpushed()?,
        },
        _ => repository.staged()?,
    };
    let prompt = message
        .map(|file| event::message(&session, &root.join(file)))
        .transpose()?;
    let files = session.environment.files.as_ref();
    let projects: Vec<Project> = folders(files, &repository, &root, &versions)
        .into_iter()
        .enumerate()
        .map(|(n, folder)| {
            // The user's own hooks see a commit once.
            let home = session.environment.home.as_ref().filter(|_| n == 0);
            let mut event = Event::new(trigger);
            event.root = Some(folder.to_string_lossy().replace('\\', "/"));
            event.paths = git::paths(&repository, &folder, &versions);
            event.prompt.clone_from(&prompt);
            Project {
                hooks: hook_files::hooks(files, &folder, home),
                folder,
                event,
            }
        })
        .collect();
    let events = projects
        .iter()
        .map(|project| Raising {
            root: &project.folder,
            files: &project.hooks.files,
            event: project.event.clone(),
        })
        .collect();
    let human = args.format == Format::Human;
    let by_hand = std::env::var_os(IN_GIT).is_none();
    let outcomes = fire::raise(&session, events, versions, human && by_hand)?;
    if human {
        tell(&root, trigger, &projects, &outcomes, by_hand);
    } else {
        output::value(&outcomes.concat());
    }
    Ok(u8::from(outcomes.iter().flatten().any(fire::is_bad)))
}

/// The folder itself, and from the top of a repository every project below that one of the files belongs to.
fn folders(
    files: &dyn Files,
    repository: &Repository,
    root: &Path,
    versions: &[Version],
) -> Vec<PathBuf> {
    let mut folders = vec![root.to_owned()];
    if root != repository.top() {
        return folders;
    }
    let around: BTreeSet<&Path> = versions
        .iter()
        .flat_map(|version| Path::new(&version.path).ancestors().skip(1))
        .filter(|folder| !folder.as_os_str().is_empty())
        .collect();
    folders.extend(
        around
            .into_iter()
            .map(|folder| root.join(folder))
            .filter(|folder| {
                [".kiro", ".rutter"]
                    .iter()
                    .any(|own| files.exists(&folder.join(own)))
            }),
    );
    folders
}

/// What git tells a `pre-push` hook; nothing where a person calls.
fn refs() -> Option<String> {
    let mut input = std::io::stdin();
    if input.is_terminal() {
        return None;
    }
    let mut text = String::new();
    // What can't be read is no ref.
    let _ = input.read_to_string(&mut text);
    Some(text)
}

/// Says what stops a commit or push, which hooks nobody trusted, and what can't be loaded. In the middle of a commit nobody
/// wants to read that all is well.
fn tell(
    root: &Path,
    trigger: Trigger,
    projects: &[Project],
    outcomes: &[Vec<HookOutcome>],
    by_hand: bool,
) {
    let (what, again) = match trigger {
        Trigger::PrePush => (
            "push",
            "Nothing was pushed. Mend it and push again; `git push --no-verify` passes over all hooks.",
        ),
        _ => (
            "commit",
            "Nothing was committed. Mend it and commit again; `git commit --no-verify` passes over all hooks.",
        ),
    };
    for (project, outcomes) in projects.iter().zip(outcomes) {
        for problem in problems(project, trigger) {
            say(&output::paint(
                Paint::Warning,
                &format!("rutter: {problem}"),
            ));
        }
        let untrusted: Vec<&str> = outcomes
            .iter()
            .filter(|outcome| outcome.outcome == OutcomeKind::Untrusted)
            .map(|outcome| outcome.hook.as_str())
            .collect();
        if !untrusted.is_empty() {
            say(&untrusted_line(root, &project.folder, &untrusted));
        }
        if by_hand {
            continue;
        }
        for outcome in outcomes {
            let word = match outcome.outcome {
                OutcomeKind::Blocked => format!("stopped this {what}:"),
                OutcomeKind::Failed => format!("failed, so this {what} is stopped:"),
                OutcomeKind::Waiting => "left its prompt for you.".to_owned(),
                _ => continue,
            };
            let mut text = output::paint(
                if fire::is_bad(outcome) {
                    Paint::Error
                } else {
                    Paint::Quiet
                },
                &format!("rutter: `{}` {word}", outcome.hook),
            );
            if fire::is_bad(outcome) {
                for said in outcome.detail.lines() {
                    text.push_str("\n    ");
                    text.push_str(said);
                }
            }
            say(&text);
        }
    }
    if outcomes.iter().flatten().any(fire::is_bad) {
        say(again);
    } else if by_hand && outcomes.iter().all(Vec::is_empty) {
        let trigger = trigger.as_str();
        say(&format!(
            "No hook fires for {trigger}. `rutter hooks match {trigger} --why` says what holds each one back."
        ));
    }
}

/// Git keeps its standard output for itself, and of `git push` for who reads it.
fn say(line: &str) {
    output::diagnostics(&format!("{line}\n"));
}

/// Hooks that would have a say and can't be loaded.
fn problems(project: &Project, trigger: Trigger) -> Vec<String> {
    let unread = project
        .hooks
        .unread
        .iter()
        .map(|unread| unread.message.clone());
    let broken = project.hooks.files.iter().flat_map(|file| {
        file.broken
            .iter()
            .filter(|broken| file.text()[broken.range.clone()].contains(trigger.as_str()))
            .map(|broken| {
                format!(
                    "`{}#{}` can't be loaded: {}",
                    file.path, broken.name, broken.why
                )
            })
    });
    unread.chain(broken).collect()
}

fn untrusted_line(root: &Path, folder: &Path, hooks: &[&str]) -> String {
    let place = match folder.strip_prefix(root) {
        Ok(below) if !below.as_os_str().is_empty() => {
            format!(" -C {}", output::shell_word(&below.to_string_lossy()))
        }
        _ => String::new(),
    };
    let named: Vec<String> = hooks.iter().map(|hook| format!("`{hook}`")).collect();
    let (verb, trust) = match hooks {
        [one] => (
            "is not trusted as it stands and did not run",
            output::shell_word(one),
        ),
        _ => (
            "are not trusted as they stand and did not run",
            "--all".to_owned(),
        ),
    };
    output::paint(
        Paint::Warning,
        &format!(
            "rutter: {} {verb}. To look at it and trust it: rutter{place} hooks trust {trust}",
            named.join(", "),
        ),
    )
}
