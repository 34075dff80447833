//! What changed since tasks were done, as hints: baselines are read in the background once the sources were looked through,
//! and again when the checked out commit or the evidence changes; of what is typed only the one file is read anew.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::Diagnostic;
use parking_lot::Mutex;
use rutter_commands::trace::changed::Changed;
use rutter_commands::trace::drift::{self, Basis};
use rutter_host::Cancel;
use rutter_text::{Finding, Source};
use rutter_workspace::baseline::Baseline;
use rutter_workspace::drift::{FileNow, mark};
use rutter_workspace::evidence;
use rutter_workspace::history::Repository;
use rutter_workspace::likely::Likely;
use rutter_workspace::{Snapshot, Sources, SpecFolder};

use crate::findings::{self, Group};
use crate::front::CancelToken;
use crate::session::Session;

/// What is known of drift.
#[derive(Default)]
pub struct DriftIndex(Mutex<State>);

#[derive(Default)]
struct State {
    /// By workspace folder.
    bases: BTreeMap<PathBuf, Arc<Basis>>,
    /// Workspace folders that are about to be read.
    waiting: BTreeSet<PathBuf>,
    /// By spec folder.
    told: HashMap<PathBuf, Told>,
    /// Somebody is about to ask which commit is checked out.
    looking: bool,
}

/// The hints of a spec, with what they were found in.
#[derive(Clone)]
struct Told {
    base: Group,
    baselines: Arc<Vec<Baseline>>,
    fates: u64,
    sources: Option<Arc<Sources>>,
    /// The findings of the spec's documents, with the hints.
    findings: Group,
    /// Those of source files.
    links: Group,
    /// What they are made of.
    changed: Arc<Vec<Changed>>,
}

impl DriftIndex {
    /// Reads the baselines of a workspace folder, soon and off every lane.
    pub fn read(&self, session: &Session, root: &Path) {
        if !self.0.lock().waiting.insert(root.to_owned()) {
            return;
        }
        let (worker, root) = (session.weak(), root.to_owned());
        let work = move || {
            let Some(session) = worker.get() else { return };
            let index = session.drift();
            index.0.lock().waiting.remove(&root);
            let known = index.0.lock().bases.get(&root).cloned();
            let (basis, likely) = basis(&session, &root, known.as_deref());
            let news = known
                .map(|known| Arc::clone(&known.baselines))
                .unwrap_or_default()
                != basis.baselines;
            index.0.lock().bases.insert(root.clone(), Arc::new(basis));
            let same = session.snapshot().likely.get(&root).map(Arc::as_ref) == Some(&likely);
            if !same {
                session.change(|world| world.set_likely(&root, likely));
            }
            if news || !same {
                session.change(|_| ());
                session.refresh_views();
            }
        };
        let background = &session.handles().background;
        background.run(CancelToken::new(), work).detach();
    }

    /// Files changed: where they are evidence or part of a spec, what tasks are measured against may be another.
    pub fn changed(&self, session: &Session, paths: &[PathBuf]) {
        let known: Vec<PathBuf> = self.0.lock().bases.keys().cloned().collect();
        for root in known {
            if paths.iter().any(|path| is_of_git(path)) {
                self.look_for_commit(session);
            }
            let concerns = |path: &&PathBuf| {
                path.starts_with(root.join(evidence::FOLDER))
                    || rutter_workspace::locate(path).is_some_and(|at| at.root == root)
            };
            if paths.iter().any(|path| concerns(&path)) {
                self.read(session, &root);
            }
        }
    }

    /// A source file has another text. True where code that a task was measured against changed with it.
    pub fn put_code(&self, root: &Path, name: &str, text: Option<&str>) -> bool {
        let has = |state: &State| state.bases.get(root).is_some_and(|b| b.code.has(name));
        if !has(&self.0.lock()) {
            return false;
        }
        // Nobody waits while it is parsed.
        let now = FileNow::read(name, text);
        match self.0.lock().bases.get_mut(root) {
            Some(basis) => Arc::make_mut(basis).code.set(name, now),
            None => false,
        }
    }

    /// The findings of a spec with the hints on drift among them, and the hints on links in source files.
    pub fn with_hints(
        &self,
        session: &Session,
        snapshot: &Snapshot,
        folder: &Arc<SpecFolder>,
        base: Group,
    ) -> (Group, Option<Group>) {
        match self.told(session, snapshot, folder, &base) {
            Some(told) => (told.findings, Some(told.links)),
            None => (base, None),
        }
    }

    /// What changed since the done tasks of a spec were done.
    pub fn changed_of(
        &self,
        session: &Session,
        snapshot: &Snapshot,
        folder: &Arc<SpecFolder>,
    ) -> Arc<Vec<Changed>> {
        session.findings(snapshot, folder, findings::settings_mark(snapshot));
        let state = self.0.lock();
        let told = state.told.get(&folder.path);
        told.map_or_else(Arc::default, |told| Arc::clone(&told.changed))
    }

    /// Another commit may be checked out: where one is, what tasks are measured against is read anew.
    pub fn look_for_commit(&self, session: &Session) {
        {
            let mut state = self.0.lock();
            if state.bases.is_empty() || std::mem::replace(&mut state.looking, true) {
                return;
            }
        }
        let worker = session.weak();
        let work = move || {
            let Some(session) = worker.get() else { return };
            let index = session.drift();
            index.0.lock().looking = false;
            let bases: Vec<(PathBuf, Arc<Basis>)> = {
                let state = index.0.lock();
                let bases = state.bases.iter();
                bases
                    .map(|(root, basis)| (root.clone(), Arc::clone(basis)))
                    .collect()
            };
            for (root, basis) in bases {
                let head = Repository::open(&root).and_then(|repository| repository.head());
                if head != basis.history.head {
                    index.read(&session, &root);
                }
            }
        };
        let background = &session.handles().background;
        background.run(CancelToken::new(), work).detach();
    }

    fn told(
        &self,
        session: &Session,
        snapshot: &Snapshot,
        folder: &Arc<SpecFolder>,
        base: &Group,
    ) -> Option<Told> {
        let basis = self.0.lock().bases.get(&folder.root).cloned();
        let sources = snapshot.sources.get(&folder.root).cloned();
        let fates = basis
            .as_ref()
            .and_then(|basis| mark(&folder.name, &basis.baselines, &basis.code));
        let (Some(basis), Some(fates)) = (basis, fates) else {
            self.0.lock().told.remove(&folder.path);
            return None;
        };
        if let Some(told) = self.0.lock().told.get(&folder.path)
            && Arc::ptr_eq(&told.base, base)
            && Arc::ptr_eq(&told.baselines, &basis.baselines)
            && told.fates == fates
            && same(told.sources.as_ref(), sources.as_ref())
        {
            return Some(told.clone());
        }
        let (documents, links, changed) =
            hints(session, snapshot, folder, &basis, sources.as_deref());
        let mut merged = base.as_ref().clone();
        for (path, list) in documents {
            merged.entry(path).or_default().extend(list);
        }
        let told = Told {
            base: Arc::clone(base),
            baselines: Arc::clone(&basis.baselines),
            fates,
            sources,
            findings: Arc::new(merged),
            links: Arc::new(links),
            changed: Arc::new(changed),
        };
        let mut state = self.0.lock();
        state
            .told
            .retain(|path, _| snapshot.folders.contains_key(path));
        state.told.insert(folder.path.clone(), told.clone());
        Some(told)
    }
}

/// Whether a file tells which commit is checked out.
fn is_of_git(path: &Path) -> bool {
    path.ends_with(".git/HEAD") || path.ends_with(".git/logs/HEAD")
}

fn same<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
}

type ByPath = BTreeMap<PathBuf, Vec<Diagnostic>>;

/// The hints in the spec's documents, and those in source files.
fn hints(
    session: &Session,
    snapshot: &Snapshot,
    folder: &Arc<SpecFolder>,
    basis: &Basis,
    sources: Option<&Sources>,
) -> (ByPath, ByPath, Vec<Changed>) {
    let (mut documents, mut links) = (ByPath::new(), ByPath::new());
    let found = drift::findings(snapshot, folder, basis, sources);
    let told = |source: &Source, list: &[Finding]| -> Vec<Diagnostic> {
        let list = list.iter();
        list.map(|f| findings::diagnostic(session, folder, source, f))
            .collect()
    };
    for (name, list) in found.documents {
        if let Some(source) = folder.source(name) {
            documents.insert(folder.path.join(name), told(source, &list));
        }
    }
    for (name, list) in found.sources {
        if let Some(file) = sources.and_then(|sources| sources.get(&name)) {
            links.insert(file.path.clone(), told(&file.source, &list));
        }
    }
    (documents, links, found.changed)
}

/// Reads what tasks are measured against, until the server ends.
fn basis(session: &Session, root: &Path, known: Option<&Basis>) -> (Basis, Likely) {
    let stop = Cancel::new();
    let stopper = stop.clone();
    let _listener = session.handles().ending.on_cancel(move || stopper.cancel());
    let snapshot = session.snapshot();
    let files = session.environment().files.as_ref();
    let approved = |sha: &str| session.approved_text(sha);
    drift::read(&snapshot, files, root, known, &approved, &stop)
}
