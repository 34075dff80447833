//! What changed since a task was done: its requirements, and the code that was made for it. Pure: what there is now is
//! handed in.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use rutter_code::{CodeDigest, Language, units};
use rutter_spec::hash::{Item, items};
use rutter_spec::{Document, Mark, Spec, Task};
use rutter_text::{Finding, Severity};

use crate::baseline::{Baseline, UnitBase};
use crate::evidence::short;
use crate::trace::{Use, criteria};

/// The rule that says it.
pub const RULE: &str = "trace/drift";

/// A text in a message is cut here.
const MAX_CHARS: usize = 240;

/// The code of the files that baselines name, as it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeNow {
    files: BTreeMap<String, Arc<BTreeSet<(String, CodeDigest)>>>,
}

/// The code of one file, as it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileNow(BTreeSet<(String, CodeDigest)>);

impl FileNow {
    /// Reads a text; `None` for a file that is gone.
    pub fn read(path: &str, text: Option<&str>) -> Self {
        let read = text.zip(Language::of_path(path));
        let all = read.map_or_else(Vec::new, |(text, language)| units(language, text));
        let both = all.iter().flat_map(|unit| {
            let digests = std::iter::once(unit.digest).chain(unit.frame);
            digests.map(|digest| (unit.full_name(), digest))
        });
        Self(both.collect())
    }
}

impl CodeNow {
    /// Whether a file was ever read.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Reads a file anew; `None` for one that is gone. True where its code is another than before.
    pub fn put(&mut self, path: &str, text: Option<&str>) -> bool {
        self.set(path, FileNow::read(path, text))
    }

    /// Takes in a file that was read. True where its code is another than before.
    pub fn set(&mut self, path: &str, now: FileNow) -> bool {
        if self.files.get(path).is_some_and(|before| **before == now.0) {
            return false;
        }
        self.files.insert(path.to_owned(), Arc::new(now.0));
        true
    }

    fn fate(&self, unit: &UnitBase) -> Fate {
        let exact = (unit.name.clone(), unit.digest);
        let here = self.files.get(&unit.path);
        if here.is_some_and(|all| all.contains(&exact)) {
            return Fate::Same;
        }
        let named = |all: &Arc<BTreeSet<(String, CodeDigest)>>| {
            all.iter().any(|(name, _)| *name == unit.name)
        };
        if here.is_some_and(named) {
            return Fate::Changed;
        }
        // What holds it may have another name by now.
        let last = |full: &str| full.rsplit('.').next().map(str::to_owned);
        let name = last(&unit.name);
        let is =
            |(full, digest): &(String, CodeDigest)| *digest == unit.digest && last(full) == name;
        if here.is_some_and(|all| all.iter().any(is)) {
            return Fate::Same;
        }
        let language = Language::of_path(&unit.path);
        let mut others = self.files.iter();
        if others.any(|(path, all)| all.contains(&exact) && Language::of_path(path) == language) {
            return Fate::Same;
        }
        Fate::Gone
    }
}

/// What became of a unit of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is as it was, here or in another file.
    Same,
    /// Its code is another.
    Changed,
    /// There is none of its name any more.
    Gone,
}

/// A criterion that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionDrift {
    /// Its id then, and now if it is still there.
    pub id: String,
    /// Its text then, where it is known.
    pub old: Option<String>,
    /// Its text now; `None` where it is gone.
    pub new: Option<String>,
}

/// What changed since one task was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift<'a> {
    /// What it was measured against.
    pub baseline: &'a Baseline,
    /// The criteria that changed.
    pub criteria: Vec<CriterionDrift>,
    /// The code that changed, and how.
    pub units: Vec<(&'a UnitBase, Fate)>,
}

impl Drift<'_> {
    /// The task, as the spec has it now.
    pub fn task<'s>(&self, spec: &'s Spec) -> Option<&'s Task> {
        task_of(spec, self.baseline)
    }
}

/// The same while the code that a spec's tasks were measured against is the same; nothing where none were.
pub fn mark(spec: &str, baselines: &[Baseline], code: &CodeNow) -> Option<u64> {
    let mut of_spec = baselines.iter().filter(|b| b.spec == spec).peekable();
    of_spec.peek()?;
    let mut hasher = DefaultHasher::new();
    for unit in of_spec.flat_map(|baseline| &baseline.units) {
        code.fate(unit).hash(&mut hasher);
    }
    Some(hasher.finish())
}

/// What changed since the done tasks of a spec were done. `baselines` may be those of other specs too.
pub fn drift<'a>(spec: &Spec, baselines: &'a [Baseline], code: &CodeNow) -> Vec<Drift<'a>> {
    let Some((document, _)) = spec.wanted() else {
        return Vec::new();
    };
    let mut now: Option<Vec<Item>> = None;
    let done: Vec<&Baseline> = baselines
        .iter()
        .filter(|b| b.spec != spec.name || task_of(spec, b).is_some_and(|t| t.mark == Mark::Done))
        .collect();
    let mut found = Vec::new();
    for baseline in done.iter().filter(|b| b.spec == spec.name) {
        let now = now.get_or_insert_with(|| items(spec, document));
        let changed = baseline.criteria.iter().filter_map(|then| {
            // One that only moved is not another.
            if now.iter().any(|item| short(&item.sha256) == then.sha256) {
                return None;
            }
            Some(CriterionDrift {
                id: then.id.clone(),
                old: then.text.clone(),
                new: now
                    .iter()
                    .find(|item| item.id == then.id)
                    .map(|item| item.own.clone()),
            })
        });
        let criteria: Vec<CriterionDrift> = changed.collect();
        let units: Vec<(&UnitBase, Fate)> = baseline
            .units
            .iter()
            .map(|unit| (unit, code.fate(unit)))
            .filter(|(unit, fate)| match fate {
                Fate::Same => false,
                // What a later task did is no drift from an earlier one.
                Fate::Changed | Fate::Gone => !done.iter().any(|later| {
                    later.at > baseline.at
                        && later
                            .units
                            .iter()
                            .any(|u| u.path == unit.path && u.name == unit.name)
                }),
            })
            .collect();
        if !criteria.is_empty() || !units.is_empty() {
            found.push(Drift {
                baseline,
                criteria,
                units,
            });
        }
    }
    found
}

fn task_of<'a>(spec: &'a Spec, baseline: &Baseline) -> Option<&'a Task> {
    let tasks = &spec.tasks.as_ref()?.tasks;
    let name = &baseline.task;
    let exact = tasks
        .iter()
        .find(|t| t.number == name.number && t.title == name.title);
    exact.or_else(|| {
        let mut numbered = tasks.iter().filter(|t| t.number == name.number);
        numbered
            .next()
            .filter(|_| name.number.is_some() && numbered.next().is_none())
    })
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

impl CriterionDrift {
    /// What happened to it, as half a sentence.
    fn said(&self) -> String {
        let id = &self.id;
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => {
                format!("requirement {id} changed: “{}” → “{}”", cut(old), cut(new))
            }
            (_, Some(_)) => format!("requirement {id} changed"),
            (Some(old), None) => format!("requirement {id} went: “{}”", cut(old)),
            (None, None) => format!("requirement {id} went"),
        }
    }
}

fn unit_said(unit: &UnitBase, fate: Fate) -> String {
    let what = if fate == Fate::Gone {
        "went"
    } else {
        "changed"
    };
    format!("`{}` in {} {what}", unit.name, unit.path)
}

/// `Since tasks 1 and 2 of login were done`
fn since(tasks: &[String], spec: Option<&str>) -> String {
    let of = spec.map_or_else(String::new, |spec| format!(" of {spec}"));
    match tasks {
        [task] => format!("Since task {task}{of} was done"),
        many => format!("Since tasks {}{of} were done", many.join(" and ")),
    }
}

/// The findings in the spec's own documents.
pub fn in_spec(spec: &Spec, drifts: &[Drift<'_>], severity: Severity) -> Vec<(Document, Finding)> {
    let mut found = Vec::new();
    let Some((document, _)) = spec.wanted() else {
        return found;
    };
    let now = if drifts.iter().any(|drift| !drift.criteria.is_empty()) {
        items(spec, document)
    } else {
        Vec::new()
    };
    let mut told: BTreeMap<&str, (String, Vec<String>)> = BTreeMap::new();
    for drift in drifts {
        let Some(task) = task_of(spec, drift.baseline) else {
            continue;
        };
        let criteria = drift.criteria.iter().map(CriterionDrift::said);
        let units = drift
            .units
            .iter()
            .map(|(unit, fate)| unit_said(unit, *fate));
        let all: Vec<String> = criteria.chain(units).collect();
        let message = format!(
            "{}, {}. See whether it still holds, and set it to done again if so.",
            since(&[task.key()], None),
            list(&all, 5)
        );
        let range = task.title_range.clone();
        found.push((
            Document::Tasks,
            Finding::new(RULE, severity, range, message),
        ));
        for criterion in &drift.criteria {
            let entry = told.entry(&criterion.id);
            let entry = entry.or_insert_with(|| (criterion.said(), Vec::new()));
            entry.1.push(task.key());
        }
    }
    for (id, (said, tasks)) in told {
        if let Some(item) = now.iter().find(|item| item.id == id) {
            let message = format!(
                "{}, {said}. The code made for it may not follow.",
                since(&tasks, None)
            );
            let range = item.place.clone();
            found.push((document, Finding::new(RULE, severity, range, message)));
        }
    }
    found
}

/// The findings on links in source: by the file's name. `uses` are the links that mean the spec.
pub fn in_source(
    spec: &Spec,
    drifts: &[Drift<'_>],
    uses: &[Use<'_>],
    severity: Severity,
) -> BTreeMap<String, Vec<Finding>> {
    let mut found: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for used in uses {
        let ids: BTreeSet<String> = used
            .link
            .ids
            .iter()
            .flat_map(|id| criteria(spec, id))
            .collect();
        let unit = used.link.unit.as_ref().map(rutter_code::Unit::full_name);
        let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for drift in drifts {
            let Some(task) = task_of(spec, drift.baseline) else {
                continue;
            };
            let changed = drift.criteria.iter().filter(|c| ids.contains(&c.id));
            let code = drift.units.iter().filter(|(then, fate)| {
                *fate == Fate::Changed
                    && then.path == used.file.name
                    && Some(&then.name) == unit.as_ref()
            });
            let all = changed.map(CriterionDrift::said);
            for what in all.chain(code.map(|(then, _)| format!("`{}` changed", then.name))) {
                said.entry(what).or_default().insert(task.key());
            }
        }
        for (what, tasks) in said {
            let tasks: Vec<String> = tasks.into_iter().collect();
            let message = format!("{}, {what}.", since(&tasks, Some(&spec.name)));
            let finding = Finding::new(RULE, severity, used.link.range.clone(), message);
            found
                .entry(used.file.name.clone())
                .or_default()
                .push(finding);
        }
    }
    found
}

fn list(all: &[String], most: usize) -> String {
    let shown = all
        .iter()
        .take(most)
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    match all.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

#[cfg(test)]
mod tests;
