//! The state folder as a whole.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rutter_host::{FileError, Files};

use crate::error::StoreError;
use crate::folder::{canonical_root, workspace_folder};
use crate::hook_log::HookLog;
use crate::journal::Journal;
use crate::lock::{Lock, Locks, PATIENCE};
use crate::pending::PendingPrompts;
use crate::pins::Pins;
use crate::texts;
use crate::trust::{Parsed, Trust};

/// Who has a role in a workspace.
#[derive(Debug)]
pub enum Claim {
    /// We have it while the lock is held.
    Ours(Lock),
    /// Another process has it; what it said of itself.
    Theirs(String),
}

/// The state folder. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    files: Arc<dyn Files>,
    folder: PathBuf,
    locks: Locks,
    trusted: Arc<Parsed>,
}

impl Store {
    /// The state folder at `folder`, on disk. It is made when something is first written.
    pub fn new(files: Arc<dyn Files>, folder: impl Into<PathBuf>) -> Self {
        Self {
            files,
            folder: folder.into(),
            locks: Locks::Files,
            trusted: Arc::default(),
        }
    }

    /// A state folder in files that are not on disk: its locks hold between its clones only.
    pub fn in_memory(files: Arc<dyn Files>, folder: impl Into<PathBuf>) -> Self {
        Self {
            files,
            folder: folder.into(),
            locks: Locks::Local(Arc::default()),
            trusted: Arc::default(),
        }
    }

    /// The state folder's path.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of a workspace in it. `root` is the canonical path of the workspace folder.
    pub fn workspace(&self, root: &Path) -> PathBuf {
        self.folder.join(workspace_folder(root))
    }

    /// Where documents for `rutter.show` are put.
    pub fn reports(&self) -> PathBuf {
        self.folder.join("reports")
    }

    /// Keeps a text; gives its SHA-256, under which [`Self::text`] finds it.
    pub fn put_text(&self, text: &str) -> Result<String, StoreError> {
        texts::put(self.files.as_ref(), &self.folder, text)
    }

    /// The text with this SHA-256; nothing where it was never kept here.
    pub fn text(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        texts::get(self.files.as_ref(), &self.folder, sha256)
    }

    /// The changes made in a workspace.
    pub fn journal(&self, root: &Path) -> Journal<'_> {
        Journal::new(self, root)
    }

    /// What this user trusts in a workspace.
    pub fn trust(&self, root: &Path) -> Trust<'_> {
        Trust::new(self, root)
    }

    /// What hooks did in a workspace.
    pub fn hook_log(&self, root: &Path) -> HookLog<'_> {
        HookLog::new(self, root)
    }

    /// The prompts of hooks that wait in a workspace.
    pub fn pending(&self, root: &Path) -> PendingPrompts<'_> {
        PendingPrompts::new(self, root)
    }

    /// What tool servers said of their tools when the user trusted them, in a workspace.
    pub fn pins(&self, root: &Path) -> Pins<'_> {
        Pins::new(self, root)
    }

    /// Waits until no other process or thread writes into a workspace, and keeps them out.
    pub fn lock(&self, root: &Path) -> Result<Lock, StoreError> {
        self.lock_named(root, "write")
    }

    /// A lock of a workspace with another name.
    pub(crate) fn lock_named(&self, root: &Path, name: &str) -> Result<Lock, StoreError> {
        self.lock_within(root, name, PATIENCE)
    }

    fn lock_within(&self, root: &Path, name: &str, patience: Duration) -> Result<Lock, StoreError> {
        let folder = self.workspace(root);
        let note = folder.join("root.txt");
        if !self.files.exists(&note) {
            // Makes the folder, and tells a person whose it is.
            self.files
                .write(&note, format!("{}\n", canonical_root(root)).as_bytes())?;
        }
        self.locks
            .take(&folder.join(format!("{name}.lock")), root, patience)
    }

    /// Claims a role in a workspace that one process has at a time, such as firing its hooks. `who` is this process in words;
    /// whoever has the role already is named instead.
    pub fn claim(&self, root: &Path, role: &str, who: &str) -> Result<Claim, StoreError> {
        let note = self.workspace(root).join(format!("{role}.txt"));
        match self.lock_within(root, role, Duration::ZERO) {
            Ok(lock) => {
                self.files.write(&note, format!("{who}\n").as_bytes())?;
                Ok(Claim::Ours(lock))
            }
            Err(StoreError::Busy { .. }) => {
                let who = self.read(&note)?.unwrap_or_default();
                Ok(Claim::Theirs(who.trim().to_owned()))
            }
            Err(error) => Err(error),
        }
    }

    /// Writes a state file.
    pub(crate) fn write_json(
        &self,
        path: &Path,
        value: &impl serde::Serialize,
    ) -> Result<(), StoreError> {
        let mut text = serde_json::to_string_pretty(value)
            .map_err(|_| StoreError::Damaged(path.to_owned()))?;
        text.push('\n');
        Ok(self.files.write(path, text.as_bytes())?)
    }

    pub(crate) fn trusted(&self) -> &Parsed {
        &self.trusted
    }

    pub(crate) fn files(&self) -> &dyn Files {
        self.files.as_ref()
    }

    /// The text of a state file, or nothing where there is none; bytes that are no text are damage.
    pub(crate) fn read(&self, path: &Path) -> Result<Option<String>, StoreError> {
        read(self.files.as_ref(), path)
    }
}

pub(crate) fn read(files: &dyn Files, path: &Path) -> Result<Option<String>, StoreError> {
    match files.read_text_if_any(path) {
        Ok(text) => Ok(text),
        Err(FileError::NotText { path, .. }) => Err(StoreError::Damaged(path)),
        Err(error) => Err(error.into()),
    }
}
