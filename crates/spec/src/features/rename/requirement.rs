//! Renaming requirements and criteria.

use std::ops::Range;

use rutter_text::edit;
use rutter_text::{Edit, Ident};

use super::numbers::read;
use super::order::Move;
use super::plan::{Plan, written};
use super::{NameKind, RenameError, Renamed};
use crate::edits::{Renumbering, references};
use crate::{Criterion, Document, Parsed, Requirement, Requirements, Spec};

/// Gives a criterion another number, or moves it in its list.
pub(super) fn criterion(spec: &Spec, r: usize, c: usize, given: &str) -> Result<Plan, RenameError> {
    let (document, wanted) = spec.wanted().ok_or(RenameError::Nothing)?;
    let own = wanted.requirements.get(r).ok_or(RenameError::Nothing)?;
    let all = &own.criteria;
    let old = all.get(c).ok_or(RenameError::Nothing)?;
    let new = read(given, &old.id, "criterion")?;
    let (first, last) = (&all[0].label, &all[all.len() - 1].label);
    if new.parent() != old.id.parent() {
        return Err(RenameError::Elsewhere {
            given: new.to_string(),
            hint: format!(
                "choose a number from {first} to {last}, or cut the criterion and paste it into the other list"
            ),
        });
    }
    let text = wanted.source.text();
    let counts = |c: &Criterion| text[c.marker.clone()].starts_with(|c: char| c.is_ascii_digit());
    let number = |id: &Ident| id.numbers.last().copied().unwrap_or(0);
    match all.iter().position(|other| other.id.matches(&new)) {
        Some(at) if at == c => Ok(Plan::default()),
        Some(at) => {
            let (low, high) = (at.min(c), at.max(c));
            let run = &all[low..=high];
            let moved = Move {
                parts: run.iter().map(|c| c.range.clone()).collect(),
                from: c - low,
                to: at - low,
            };
            let grows = run.windows(2).all(|p| number(&p[0].id) < number(&p[1].id));
            let alike = run
                .iter()
                .all(|o| o.explicit == old.explicit && counts(o) == counts(old));
            let lettered = old.explicit && !counts(old);
            if !grows || !alike || lettered || !moved.is_sound() {
                not_doubled(all)?;
                return Err(taken(&new, "criterion", all.iter().map(|c| &c.id)));
            }
            let same = run
                .windows(2)
                .all(|p| text[p[0].marker.clone()] == text[p[1].marker.clone()]);
            let definitions =
                run.iter()
                    .enumerate()
                    .filter(|_| counts(old) && !same)
                    .map(|(i, c)| {
                        let id = &run[moved.place_of(i)].id;
                        marker(text, &c.marker, number(id), id.suffix)
                    });
            let before = place_of(wanted, r) + low;
            let place = |i: usize| match i.checked_sub(before) {
                Some(inner) if inner < moved.parts.len() => before + moved.place_of(inner),
                _ => i,
            };
            finish(
                spec,
                document,
                wanted,
                definitions.collect(),
                Some(&moved),
                &place,
                &|r| r,
            )
        }
        None => {
            let lower = c
                .checked_sub(1)
                .is_none_or(|i| number(&all[i].id) < number(&new));
            let higher = all.get(c + 1).is_none_or(|n| number(&new) < number(&n.id));
            let uniform = all
                .windows(2)
                .all(|p| text[p[0].marker.clone()] == text[p[1].marker.clone()]);
            let uniform = uniform && all.len() > 1;
            let is_written = old.explicit || counts(old) && !uniform && lower && higher;
            if !is_written {
                not_doubled(all)?;
                return Err(RenameError::NoPlace {
                    given: new.to_string(),
                    first: first.clone(),
                    last: last.clone(),
                });
            }
            let definition = marker(text, &old.marker, number(&new), new.suffix);
            finish(
                spec,
                document,
                wanted,
                vec![definition],
                None,
                &|i| i,
                &|r| r,
            )
        }
    }
}

/// Gives a requirement another id, or moves its section.
pub(super) fn requirement(spec: &Spec, place: usize, given: &str) -> Result<Plan, RenameError> {
    let (document, wanted) = spec.wanted().ok_or(RenameError::Nothing)?;
    let all = &wanted.requirements;
    let old = all.get(place).ok_or(RenameError::Nothing)?;
    let new = read(given, &old.id, "requirement")?;
    let text = wanted.source.text();
    match all.iter().position(|other| other.id.matches(&new)) {
        Some(at) if at == place => Ok(Plan::default()),
        None => finish(
            spec,
            document,
            wanted,
            headings(text, old, &new),
            None,
            &|i| i,
            &|r| r,
        ),
        Some(at) => {
            let (low, high) = (at.min(place), at.max(place));
            let run = &all[low..=high];
            let moved = Move {
                parts: run.iter().map(|r| section(text, r)).collect(),
                from: place - low,
                to: at - low,
            };
            let depth = old.id.numbers.len();
            let siblings = run.windows(2).all(|p| {
                let (a, b) = (&p[0].id, &p[1].id);
                let level = |r: &Requirement| heading_level(wanted, r.line);
                a.prefix == b.prefix
                    && a.numbers.len() == depth
                    && b.numbers.len() == depth
                    && a.numbers[..depth - 1] == b.numbers[..depth - 1]
                    && a.numbers < b.numbers
                    && level(&p[0]) == level(&p[1])
            });
            if !siblings || !moved.is_sound() {
                return Err(taken(&new, "requirement", all.iter().map(|r| &r.id)));
            }
            let definitions = run
                .iter()
                .enumerate()
                .flat_map(|(i, r)| headings(text, r, &run[moved.place_of(i)].id))
                .collect();
            let to = |r: usize| match r.checked_sub(low) {
                Some(inner) if inner < moved.parts.len() => low + moved.place_of(inner),
                _ => r,
            };
            let criterion = criteria_places(wanted, &to);
            let criterion = |i: usize| criterion.get(i).copied().unwrap_or(i);
            finish(
                spec,
                document,
                wanted,
                definitions,
                Some(&moved),
                &criterion,
                &to,
            )
        }
    }
}

fn heading_level(wanted: &Requirements, line: usize) -> Option<u8> {
    wanted.outline.heading(line).map(|(level, _)| level)
}

/// Refuses a list in which a number stands twice: no place in it can be told.
fn not_doubled(all: &[Criterion]) -> Result<(), RenameError> {
    let again = |(i, c): &(usize, &Criterion)| all[..*i].iter().any(|o| o.id == c.id);
    match all.iter().enumerate().find(again) {
        Some((_, criterion)) => Err(RenameError::Doubled(criterion.label.clone())),
        None => Ok(()),
    }
}

fn taken<'a>(new: &Ident, what: &'static str, all: impl Iterator<Item = &'a Ident>) -> RenameError {
    let free = crate::rules::free_number(new, all);
    RenameError::Taken {
        given: new.to_string(),
        what,
        hint: format!(", such as `{free}`"),
    }
}

/// The edit that gives a marker or written id another last number.
fn marker(text: &str, range: &Range<usize>, number: u32, suffix: Option<char>) -> Edit {
    let old = &text[range.clone()];
    let tail = old.trim_end_matches(|c: char| !c.is_ascii_digit());
    let start = tail
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |i| i + 1);
    let lettered = old[tail.len()..].starts_with(|c: char| c.is_ascii_lowercase());
    let end = tail.len() + usize::from(lettered);
    let width = tail.len() - start;
    let number = if tail[start..].starts_with('0') {
        format!("{number:0width$}")
    } else {
        number.to_string()
    };
    let suffix = suffix.map(String::from).unwrap_or_default();
    Edit::replace(range.start + start..range.start + end, number + &suffix)
}

/// The edits that give a requirement's heading another id, and the ids that are written out in its criteria.
fn headings(text: &str, requirement: &Requirement, new: &Ident) -> Vec<Edit> {
    let id = requirement.id_range.clone();
    let mut edits = vec![Edit::replace(id.clone(), written(&text[id], new))];
    let old = &requirement.id.numbers;
    for criterion in requirement.criteria.iter().filter(|c| c.explicit) {
        let Some((mut id, used)) = Ident::read(&text[criterion.marker.clone()]) else {
            continue;
        };
        if id.numbers.len() > old.len() && id.numbers.starts_with(old) {
            id.numbers.splice(..old.len(), new.numbers.iter().copied());
            if id.prefix == requirement.id.prefix {
                id.prefix = new.prefix.clone();
            }
            let start = criterion.marker.start;
            edits.push(Edit::replace(start..start + used, id.to_string()));
        }
    }
    edits
}

/// A requirement's section without the blank lines and rules behind it.
fn section(text: &str, requirement: &Requirement) -> Range<usize> {
    let mut body = text[requirement.range.clone()].trim_end();
    while let Some(line) = body.lines().next_back() {
        let rule = line.trim();
        if rule.len() < 3
            || !["-", "*", "_"]
                .iter()
                .any(|m| rule.replace(m, "").is_empty())
        {
            break;
        }
        body = body[..body.len() - line.len()].trim_end();
    }
    requirement.range.start..requirement.range.start + body.len()
}

/// How many criteria stand before those of a requirement.
fn place_of(wanted: &Requirements, requirement: usize) -> usize {
    wanted.requirements[..requirement]
        .iter()
        .map(|r| r.criteria.len())
        .sum()
}

/// Where each criterion goes when requirements change places.
fn criteria_places(wanted: &Requirements, to: &dyn Fn(usize) -> usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..wanted.requirements.len()).collect();
    order.sort_by_key(|&r| to(r));
    let mut starts = vec![0; order.len()];
    let mut at = 0;
    for r in order {
        starts[r] = at;
        at += wanted.requirements[r].criteria.len();
    }
    let each = wanted.requirements.iter().zip(starts);
    each.flat_map(|(r, start)| (0..r.criteria.len()).map(move |i| start + i))
        .collect()
}

/// Reads the new version to learn the new ids, and makes every document follow.
fn finish(
    spec: &Spec,
    document: Document,
    wanted: &Parsed<Requirements>,
    definitions: Vec<Edit>,
    moved: Option<&Move>,
    criterion: &dyn Fn(usize) -> usize,
    requirement: &dyn Fn(usize) -> usize,
) -> Result<Plan, RenameError> {
    let text = wanted.source.text();
    let all = |edits: &[Edit]| match moved {
        Some(moved) => moved.apply(text, edits),
        None => edits.to_vec(),
    };
    let new = wanted.read_again(&edit::apply(text, &all(&definitions)));
    let count = wanted.criteria().count();
    let shape = |r: &Requirements| (r.requirements.len(), r.criteria().count());
    if shape(&new) != shape(wanted) {
        let given = definitions
            .first()
            .map_or_else(String::new, |e| e.insert.clone());
        let why = "the document would read differently with the new number".to_owned();
        return Err(RenameError::Unsafe(given, why));
    }
    let renumbering = Renumbering::new(
        wanted,
        &new,
        |i| Some(criterion(i)),
        |r| Some(requirement(r)),
    );
    let mut plan = Plan {
        criteria: (0..count).map(criterion).collect(),
        ..Plan::default()
    };
    for (other, source) in spec.documents() {
        let follow = references::rewrite(source.text(), &renumbering);
        if other != document {
            plan.edit(other, follow);
            continue;
        }
        let mut edits = definitions.clone();
        for edit in follow {
            let apart =
                |e: &Edit| e.range.end <= edit.range.start || edit.range.end <= e.range.start;
            if edits.iter().all(apart) {
                edits.push(edit);
            }
        }
        plan.edit(other, all(&edits));
    }
    for (old, new) in renumbering.renamed_requirements() {
        plan.name(Renamed {
            kind: NameKind::Requirement,
            old,
            new,
        });
    }
    for (old, new) in renumbering.renamed_criteria() {
        plan.name(Renamed {
            kind: NameKind::Criterion,
            old,
            new,
        });
    }
    Ok(plan)
}
