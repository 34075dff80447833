//! What is wrong between specs and source, for whoever checks a whole workspace folder: drift, and links that name nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rutter_host::{Cancel, Files};
use rutter_text::{Finding, Source};
use rutter_workspace::{Snapshot, Sources};

use super::{drift, unknown};
use crate::check::{self, ApprovedText};

/// The findings by path, each with the text they stand in.
pub type Found = BTreeMap<PathBuf, (Source, Vec<Finding>)>;

/// Looks through the sources and the history of a workspace folder; nothing where it has no specs, or wants to hear of neither.
pub fn findings(
    snapshot: &Snapshot,
    files: &dyn Files,
    root: &Path,
    approved: ApprovedText<'_>,
    cancel: &Cancel,
) -> Found {
    let mut found = Found::new();
    let folders = snapshot.folders_in(root);
    let settings = snapshot.settings_of(root);
    let wants_drift = drift::severity(snapshot, root).is_some();
    let levels = check::levels(&settings);
    let wants_links = levels.of(&unknown::ABOUT).severity().is_some();
    if folders.is_empty() || !wants_drift && !wants_links {
        return found;
    }
    let read = Sources::read(files, root, &snapshot.open, &|| cancel.is_cancelled());
    let mut snapshot = snapshot.clone();
    let sources = Arc::new(read);
    Arc::make_mut(&mut snapshot.sources).insert(root.to_owned(), Arc::clone(&sources));
    for file in sources.files() {
        let list = unknown::findings(&snapshot, root, file, &settings);
        add(&mut found, &file.path, &file.source, list);
    }
    if !wants_drift {
        return found;
    }
    let (basis, _) = drift::read(&snapshot, files, root, None, approved, cancel);
    for folder in snapshot.folders_in(root) {
        let changed = drift::findings(&snapshot, folder, &basis, Some(&sources));
        for (name, list) in changed.documents {
            if let Some(source) = folder.source(name) {
                add(&mut found, &folder.path.join(name), source, list);
            }
        }
        for (name, list) in changed.sources {
            if let Some(file) = sources.get(&name) {
                add(&mut found, &file.path, &file.source, list);
            }
        }
    }
    found
}

fn add(found: &mut Found, path: &Path, source: &Source, list: Vec<Finding>) {
    if !list.is_empty() {
        let empty = || (source.clone(), Vec::new());
        let entry = found.entry(path.to_owned()).or_insert_with(empty);
        entry.1.extend(list);
    }
}
