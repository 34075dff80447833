//! What the rules about dangling references share: the nearest ids, and taking a reference out of its list.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use rutter_text::markdown::Outline;
use rutter_text::refs::{Reference, Target};
use rutter_text::{Edit, Finding, Ident};

use crate::labels::{self, ReferenceLabel};
use crate::{Parsed, Requirements, Spec, heading, trace_line};

/// What is known about the ids that references may name.
pub(super) struct Known<'a> {
    spec: &'a Spec,
    wanted: &'a Parsed<Requirements>,
    headings: OnceCell<HashSet<Vec<u32>>>,
}

impl<'a> Known<'a> {
    pub(super) fn new(spec: &'a Spec, wanted: &'a Parsed<Requirements>) -> Self {
        Self {
            spec,
            wanted,
            headings: OnceCell::new(),
        }
    }

    /// The requirement or criterion ids of a reference that exist nowhere. Where the entry may speak of something else
    /// (`Design §4`), or a heading of the document has that number in a shape that isn't read as a requirement, nothing
    /// is sure and nothing is said.
    pub(super) fn unknown(&self, text: &str, reference: &Reference) -> Vec<Ident> {
        let sound = match &reference.target {
            Target::Id(id) => self.spec.knows(id),
            Target::Range(..) => false,
            _ => true,
        };
        if sound {
            return Vec::new();
        }
        let unknown = self.spec.leads(reference).unknown;
        if unknown.is_empty() || !is_plain(text, reference) {
            return Vec::new();
        }
        unknown
            .iter()
            .filter_map(|id| Ident::parse(id))
            .filter(|id| !self.has_heading(id))
            .collect()
    }

    /// Whether a heading that is no requirement with criteria carries the id, or the number in front of its last.
    fn has_heading(&self, id: &Ident) -> bool {
        let headings = self.headings.get_or_init(|| self.other_headings());
        headings.contains(&id.numbers) || id.parent().is_some_and(|p| headings.contains(&p.numbers))
    }

    fn other_headings(&self) -> HashSet<Vec<u32>> {
        let wanted = self.wanted;
        let read: HashSet<usize> = wanted
            .requirements
            .iter()
            .filter(|r| !r.criteria.is_empty())
            .map(|r| r.line)
            .collect();
        (0..wanted.outline.lines.len())
            .filter(|line| !read.contains(line))
            .filter_map(|line| {
                let (_, range) = wanted.outline.heading(line)?;
                let numbered = heading::numbered(wanted.source.text(), range)?;
                let named = labels::names_requirement(&numbered.word);
                (named != Some(false)).then_some(numbered.id.numbers)
            })
            .collect()
    }

    /// The ids of the document that differ from an unknown one in one number, by five at most; nearest first, and of the
    /// same requirement before the same place in another.
    pub(super) fn nearest(&self, id: &Ident) -> Vec<String> {
        let mut near = Vec::new();
        for place in (0..id.numbers.len()).rev() {
            for apart in 1..=5 {
                let number = id.numbers[place];
                for other in [number.checked_sub(apart), number.checked_add(apart)] {
                    let mut candidate = id.clone();
                    candidate.suffix = None;
                    candidate.numbers[place] = other.unwrap_or(number);
                    let label = match self.wanted.criterion(&candidate) {
                        Some(criterion) => Some(&criterion.label),
                        None => self.wanted.requirement(&candidate).map(|r| &r.label),
                    };
                    near.extend(label.filter(|_| other.is_some()).cloned());
                }
            }
        }
        near.dedup();
        near
    }
}

/// Whether nothing but words for requirements and other ids stand in front of the reference in its entry.
fn is_plain(text: &str, reference: &Reference) -> bool {
    let before = &text[..reference.range.start];
    let start = before
        .rfind([',', ';', ':', '、', '，', '；', '：', '|', '(', '（', '\n'])
        .unwrap_or(0);
    before[start..]
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit()))
        .all(|word| {
            let lower = word.to_lowercase();
            labels::names_requirement(word) == Some(true)
                || labels::reference_label(word) == ReferenceLabel::Requirements
                || matches!(
                    lower.as_str(),
                    "criterion" | "criteria" | "ac" | "and" | "und" | "y" | "et" | "と" | "和"
                )
                || Ident::parse(word).is_some()
        })
}

/// Adds the repairs of a dangling reference among its `neighbours`: the nearest ids not cited yet, then taking it out.
pub(super) fn repairs(
    mut finding: Finding,
    near: &[String],
    text: &str,
    outline: &Outline,
    reference: &Reference,
    neighbours: &[Reference],
) -> Finding {
    let cited = |label: &String| {
        Ident::parse(label).is_some_and(|id| {
            neighbours
                .iter()
                .any(|n| matches!(&n.target, Target::Id(other) if other.matches(&id)))
        })
    };
    if !matches!(reference.target, Target::Range(..)) {
        for label in near.iter().filter(|label| !cited(label)).take(2) {
            finding = finding.fix(
                format!("Change to {label}"),
                vec![Edit::replace(reference.range.clone(), label)],
            );
        }
    }
    match removal(text, outline, reference) {
        Some(edit) => finding.fix("Remove the reference", vec![edit]),
        None => finding,
    }
}

/// Takes a reference out of its list, the whole line where it is the only entry. `None` where its entry holds more.
fn removal(text: &str, outline: &Outline, reference: &Reference) -> Option<Edit> {
    let number = outline.line_at(reference.range.start);
    let line = outline.lines.get(number)?.range.clone();
    let (_, list) = trace_line::read(text, line.clone())?;
    let separators: Vec<Range<usize>> = text[list.clone()]
        .char_indices()
        .filter(|(_, c)| matches!(c, ',' | ';' | '、' | '，' | '；'))
        .map(|(i, c)| list.start + i..list.start + i + c.len_utf8())
        .collect();
    let before = separators
        .iter()
        .rev()
        .find(|s| s.end <= reference.range.start);
    let after = separators.iter().find(|s| s.start >= reference.range.end);
    let entry = before.map_or(list.start, |s| s.end)..after.map_or(list.end, |s| s.start);
    let alone = rutter_text::refs::parse(text, entry.clone());
    if alone.len() != 1
        || alone[0].range != reference.range
        || text[entry.clone()].contains(['(', '（', '['])
    {
        return None;
    }
    match (before, after) {
        (None, None) => Some(Edit::delete(outline.bytes(number..number + 1, text))),
        // What labels the list (`Requirements 9.1, 9.2`) stays with the next entry.
        (None, Some(after)) => {
            let rest = &text[after.end..list.end];
            let space = rest.len() - rest.trim_start().len();
            Some(Edit::delete(reference.range.start..after.end + space))
        }
        (Some(before), _) => Some(Edit::delete(before.start..entry.end)),
    }
}
