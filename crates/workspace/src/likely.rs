//! Links nobody had to write: the commit that ticked a task links what it changed to the task's criteria. Only likely, and
//! shown as that; where it is not clear enough nothing is said.

mod fits;
mod place;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rutter_code::Language;
use rutter_host::Cancel;
use rutter_spec::{Mark, Spec, Task};

pub use place::{Likely, Shown, counts};

use crate::dismissed::NoLink;
use crate::evidence;
use crate::folder::SpecFolder;
use crate::history::{Commit, History, Mention, Tie};
use crate::past::{ChangedUnit, Looked, Past, task_in};
use fits::Aim;

/// A task that cites more criteria than this says too little of any of them.
const MAX_CRITERIA: usize = 8;

/// What a commit says of a piece of code, or of a whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The name of the spec.
    pub spec: String,
    /// The task's key by now.
    pub task: String,
    /// What the task cites by now.
    pub criteria: Vec<String>,
    /// The commit, as people write it.
    pub commit: String,
    /// The first line of its message.
    pub subject: String,
    /// The file below the workspace folder, with `/`.
    pub path: String,
    /// The full name of the function; `None` where the commit changed too many files to say more.
    pub name: Option<String>,
    /// Whether it is a test.
    pub is_test: bool,
}

/// What the commits of done tasks say of code. Nothing where it was cancelled.
pub fn claims(
    folders: &[Arc<SpecFolder>],
    history: &History,
    past: &mut Past<'_>,
    cancel: &Cancel,
) -> Option<Vec<Claim>> {
    let mut by_commit: HashMap<&str, Vec<(&str, &Mention)>> = HashMap::new();
    for (spec, mention) in history.all() {
        let all = by_commit.entry(&mention.commit.id).or_default();
        all.push((spec, mention));
    }
    // The newest commit of a task says it of a function; older ones say the same.
    let mut found: BTreeMap<NoLink, (i64, Claim)> = BTreeMap::new();
    for mentions in by_commit.values() {
        if cancel.is_cancelled() {
            return None;
        }
        let Some((_, first)) = mentions.first() else {
            continue;
        };
        let at = first.commit.at;
        for claim in of_commit(folders, history, past, mentions) {
            let key = NoLink::of(&claim);
            let older = found.get(&key).is_some_and(|(known, _)| *known >= at);
            if !older {
                found.insert(key, (at, claim));
            }
        }
    }
    let mut claims: Vec<Claim> = found.into_values().map(|(_, claim)| claim).collect();
    if let Some(repository) = past.repository.filter(|_| !claims.is_empty()) {
        follow(&mut claims, &repository.files());
    }
    Some(claims)
}

/// A file that is not there any more may be elsewhere: under its own name, where there is only one of it.
fn follow(claims: &mut [Claim], files: &BTreeSet<String>) {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let mut elsewhere: HashMap<String, Vec<&String>> = HashMap::new();
    for file in files {
        elsewhere.entry(name(file)).or_default().push(file);
    }
    for claim in claims.iter_mut().filter(|c| !files.contains(&c.path)) {
        if let Some([only]) = elsewhere.get(&name(&claim.path)).map(Vec::as_slice) {
            claim.path.clone_from(only);
        }
    }
}

/// A task that a commit is for.
struct For<'a> {
    folder: &'a SpecFolder,
    /// Its key and what it cites, by now.
    key: String,
    criteria: Vec<String>,
    aim: Aim,
}

fn of_commit(
    folders: &[Arc<SpecFolder>],
    history: &History,
    past: &mut Past<'_>,
    mentions: &[(&str, &Mention)],
) -> Vec<Claim> {
    let Some((_, first)) = mentions.first() else {
        return Vec::new();
    };
    let commit = Arc::clone(&first.commit);
    let mut tasks: Vec<For<'_>> = Vec::new();
    // What else was ticked is behind some of the changes too, also where nothing can be said of it.
    let mut others = 0;
    for (name, mention) in mentions {
        let Some(folder) = folders.iter().find(|folder| folder.name == *name) else {
            others += 1;
            continue;
        };
        let Some(then) = past.spec_at(folder, &mention.spec, &commit.id) else {
            continue;
        };
        let Some(task_then) = task_in(&then, &mention.task) else {
            continue;
        };
        // A task of tasks is done when those are.
        if task_then.has_children && mention.tie == Tie::Tick {
            continue;
        }
        let cites_nothing = evidence::cited(&then, task_then).is_empty();
        if cites_nothing && fits::is_checkpoint(task_then) {
            continue;
        }
        match now(folder, history, mention) {
            Some((key, criteria)) if !criteria.is_empty() && criteria.len() <= MAX_CRITERIA => {
                if tasks.iter().any(|t| t.folder.name == *name && t.key == key) {
                    continue;
                }
                tasks.push(For {
                    folder,
                    key,
                    criteria,
                    aim: Aim::of(&then, task_then, mention.tie),
                });
            }
            _ => others += 1,
        }
    }
    if tasks.is_empty() {
        return Vec::new();
    }
    if commit.is_wide() {
        return files_of(&commit, &tasks, others);
    }
    let looked = past.look(&commit);
    functions_of(&commit, &looked, &tasks, others)
}

/// The key of the task that a commit meant, and what it cites, as the spec is now; nothing where it is not done.
fn now(folder: &SpecFolder, history: &History, mention: &Mention) -> Option<(String, Vec<String>)> {
    let read = folder.unread();
    let spec: &Spec = read.spec();
    let all: Vec<&Task> = spec.tasks.iter().flat_map(|tasks| &tasks.tasks).collect();
    let task = all.iter().find(|task| {
        let others = all.iter().map(|other| other.title.as_str());
        let others: Vec<&str> = others.filter(|title| *title != task.title).collect();
        let number = task.number.as_deref();
        task.mark == Mark::Done
            && history
                .of(&folder.name, number, &task.title, &others)
                .any(|known| known == mention)
    })?;
    let cited = evidence::cited(spec, task);
    Some((task.key(), cited.into_iter().map(|item| item.id).collect()))
}

fn claim(commit: &Commit, task: &For<'_>, path: &str, unit: Option<&ChangedUnit>) -> Claim {
    Claim {
        spec: task.folder.name.clone(),
        task: task.key.clone(),
        criteria: task.criteria.clone(),
        commit: commit.short().to_owned(),
        subject: commit.subject.clone(),
        path: path.to_owned(),
        name: unit.map(|unit| unit.name.clone()),
        is_test: unit.is_some_and(|unit| unit.is_test),
    }
}

/// Of a commit that changed very many files: those that one task names, or all where it is for one task alone.
fn files_of(commit: &Commit, tasks: &[For<'_>], others: usize) -> Vec<Claim> {
    let mut found = Vec::new();
    let sources = commit.files.iter().filter(|file| {
        file.after.is_some()
            && Language::of_path(&file.path).is_some()
            && !rutter_code::project::is_test_path(&file.path)
    });
    for file in sources {
        let naming: Vec<&For<'_>> = tasks
            .iter()
            .filter(|task| task.aim.names_file(&file.path))
            .collect();
        match (naming.as_slice(), tasks, others) {
            ([one], ..) => found.push(claim(commit, one, &file.path, None)),
            ([], [only], 0) => found.push(claim(commit, only, &file.path, None)),
            _ => {}
        }
    }
    found
}

fn functions_of(commit: &Commit, looked: &Looked, tasks: &[For<'_>], others: usize) -> Vec<Claim> {
    let units = looked.units.values().flatten();
    let units: Vec<&ChangedUnit> = units.filter(|unit| !unit.is_frame).collect();
    let mut found = Vec::new();
    for tests in [false, true] {
        let of_kind: Vec<&ChangedUnit> = units
            .iter()
            .copied()
            .filter(|unit| match tests {
                true => unit.is_test,
                false => unit.is_function && !unit.is_test && !unit.is_among_tests,
            })
            .collect();
        // A task that is for tests made the tests, the other one the code.
        let apt: Vec<&For<'_>> = tasks
            .iter()
            .filter(|task| task.aim.is_for_tests == tests)
            .collect();
        let apt = if apt.is_empty() && tests {
            tasks.iter().collect()
        } else {
            apt
        };
        match apt.as_slice() {
            [] => {}
            [one] if others == 0 => {
                for unit in one.aim.hits(&of_kind) {
                    found.push(claim(commit, one, &unit.path, Some(unit)));
                }
            }
            several => {
                for unit in of_kind {
                    let naming = several.iter().filter(|task| task.aim.names(unit));
                    if let [one] = naming.collect::<Vec<_>>().as_slice() {
                        found.push(claim(commit, one, &unit.path, Some(unit)));
                    }
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
