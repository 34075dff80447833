//! What readers see: everything as it was at one moment.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rutter_host::{Files, Settings};
use rutter_text::{Encoding, Source};

use crate::agent_files::{AgentFile, AgentFiles};
use crate::folder::{SpecFolder, relative};
use crate::foreign::ForeignFolder;
use crate::likely::Likely;
use crate::location::locate;
use crate::open::OpenDocument;
use crate::own::OwnFiles;
use crate::sources::{SourceFile, Sources};
use crate::trace::{self, Use};

/// The workspace at one moment. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The folders of the workspace.
    pub roots: Arc<Vec<PathBuf>>,
    /// The open documents.
    pub open: Arc<BTreeMap<PathBuf, Arc<OpenDocument>>>,
    /// The spec folders by path.
    pub folders: Arc<BTreeMap<PathBuf, Arc<SpecFolder>>>,
    /// The settings in force, by root.
    pub settings: Arc<BTreeMap<PathBuf, Settings>>,
    /// What each root keeps for us below `.rutter`, with unsaved text over it.
    pub own: Arc<BTreeMap<PathBuf, Arc<OwnFiles>>>,
    /// Hook files, steering and what is like it, by the folder they are read from; those that are open too.
    pub agents: Arc<BTreeMap<PathBuf, Arc<AgentFiles>>>,
    /// The specs of other tools, by their folders.
    pub foreign: Arc<BTreeMap<PathBuf, Arc<ForeignFolder>>>,
    /// The sources that name requirements, by the workspace folder; nothing before they were looked through.
    pub sources: Arc<BTreeMap<PathBuf, Arc<Sources>>>,
    /// What commits say of code, by the workspace folder; nothing before they were looked into.
    pub likely: Arc<BTreeMap<PathBuf, Arc<Likely>>>,
    /// How the client counts characters.
    pub encoding: Encoding,
    /// Grows with every change.
    pub revision: u64,
}

/// Why a spec was not found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// There is none of this name.
    #[error("There is no spec `{name}`: {}.", known(.specs))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The specs there are.
        specs: Vec<String>,
    },
    /// The name fits more than one.
    #[error("`{name}` could mean {}: say which.", .candidates.join(" or "))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// What fits.
        candidates: Vec<String>,
    },
}

fn known(specs: &[String]) -> String {
    match specs {
        [] => "this workspace has none; make one with `rutter new`".to_owned(),
        some => format!("there are {}", some.join(", ")),
    }
}

impl Snapshot {
    /// The text of a document: the editor's where it is open, else the one read from disk with its spec.
    pub fn source(&self, path: &Path) -> Option<Source> {
        if let Some(open) = self.open.get(path) {
            return Some(open.source.clone());
        }
        if let Some((_, _, file)) = self.agent_file(path) {
            return file.text.as_ref().ok().cloned();
        }
        if let Some((folder, name)) = self.foreign_of(path) {
            return folder.source(&name).cloned();
        }
        let location = locate(path)?;
        let folder = self.folders.get(&location.folder)?;
        folder.source(path.file_name()?.to_str()?).cloned()
    }

    /// The hook file, steering or the like at a path, with the folder it is read from and the others there.
    pub fn agent_file(&self, path: &Path) -> Option<(&PathBuf, &Arc<AgentFiles>, &Arc<AgentFile>)> {
        self.agents
            .iter()
            .filter(|(base, _)| path.starts_with(base))
            .find_map(|(base, files)| Some((base, files, files.get(path)?)))
    }

    /// The spec folder a path belongs to.
    pub fn folder_of(&self, path: &Path) -> Option<&Arc<SpecFolder>> {
        // A folder may have a dot in its name, as files have.
        self.folders
            .get(path)
            .or_else(|| self.folders.get(&locate(path)?.folder))
    }

    /// Finds a spec by its name, by the last part of its name, or by a path inside it.
    pub fn find(&self, name: &str) -> Result<&Arc<SpecFolder>, FindError> {
        let path = Path::new(name);
        if path.is_absolute()
            && let Some(folder) = self.folder_of(path)
        {
            return Ok(folder);
        }
        let asked = name
            .trim_start_matches("./")
            .trim_start_matches(".kiro/specs/")
            .trim_end_matches('/');
        let mut fits: Vec<&Arc<SpecFolder>> =
            self.folders.values().filter(|f| f.name == asked).collect();
        if fits.is_empty() {
            fits = self
                .folders
                .values()
                .filter(|f| f.name.rsplit('/').next() == Some(asked))
                .collect();
        }
        match fits.as_slice() {
            [one] => Ok(one),
            [] => Err(FindError::Unknown {
                name: name.to_owned(),
                specs: self.folders.values().map(|f| f.name.clone()).collect(),
            }),
            many => Err(FindError::Ambiguous {
                name: name.to_owned(),
                candidates: many.iter().map(|f| f.path.display().to_string()).collect(),
            }),
        }
    }

    /// The specs of other tools in a workspace folder.
    pub fn foreign_in(&self, root: &Path) -> impl Iterator<Item = &Arc<ForeignFolder>> {
        self.foreign.values().filter(move |f| f.root == root)
    }

    /// The spec of another tool that a path belongs to, and the path below its folder.
    pub fn foreign_of(&self, path: &Path) -> Option<(&Arc<ForeignFolder>, String)> {
        let above = path.ancestors().find_map(|above| self.foreign.get(above))?;
        Some((above, relative(&above.path, path)))
    }

    /// The spec of another tool by its name, or by a path inside it.
    pub fn find_foreign(&self, name: &str) -> Option<&Arc<ForeignFolder>> {
        if Path::new(name).is_absolute() {
            return self.foreign_of(Path::new(name)).map(|(folder, _)| folder);
        }
        let asked = name.trim_start_matches("./").trim_end_matches('/');
        let mut all = self.foreign.values();
        all.find(|f| f.name == asked || relative(&f.root, &f.path) == asked)
    }

    /// The specs of a workspace folder.
    pub fn folders_in(&self, root: &Path) -> Vec<&Arc<SpecFolder>> {
        self.folders.values().filter(|f| f.root == root).collect()
    }

    /// The sources of a workspace folder; those that nobody looked through yet are looked through now, until `stop` says so.
    pub fn sources_in(
        &self,
        files: &dyn Files,
        root: &Path,
        stop: &dyn Fn() -> bool,
    ) -> Arc<Sources> {
        match self.sources.get(root) {
            Some(known) => Arc::clone(known),
            None => Arc::new(Sources::read(files, root, &self.open, stop)),
        }
    }

    /// What in source means a spec, as far as the sources were looked through.
    pub fn uses_of(&self, folder: &SpecFolder) -> Vec<Use<'_>> {
        match self.sources.get(&folder.root) {
            Some(sources) => trace::uses(sources, &self.folders_in(&folder.root), folder),
            None => Vec::new(),
        }
    }

    /// What in source means any of some criteria of a spec, by their labels, as far as the sources were looked through.
    pub fn uses_of_criteria(&self, folder: &SpecFolder, labels: &[String]) -> Vec<Use<'_>> {
        match self.sources.get(&folder.root) {
            Some(sources) => {
                let folders = self.folders_in(&folder.root);
                trace::uses_of(sources, &folders, folder, labels)
            }
            None => Vec::new(),
        }
    }

    /// The source file at a path as it was last looked through, where it named requirements then; with its workspace folder.
    pub fn known_source(&self, path: &Path) -> Option<(&PathBuf, &Arc<SourceFile>)> {
        let root = self.root_of(path)?;
        Some((root, self.sources.get(root)?.get(&relative(root, path))?))
    }

    /// The source file at a path as the editor has it, where it names requirements and its workspace folder has specs; with
    /// that folder.
    pub fn source_file(&self, path: &Path) -> Option<(&PathBuf, Arc<SourceFile>)> {
        let root = self.root_of(path)?;
        let known = self.known_source(path).map(|(_, file)| file);
        let file = match self.open.get(path) {
            None => Arc::clone(known?),
            Some(open) => match known.filter(|file| file.source == open.source) {
                Some(file) => Arc::clone(file),
                None => {
                    let has_foreign = self.foreign_in(root).next().is_some();
                    if !has_foreign && self.folders_in(root).is_empty() {
                        return None;
                    }
                    Arc::new(SourceFile::read(
                        root,
                        path,
                        open.source.clone(),
                        has_foreign,
                    )?)
                }
            },
        };
        Some((root, file))
    }

    /// A spec folder to read from: what is read stays where one of its documents is open, else it goes again.
    pub fn to_read(&self, folder: &Arc<SpecFolder>) -> Arc<SpecFolder> {
        if self.open.keys().any(|path| path.starts_with(&folder.path)) {
            Arc::clone(folder)
        } else {
            Arc::new(folder.unread())
        }
    }

    /// The workspace folder a path lies in: the deepest root above it.
    pub fn root_of(&self, path: &Path) -> Option<&PathBuf> {
        self.roots
            .iter()
            .filter(|r| path.starts_with(r))
            .max_by_key(|r| r.components().count())
    }

    /// The settings for a root.
    pub fn settings_of(&self, root: &Path) -> Settings {
        self.settings.get(root).cloned().unwrap_or_default()
    }
}
