//! What changed since tasks were done, old and new side by side: as Markdown.

use rutter_code::links::Link;
use rutter_code::{Language, units};
use rutter_spec::features::{At, at};
use rutter_spec::{Document, Spec};
use rutter_text::edit;
use rutter_workspace::SourceFile;
use rutter_workspace::baseline::UnitBase;
use rutter_workspace::drift::{CriterionDrift, Drift, Fate};
use rutter_workspace::history::Repository;
use rutter_workspace::trace::criteria;

use super::labels_at;

/// A diff is cut after so many lines.
const MAX_LINES: usize = 30;

/// So many pieces of code are shown.
const MAX_UNITS: usize = 3;

/// What changed since one task was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The task's key by now.
    pub task: String,
    /// The commit it was measured against, in hex.
    pub commit: Option<String>,
    /// What the task cites.
    cites: Vec<String>,
    criteria: Vec<CriterionDrift>,
    units: Vec<(UnitBase, Fate)>,
}

impl Changed {
    /// Of drift, what is needed to show it later.
    pub fn of(spec: &Spec, drifts: &[Drift<'_>]) -> Vec<Self> {
        let changed = drifts.iter().filter_map(|drift| {
            let units = drift.units.iter();
            Some(Self {
                task: drift.task(spec)?.key(),
                commit: drift.baseline.commit.clone(),
                cites: drift
                    .baseline
                    .criteria
                    .iter()
                    .map(|c| c.id.clone())
                    .collect(),
                criteria: drift.criteria.clone(),
                units: units.map(|(unit, fate)| ((*unit).clone(), *fate)).collect(),
            })
        });
        changed.collect()
    }

    fn since(&self) -> String {
        let commit = self.commit.as_deref().and_then(|commit| commit.get(..8));
        let commit = commit.map_or_else(String::new, |commit| format!(" (commit {commit})"));
        format!("**Changed since task {} was done**{commit}", self.task)
    }
}

/// Reads code as it is now, by its file's name.
pub type CodeNow<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What changed of a link's criteria and of the function it stands at.
pub fn on_link(
    spec: &Spec,
    changed: &[Changed],
    file: &SourceFile,
    link: &Link,
    repository: Option<&Repository>,
) -> Option<String> {
    let labels: Vec<String> = link.ids.iter().flat_map(|id| criteria(spec, id)).collect();
    let own = link.unit.as_ref().map(rutter_code::Unit::full_name);
    let now = |_: &str| Some(file.source.text().to_owned());
    let parts = changed.iter().filter_map(|one| {
        let units = one
            .units
            .iter()
            .filter(|(unit, _)| unit.path == file.name && Some(&unit.name) == own.as_ref());
        said(one, &labels, units, repository, &now)
    });
    joined(parts)
}

/// What changed of what stands at an offset of a spec's document: of a task all, of a criterion what it said and the code that
/// was made for it.
pub fn in_spec(
    spec: &Spec,
    changed: &[Changed],
    document: Document,
    offset: usize,
    repository: Option<&Repository>,
    now: CodeNow<'_>,
) -> Option<String> {
    let task = match at(spec, document, offset)?.what {
        At::Task { task, .. } => Some(task.key()),
        _ => None,
    };
    let labels = labels_at(spec, document, offset);
    let parts = changed.iter().filter_map(|one| {
        let is_own = match &task {
            Some(task) => *task == one.task,
            None => one.cites.iter().any(|id| labels.contains(id)),
        };
        let units = one.units.iter().filter(|_| is_own);
        said(one, &labels, units, repository, now)
    });
    joined(parts)
}

fn joined(parts: impl Iterator<Item = String>) -> Option<String> {
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

fn said<'a>(
    one: &Changed,
    labels: &[String],
    units: impl Iterator<Item = &'a (UnitBase, Fate)>,
    repository: Option<&Repository>,
    now: CodeNow<'_>,
) -> Option<String> {
    let mut parts = Vec::new();
    for criterion in one.criteria.iter().filter(|c| labels.contains(&c.id)) {
        let line = |sign: char, text: &Option<String>| match text {
            Some(text) => format!(
                "{sign} {}\n",
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            ),
            None => String::new(),
        };
        let (old, new) = (line('-', &criterion.old), line('+', &criterion.new));
        parts.push(format!("{}:\n\n```diff\n{old}{new}```", criterion.id));
    }
    for (at, (unit, fate)) in units.enumerate() {
        if at == MAX_UNITS {
            parts.push("… and more code".to_owned());
            break;
        }
        let old = repository.and_then(|r| code_then(r, one.commit.as_deref(), unit));
        let new = now(&unit.path).and_then(|text| of_unit(&unit.path, &text, &unit.name));
        let what = match fate {
            Fate::Gone => "is gone",
            _ => "has other code",
        };
        let mut part = format!("`{}` in {} {what}", unit.name, unit.path);
        if let Some(old) = old {
            let diff = edit::unified(&old, &new.unwrap_or_default(), &unit.path);
            part.push_str(&fenced(&diff));
        }
        parts.push(part);
    }
    (!parts.is_empty()).then(|| format!("{}\n\n{}", one.since(), parts.join("\n\n")))
}

/// The lines of a diff that say something.
fn fenced(diff: &str) -> String {
    let lines = diff.lines().filter(|line| {
        !line.starts_with("---") && !line.starts_with("+++") && !line.starts_with("@@")
    });
    let mut lines: Vec<&str> = lines.collect();
    if lines.len() > MAX_LINES {
        lines.truncate(MAX_LINES);
        lines.push("…");
    }
    // Code may hold a fence of its own.
    let longest = lines.iter().map(|line| line.matches('`').count()).max();
    let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
    format!(":\n\n{fence}diff\n{}\n{fence}", lines.join("\n"))
}

/// The code that a task was measured against: as the commit has it, or the one that is checked out, where the record was made
/// before the work was committed.
fn code_then(repository: &Repository, commit: Option<&str>, unit: &UnitBase) -> Option<String> {
    let head = repository.head();
    let commits = commit.into_iter().chain(head.as_deref());
    let mut texts = commits.filter_map(|commit| repository.text_at(commit, &unit.path));
    texts.find_map(|text| {
        let all = units(Language::of_path(&unit.path)?, &text);
        let then = all
            .iter()
            .find(|one| one.digest == unit.digest && one.full_name() == unit.name)?;
        text.get(then.range.clone()).map(str::to_owned)
    })
}

fn of_unit(path: &str, text: &str, name: &str) -> Option<String> {
    let all = units(Language::of_path(path)?, text);
    let unit = all.iter().find(|unit| unit.full_name() == name)?;
    text.get(unit.range.clone()).map(str::to_owned)
}
