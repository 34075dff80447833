//! Taking a change back: all of it, and only while its files are as it left them.

use std::path::{Path, PathBuf};

use rutter_host::FileError;
use rutter_spec::hash::sha256;

use crate::journal::{Change, Journal};

/// What undoing does to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restore {
    /// The file.
    pub path: PathBuf,
    /// What it holds now, against which to write; nothing where it isn't there.
    pub current: Option<String>,
    /// What it shall hold; nothing to remove it.
    pub restored: Option<String>,
}

/// Why a change can't be taken back.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// Files are not as the change left them.
    #[error("{} changed since, so nothing was undone: take that back first, or edit by hand.", listed(.0))]
    Changed(Vec<PathBuf>),
    /// A file can't be read.
    #[error(transparent)]
    File(#[from] FileError),
}

fn listed(paths: &[PathBuf]) -> String {
    paths
        .iter()
        .map(|p| p.display().to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

impl Journal<'_> {
    /// What must be done to take `change` back. `read` gives what a file holds now, unsaved text included. A file that
    /// is as it was before already needs nothing.
    pub fn undo_plan(
        &self,
        change: &Change,
        read: impl Fn(&Path) -> Result<Option<String>, FileError>,
    ) -> Result<Vec<Restore>, UndoError> {
        let mut plan = Vec::new();
        let mut changed = Vec::new();
        // What was written last goes back first.
        for note in change.files.iter().rev() {
            let current = read(&note.path)?;
            if current == note.before {
                continue;
            }
            if current.as_deref().map(sha256) == note.after {
                plan.push(Restore {
                    path: note.path.clone(),
                    current,
                    restored: note.before.clone(),
                });
            } else {
                changed.push(note.path.clone());
            }
        }
        if changed.is_empty() {
            Ok(plan)
        } else {
            Err(UndoError::Changed(changed))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rutter_host::{Files, FixedClock, Memory};

    use super::*;
    use crate::{FileNote, Store};

    /// A change that made `/w/new.md`, changed `/w/old.md` and removed `/w/gone.md`, over these files.
    fn plan(files: &[(&str, &str)]) -> Result<Vec<(String, Option<String>)>, UndoError> {
        let memory = Arc::new(Memory::with(files.iter().copied()));
        let store = Store::in_memory(Arc::clone(&memory) as Arc<dyn Files>, "/state");
        let journal = store.journal(Path::new("/w"));
        let notes = vec![
            FileNote::new("/w/new.md", None, Some("made")),
            FileNote::new("/w/old.md", Some("one".to_owned()), Some("two")),
            FileNote::new("/w/gone.md", Some("there".to_owned()), None),
        ];
        let change = journal
            .record(&FixedClock(String::new()), "All", notes)
            .unwrap();
        let plan = journal.undo_plan(&change, |path| memory.read_text_if_any(path))?;
        Ok(plan
            .into_iter()
            .map(|r| (r.path.display().to_string(), r.restored))
            .collect())
    }

    #[test]
    fn what_is_as_the_change_left_it_goes_back() {
        assert_eq!(
            plan(&[("/w/new.md", "made"), ("/w/old.md", "two")]).unwrap(),
            [
                ("/w/gone.md".to_owned(), Some("there".to_owned())),
                ("/w/old.md".to_owned(), Some("one".to_owned())),
                ("/w/new.md".to_owned(), None),
            ]
        );
    }

    #[test]
    fn what_is_as_before_already_needs_nothing() {
        assert_eq!(
            plan(&[("/w/old.md", "one"), ("/w/gone.md", "there")]).unwrap(),
            []
        );
    }

    #[test]
    fn one_edited_file_keeps_all() {
        for (files, expected) in [
            (
                &[("/w/new.md", "edited"), ("/w/old.md", "two")][..],
                "/w/new.md",
            ),
            (
                &[("/w/new.md", "made"), ("/w/old.md", "three")],
                "/w/old.md",
            ),
            (&[("/w/new.md", "made")], "/w/old.md"),
            (
                &[
                    ("/w/new.md", "made"),
                    ("/w/old.md", "two"),
                    ("/w/gone.md", "back"),
                ],
                "/w/gone.md",
            ),
        ] {
            let error = plan(files).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!(
                    "{expected} changed since, so nothing was undone: take that back first, or edit by hand."
                )
            );
        }
    }
}
