//! Files, as the rest of the program sees them.

use std::io;
use std::path::{Path, PathBuf};

/// What a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// Something else, such as a socket or a broken link.
    Other,
}

/// An entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The full path.
    pub path: PathBuf,
    /// The name.
    pub name: String,
    /// What it is; a link counts as what it points at, but one that leads back up to a folder around it as something
    /// else, so that no walk runs in a circle.
    pub kind: FileKind,
    /// Whether it is a link.
    pub link: bool,
}

/// Why a file operation failed. Each message is one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is nothing at the path.
    #[error("{} does not exist.", .0.display())]
    NotFound(PathBuf),
    /// The system refused.
    #[error("{} may not be {doing}: give yourself the right to it and try again.", .path.display())]
    Denied {
        /// The path.
        path: PathBuf,
        /// `read` or `written`.
        doing: &'static str,
    },
    /// The bytes are no UTF-8.
    #[error("{} is not UTF-8 text (the first wrong byte is at {offset}): save it as UTF-8 and try again.", .path.display())]
    NotText {
        /// The path.
        path: PathBuf,
        /// Offset of the first wrong byte.
        offset: usize,
    },
    /// No space is left.
    #[error("The disk is full: {} was not written and is as it was. Free some space and try again.", .0.display())]
    Full(PathBuf),
    /// A name that may not be used.
    #[error("{0}")]
    Name(String),
    /// Anything else.
    #[error("{} could not be {doing}: {source}.", .path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// `read` or `written`.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

impl FileError {
    /// Sorts what the system said.
    pub fn from_io(path: &Path, doing: &'static str, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound(path),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::Denied { path, doing }
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full(path),
            _ => Self::Io {
                path,
                doing,
                source,
            },
        }
    }

    /// Whether there is nothing at the path.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound(_))
    }
}

/// A file system. Writes are atomic: after any of them, also one that was killed, a file holds its old or its new bytes.
pub trait Files: Send + Sync {
    /// The bytes of a file.
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError>;

    /// What a path is; an error where there is nothing.
    fn kind(&self, path: &Path) -> Result<FileKind, FileError>;

    /// The entries of a folder, by name.
    fn list(&self, folder: &Path) -> Result<Vec<Entry>, FileError>;

    /// Writes a file atomically, creating the folders above it. Keeps the permissions of the file it replaces.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError>;

    /// The same for a file that can be run: a new one may be run by whoever may read it.
    fn write_program(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError>;

    /// Whether a file may be run. Where the system knows no such permission, every file may.
    fn is_program(&self, path: &Path) -> Result<bool, FileError>;

    /// When a file was last changed, in milliseconds since 1970; nothing where nobody knows. Where the system keeps it, this
    /// is the time that no program can set.
    fn changed(&self, path: &Path) -> Option<u64>;

    /// Adds bytes at the end of a file, in one write, creating it and the folders above it. For logs: a crash may cut the
    /// last record short. Gives the length after.
    fn append(&self, path: &Path, bytes: &[u8]) -> Result<u64, FileError>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> Result<(), FileError>;

    /// Removes a folder if nothing is in it; gives whether it went.
    fn remove_empty_folder(&self, path: &Path) -> Result<bool, FileError>;

    /// The files below a folder that the project's own ignore files leave in, at most `limit`, by path.
    fn walk(&self, root: &Path, limit: usize) -> Vec<PathBuf>;

    /// The text of a file. A byte order mark stays in it.
    fn read_text(&self, path: &Path) -> Result<String, FileError> {
        String::from_utf8(self.read(path)?).map_err(|e| FileError::NotText {
            path: path.to_owned(),
            offset: e.utf8_error().valid_up_to(),
        })
    }

    /// The text of a file, or nothing where there is none.
    fn read_text_if_any(&self, path: &Path) -> Result<Option<String>, FileError> {
        match self.read_text(path) {
            Ok(text) => Ok(Some(text)),
            Err(e) if e.is_not_found() => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// Whether there is something at the path.
    fn exists(&self, path: &Path) -> bool {
        self.kind(path).is_ok()
    }
}
