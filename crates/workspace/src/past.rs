//! Commits looked into: which pieces of code each one changed, and what its files and specs said then.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use rutter_code::links::links;
use rutter_code::project::is_test_path;
use rutter_code::{CodeDigest, Language, SymbolKind, Unit, units};
use rutter_spec::{Document, Mark, Reading, Spec, Task};
use rutter_text::Source;

use crate::baseline::UnitBase;
use crate::folder::SpecFolder;
use crate::history::{Changed, Commit, Repository, TaskName};

/// A piece of code that a commit changed.
#[derive(Clone, Debug)]
pub(crate) struct ChangedUnit {
    pub path: String,
    pub name: String,
    pub digest: CodeDigest,
    /// It holds others, and this is the code around them.
    pub is_frame: bool,
    /// What can be called; no type, field or constant.
    pub is_function: bool,
    pub is_test: bool,
    /// It stands among tests.
    pub is_among_tests: bool,
    pub is_in_new_file: bool,
    /// Its text before, where it was there.
    pub before: Option<String>,
    /// Its text.
    pub after: String,
}

impl ChangedUnit {
    /// What later code is compared with.
    pub fn base(&self) -> UnitBase {
        UnitBase {
            path: self.path.clone(),
            name: self.name.clone(),
            digest: self.digest,
        }
    }
}

/// A commit, looked into.
pub(crate) struct Looked {
    /// The units it changed, by file.
    pub units: BTreeMap<String, Vec<ChangedUnit>>,
    /// The ids that links in the files it changed name, by file.
    pub links: BTreeMap<String, BTreeSet<(Option<String>, String)>>,
}

/// A repository's past; each commit is looked into once.
pub struct Past<'a> {
    pub(crate) repository: Option<&'a Repository>,
    commits: HashMap<String, Rc<Looked>>,
    specs: HashMap<(String, String), Rc<Spec>>,
}

impl<'a> Past<'a> {
    /// Nothing is read yet; without a repository nothing ever is.
    pub fn new(repository: Option<&'a Repository>) -> Self {
        Self {
            repository,
            commits: HashMap::new(),
            specs: HashMap::new(),
        }
    }

    pub(crate) fn look(&mut self, commit: &Commit) -> Rc<Looked> {
        if let Some(known) = self.commits.get(&commit.id) {
            return Rc::clone(known);
        }
        let mut looked = Looked {
            units: BTreeMap::new(),
            links: BTreeMap::new(),
        };
        if let Some(repository) = self.repository.filter(|_| !commit.is_wide()) {
            looked.units = changed_units(repository, commit);
            for file in &commit.files {
                let text = file.after.and_then(|blob| repository.text(blob));
                let Some((text, language)) = text.zip(Language::of_path(&file.path)) else {
                    continue;
                };
                let ids = links(language, &text).into_iter().flat_map(|link| {
                    let spec = link.spec;
                    link.ids.into_iter().map(move |id| (spec.clone(), id))
                });
                looked.links.insert(file.path.clone(), ids.collect());
            }
        }
        let looked = Rc::new(looked);
        self.commits.insert(commit.id.clone(), Rc::clone(&looked));
        looked
    }

    /// The spec as a commit left it, under the name it had then.
    pub(crate) fn spec_at(
        &mut self,
        folder: &SpecFolder,
        name: &str,
        commit: &str,
    ) -> Option<Rc<Spec>> {
        let repository = self.repository?;
        let key = (name.to_owned(), commit.to_owned());
        let read = self
            .specs
            .entry(key)
            .or_insert_with(|| Rc::new(spec_at(repository, folder, name, commit)));
        Some(Rc::clone(read))
    }
}

/// The units whose code a commit changed, by file; one that only moved did not change, nor did one that holds what changed.
fn changed_units(repository: &Repository, commit: &Commit) -> BTreeMap<String, Vec<ChangedUnit>> {
    let mut before: BTreeSet<(String, CodeDigest)> = BTreeSet::new();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut after: Vec<(&Changed, String, Vec<Unit>)> = Vec::new();
    for file in &commit.files {
        let Some(language) = Language::of_path(&file.path) else {
            continue;
        };
        let read = |blob| {
            let text = repository.text(blob)?;
            let all = units(language, &text);
            Some((text, all))
        };
        if let Some((text, old)) = file.before.and_then(read) {
            for unit in old {
                before.insert((unit.full_name(), own(&unit)));
                let said = text.get(unit.range.clone()).unwrap_or_default().to_owned();
                texts.insert(unit.full_name(), said);
            }
        }
        if let Some((text, new)) = file.after.and_then(read) {
            after.push((file, text, new));
        }
    }
    let mut changed: BTreeMap<String, Vec<ChangedUnit>> = BTreeMap::new();
    for (file, text, all) in after {
        let path = file.path.as_str();
        let in_test_file = is_test_path(path);
        let news = all
            .iter()
            .filter(|u| !before.contains(&(u.full_name(), own(u))));
        let news: Vec<ChangedUnit> = news
            .map(|unit| ChangedUnit {
                path: path.to_owned(),
                name: unit.full_name(),
                digest: own(unit),
                is_frame: unit.frame.is_some(),
                is_function: matches!(unit.kind, SymbolKind::Function | SymbolKind::Method),
                is_test: unit.is_test,
                is_among_tests: in_test_file || all.iter().any(|o| holds_tests(o, &unit.range)),
                is_in_new_file: file.before.is_none(),
                before: texts.get(&unit.full_name()).cloned(),
                after: text.get(unit.range.clone()).unwrap_or_default().to_owned(),
            })
            .collect();
        if !news.is_empty() {
            changed.insert(path.to_owned(), news);
        }
    }
    changed
}

/// Whether a unit is a place for tests that holds these bytes.
fn holds_tests(unit: &Unit, range: &Range<usize>) -> bool {
    let is_place = unit.is_test || matches!(unit.name.as_str(), "tests" | "test");
    is_place && unit.range.start <= range.start && range.end <= unit.range.end
}

/// What a unit is without the units in it: a class changes with each of its methods, and would say the same twice.
fn own(unit: &Unit) -> CodeDigest {
    unit.frame.unwrap_or(unit.digest)
}

/// The spec as a commit left it.
fn spec_at(repository: &Repository, folder: &SpecFolder, name: &str, commit: &str) -> Spec {
    let here = folder.relative(&folder.path);
    let above = here.strip_suffix(folder.name.as_str()).unwrap_or(&here);
    let mut spec = Spec {
        name: folder.name.clone(),
        config: folder.spec().config.clone(),
        ..Spec::default()
    };
    for document in Document::ALL {
        let path = format!("{above}{name}/{}", document.file_name());
        let text = repository.text_at(commit, &path);
        spec.set(
            document,
            text.map(|text| Reading::new(document, Source::new(text))),
        );
    }
    spec
}

pub(crate) fn task_in<'a>(spec: &'a Spec, name: &TaskName) -> Option<&'a Task> {
    let tasks = &spec.tasks.as_ref()?.tasks;
    let by_title = tasks
        .iter()
        .find(|t| t.title == name.title && t.number == name.number && t.mark == Mark::Done);
    by_title.or_else(|| {
        let mut numbered = tasks.iter().filter(|t| t.number == name.number);
        numbered.next().filter(|_| name.number.is_some())
    })
}
