//! A file system in memory, for tests and previews.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use parking_lot::RwLock;

use crate::files::{Entry, FileError, FileKind, Files};

/// Files that exist only here. Folders exist where a file lies below them.
#[derive(Debug, Default)]
pub struct Memory {
    files: RwLock<BTreeMap<PathBuf, Vec<u8>>>,
}

impl Memory {
    /// A file system with these texts.
    pub fn with<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files = files
            .into_iter()
            .map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec()))
            .collect();
        Self {
            files: RwLock::new(files),
        }
    }
}

impl Files for Memory {
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        self.files
            .read()
            .get(path)
            .cloned()
            .ok_or_else(|| FileError::NotFound(path.to_owned()))
    }

    fn kind(&self, path: &Path) -> Result<FileKind, FileError> {
        let files = self.files.read();
        if files.contains_key(path) {
            Ok(FileKind::File)
        } else if files
            .range(path.to_owned()..)
            .any(|(p, _)| p.starts_with(path))
        {
            Ok(FileKind::Folder)
        } else {
            Err(FileError::NotFound(path.to_owned()))
        }
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, FileError> {
        self.kind(folder)?;
        let files = self.files.read();
        let mut seen = BTreeSet::new();
        let mut entries = Vec::new();
        for path in files.keys().filter(|p| p.starts_with(folder)) {
            let mut below = path.strip_prefix(folder).unwrap_or(path).components();
            let Some(first) = below.next() else { continue };
            let name = first.as_os_str().to_string_lossy().into_owned();
            let kind = if below.next().is_some() {
                FileKind::Folder
            } else {
                FileKind::File
            };
            if seen.insert(name.clone()) {
                entries.push(Entry {
                    path: folder.join(&name),
                    name,
                    kind,
                    link: false,
                });
            }
        }
        Ok(entries)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        self.files.write().insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn write_program(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        self.write(path, bytes)
    }

    fn is_program(&self, path: &Path) -> Result<bool, FileError> {
        Ok(self.kind(path)? == FileKind::File)
    }

    /// Files here have no times.
    fn changed(&self, _: &Path) -> Option<u64> {
        None
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<u64, FileError> {
        let mut files = self.files.write();
        let file = files.entry(path.to_owned()).or_default();
        file.extend_from_slice(bytes);
        Ok(file.len() as u64)
    }

    fn walk(&self, root: &Path, limit: usize) -> Vec<PathBuf> {
        let files = self.files.read();
        let visible = |p: &&PathBuf| {
            p.strip_prefix(root).is_ok_and(|p| {
                !p.components()
                    .any(|c| c.as_os_str().to_string_lossy().starts_with('.'))
            })
        };
        files.keys().filter(visible).take(limit).cloned().collect()
    }

    fn remove(&self, path: &Path) -> Result<(), FileError> {
        self.files
            .write()
            .remove(path)
            .map(|_| ())
            .ok_or_else(|| FileError::NotFound(path.to_owned()))
    }

    fn remove_empty_folder(&self, path: &Path) -> Result<bool, FileError> {
        Ok(self.kind(path).is_err())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_follow_from_files() {
        let files = Memory::with([("/w/a/x.md", "1"), ("/w/b.md", "2")]);
        let names: Vec<_> = files
            .list(Path::new("/w"))
            .unwrap()
            .into_iter()
            .map(|e| (e.name, e.kind))
            .collect();
        assert_eq!(
            names,
            [
                ("a".to_owned(), FileKind::Folder),
                ("b.md".to_owned(), FileKind::File)
            ]
        );
        assert!(files.list(Path::new("/v")).is_err());
    }
}
