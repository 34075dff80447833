//! The lenses in source: what each function is there for.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rutter_code::links::Link;
use rutter_spec::Task;
use rutter_workspace::trace::{Meant, Use, criteria, meant};
use rutter_workspace::{Snapshot, SourceFile, SpecFolder};
use serde_json::json;

use super::tasks_by_criterion;
use crate::steps::{Reach, Step};

/// So many ids are named in a lens, so many tasks.
const MANY: usize = 4;

/// The lenses of a source file: one above each function that names a spec, and one for each link that could mean several.
/// The `uri` of an argument is a path.
pub fn lenses(snapshot: &Snapshot, root: &Path, file: &SourceFile) -> Vec<Step> {
    let folders = snapshot.folders_in(root);
    let mut groups: BTreeMap<(usize, usize), Vec<&Link>> = BTreeMap::new();
    for link in &file.links {
        let place = place(link);
        groups
            .entry((place.start, place.end))
            .or_default()
            .push(link);
    }
    let mut tasks = HashMap::new();
    let mut steps = Vec::new();
    for links in groups.values() {
        let mut by_spec: BTreeMap<&PathBuf, (&Arc<SpecFolder>, Vec<&str>)> = BTreeMap::new();
        for link in links {
            match meant(&folders, link) {
                Meant::One(folder) => {
                    let (_, ids) = by_spec.entry(&folder.path).or_insert((folder, Vec::new()));
                    let known = |id: &&str| !criteria(folder.spec(), id).is_empty();
                    for id in link.ids.iter().map(String::as_str).filter(known) {
                        if !ids.contains(&id) {
                            ids.push(id);
                        }
                    }
                }
                Meant::Several(_) => steps.push(which(file, link)),
                Meant::Unknown => {}
            }
        }
        for (path, (folder, ids)) in by_spec {
            let Some(first) = ids.first() else { continue };
            let tasks = tasks
                .entry(path)
                .or_insert_with(|| tasks_by_criterion(folder.spec()));
            let mut title = format!("{} {}", folder.name, some(&ids));
            if links.iter().all(|link| !link.is_test) {
                title.push_str(&behind(snapshot, folder, &ids, tasks));
            }
            steps.push(Step {
                range: place(links[0]),
                reach: Reach::Line,
                title,
                command: "rutter.show",
                argument: json!({"what": "criterion", "uri": path, "id": first}),
            });
        }
    }
    steps.sort_by_key(|step| step.range.start);
    steps
}

/// Where the lens of a link stands: at what it belongs to, else at itself.
pub fn place(link: &Link) -> Range<usize> {
    match &link.unit {
        Some(unit) => unit.range.start..unit.name_range.end.max(unit.range.start),
        None => link.range.clone(),
    }
}

fn which(file: &SourceFile, link: &Link) -> Step {
    let words = file.source.text().get(link.range.clone());
    let words = words.unwrap_or_default().split_whitespace();
    let words = words.collect::<Vec<_>>().join(" ");
    Step {
        range: link.range.clone(),
        reach: Reach::Line,
        title: format!("{words}: which spec?"),
        command: "rutter.link",
        argument: json!({"uri": file.path}),
    }
}

/// ` · task 3.1 · 2 tests`
fn behind(
    snapshot: &Snapshot,
    folder: &SpecFolder,
    ids: &[&str],
    tasks: &HashMap<String, Vec<&Task>>,
) -> String {
    let spec = folder.spec();
    let labels: Vec<String> = ids.iter().flat_map(|id| criteria(spec, id)).collect();
    let mut keys: Vec<String> = Vec::new();
    for task in labels.iter().filter_map(|label| tasks.get(label)).flatten() {
        let key = task.key();
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let mut out = match keys.len() {
        0 => String::new(),
        1 => format!(" · task {}", keys[0]),
        n if n > MANY => format!(" · {n} tasks"),
        _ => format!(" · tasks {}", keys.join(", ")),
    };
    // Before the sources were looked through nobody knows how many there are.
    if snapshot.sources.contains_key(&folder.root) {
        out.push_str(&tests(&snapshot.uses_of_criteria(folder, &labels)));
    }
    out
}

/// ` · 2 tests`; a test that is linked more than once counts once.
pub fn tests(uses: &[Use<'_>]) -> String {
    let tests = uses.iter().filter(|one| one.link.is_test);
    let tests: BTreeSet<(&str, usize)> = tests
        .map(|one| (one.file.name.as_str(), place(one.link).start))
        .collect();
    match tests.len() {
        0 => " · no test".to_owned(),
        1 => " · 1 test".to_owned(),
        n => format!(" · {n} tests"),
    }
}

/// `1.2, 1.3 +4`
pub(super) fn some<T: AsRef<str>>(ids: &[T]) -> String {
    let more = ids.len().saturating_sub(MANY);
    let shown: Vec<&str> = ids.iter().take(MANY).map(AsRef::as_ref).collect();
    let shown = shown.join(", ");
    if more == 0 {
        shown
    } else {
        format!("{shown} +{more}")
    }
}
