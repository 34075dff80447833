//! A git repository, opened to look back.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::bstr::ByteSlice;

/// The content of a file at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blob(pub(super) ObjectId);

/// A text that is longer is not read.
const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// The repository around a workspace folder. Reads objects only: no hooks, no filters, no processes.
pub struct Repository {
    pub(super) git: gix::Repository,
    /// The workspace folder below the work tree, with `/`; empty for the work tree itself.
    pub(super) prefix: String,
}

impl Repository {
    /// Opens the repository around a folder; nothing where there is none, or where it does not know all of its past.
    pub fn open(root: &Path) -> Option<Self> {
        let git = gix::discover(root).ok()?;
        if git.is_shallow().ok()? {
            return None;
        }
        let tree = canonical(git.workdir()?)?;
        let root = canonical(root)?;
        let prefix = crate::folder::relative(&tree, root.strip_prefix(&tree).ok()?);
        Some(Self { git, prefix })
    }

    /// The commit that is checked out, in hex; nothing before the first one.
    pub fn head(&self) -> Option<String> {
        Some(self.git.head_id().ok()?.to_string())
    }

    /// The text of a file as it was; nothing where it is no text, or too long to be worth it.
    pub fn text(&self, blob: Blob) -> Option<String> {
        if self.git.find_header(blob.0).ok()?.size() > MAX_BYTES {
            return None;
        }
        let mut object = self.git.find_object(blob.0).ok()?;
        String::from_utf8(std::mem::take(&mut object.data)).ok()
    }

    /// The text of a file of the workspace folder as a commit left it.
    pub fn text_at(&self, commit: &str, path: &str) -> Option<String> {
        let id = ObjectId::from_hex(commit.as_bytes()).ok()?;
        let tree = self.git.find_commit(id).ok()?.tree().ok()?;
        let entry = tree.lookup_entry_by_path(self.full(path)).ok()??;
        self.text(Blob(entry.object_id()))
    }

    /// The files of the workspace folder as the commit that is checked out has them; none where that can't be read.
    pub fn files(&self) -> BTreeSet<String> {
        let Ok(tree) = self.git.head_tree() else {
            return BTreeSet::new();
        };
        let entries = tree.traverse().breadthfirst.files().unwrap_or_default();
        let paths = entries.iter().filter(|entry| entry.mode.is_blob());
        let paths = paths.filter_map(|entry| self.below(entry.filepath.to_str().ok()?));
        paths.map(str::to_owned).collect()
    }

    /// A path of the workspace folder below the work tree.
    pub(super) fn full(&self, path: &str) -> PathBuf {
        Path::new(&self.prefix).join(path)
    }

    /// A path of the work tree below the workspace folder; nothing where it is outside.
    pub(super) fn below<'a>(&self, path: &'a str) -> Option<&'a str> {
        if self.prefix.is_empty() {
            return Some(path);
        }
        path.strip_prefix(&self.prefix)?.strip_prefix('/')
    }
}

/// A link in front of the folder must not hide that it lies in the work tree.
fn canonical(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).ok()
}
