//! Writing what a command wants to disk: all of it or nothing, against the texts it was made from.

use std::path::Path;

use rutter_host::{Clock, FileError, Files};
use rutter_store::Store;

use crate::error::{Code, CommandError};
use crate::outcome::{FileChange, Outcome};

/// Writes changes, in order. Fails before the first write where a file is not what the change was made from; a write that
/// fails takes back those before it.
pub fn to_disk(
    files: &dyn Files,
    store: &Store,
    root: &Path,
    changes: &[FileChange],
) -> Result<(), CommandError> {
    let _lock = store.lock(root)?;
    for change in changes {
        let current = files.read_text_if_any(&change.path)?;
        if current != change.before {
            return Err(conflict(&change.path, current.is_some()));
        }
    }
    for (done, change) in changes.iter().enumerate() {
        if let Err(error) = write(files, &change.path, change.after.as_deref()) {
            for earlier in changes[..done].iter().rev() {
                // The first error is what the user needs; a file that can't be put back is in the journal.
                let _ = write(files, &earlier.path, earlier.before.as_deref());
            }
            return Err(error.into());
        }
    }
    Ok(())
}

/// Takes back changes that [`to_disk`] wrote. Also on a full disk: each old text fits where it was before.
pub fn take_back(
    files: &dyn Files,
    store: &Store,
    root: &Path,
    changes: &[FileChange],
) -> Result<(), CommandError> {
    let reversed: Vec<FileChange> = changes
        .iter()
        .rev()
        .map(|c| FileChange {
            path: c.path.clone(),
            before: c.after.clone(),
            after: c.before.clone(),
        })
        .collect();
    to_disk(files, store, root, &reversed)
}

/// Notes in the journal what was done; gives the id to undo it by. What can't be noted is not done: `written`, which
/// [`to_disk`] wrote for this outcome, is taken back, and the error says so.
pub fn note(
    files: &dyn Files,
    store: &Store,
    clock: &dyn Clock,
    outcome: &Outcome,
    written: &[FileChange],
) -> Result<Option<String>, CommandError> {
    outcome.note(store, clock).map_err(|error| {
        if written.is_empty() {
            return error;
        }
        let what = match take_back(files, store, &outcome.root, written) {
            Ok(()) => "What was written was taken back.".to_owned(),
            Err(left) => format!("What was written could not be taken back: {}", left.message),
        };
        CommandError {
            message: format!("{} {what}", error.message),
            ..error
        }
    })
}

fn write(files: &dyn Files, path: &Path, text: Option<&str>) -> Result<(), FileError> {
    match text {
        // What names its interpreter is there to be run, such as a git hook.
        Some(text) if text.starts_with("#!") => files.write_program(path, text.as_bytes()),
        Some(text) => files.write(path, text.as_bytes()),
        None => {
            files.remove(path)?;
            // An undone spec leaves no empty folders behind; one that isn't empty stays.
            let ours = |folder: &&Path| {
                let mut names = folder.components();
                names.any(|c| c.as_os_str() == ".kiro" || c.as_os_str() == ".rutter")
            };
            for folder in path.ancestors().skip(1).take_while(ours) {
                if !files.remove_empty_folder(folder).unwrap_or(false) {
                    break;
                }
            }
            Ok(())
        }
    }
}

fn conflict(path: &Path, exists: bool) -> CommandError {
    let what = if exists { "changed" } else { "went away" };
    CommandError::new(
        Code::Conflict,
        format!(
            "{} {what} while the command worked; nothing was written.",
            path.display()
        ),
        "Look at the file and call the command again.",
    )
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use rutter_host::Disk;

    use super::*;

    fn change(path: PathBuf, before: Option<&str>, after: Option<&str>) -> FileChange {
        FileChange {
            path,
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        }
    }

    #[test]
    fn all_or_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(std::sync::Arc::new(Disk), folder.path().join("state"));
        let root = folder.path().join("w");
        let (a, b) = (
            root.join(".kiro/specs/x/a.md"),
            root.join(".kiro/specs/x/b.md"),
        );
        to_disk(
            &Disk,
            &store,
            &root,
            &[
                change(a.clone(), None, Some("1")),
                change(b.clone(), None, Some("1")),
            ],
        )
        .unwrap();
        let error = to_disk(
            &Disk,
            &store,
            &root,
            &[
                change(a.clone(), Some("1"), Some("2")),
                change(b.clone(), Some("0"), Some("2")),
            ],
        )
        .unwrap_err();
        assert_eq!(error.code, Code::Conflict);
        assert_eq!(Disk.read_text(&a).unwrap(), "1");
        // A folder where a file should be makes the second write fail; the first is taken back.
        let blocked = root.join("c.md/d");
        Disk.write(&blocked, b"x").unwrap();
        let error = to_disk(
            &Disk,
            &store,
            &root,
            &[
                change(a.clone(), Some("1"), Some("2")),
                change(root.join("c.md/d/e"), None, Some("2")),
            ],
        );
        assert!(error.is_err());
        assert_eq!(Disk.read_text(&a).unwrap(), "1");
        let edited = [change(a.clone(), Some("1"), Some("2"))];
        to_disk(&Disk, &store, &root, &edited).unwrap();
        take_back(&Disk, &store, &root, &edited).unwrap();
        assert_eq!(Disk.read_text(&a).unwrap(), "1");
        to_disk(
            &Disk,
            &store,
            &root,
            &[change(a, Some("1"), None), change(b, Some("1"), None)],
        )
        .unwrap();
        assert!(!Disk.exists(&root.join(".kiro")));
    }
}
