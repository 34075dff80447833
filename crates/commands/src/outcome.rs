//! What a command wants done. Nothing has happened yet: whoever called it writes, shows and answers.

use std::ops::Range;
use std::path::PathBuf;

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
    /// Whether the references baseline of these documents starts anew.
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
        Self { message: Some(message.into()), ..Self::default() }
    }

    /// Adds a changed file; one that stays the same is left out.
    pub fn change(&mut self, path: PathBuf, before: Option<String>, after: Option<String>) {
        if before != after {
            self.changes.push(FileChange { path, before, after });
        }
    }
}
