//! What tasks of a workspace folder were measured against, and what changed since: the one source of the editor's hints and
//! of `rutter check`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rutter_host::{Cancel, Files};
use rutter_spec::rules;
use rutter_text::{Finding, Severity, silence};
use rutter_workspace::baseline::{Baseline, baselines, fill_texts};
use rutter_workspace::drift::{self, CodeNow};
use rutter_workspace::evidence::{self, Record};
use rutter_workspace::history::{History, Repository};
use rutter_workspace::likely::{Likely, claims};
use rutter_workspace::past::Past;
use rutter_workspace::{Snapshot, Sources, SpecFolder, trace};

use super::changed::Changed;
use super::likely::text_of;
use crate::check::{self, ApprovedText};

/// What tasks of a workspace folder were measured against, and the code there is.
#[derive(Clone)]
pub struct Basis {
    /// What git remembers of tasks.
    pub history: Arc<History>,
    /// What they were measured against.
    pub baselines: Arc<Vec<Baseline>>,
    /// The code of the files that those and links name.
    pub code: CodeNow,
}

/// The findings of one spec.
#[derive(Default)]
pub struct Found {
    /// By the name of the document.
    pub documents: BTreeMap<&'static str, Vec<Finding>>,
    /// Of source files, by name.
    pub sources: BTreeMap<String, Vec<Finding>>,
    /// What they are made of.
    pub changed: Vec<Changed>,
}

/// Reads what tasks are measured against; history only where another commit is checked out than before.
pub fn read(
    snapshot: &Snapshot,
    files: &dyn Files,
    root: &Path,
    known: Option<&Basis>,
    approved: ApprovedText<'_>,
    cancel: &Cancel,
) -> (Basis, Likely) {
    let mut repository = Repository::open(root);
    let head = repository.as_ref().and_then(Repository::head);
    let history = match (known, repository.as_mut()) {
        (Some(known), _) if known.history.head == head => Arc::clone(&known.history),
        (_, Some(repository)) => Arc::new(repository.history(cancel).unwrap_or_default()),
        (_, None) => Arc::default(),
    };
    let folders: Vec<Arc<SpecFolder>> = snapshot.folders_in(root).into_iter().cloned().collect();
    let records = records(files, root, &folders);
    let mut past = Past::new(repository.as_ref());
    let found = baselines(&folders, &records, &history, &mut past, cancel);
    let mut found = found.unwrap_or_default();
    for folder in &folders {
        fill_texts(&mut found, folder, approved);
    }
    let claims = claims(&folders, &history, &mut past, cancel);
    let mut likely = Likely::new(claims.unwrap_or_default());
    likely.place_all(&|name| text_of(snapshot, files, &root.join(name)));
    let mut code = CodeNow::default();
    if !found.is_empty()
        && let Some(sources) = snapshot.sources.get(root)
    {
        for file in sources.files() {
            code.put(&file.name, Some(file.source.text()));
        }
    }
    let units = found.iter().flat_map(|b| &b.units);
    let named: BTreeSet<&str> = units.map(|unit| unit.path.as_str()).collect();
    for name in named {
        let text = text_of(snapshot, files, &root.join(name));
        code.put(name, text.as_deref());
    }
    let basis = Basis {
        history,
        baselines: Arc::new(found),
        code,
    };
    (basis, likely)
}

/// The evidence of some specs. What is no record of ours is none.
fn records(files: &dyn Files, root: &Path, folders: &[Arc<SpecFolder>]) -> Vec<Record> {
    let folders = folders
        .iter()
        .map(|folder| evidence::folder_of(root, &folder.name));
    let entries = folders.flat_map(|folder| files.list(&folder).unwrap_or_default());
    entries
        .filter(|entry| entry.path.extension().is_some_and(|e| e == "json"))
        .filter_map(|entry| Record::parse(&files.read_text(&entry.path).ok()?))
        .collect()
}

/// How a workspace folder wants drift to be told; nothing where it is off.
pub fn severity(snapshot: &Snapshot, root: &Path) -> Option<Severity> {
    let rule = rules::rules()
        .iter()
        .find(|rule| rule.code == drift::RULE)?;
    let levels = check::levels(&snapshot.settings_of(root));
    levels.of(&rule.about()).severity()
}

/// What changed since the done tasks of a spec were done.
pub fn findings(
    snapshot: &Snapshot,
    folder: &Arc<SpecFolder>,
    basis: &Basis,
    sources: Option<&Sources>,
) -> Found {
    let mut found = Found::default();
    let Some(severity) = severity(snapshot, &folder.root) else {
        return found;
    };
    let read = snapshot.to_read(folder);
    let spec = read.spec();
    let drifts = drift::drift(spec, &basis.baselines, &basis.code);
    if drifts.is_empty() {
        return found;
    }
    for (document, finding) in drift::in_spec(spec, &drifts, severity) {
        let list = found.documents.entry(document.file_name()).or_default();
        list.push(finding);
    }
    for (name, list) in &mut found.documents {
        if let Some(source) = folder.source(name) {
            silence::retain(source.text(), list);
        }
    }
    if let Some(sources) = sources {
        let uses = trace::uses(sources, &snapshot.folders_in(&folder.root), folder);
        found.sources = drift::in_source(spec, &drifts, &uses, severity);
    }
    found.changed = Changed::of(spec, &drifts);
    found
}
