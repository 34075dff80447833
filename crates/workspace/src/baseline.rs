//! What a done task was measured against: its evidence record, else the commit whose trailer names it, else the commit
//! that ticked it and changed files that belong to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rutter_code::CodeDigest;
use rutter_host::Cancel;
use rutter_spec::hash::{Item, items};
use rutter_spec::{Document, Reading, Spec, Stage, Task};
use rutter_text::Source;

use crate::evidence::{self, Record, short};
use crate::folder::SpecFolder;
use crate::history::{History, Mention, TaskName, Tie};
use crate::past::{ChangedUnit, Past, task_in};
use crate::trace::criteria;

/// More changed units of one commit are not compared.
const MAX_UNITS: usize = 200;

/// Where a baseline comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The task's record under `.rutter/evidence`.
    Record,
    /// A commit.
    Commit(Tie),
}

/// A criterion as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionBase {
    /// Its id then.
    pub id: String,
    /// The hash of its text, shortened as in records.
    pub sha256: String,
    /// Its text then, where it is known.
    pub text: Option<String>,
}

/// A unit of code as it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitBase {
    /// Its file below the workspace folder, with `/`.
    pub path: String,
    /// Its full name.
    pub name: String,
    /// Its code.
    pub digest: CodeDigest,
}

/// What a task was measured against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// The name of the spec.
    pub spec: String,
    /// The task.
    pub task: TaskName,
    /// Where this comes from.
    pub origin: Origin,
    /// The commit in hex, where there is one.
    pub commit: Option<String>,
    /// When: the first nineteen characters of RFC 3339, UTC.
    pub at: String,
    /// What the task cited.
    pub criteria: Vec<CriterionBase>,
    /// The code that belongs to it.
    pub units: Vec<UnitBase>,
}

/// Finds the baselines of the tasks of some specs of one workspace folder, done or not: whoever compares looks at the
/// marks. Nothing where it was cancelled.
pub fn baselines(
    folders: &[Arc<SpecFolder>],
    records: &[Record],
    history: &History,
    past: &mut Past<'_>,
    cancel: &Cancel,
) -> Option<Vec<Baseline>> {
    let mut found = Vec::new();
    for folder in folders {
        // What is read to know this does not stay.
        let read = Arc::clone(folder.unread().spec());
        let all = read.tasks.iter().flat_map(|tasks| &tasks.tasks);
        let all: Vec<&Task> = all.collect();
        let titles: Vec<&str> = all.iter().map(|task| task.title.as_str()).collect();
        for task in &all {
            if cancel.is_cancelled() {
                return None;
            }
            let of_spec = records.iter().filter(|record| record.spec == folder.name);
            let record = of_spec.clone().find(|record| is_of(record, task, &titles));
            let baseline = match record {
                Some(record) => Some(of_record(past, folder, record, task)),
                None => of_commits(past, folder, task, &titles, history),
            };
            found.extend(baseline);
        }
    }
    Some(found)
}

/// Fills in what criteria said where no commit has it: `texts` are texts that were approved once.
pub fn fill_texts(
    baselines: &mut [Baseline],
    folder: &SpecFolder,
    texts: &dyn Fn(&str) -> Option<Arc<str>>,
) {
    let open = |c: &CriterionBase| c.text.is_none();
    let wants = |b: &&mut Baseline| b.spec == folder.name && b.criteria.iter().any(open);
    let mut known: Option<Vec<Item>> = None;
    for baseline in baselines.iter_mut().filter(wants) {
        let known = known.get_or_insert_with(|| approved_items(folder, texts));
        for criterion in baseline.criteria.iter_mut().filter(|c| open(c)) {
            let mut items = known.iter();
            let item = items.find(|item| short(&item.sha256) == criterion.sha256);
            criterion.text = item.map(|item| item.own.clone());
        }
    }
}

fn approved_items(folder: &SpecFolder, texts: &dyn Fn(&str) -> Option<Arc<str>>) -> Vec<Item> {
    let read = || {
        let approval = folder.approvals().get(Stage::Requirements)?;
        let mut wanted = [Document::Requirements, Document::Bugfix].into_iter();
        let document = wanted.find(|document| approval.is_for(*document))?;
        let text = texts(&approval.sha256)?;
        let mut spec = Spec {
            name: folder.name.clone(),
            ..Spec::default()
        };
        spec.set(document, Some(Reading::new(document, Source::new(&*text))));
        Some(items(&spec, document))
    };
    read().unwrap_or_default()
}

fn name_of(task: &Task) -> TaskName {
    TaskName {
        number: task.number.clone(),
        title: task.title.clone(),
    }
}

/// Whether a record is of this task: by its title, or by its number where no other task has the title.
fn is_of(record: &Record, task: &Task, titles: &[&str]) -> bool {
    let same_number = record.task.is_some() && record.task == task.number;
    let title = evidence::short_title(&task.title);
    if record.title == title {
        let alike = titles.iter().filter(|t| evidence::short_title(t) == title);
        return same_number || alike.count() == 1;
    }
    same_number
        && !titles
            .iter()
            .any(|t| evidence::short_title(t) == record.title)
}

fn of_record(past: &mut Past<'_>, folder: &SpecFolder, record: &Record, task: &Task) -> Baseline {
    let units = record.units.iter().filter_map(|unit| {
        Some(UnitBase {
            path: unit.path.clone(),
            name: unit.name.clone(),
            digest: unit.digest()?,
        })
    });
    // The texts are not in the record: the commit it was made on may have them.
    let commit = record.commit.as_deref();
    let then = commit.and_then(|commit| past.spec_at(folder, &folder.name, commit));
    let wanted = then
        .as_ref()
        .and_then(|then| Some((then, then.wanted()?.0)));
    let known = wanted.map_or_else(Vec::new, |(then, document)| items(then, document));
    let criteria = record.criteria.iter().map(|criterion| CriterionBase {
        id: criterion.id.clone(),
        sha256: criterion.sha256.clone(),
        text: known
            .iter()
            .find(|item| short(&item.sha256) == criterion.sha256)
            .map(|item| item.own.clone()),
    });
    Baseline {
        spec: record.spec.clone(),
        task: name_of(task),
        origin: Origin::Record,
        commit: record.commit.clone(),
        at: record.at.chars().take(19).collect(),
        criteria: criteria.collect(),
        units: units.collect(),
    }
}

fn of_commits(
    past: &mut Past<'_>,
    folder: &SpecFolder,
    task: &Task,
    titles: &[&str],
    history: &History,
) -> Option<Baseline> {
    let others: Vec<&str> = titles
        .iter()
        .copied()
        .filter(|t| *t != task.title)
        .collect();
    let number = task.number.as_deref();
    let mentions: Vec<&Mention> = history
        .of(&folder.name, number, &task.title, &others)
        .collect();
    let trailers: Vec<&Mention> = mentions
        .iter()
        .copied()
        .filter(|m| m.tie == Tie::Trailer)
        .collect();
    let newest = trailers.first().copied();
    let newest = newest.or_else(|| mentions.into_iter().find(|m| m.tie == Tie::Tick))?;
    let commit = &newest.commit;
    let then = past.spec_at(folder, &newest.spec, &commit.id)?;
    let task_then = task_in(&then, &newest.task)?;
    let cited = evidence::cited(&then, task_then);
    let mut units = Units::default();
    if newest.tie == Tie::Trailer {
        // A later commit for the same task says what is right since.
        for mention in trailers.iter().rev() {
            units.take(past.look(&mention.commit).units.values().flatten());
        }
    } else {
        let looked = past.look(commit);
        let ids: BTreeSet<String> = cited.iter().map(|item| item.id.clone()).collect();
        let text = then.source(Document::Tasks).map_or("", Source::text);
        let named = text.get(task_then.range.clone()).unwrap_or_default();
        let mut belongs = commit.files.iter().filter(|file| {
            names_file(named, &file.path)
                || looked.links.get(&file.path).is_some_and(|all| {
                    all.iter().any(|(spec, id)| {
                        spec.as_deref()
                            .is_none_or(|name| is_name_of(name, &folder.name))
                            && criteria(&then, id).iter().any(|id| ids.contains(id))
                    })
                })
        });
        let first = belongs.next()?;
        for file in std::iter::once(first).chain(belongs) {
            units.take(looked.units.get(&file.path).into_iter().flatten());
        }
    }
    Some(Baseline {
        spec: folder.name.clone(),
        task: name_of(task),
        origin: Origin::Commit(newest.tie),
        commit: Some(commit.id.clone()),
        at: commit.utc(),
        criteria: cited
            .into_iter()
            .map(|item| CriterionBase {
                sha256: short(&item.sha256).to_owned(),
                id: item.id,
                text: Some(item.own),
            })
            .collect(),
        units: units.0.into_values().flatten().take(MAX_UNITS).collect(),
    })
}

/// By file and name: of overloads there are several.
#[derive(Default)]
struct Units(BTreeMap<(String, String), BTreeSet<UnitBase>>);

impl Units {
    /// Takes in what a commit changed, in place of what was known of the same names.
    fn take<'a>(&mut self, changed: impl Iterator<Item = &'a ChangedUnit>) {
        let mut new = Self::default();
        for unit in changed {
            let key = (unit.path.clone(), unit.name.clone());
            new.0.entry(key).or_default().insert(unit.base());
        }
        self.0.extend(new.0);
    }
}

/// Whether a text names a file: by its path, or by its name where that stands alone.
pub(crate) fn names_file(text: &str, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/');
    name.contains('.')
        && text.match_indices(name).any(|(at, _)| {
            let before = &text[..at];
            let start = before.len() - before.trim_end_matches(|c| part(c) || c == '.').len();
            let written = &text[at - start..at + name.len()];
            let ends = !text[at + name.len()..].starts_with(part);
            ends && (path == written.trim_start_matches("./")
                || path
                    .strip_suffix(written)
                    .is_some_and(|rest| rest.ends_with('/')))
        })
}

/// Whether a link's word for a spec means this one.
pub(crate) fn is_name_of(word: &str, spec: &str) -> bool {
    word == spec || spec.rsplit('/').next() == Some(word)
}
