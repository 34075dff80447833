//! Reading class files, and laying a team's over the built-in ones.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;

use crate::class::Class;
use crate::validate::validate;

/// Something wrong in a team's catalogue file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it was handed in.
    pub file: String,
    /// Where, in bytes of the file's text.
    pub range: Range<usize>,
    /// What kind of trouble.
    pub kind: ProblemKind,
    /// One sentence for the user.
    pub message: String,
}

/// The kinds of trouble in a catalogue file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// Not TOML, or not of the expected shape: the file is ignored.
    Unreadable,
    /// A class breaks a rule of the catalogue: that class is ignored.
    Invalid,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    class: Vec<toml::Spanned<Class>>,
}

/// Reads one file: its classes with their byte ranges.
pub(crate) fn read(name: &str, text: &str) -> Result<Vec<(Class, Range<usize>)>, Problem> {
    let file: File = toml::from_str(text).map_err(|error| Problem {
        file: name.to_owned(),
        range: error.span().unwrap_or(0..text.len()),
        kind: ProblemKind::Unreadable,
        message: format!(
            "This catalogue file can't be read: {}. Correct it, then it counts.",
            error.message()
        ),
    })?;
    Ok(file
        .class
        .into_iter()
        .map(|class| {
            let span = class.span();
            (class.into_inner(), span)
        })
        .collect())
}

pub(crate) fn lay_over(classes: &mut Vec<Class>, files: &[(&str, &str)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, text) in files {
        match read(name, text) {
            Err(problem) => problems.push(problem),
            Ok(read) => {
                for (class, range) in read {
                    add(classes, class, name, range, &mut problems);
                }
            }
        }
    }
    problems
}

fn add(
    classes: &mut Vec<Class>,
    class: Class,
    file: &str,
    range: Range<usize>,
    problems: &mut Vec<Problem>,
) {
    let at = classes.iter().position(|known| known.id == class.id);
    let merged = match at {
        Some(at) => extend(classes[at].clone(), class),
        None => class,
    };
    let faults = validate(&merged);
    if !faults.is_empty() {
        problems.extend(faults.into_iter().map(|fault| Problem {
            file: file.to_owned(),
            range: range.clone(),
            kind: ProblemKind::Invalid,
            message: format!("The class `{}` is left out: {fault}.", merged.id),
        }));
        return;
    }
    match at {
        Some(at) => classes[at] = merged,
        None => classes.push(merged),
    }
}

/// What the team says wins; what it does not say stays.
fn extend(base: Class, team: Class) -> Class {
    let mut words = base.words;
    for (language, list) in team.words {
        words.entry(language).or_default().extend(list);
    }
    Class {
        id: base.id,
        title: team.title,
        system: team.system,
        system_is: team.system_is,
        actor: team.actor,
        thing: team.thing,
        object: if team.object.is_empty() {
            base.object
        } else {
            team.object
        },
        small: base.small || team.small,
        strong: joined(base.strong, team.strong, |a, b| a == b),
        parts: joined(base.parts, team.parts, |a, b| a == b),
        weak: joined(base.weak, team.weak, |a, b| a == b),
        not: joined(base.not, team.not, |a, b| a == b),
        words,
        groups: joined(base.groups, team.groups, |a, b| a.id == b.id),
        criteria: joined(base.criteria, team.criteria, |a, b| a.concern == b.concern),
        decisions: joined(base.decisions, team.decisions, |a, b| a.id == b.id),
        terms: joined(base.terms, team.terms, |a, b| a.name == b.name),
        properties: joined(base.properties, team.properties, |a, b| a.title == b.title),
        tasks: joined(base.tasks, team.tasks, |a, b| a.title == b.title),
        approach: if team.approach.is_empty() {
            base.approach
        } else {
            team.approach
        },
        data: joined(base.data, team.data, |a, b| a == b),
        errors: joined(base.errors, team.errors, |a, b| {
            a.of == b.of && a.case == b.case
        }),
    }
}

fn joined<T>(base: Vec<T>, team: Vec<T>, same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut out: Vec<T> = base
        .into_iter()
        .filter(|old| !team.iter().any(|new| same(old, new)))
        .collect();
    out.extend(team);
    out
}
