//! A disk that a test fills, and whose times it sets.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use rutter_host::{Entry, FileError, FileKind, Files, Memory};

/// Files in memory; while it is full, nothing is added to any. Each was changed when the test says.
#[derive(Default)]
pub struct Disk {
    files: Memory,
    pub full: AtomicBool,
    pub changed: Mutex<BTreeMap<PathBuf, u64>>,
}

impl Files for Disk {
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        self.files.read(path)
    }

    fn kind(&self, path: &Path) -> Result<FileKind, FileError> {
        self.files.kind(path)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, FileError> {
        self.files.list(folder)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        self.files.write(path, bytes)
    }

    fn write_program(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        self.files.write_program(path, bytes)
    }

    fn is_program(&self, path: &Path) -> Result<bool, FileError> {
        self.files.is_program(path)
    }

    fn changed(&self, path: &Path) -> Option<u64> {
        self.changed.lock().get(path).copied()
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<u64, FileError> {
        if self.full.load(Ordering::SeqCst) {
            let full = std::io::ErrorKind::StorageFull.into();
            return Err(FileError::from_io(path, "written", full));
        }
        self.files.append(path, bytes)
    }

    fn remove(&self, path: &Path) -> Result<(), FileError> {
        self.files.remove(path)
    }

    fn remove_empty_folder(&self, path: &Path) -> Result<bool, FileError> {
        self.files.remove_empty_folder(path)
    }

    fn walk(&self, root: &Path, limit: usize) -> Vec<PathBuf> {
        self.files.walk(root, limit)
    }
}
