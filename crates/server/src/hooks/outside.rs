//! Changes that no editor made: none during a git operation, none that the editor has just told of itself, and many at
//! once are one question.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use lsp_types::MessageType;
use rutter_automation::{Burst, git_operation};
use rutter_hooks::{Event, HookFile, Trigger, fires};

use super::{Happened, talk};
use crate::session::Session;

/// Milliseconds for which changes gather before they are judged together.
pub(super) const GATHER: u64 = 100;

/// Milliseconds after the editor's own word in which a watcher only repeats it.
const ECHO: u64 = 3_000;

/// Changes that gather, and what the editor said last.
#[derive(Default)]
pub(super) struct Outside {
    gathered: Vec<(Trigger, PathBuf)>,
    due: Option<u64>,
    told: HashMap<PathBuf, u64>,
}

impl Outside {
    /// The editor itself told of a file.
    pub(super) fn told(&mut self, now: u64, path: &Path) {
        self.told.retain(|_, at| *at + ECHO > now);
        self.told.insert(path.to_owned(), now);
    }

    /// Takes in what a watcher saw. What git writes in the middle of its work does not count.
    pub(super) fn seen(&mut self, session: &Session, now: u64, changes: Vec<(Trigger, PathBuf)>) {
        let snapshot = session.snapshot();
        let files = session.environment().files.as_ref();
        for change in changes {
            let at_git = snapshot.root_of(&change.1).is_none_or(|root| {
                change.1.starts_with(root.join(".git")) || git_operation(files, root)
            });
            let echo = self.told.get(&change.1).is_some_and(|at| *at + ECHO > now);
            if !at_git && !echo && !self.gathered.contains(&change) {
                self.gathered.push(change);
                self.due.get_or_insert(now + GATHER);
            }
        }
    }

    /// When what has gathered is judged, in milliseconds.
    pub(super) fn due(&self) -> Option<u64> {
        self.due
    }

    /// What has gathered.
    pub(super) fn take(&mut self) -> Vec<(Trigger, PathBuf)> {
        self.due = None;
        std::mem::take(&mut self.gathered)
    }
}

/// Whether any hook waits for a change of this kind to this file.
pub(super) fn awaited(hooks: &[HookFile], root: &Path, trigger: Trigger, relative: &str) -> bool {
    let mut event = Event::new(trigger).paths([relative]);
    event.root = Some(root.to_string_lossy().replace('\\', "/"));
    event.outside = true;
    hooks
        .iter()
        .any(|file| file.hooks.iter().any(|hook| fires(hook, &event).is_ok()))
}

/// The changes that fire at once; of many the user is asked first.
pub(super) fn few(session: &Session, changes: Vec<(Trigger, PathBuf)>) -> Vec<(Trigger, PathBuf)> {
    const YES: &str = "Fire for each";
    let names = changes
        .iter()
        .map(|(_, path)| path.to_string_lossy().into_owned())
        .collect();
    if let Burst::Each(_) = Burst::of(names) {
        return changes;
    }
    let message = format!(
        "{} files that hooks wait for changed outside the editor at once. Shall they fire for each?",
        changes.len()
    );
    let answer = talk::choose(session, MessageType::INFO, message, &[YES, "Leave them"]);
    let session = session.clone();
    session.handles().runtime.clone().spawn(async move {
        if answer.await.as_deref() == Some(YES)
            && let Some(hooks) = session.hooks()
        {
            hooks.tell(Happened::Wanted(changes));
        }
    });
    Vec::new()
}
