//! What a design says first: what changes where, and the rules of the project that hold for it.

use crate::ground::Ground;
use crate::later::place::{self, Place};
use crate::later::points::Points;
use crate::later::units::Unit;

/// More places than this are counted, not listed.
const MOST: usize = 4;

/// The overview.
pub fn overview(points: &Points<'_>, units: &[Unit], ground: &Ground) -> String {
    let mut text = changes(units, ground);
    for (class, slots) in &points.classes {
        if let Some(approach) = slots.plain(&class.approach).filter(|text| !text.is_empty()) {
            text.push(' ');
            text.push_str(approach.trim());
        }
    }
    let rules: Vec<&String> = ground
        .steering
        .iter()
        .filter(|line| is_rule(line) && concerns(line, points, units))
        .take(3)
        .collect();
    if !rules.is_empty() {
        text.push_str("\n\nRules of this project that concern it:\n\n");
        text.push_str(
            &rules
                .iter()
                .map(|rule| format!("- {}", rule.trim()))
                .collect::<Vec<_>>()
                .join("\n"),
        );
    }
    text.trim().to_owned()
}

/// What changes and what is new, by name where it is little.
fn changes(units: &[Unit], ground: &Ground) -> String {
    let mut old: Vec<&Place> = Vec::new();
    let mut new: Vec<&Place> = Vec::new();
    for place in units.iter().filter_map(|unit| unit.place.as_ref()) {
        let list = if place.new { &mut new } else { &mut old };
        if !list.iter().any(|known| known.path == place.path) {
            list.push(place);
        }
    }
    let shown = |list: &[&Place], verb: &str, what: &str| match list.len() {
        0 => None,
        n if n > MOST => Some(format!("{verb} {n} {what}")),
        _ => {
            let names: Vec<String> = list.iter().map(|place| place.shown()).collect();
            Some(format!("{verb} {}", and(&names)))
        }
    };
    let parts: Vec<String> = [
        shown(&old, "changes", "files"),
        shown(&new, "adds", "files"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut text = if parts.is_empty() {
        String::new()
    } else {
        format!("The work {}.", parts.join(" and "))
    };
    let lost: Vec<&str> = units
        .iter()
        .filter(|unit| unit.place.is_none())
        .flat_map(|unit| unit.ids.iter().map(String::as_str))
        .collect();
    if !lost.is_empty() && ground.has_source() {
        text.push_str(&format!(
            " Which code {} concerns is not known: no name or text of the project speaks of it. The task for it begins with naming the file.",
            lost.join(", ")
        ));
    }
    text.trim().to_owned()
}

/// "a, b and c".
pub fn and(list: &[String]) -> String {
    match list.split_last() {
        None => String::new(),
        Some((one, [])) => one.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// A sentence of the steering that tells how to write or test code.
fn is_rule(line: &str) -> bool {
    let lower = line.to_lowercase();
    line.len() < 200
        && [
            "never", "always", "must", "only", "use ", "prefer", "avoid", "don't", "do not", "no ",
        ]
        .iter()
        .any(|cue| lower.starts_with(cue) || lower.contains(&format!(" {cue}")))
        && !lower.contains("#[[")
}

/// Whether a rule is about files of a kind that changes ("A route file …"), or speaks of what the criteria speak of.
fn concerns(line: &str, points: &Points<'_>, units: &[Unit]) -> bool {
    let front: String = line.split(' ').take(3).collect::<Vec<_>>().join(" ");
    let kinds: Vec<String> = units
        .iter()
        .filter_map(|unit| unit.place.as_ref())
        .flat_map(|place| {
            place
                .path
                .rsplit('/')
                .take(2)
                .map(|part| part.split('.').next().unwrap_or(part).to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    let mut said: Vec<String> = points
        .all
        .iter()
        .filter(|point| point.known.is_none())
        .map(|point| point.sentence.shall.clone())
        .collect();
    for (_, slots) in &points.classes {
        said.push(slots.object.clone());
        said.push(slots.thing.clone());
    }
    let rule = place::stems(&[line.to_owned()]);
    let kind = !place::stems(&[front]).is_disjoint(&place::stems(&kinds));
    kind || rule.intersection(&place::stems(&said)).count() > 1
}
