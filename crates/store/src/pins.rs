//! What a tool server said of its tools when it was first listed after the user trusted it. A description is read by a
//! model: a server that changes it later asks again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::store::Store;

/// A tool as its server describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// Its name.
    pub tool: String,
    /// SHA-256 of all that the server says of it.
    pub digest: String,
    /// The same for a person to read.
    pub text: String,
}

/// A tool that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinChange {
    /// The tool as it is now.
    pub now: Pinned,
    /// What was said of it; nothing for a tool that is new, or where that is no longer kept.
    pub before: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    digest: String,
    text: String,
}

#[derive(Default, Serialize, Deserialize)]
struct Server {
    /// The digest of the declaration that was trusted.
    declaration: String,
    tools: BTreeMap<String, Entry>,
}

#[derive(Default, Serialize, Deserialize)]
struct File {
    version: u32,
    servers: BTreeMap<String, Server>,
}

/// What is pinned in one workspace.
#[derive(Clone)]
pub struct Pins<'a> {
    store: &'a Store,
    root: PathBuf,
    path: PathBuf,
}

impl<'a> Pins<'a> {
    pub(crate) fn new(store: &'a Store, root: &Path) -> Self {
        Self {
            store,
            root: root.to_owned(),
            path: store.workspace(root).join("pins.json"),
        }
    }

    /// The tools that are not as they were pinned, in the order handed in. At the first listing of a server with this
    /// declaration all are pinned, and none has changed.
    pub fn check(
        &self,
        server: &str,
        declaration: &str,
        tools: &[Pinned],
    ) -> Result<Vec<PinChange>, StoreError> {
        let known = self.load()?.servers.remove(server);
        match known.filter(|s| s.declaration == declaration) {
            Some(known) => tools
                .iter()
                .filter_map(|now| {
                    let entry = known.tools.get(&now.tool);
                    if entry.is_some_and(|e| e.digest == now.digest) {
                        return None;
                    }
                    let before = match entry {
                        Some(entry) => self.store.text(&entry.text),
                        None => Ok(None),
                    };
                    Some(before.map(|before| PinChange {
                        now: now.clone(),
                        before,
                    }))
                })
                .collect(),
            None => {
                self.put(server, declaration, tools, true)?;
                Ok(Vec::new())
            }
        }
    }

    /// The names of the pinned tools of each server.
    pub fn listed(&self) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
        let names = |server: Server| server.tools.into_keys().collect();
        let servers = self.load()?.servers.into_iter();
        Ok(servers
            .map(|(name, server)| (name, names(server)))
            .collect())
    }

    /// Pins these tools as they are now; what else is pinned of the server stays.
    pub fn accept(
        &self,
        server: &str,
        declaration: &str,
        tools: &[Pinned],
    ) -> Result<(), StoreError> {
        self.put(server, declaration, tools, false)
    }

    /// Forgets a server: its next listing is pinned.
    pub fn forget(&self, server: &str) -> Result<(), StoreError> {
        let _lock = self.store.lock_named(&self.root, "pins")?;
        let mut file = self.load()?;
        if file.servers.remove(server).is_some() {
            self.save(file)?;
        }
        Ok(())
    }

    fn put(
        &self,
        server: &str,
        declaration: &str,
        tools: &[Pinned],
        afresh: bool,
    ) -> Result<(), StoreError> {
        let _lock = self.store.lock_named(&self.root, "pins")?;
        let mut file = self.load()?;
        let known = file.servers.entry(server.to_owned()).or_default();
        if afresh || known.declaration != declaration {
            known.tools.clear();
        }
        known.declaration = declaration.to_owned();
        for tool in tools {
            let text = self.store.put_text(&tool.text)?;
            known.tools.insert(
                tool.tool.clone(),
                Entry {
                    digest: tool.digest.clone(),
                    text,
                },
            );
        }
        self.save(file)
    }

    fn load(&self) -> Result<File, StoreError> {
        let Some(text) = self.store.read(&self.path)? else {
            return Ok(File::default());
        };
        serde_json::from_str(&text).map_err(|_| StoreError::Damaged(self.path.clone()))
    }

    fn save(&self, mut file: File) -> Result<(), StoreError> {
        file.version = 1;
        self.store.write_json(&self.path, &file)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rutter_host::{Files, Memory};

    use super::*;

    fn tool(name: &str, text: &str) -> Pinned {
        Pinned {
            tool: name.into(),
            digest: text.into(),
            text: text.into(),
        }
    }

    #[test]
    fn the_first_listing_is_pinned_and_a_change_is_told_until_it_is_accepted() {
        let store = Store::in_memory(Arc::new(Memory::default()), "/state");
        let pins = store.pins(Path::new("/w"));
        let first = [tool("a", "reads"), tool("b", "lists")];
        assert_eq!(pins.check("s", "1", &first).unwrap(), []);
        assert_eq!(pins.check("s", "1", &first[..1]).unwrap(), []);
        let second = [tool("a", "reads all"), tool("b", "lists"), tool("c", "new")];
        let changes = pins.check("s", "1", &second).unwrap();
        assert_eq!(
            changes,
            [
                PinChange {
                    now: second[0].clone(),
                    before: Some("reads".into())
                },
                PinChange {
                    now: second[2].clone(),
                    before: None
                }
            ]
        );
        pins.accept("s", "1", &second[..1]).unwrap();
        assert_eq!(pins.check("s", "1", &second).unwrap(), changes[1..]);
        assert_eq!(pins.check("s", "2", &second).unwrap(), []);
        assert_eq!(pins.check("s", "2", &first[..1]).unwrap().len(), 1);
        assert_eq!(pins.listed().unwrap()["s"], ["a", "b", "c"]);
        pins.forget("s").unwrap();
        assert_eq!(pins.check("s", "2", &first).unwrap(), []);
    }

    #[test]
    fn a_damaged_file_pins_nothing_and_says_so() {
        let files = Arc::new(Memory::default());
        let store = Store::in_memory(Arc::clone(&files) as Arc<dyn Files>, "/state");
        let pins = store.pins(Path::new("/w"));
        files.write(&pins.path, b"{").unwrap();
        assert!(matches!(
            pins.check("s", "1", &[]),
            Err(StoreError::Damaged(_))
        ));
    }
}
