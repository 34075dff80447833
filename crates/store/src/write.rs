//! Compare and swap: a file is written only while it holds what the new text was made from.

use std::path::{Path, PathBuf};

use rutter_host::{FileError, Files};

use crate::lock::Lock;

/// Why a file was not written; it is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It holds another text than expected.
    #[error("{} changed in the meantime and was not written: look at it and try again.", .0.display())]
    Conflict(PathBuf),
    /// The file system refused.
    #[error(transparent)]
    Io(#[from] FileError),
}

/// Writes `new` (nothing removes the file) if the file holds `expected` (nothing: if there is none). The lock keeps
/// other Rutters out; a foreign program can still slip in between reading and writing.
pub fn write_if_unchanged(
    _lock: &Lock,
    files: &dyn Files,
    path: &Path,
    expected: Option<&str>,
    new: Option<&str>,
) -> Result<(), WriteError> {
    let current = match files.read_text_if_any(path) {
        // What is no text is not what was expected either.
        Err(FileError::NotText { .. }) => return Err(WriteError::Conflict(path.to_owned())),
        current => current?,
    };
    if current.as_deref() != expected {
        return Err(WriteError::Conflict(path.to_owned()));
    }
    match new {
        Some(new) => files.write(path, new.as_bytes())?,
        None if current.is_some() => files.remove(path)?,
        None => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rutter_host::{Disk, Memory};

    use super::*;
    use crate::Store;

    #[test]
    fn only_the_expected_text_is_replaced() {
        let files = Arc::new(Memory::default());
        let store = Store::in_memory(Arc::clone(&files) as Arc<dyn Files>, "/state");
        let path = Path::new("/w/a.md");
        let lock = store.lock(Path::new("/w")).unwrap();
        let swap = |expected, new| write_if_unchanged(&lock, files.as_ref(), path, expected, new);
        swap(None, Some("1")).unwrap();
        assert!(matches!(
            swap(None, Some("2")),
            Err(WriteError::Conflict(_))
        ));
        assert!(matches!(
            swap(Some("0"), Some("2")),
            Err(WriteError::Conflict(_))
        ));
        assert_eq!(files.read_text(path).unwrap(), "1");
        swap(Some("1"), Some("2")).unwrap();
        assert!(matches!(
            swap(Some("1"), None),
            Err(WriteError::Conflict(_))
        ));
        swap(Some("2"), None).unwrap();
        assert!(!files.exists(path));
        files.write(path, b"\xff").unwrap();
        assert!(matches!(
            swap(None, Some("3")),
            Err(WriteError::Conflict(_))
        ));
    }

    /// Each writer reads, adds a line and swaps; no line is lost and none is torn.
    #[test]
    fn writers_at_once_never_mix() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("w");
        let path = root.join("log.md");
        let store = Store::new(Arc::new(Disk), folder.path().join("state"));
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let (store, root, path) = (store.clone(), &root, &path);
                scope.spawn(move || {
                    for n in 0..5 {
                        let lock = store.lock(root).unwrap();
                        let old = Disk.read_text_if_any(path).unwrap();
                        let new = format!("{}{writer}:{n}\n", old.as_deref().unwrap_or_default());
                        write_if_unchanged(&lock, &Disk, path, old.as_deref(), Some(&new)).unwrap();
                    }
                });
            }
        });
        let text = Disk.read_text(&path).unwrap();
        let lines: std::collections::BTreeSet<&str> = text.lines().collect();
        assert_eq!(lines.len(), 20, "{text}");
        assert!(lines.contains("3:4"));
    }
}
