//! What a command wants done. Nothing has happened yet: whoever called it writes, shows and answers.

use std::ops::Range;
use std::path::{Path, PathBuf};

use rutter_host::Clock;
use rutter_store::{FileNote, Store};
use rutter_workspace::evidence;

use crate::error::CommandError;
use crate::in_step::Step;

/// A file as it is and as it shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The file.
    pub path: PathBuf,
    /// The text that the change was made from; `None` where there is no file.
    pub before: Option<String>,
    /// The text it shall have; `None` to remove it.
    pub after: Option<String>,
}

/// What to show when it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Show {
    /// The file.
    pub path: PathBuf,
    /// Bytes of its new text to put the cursor at.
    pub selection: Option<Range<usize>>,
}

/// The result of a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What it is called in the journal and in undo, such as `New spec login`.
    pub title: String,
    /// The workspace folder it belongs to.
    pub root: PathBuf,
    /// Files to write, in this order.
    pub changes: Vec<FileChange>,
    /// Documents the answer names, besides those that change.
    pub documents: Vec<PathBuf>,
    /// What to show.
    pub show: Option<Show>,
    /// A sentence for the user.
    pub message: Option<String>,
    /// The next step to offer: a title, a command, its argument.
    pub offer: Option<Offer>,
    /// The change that this takes back; then it is no change of its own.
    pub undoes: Option<String>,
    /// A spec whose design and tasks are then in step with its requirements.
    pub step: Option<Step>,
    /// Documents that references are in step with again.
    pub rebase: Vec<PathBuf>,
}

/// A next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What the button says.
    pub title: String,
    /// The command.
    pub command: String,
    /// Its argument.
    pub argument: serde_json::Value,
}

impl Outcome {
    /// An outcome that changes nothing and says why.
    pub fn nothing(message: impl Into<String>) -> Self {
        Self {
            message: Some(message.into()),
            ..Self::default()
        }
    }

    /// The documents it concerns, each once: the one to show first, then what the answer names, then what else was written.
    /// Records of evidence are nothing to show.
    pub fn concerned(&self) -> Vec<&Path> {
        let shown = self.show.iter().map(|show| &show.path);
        let records = self.root.join(evidence::FOLDER);
        let written = self
            .changes
            .iter()
            .filter(|c| c.after.is_some() && !c.path.starts_with(&records));
        let mut paths: Vec<&Path> = Vec::new();
        for path in shown.chain(&self.documents).chain(written.map(|c| &c.path)) {
            if !paths.contains(&path.as_path()) {
                paths.push(path);
            }
        }
        paths
    }

    /// The files for the journal.
    pub fn notes(&self) -> Vec<FileNote> {
        self.changes
            .iter()
            .map(|c| FileNote::new(c.path.clone(), c.before.clone(), c.after.as_deref()))
            .collect()
    }

    /// Notes in the state folder what was done; gives the id to undo it by.
    pub fn note(&self, store: &Store, clock: &dyn Clock) -> Result<Option<String>, CommandError> {
        if let Some(step) = &self.step {
            store.note_step(&self.root, &step.spec, &step.requirements, &step.cited)?;
        }
        let journal = store.journal(&self.root);
        if let Some(undone) = &self.undoes {
            journal.mark_undone(undone)?;
            return Ok(None);
        }
        if self.changes.is_empty() {
            return Ok(None);
        }
        Ok(Some(journal.record(clock, &self.title, self.notes())?.id))
    }

    /// Adds a changed file; one that stays the same is left out.
    pub fn change(&mut self, path: PathBuf, before: Option<String>, after: Option<String>) {
        if before != after {
            self.changes.push(FileChange {
                path,
                before,
                after,
            });
        }
    }
}
