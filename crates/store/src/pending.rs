//! Prompts of hooks that wait for a person, and later for a model: one item a hook, which lists the files it waits for.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::store::Store;

/// A prompt that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The hook: `file#name`.
    pub hook: String,
    /// What it asks for.
    pub prompt: String,
    /// The trigger of the last event, such as `PostFileSave`.
    pub trigger: String,
    /// The files it waits for, relative with `/`, each once.
    pub paths: Vec<String>,
    /// What the events brought along, such as the changes of an API; each once.
    #[serde(default)]
    pub context: Vec<String>,
    /// When the first event came, in RFC 3339.
    pub since: String,
}

/// The waiting prompts of one workspace.
#[derive(Clone)]
pub struct PendingPrompts<'a> {
    store: &'a Store,
    root: PathBuf,
    path: PathBuf,
}

impl<'a> PendingPrompts<'a> {
    pub(crate) fn new(store: &'a Store, root: &Path) -> Self {
        Self {
            store,
            root: root.to_owned(),
            path: store.workspace(root).join("pending.json"),
        }
    }

    /// What waits, the oldest first.
    pub fn list(&self) -> Result<Vec<Pending>, StoreError> {
        let Some(text) = self.store.read(&self.path)? else {
            return Ok(Vec::new());
        };
        serde_json::from_str(&text).map_err(|_| StoreError::Damaged(self.path.clone()))
    }

    /// Adds a prompt, or its files and context to the one of the same hook and words.
    pub fn add(&self, new: Pending) -> Result<(), StoreError> {
        let _lock = self.store.lock_named(&self.root, "pending")?;
        let mut list = self.list()?;
        match list
            .iter_mut()
            .find(|p| p.hook == new.hook && p.prompt == new.prompt)
        {
            Some(known) => {
                known.trigger = new.trigger;
                merge(&mut known.paths, new.paths);
                merge(&mut known.context, new.context);
            }
            None => list.push(new),
        }
        self.store.write_json(&self.path, &list)
    }

    /// Takes a hook's prompts out; gives them.
    pub fn take(&self, hook: &str) -> Result<Vec<Pending>, StoreError> {
        let _lock = self.store.lock_named(&self.root, "pending")?;
        let (taken, left): (Vec<_>, Vec<_>) =
            self.list()?.into_iter().partition(|p| p.hook == hook);
        if !taken.is_empty() {
            self.store.write_json(&self.path, &left)?;
        }
        Ok(taken)
    }
}

fn merge(into: &mut Vec<String>, more: Vec<String>) {
    for item in more {
        if !into.contains(&item) {
            into.push(item);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rutter_host::Memory;

    use super::*;

    #[test]
    fn one_item_a_hook_lists_its_files() {
        let store = Store::in_memory(Arc::new(Memory::default()), "/state");
        let pending = store.pending(Path::new("/w"));
        let item = |hook: &str, path: &str| Pending {
            hook: hook.into(),
            prompt: "Update the docs.".into(),
            trigger: "PostFileSave".into(),
            paths: vec![path.into()],
            context: vec![],
            since: "2026-11-21T09:30:00Z".into(),
        };
        for path in ["a.rs", "b.rs", "a.rs"] {
            pending.add(item("docs.json#Docs", path)).unwrap();
        }
        pending.add(item("x.json#X", "c.rs")).unwrap();
        let list = pending.list().unwrap();
        assert_eq!(list.len(), 2);
        assert_eq!(list[0].paths, ["a.rs", "b.rs"]);
        assert_eq!(pending.take("docs.json#Docs").unwrap().len(), 1);
        assert_eq!(pending.take("docs.json#Docs").unwrap(), []);
        assert_eq!(pending.list().unwrap().len(), 1);
    }
}
