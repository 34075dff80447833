//! What this user trusts: the exact content of what a repository could execute. One store for hooks, tool servers, agents
//! and powers; bound to the workspace folder, because the same words run another script in another place.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;
use rutter_host::{Clock, Grounds, Permit};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::store::Store;

/// Something that may be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its name: `hook:file#name`, `mcp:name`, `agent:name`, `powers:name`.
    pub what: String,
    /// SHA-256 of all that decides what it does.
    pub digest: String,
    /// The same for a person to read; kept, so that a change can be shown old → new.
    pub text: String,
}

/// What the store says of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// This exact content is trusted.
    Trusted,
    /// Another content of the same name was trusted.
    Changed {
        /// When, in RFC 3339.
        at: String,
        /// What it was, for a person to read; nothing where that is no longer kept.
        before: Option<String>,
    },
    /// Nobody was asked yet, or trust was taken back.
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    digest: String,
    text: String,
    at: String,
}

/// Parsed trust files with the text they were parsed from.
pub(crate) type Parsed = Mutex<HashMap<PathBuf, (String, Arc<File>)>>;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct File {
    version: u32,
    trusted: BTreeMap<String, Entry>,
}

/// The trust of this user in one workspace.
#[derive(Clone)]
pub struct Trust<'a> {
    store: &'a Store,
    root: PathBuf,
    path: PathBuf,
}

impl<'a> Trust<'a> {
    pub(crate) fn new(store: &'a Store, root: &Path) -> Self {
        Self {
            store,
            root: root.to_owned(),
            path: store.workspace(root).join("trust.json"),
        }
    }

    /// What is known of each subject, in the order handed in.
    pub fn verdicts(&self, subjects: &[Subject]) -> Result<Vec<Verdict>, StoreError> {
        let known = self.known()?;
        let known = &known.trusted;
        subjects
            .iter()
            .map(|subject| match known.get(&subject.what) {
                None => Ok(Verdict::Unknown),
                Some(entry) if entry.digest == subject.digest => Ok(Verdict::Trusted),
                Some(entry) => Ok(Verdict::Changed {
                    at: entry.at.clone(),
                    before: self.store.text(&entry.text)?,
                }),
            })
            .collect()
    }

    /// Leave to run each subject whose exact content is trusted, in the order handed in.
    pub fn permits(&self, subjects: &[Subject]) -> Result<Vec<Option<Permit>>, StoreError> {
        let file = self.known()?;
        let permit = |subject: &Subject| {
            let known = file.trusted.get(&subject.what);
            known
                .is_some_and(|entry| entry.digest == subject.digest)
                .then(|| {
                    #[expect(clippy::disallowed_methods, reason = "the trust store was asked")]
                    Permit::grant(Grounds::Trusted {
                        what: subject.what.clone(),
                        digest: subject.digest.clone(),
                    })
                })
        };
        Ok(subjects.iter().map(permit).collect())
    }

    /// Leave to run a subject, if this exact content is trusted.
    pub fn permit(&self, subject: &Subject) -> Result<Option<Permit>, StoreError> {
        Ok(self.permits(std::slice::from_ref(subject))?.pop().flatten())
    }

    /// Trusts these exact contents.
    pub fn trust(&self, clock: &dyn Clock, subjects: &[Subject]) -> Result<(), StoreError> {
        let _lock = self.store.lock_named(&self.root, "trust")?;
        let mut file = self.load()?;
        for subject in subjects {
            let text = self.store.put_text(&subject.text)?;
            file.trusted.insert(
                subject.what.clone(),
                Entry {
                    digest: subject.digest.clone(),
                    text,
                    at: clock.now(),
                },
            );
        }
        self.save(file)
    }

    /// Takes trust back; gives whether there was any.
    pub fn distrust(&self, what: &str) -> Result<bool, StoreError> {
        let _lock = self.store.lock_named(&self.root, "trust")?;
        let mut file = self.load()?;
        let had = file.trusted.remove(what).is_some();
        self.save(file)?;
        Ok(had)
    }

    fn load(&self) -> Result<File, StoreError> {
        Ok(File::clone(&*self.known()?))
    }

    /// What the file says, parsed only when it changed: every event of a hook asks.
    fn known(&self) -> Result<Arc<File>, StoreError> {
        let Some(text) = self.store.read(&self.path)? else {
            return Ok(Arc::default());
        };
        let mut parsed = self.store.trusted().lock();
        if let Some((known, file)) = parsed.get(&self.path)
            && *known == text
        {
            return Ok(Arc::clone(file));
        }
        let file: Arc<File> = serde_json::from_str(&text)
            .map(Arc::new)
            .map_err(|_| StoreError::Damaged(self.path.clone()))?;
        parsed.insert(self.path.clone(), (text, Arc::clone(&file)));
        Ok(file)
    }

    fn save(&self, mut file: File) -> Result<(), StoreError> {
        file.version = 1;
        self.store.write_json(&self.path, &file)
    }
}

#[cfg(test)]
mod tests {
    use rutter_host::{Files, FixedClock, Memory};

    use super::*;

    fn subject(what: &str, digest: &str) -> Subject {
        Subject {
            what: what.into(),
            digest: digest.into(),
            text: format!("run {digest}"),
        }
    }

    #[test]
    fn trust_is_for_this_content_in_this_folder_and_can_be_taken_back() {
        let files = Arc::new(Memory::default());
        let store = Store::in_memory(Arc::clone(&files) as Arc<dyn Files>, "/state");
        let clock = FixedClock("2026-11-21T09:30:00Z".into());
        let here = store.trust(Path::new("/w"));
        let (one, two) = (subject("hook:a#x", "1"), subject("hook:a#x", "2"));
        assert_eq!(here.permit(&one).unwrap(), None);
        here.trust(&clock, std::slice::from_ref(&one)).unwrap();
        let permit = here.permit(&one).unwrap().unwrap();
        assert!(
            matches!(permit.grounds(), Grounds::Trusted { what, digest } if what == "hook:a#x" && digest == "1")
        );
        assert_eq!(here.permit(&two).unwrap(), None);
        assert_eq!(
            here.verdicts(&[one.clone(), two, subject("mcp:m", "1")])
                .unwrap(),
            [
                Verdict::Trusted,
                Verdict::Changed {
                    at: "2026-11-21T09:30:00Z".into(),
                    before: Some("run 1".into())
                },
                Verdict::Unknown
            ]
        );
        assert_eq!(store.trust(Path::new("/v")).permit(&one).unwrap(), None);
        assert!(here.distrust("hook:a#x").unwrap());
        assert!(!here.distrust("hook:a#x").unwrap());
        assert_eq!(here.permit(&one).unwrap(), None);
    }

    #[test]
    fn a_damaged_store_trusts_nothing_and_says_so() {
        let files = Arc::new(Memory::default());
        let store = Store::in_memory(Arc::clone(&files) as Arc<dyn Files>, "/state");
        let here = store.trust(Path::new("/w"));
        files.write(&here.path, b"{").unwrap();
        assert!(matches!(
            here.permit(&subject("hook:a#x", "1")),
            Err(StoreError::Damaged(_))
        ));
    }
}
