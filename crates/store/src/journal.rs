//! The journal: every change a command made, so that it can be taken back as a whole.

use std::path::{Path, PathBuf};

use rutter_host::{Clock, FileError, FileKind};
use rutter_spec::hash::sha256;
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::folder::canonical_root;
use crate::store::Store;

/// How many changes are kept.
pub const KEPT: usize = 200;

/// One file of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileNote {
    /// The file.
    pub path: PathBuf,
    /// The text before; nothing where the change made the file.
    pub before: Option<String>,
    /// SHA-256 of the text after; nothing where the change removed the file.
    pub after: Option<String>,
}

impl FileNote {
    /// Notes what a file held and holds now.
    pub fn new(path: impl Into<PathBuf>, before: Option<String>, after: Option<&str>) -> Self {
        Self {
            path: path.into(),
            before,
            after: after.map(sha256),
        }
    }
}

/// What one command changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Short, unique across processes, and later ones sort behind earlier ones.
    pub id: String,
    /// What it was, such as `New spec login`.
    pub title: String,
    /// When, in RFC 3339.
    pub at: String,
    /// Its files.
    pub files: Vec<FileNote>,
    /// Whether it was taken back.
    #[serde(default)]
    pub undone: bool,
}

/// The changes made in one workspace.
#[derive(Clone)]
pub struct Journal<'a> {
    store: &'a Store,
    root: PathBuf,
    folder: PathBuf,
}

impl<'a> Journal<'a> {
    pub(crate) fn new(store: &'a Store, root: &Path) -> Self {
        Self {
            store,
            root: root.to_owned(),
            folder: store.workspace(root).join("journal"),
        }
    }

    /// Notes a change and forgets the oldest ones beyond [`KEPT`].
    pub fn record(
        &self,
        clock: &dyn Clock,
        title: &str,
        files: Vec<FileNote>,
    ) -> Result<Change, StoreError> {
        let _lock = self.lock()?;
        let ids = self.ids()?;
        let change = Change {
            id: id(clock.millis(), ids.last().map(String::as_str), &self.root),
            title: title.to_owned(),
            at: clock.now(),
            files,
            undone: false,
        };
        self.write(&change)?;
        let surplus = (ids.len() + 1).saturating_sub(KEPT);
        for old in &ids[..surplus] {
            self.store.files().remove(&self.path(old))?;
        }
        Ok(change)
    }

    /// The change with this id.
    pub fn get(&self, id: &str) -> Result<Option<Change>, StoreError> {
        // An id comes from a user and becomes a path.
        if id.is_empty() || !id.bytes().all(|b| DIGITS.contains(&b)) {
            return Ok(None);
        }
        let path = self.path(id);
        let Some(text) = self.store.read(&path)? else {
            return Ok(None);
        };
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|_| StoreError::Damaged(path))
    }

    /// The last change that was not taken back.
    pub fn latest(&self) -> Result<Option<Change>, StoreError> {
        for id in self.ids()?.iter().rev() {
            if let Some(change) = self.get(id)?.filter(|c| !c.undone) {
                return Ok(Some(change));
            }
        }
        Ok(None)
    }

    /// Every change that is kept, the oldest first.
    pub fn list(&self) -> Result<Vec<Change>, StoreError> {
        self.ids()?
            .iter()
            .filter_map(|id| self.get(id).transpose())
            .collect()
    }

    /// Notes that a change was taken back, so that the next undo takes the one before it.
    pub fn mark_undone(&self, id: &str) -> Result<(), StoreError> {
        self.set_undone(id, true)
    }

    /// Notes that a change stands after all: the editor refused to take it back.
    pub fn mark_standing(&self, id: &str) -> Result<(), StoreError> {
        self.set_undone(id, false)
    }

    fn set_undone(&self, id: &str, undone: bool) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        match self.get(id)? {
            Some(change) => self.write(&Change { undone, ..change }),
            None => Ok(()),
        }
    }

    /// Not the lock of the workspace: a change may be noted while that is held.
    fn lock(&self) -> Result<crate::Lock, StoreError> {
        self.store.lock_named(&self.root, "journal")
    }

    fn write(&self, change: &Change) -> Result<(), StoreError> {
        let text = serde_json::to_string(change).map_err(|error| {
            FileError::Name(format!(
                "The change {} can't be noted: {error}.",
                change.title
            ))
        })?;
        Ok(self
            .store
            .files()
            .write(&self.path(&change.id), text.as_bytes())?)
    }

    fn path(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }

    /// Every id, sorted. Files that are none of ours, such as what a killed writer left, are passed over.
    fn ids(&self) -> Result<Vec<String>, StoreError> {
        let entries = match self.store.files().list(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.is_not_found() => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let mut ids: Vec<String> = entries
            .into_iter()
            .filter(|entry| entry.kind == FileKind::File)
            .filter_map(|entry| entry.name.strip_suffix(".json").map(str::to_owned))
            .filter(|id| id.len() == ID_LENGTH && id.bytes().all(|b| DIGITS.contains(&b)))
            .collect();
        ids.sort();
        Ok(ids)
    }
}

/// Digits that sort as they count, without letters that look alike.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Digits of the time: milliseconds until the year 3084.
const TIME: usize = 9;
/// The time and two digits of the workspace.
const ID_LENGTH: usize = TIME + 2;

/// An id behind `last`, also where the clock went back or two changes fall into one millisecond.
fn id(millis: u64, last: Option<&str>, root: &Path) -> String {
    let last = last.map_or(0, |last| {
        last.bytes().take(TIME).fold(0, |n, b| {
            n * 32 + DIGITS.iter().position(|&d| d == b).unwrap_or(0) as u64
        })
    });
    let mut number = millis.max(last + 1);
    let mut digits = [b'0'; TIME];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(number % 32) as usize];
        number /= 32;
    }
    let workspace = sha256(&canonical_root(root));
    let time = digits.iter().map(|&b| char::from(b));
    time.chain(workspace.chars().take(ID_LENGTH - TIME))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rutter_host::{Disk, FixedClock, Memory, SystemClock};

    use super::*;

    const ROOT: &str = "/w/shop";

    fn memory() -> Store {
        Store::in_memory(Arc::new(Memory::default()), "/state")
    }

    fn clock() -> FixedClock {
        FixedClock("2026-11-21T09:30:00Z".to_owned())
    }

    #[test]
    fn changes_are_found_again_in_order() {
        let store = memory();
        let journal = store.journal(Path::new(ROOT));
        assert_eq!(journal.latest().unwrap(), None);
        let note = FileNote::new("/w/shop/a.md", None, Some("new"));
        let first = journal.record(&clock(), "First", vec![note]).unwrap();
        let second = journal.record(&SystemClock, "Second", Vec::new()).unwrap();
        let third = journal.record(&clock(), "Third", Vec::new()).unwrap();
        assert!(
            first.id < second.id && second.id < third.id,
            "a clock that goes back does not matter"
        );
        assert_eq!(
            journal.list().unwrap(),
            [first.clone(), second.clone(), third.clone()]
        );
        assert_eq!(journal.latest().unwrap(), Some(third.clone()));
        journal.mark_undone(&third.id).unwrap();
        assert_eq!(journal.latest().unwrap(), Some(second));
        assert_eq!(journal.get(&first.id).unwrap(), Some(first));
        assert_eq!(store.journal(Path::new("/w/other")).latest().unwrap(), None);
    }

    #[test]
    fn an_id_is_no_path() {
        let store = memory();
        store
            .files()
            .write(Path::new("/state/x.json"), b"{}")
            .unwrap();
        for wrong in ["", "../../x", "x/y", "A", "é"] {
            assert_eq!(
                store.journal(Path::new(ROOT)).get(wrong).unwrap(),
                None,
                "{wrong}"
            );
        }
    }

    #[test]
    fn the_last_two_hundred_are_kept() {
        let store = memory();
        let journal = store.journal(Path::new(ROOT));
        for n in 0..KEPT + 5 {
            journal
                .record(&clock(), &n.to_string(), Vec::new())
                .unwrap();
        }
        let kept = journal.list().unwrap();
        assert_eq!(kept.len(), KEPT);
        assert_eq!(kept[0].title, "5");
    }

    #[test]
    fn damage_is_told_and_leftovers_are_passed_over() {
        let store = memory();
        let journal = store.journal(Path::new(ROOT));
        let change = journal.record(&clock(), "One", Vec::new()).unwrap();
        let folder = store.workspace(Path::new(ROOT)).join("journal");
        store
            .files()
            .write(&folder.join(".x.json.1-0.rutter-tmp"), b"half")
            .unwrap();
        assert_eq!(journal.list().unwrap().len(), 1);
        store
            .files()
            .write(&folder.join(format!("{}.json", change.id)), b"{")
            .unwrap();
        assert!(matches!(journal.latest(), Err(StoreError::Damaged(_))));
    }

    #[test]
    fn threads_never_share_an_id() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(Arc::new(Disk), folder.path());
        let ids: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        let journal = store.journal(Path::new(ROOT));
                        (0..5)
                            .map(|_| journal.record(&clock(), "x", Vec::new()).unwrap().id)
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            threads
                .into_iter()
                .flat_map(|t| t.join().unwrap())
                .collect()
        });
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!((ids.len(), unique.len()), (20, 20));
        assert_eq!(store.journal(Path::new(ROOT)).list().unwrap().len(), 20);
    }
}
