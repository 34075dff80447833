//! Specs of other tools as they are on disk, with unsaved text over them. There is nothing here that writes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rutter_code::links::Link;
use rutter_host::{FileKind, Files};
use rutter_spec::foreign::{Flavour, ForeignDocument, ForeignSpec, ItemKind, key};
use rutter_spec::trace::Links;
use rutter_text::Source;

use crate::folder::relative;
use crate::sources::Sources;
use crate::trace::{Use, named};

/// The folder that tells of Spec Kit.
const SPEC_KIT: &str = ".specify";
/// The folder of Spec Kit's features, and those of some versions.
const FEATURES: [&str; 2] = ["specs", ".specify/specs"];
/// The folder of OpenSpec.
const OPEN_SPEC: &str = "openspec";
/// Folders this deep below a spec's are still looked at.
const DEPTH: usize = 3;
/// A spec has no more documents than this.
const MOST: usize = 60;

#[derive(Clone, Debug)]
struct Slot {
    source: Source,
    read: Arc<OnceLock<Arc<ForeignDocument>>>,
}

/// A spec of another tool. Cheap to clone; a changed document leaves the readings of the others alone.
#[derive(Clone, Debug)]
pub struct ForeignFolder {
    /// Its name: that of its folder.
    pub name: String,
    /// Whose format it is.
    pub flavour: Flavour,
    /// The workspace folder.
    pub root: PathBuf,
    /// The folder.
    pub path: PathBuf,
    documents: BTreeMap<String, Slot>,
    spec: Arc<OnceLock<Arc<ForeignSpec>>>,
}

/// Where a path stands among the specs of other tools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whose format it is.
    pub flavour: Flavour,
    /// The spec's folder.
    pub folder: PathBuf,
    /// The spec's name.
    pub name: String,
    /// The path below the spec's folder, with `/`.
    pub document: String,
}

/// Finds the spec around a document of a workspace folder by its path alone.
pub fn place(root: &Path, path: &Path) -> Option<Place> {
    let below = relative(root, path);
    if !below.ends_with(".md") {
        return None;
    }
    let of = |flavour, folder: &str| {
        let (name, document) = below
            .strip_prefix(folder)?
            .strip_prefix('/')?
            .split_once('/')?;
        (!name.is_empty()).then(|| Place {
            flavour,
            folder: root.join(folder).join(name),
            name: name.to_owned(),
            document: document.to_owned(),
        })
    };
    let features = FEATURES.iter().filter(|f| below.starts_with(**f));
    let feature = features
        .filter_map(|folder| of(Flavour::SpecKit, folder))
        .next();
    feature
        .or_else(|| of(Flavour::OpenSpec, "openspec/specs"))
        .or_else(|| of(Flavour::OpenSpec, "openspec/changes").filter(|p| p.name != "archive"))
        .or_else(|| of(Flavour::SpecKit, ".specify").filter(|p| p.name == "memory"))
}

/// Whether a path is, holds or lies in what tells of these.
pub fn may_be_below(root: &Path, path: &Path) -> bool {
    let below = relative(root, path);
    let first = below.split('/').next().unwrap_or_default();
    [SPEC_KIT, OPEN_SPEC, FEATURES[0]].contains(&first)
}

/// Reads those of a workspace folder from disk. A file that can't be read is left out.
pub(crate) fn read(files: &dyn Files, root: &Path) -> Vec<ForeignFolder> {
    let mut found = Vec::new();
    let has = |name: &str| files.exists(&root.join(name));
    let mut parents: Vec<&str> = Vec::new();
    if has(SPEC_KIT) {
        parents.extend(FEATURES);
        parents.push(SPEC_KIT);
    }
    if has(OPEN_SPEC) {
        parents.extend(["openspec/specs", "openspec/changes"]);
    }
    for parent in parents {
        let Ok(entries) = files.list(&root.join(parent)) else {
            continue;
        };
        for entry in entries.into_iter().filter(|e| e.kind == FileKind::Folder) {
            // What a document in it would belong to tells what the folder is.
            let Some(place) = place(root, &entry.path.join("spec.md")) else {
                continue;
            };
            let mut folder = ForeignFolder::new(root, &place);
            folder.load(files, &entry.path, DEPTH);
            if !folder.documents.is_empty() {
                found.push(folder);
            }
        }
    }
    found
}

/// Lays the editor's text of a document over what was read.
pub(crate) fn lay_over(
    folders: &mut Vec<ForeignFolder>,
    root: &Path,
    path: &Path,
    source: &Source,
) {
    let Some(place) = place(root, path) else {
        return;
    };
    match folders.iter_mut().find(|f| f.path == place.folder) {
        Some(folder) => *folder = folder.with(&place.document, source.clone()),
        None => {
            let folder = ForeignFolder::new(root, &place);
            folders.push(folder.with(&place.document, source.clone()));
        }
    }
}

impl ForeignFolder {
    /// Whether a workspace folder has any.
    pub fn are_in(files: &dyn Files, root: &Path) -> bool {
        [SPEC_KIT, "openspec/specs", "openspec/changes"]
            .iter()
            .any(|name| files.exists(&root.join(name)))
    }

    fn new(root: &Path, place: &Place) -> Self {
        Self {
            name: place.name.clone(),
            flavour: place.flavour,
            root: root.to_owned(),
            path: place.folder.clone(),
            documents: BTreeMap::new(),
            spec: Arc::default(),
        }
    }

    fn load(&mut self, files: &dyn Files, folder: &Path, depth: usize) {
        let Ok(entries) = files.list(folder) else {
            return;
        };
        for entry in entries {
            if entry.kind == FileKind::Folder {
                if depth > 0 && !entry.link {
                    self.load(files, &entry.path, depth - 1);
                }
            } else if entry.name.ends_with(".md")
                && self.documents.len() < MOST
                && let Ok(text) = files.read_text(&entry.path)
            {
                let name = relative(&self.path, &entry.path);
                self.documents.insert(name, Slot::new(Source::new(text)));
            }
        }
    }

    /// The folder with another text of one document.
    #[must_use]
    pub fn with(&self, document: &str, source: Source) -> Self {
        let mut folder = self.clone();
        folder.spec = Arc::default();
        folder
            .documents
            .insert(document.to_owned(), Slot::new(source));
        folder
    }

    pub(crate) fn same_as(&self, other: &Self) -> bool {
        let texts = |f: &Self| -> Vec<(String, Source)> {
            let documents = f.documents.iter();
            documents
                .map(|(n, slot)| (n.clone(), slot.source.clone()))
                .collect()
        };
        texts(self) == texts(other)
    }

    /// What the documents say, read on first use.
    pub fn spec(&self) -> &Arc<ForeignSpec> {
        self.spec.get_or_init(|| {
            let documents = self.documents.iter().map(|(name, slot)| {
                let read = || {
                    Arc::new(ForeignDocument::read(
                        self.flavour,
                        name,
                        slot.source.clone(),
                    ))
                };
                Arc::clone(slot.read.get_or_init(read))
            });
            let mut documents: Vec<Arc<ForeignDocument>> = documents.collect();
            documents.sort_by_key(|d| d.role as u8);
            Arc::new(ForeignSpec {
                name: self.name.clone(),
                flavour: self.flavour,
                documents,
            })
        })
    }

    /// The text of a document by its path below the folder.
    pub fn source(&self, document: &str) -> Option<&Source> {
        self.documents.get(document).map(|slot| &slot.source)
    }

    /// Whether it says what is wanted or what to do; a constitution does not.
    pub fn is_spec(&self) -> bool {
        let names = ["spec.md", "tasks.md", "proposal.md"];
        let mut documents = self.documents.keys();
        documents.any(|name| names.contains(&name.rsplit('/').next().unwrap_or(name)))
    }

    /// Whether it is what another one, a change, would change.
    pub fn is_current(&self) -> bool {
        self.flavour == Flavour::OpenSpec
            && self.path.parent().is_some_and(|p| p.ends_with("specs"))
    }
}

impl Slot {
    fn new(source: Source) -> Self {
        Self {
            source,
            read: Arc::default(),
        }
    }
}

/// Which specs of other tools a link may mean: the one it names, else those that define all it names. What a change only
/// touches is what the current spec defines.
pub fn meant<'a>(folders: &[&'a Arc<ForeignFolder>], link: &Link) -> Vec<&'a Arc<ForeignFolder>> {
    let has = |folder: &Arc<ForeignFolder>| link.ids.iter().all(|id| defines(folder.spec(), id));
    let named =
        |folder: &&&Arc<ForeignFolder>| link.spec.as_ref().is_none_or(|n| *n == folder.name);
    let fits: Vec<_> = folders
        .iter()
        .filter(named)
        .filter(|f| has(f))
        .copied()
        .collect();
    let current: Vec<_> = fits.iter().filter(|f| f.is_current()).copied().collect();
    if current.is_empty() { fits } else { current }
}

/// Whether a spec defines an id; a task without a number is known by its line, which is no id to link to.
fn defines(spec: &ForeignSpec, id: &str) -> bool {
    let wanted = key(id);
    spec.items().any(|(_, item)| {
        let is_number = matches!(item.kind, ItemKind::Task(_)) && !item.id.starts_with('T');
        !item.id.is_empty() && !is_number && key(&item.id) == wanted
    })
}

/// The links from source that mean a spec, in order of the files.
pub fn uses<'a>(
    sources: &'a Sources,
    folders: &[&Arc<ForeignFolder>],
    folder: &ForeignFolder,
) -> Vec<Use<'a>> {
    let mut found = Vec::new();
    for file in sources.files() {
        for link in &file.foreign {
            if let [one] = meant(folders, link).as_slice()
                && one.path == folder.path
            {
                found.push(Use { file, link });
            }
        }
    }
    found
}

/// What names an item, by the key of its id; a story or requirement is named for each of its scenarios.
pub fn by_item(uses: &[Use<'_>]) -> BTreeMap<String, Links> {
    named(uses, |id| [key(id)])
}

#[cfg(test)]
mod tests {
    use rutter_host::Memory;

    use super::*;

    #[test]
    fn folders_are_told_by_their_place() {
        let root = Path::new("/w");
        let shown = |path: &str| {
            let place = place(root, &root.join(path))?;
            Some(format!(
                "{} {} {}",
                place.flavour.as_str(),
                place.name,
                place.document
            ))
        };
        for (path, expected) in [
            ("specs/001-a/spec.md", Some("Spec Kit 001-a spec.md")),
            (
                "specs/001-a/checklists/x.md",
                Some("Spec Kit 001-a checklists/x.md"),
            ),
            (
                ".specify/memory/constitution.md",
                Some("Spec Kit memory constitution.md"),
            ),
            (".specify/templates/spec-template.md", None),
            ("openspec/specs/auth/spec.md", Some("OpenSpec auth spec.md")),
            (
                "openspec/changes/add/specs/auth/spec.md",
                Some("OpenSpec add specs/auth/spec.md"),
            ),
            ("openspec/changes/archive/x/tasks.md", None),
            ("openspec/AGENTS.md", None),
            ("specs/001-a/data.json", None),
            ("docs/spec.md", None),
        ] {
            assert_eq!(shown(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn links_mean_the_spec_that_has_what_they_name() {
        let spec = "- **FR-001**: System MUST a\n";
        let files = Memory::with([
            ("/w/.specify/memory/constitution.md", "# C\n"),
            ("/w/specs/001-a/spec.md", spec),
            (
                "/w/specs/002-b/spec.md",
                "- **FR-001**: System MUST c\n- **FR-002**: System MUST b\n",
            ),
            (
                "/w/openspec/specs/auth/spec.md",
                "### Requirement: Sign In\nSHALL.\n",
            ),
            (
                "/w/openspec/changes/x/specs/auth/spec.md",
                "## MODIFIED Requirements\n### Requirement: Sign In\nSHALL.\n",
            ),
            (
                "/w/src/a.rs",
                "// FR-001\nfn both() {}\n// FR-002\nfn one() {}\n// 001-a: FR-001\nfn named() {}\n// spec:auth#sign-in\nfn auth() {}\n// Requirement: Sign In\nfn words() {}\n// T099 RFC-2119\nfn none() {}\n",
            ),
        ]);
        let root = Path::new("/w");
        let folders: Vec<Arc<ForeignFolder>> =
            read(&files, root).into_iter().map(Arc::new).collect();
        let all: Vec<&Arc<ForeignFolder>> = folders.iter().collect();
        let sources = Sources::read(&files, root, &BTreeMap::new(), &|| false);
        let file = sources.get("src/a.rs").unwrap();
        let shown: Vec<String> = file
            .foreign
            .iter()
            .map(|link| {
                let names = meant(&all, link);
                let names: Vec<&str> = names.iter().map(|f| f.name.as_str()).collect();
                format!("{}: {}", link.ids.join(","), names.join(" "))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "FR-001: 001-a 002-b",
                "FR-002: 002-b",
                "FR-001: 001-a",
                "sign-in: auth",
                "Sign In: auth",
                "T099: "
            ]
        );
    }
}
