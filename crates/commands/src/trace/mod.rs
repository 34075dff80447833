//! What source says of specs, and specs of source: the matrix, lenses, hovers, and the command that links them.

pub mod changed;
pub mod check;
pub mod drift;
pub mod hover;
pub mod lens;
pub mod likely;
pub mod link;
mod observed;
pub mod question;
mod rank;
pub mod unknown;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rutter_code::links::Link;
use rutter_host::{Cancel, Files};
use rutter_spec::features::{At, at};
use rutter_spec::trace::{Trace, trace};
use rutter_spec::{Document, Spec, Task};
use rutter_workspace::trace::{Meant, by_criterion, criteria, meant, uses};
use rutter_workspace::{Snapshot, Sources, SpecFolder};

/// The matrix of a spec, and in a sentence each the links of its sources that are of no use.
pub fn matrix(
    snapshot: &Snapshot,
    files: &dyn Files,
    folder: &Arc<SpecFolder>,
) -> (Trace, Vec<String>) {
    let sources = snapshot.sources_in(files, &folder.root, &|| false);
    let folders = snapshot.folders_in(&folder.root);
    let mut links = by_criterion(folder.spec(), &uses(&sources, &folders, folder));
    observed::add(&mut links, snapshot, files, folder);
    let read;
    let likely = match snapshot.likely.get(&folder.root) {
        Some(likely) => likely.as_ref(),
        None => {
            read = likely::read(snapshot, files, &folder.root, &Cancel::new()).unwrap_or_default();
            &read
        }
    };
    // A link counts as one here too where nothing was looked through before.
    let mut linked = snapshot.clone();
    Arc::make_mut(&mut linked.sources)
        .entry(folder.root.clone())
        .or_insert_with(|| Arc::clone(&sources));
    let likely = likely::by_criterion(&linked, likely, folder);
    let matrix = trace(folder.spec(), &|id| {
        let mut links = links.get(id).cloned().unwrap_or_default();
        links.likely = likely.get(id).cloned().unwrap_or_default();
        links
    });
    (matrix, unsettled(&sources, &folders, folder))
}

fn unsettled(sources: &Sources, folders: &[&Arc<SpecFolder>], folder: &SpecFolder) -> Vec<String> {
    let mut found = Vec::new();
    for file in sources.files() {
        for link in &file.links {
            let line = file.source.line_of(link.range.start) + 1;
            let place = format!("{}:{line}", file.name);
            match meant(folders, link) {
                Meant::Several(fits) if fits.iter().any(|f| f.path == folder.path) => {
                    found.push(format!(
                        "{place} names {}: {}",
                        link.ids.join(", "),
                        could_mean(&fits)
                    ));
                }
                Meant::One(one) if one.path == folder.path => {
                    let unknown = unknown(folder.spec(), link);
                    if !unknown.is_empty() {
                        let ids = unknown.join(", ");
                        found.push(format!("{place} names {ids}, and {} has none", folder.name));
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// `it could mean a or b`; of many only the first are named.
fn could_mean(folders: &[&Arc<SpecFolder>]) -> String {
    const NAMED: usize = 4;
    let names: Vec<&str> = folders.iter().map(|f| f.name.as_str()).collect();
    if names.len() <= NAMED + 1 {
        return format!("it could mean {}", names.join(" or "));
    }
    let more = names.len() - NAMED;
    format!(
        "it could mean any of {} specs: {} and {more} more",
        names.len(),
        names[..NAMED].join(", ")
    )
}

/// The ids of a link that a spec does not have; none where it has no criteria at all to compare with.
pub fn unknown<'a>(spec: &Spec, link: &'a Link) -> Vec<&'a str> {
    let knows = spec
        .wanted()
        .is_some_and(|(_, wanted)| wanted.criteria().next().is_some());
    let ids = link.ids.iter().filter(|id| criteria(spec, id).is_empty());
    ids.filter(|_| knows).map(String::as_str).collect()
}

/// The criteria that what stands at an offset of a spec's document is about, by their labels.
pub fn labels_at(spec: &Spec, document: Document, offset: usize) -> Vec<String> {
    let Some(spot) = at(spec, document, offset) else {
        return Vec::new();
    };
    let of_task = |task: &Task| {
        let cited = task.requirements.iter().chain(&task.validates);
        spec.resolve_all(cited).criteria
    };
    match &spot.what {
        At::Criterion { criterion, .. } => vec![criterion.label.clone()],
        At::Requirement(requirement) => {
            let labels = requirement.criteria.iter().map(|c| c.label.clone());
            labels.collect()
        }
        At::Reference(reference) => spec.resolve(reference).criteria,
        At::Task { task, .. } => of_task(task),
        At::TaskReference(task) => of_task(task),
        At::Property { property, .. } => spec.resolve_all(&property.validates).criteria,
        At::DecisionPlace(_) | At::Decision(_) | At::Concern(_) | At::Term(_) => Vec::new(),
    }
}

/// What the link means, as far as the specs of its workspace folder tell.
fn meaning<'a>(snapshot: &'a Snapshot, root: &Path, link: &Link) -> Meant<'a> {
    meant(&snapshot.folders_in(root), link)
}

/// The tasks that cite each criterion, by its label.
fn tasks_by_criterion(spec: &Spec) -> HashMap<String, Vec<&Task>> {
    let mut found: HashMap<String, Vec<&Task>> = HashMap::new();
    for task in spec.tasks.iter().flat_map(|tasks| &tasks.tasks) {
        let cited = task.requirements.iter().chain(&task.validates);
        for label in spec.resolve_all(cited).criteria {
            found.entry(label).or_default().push(task);
        }
    }
    found
}

/// A sentence on one line, not longer than fits a button.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let short: String = text.chars().take(most).collect();
    format!("{}…", short.trim_end())
}
