//! The entries of a reference list and what becomes of each.

use std::collections::BTreeSet;
use std::ops::Range;

use rutter_text::Ident;
use rutter_text::refs::{self, Reference, Target};

use super::span::{span, styled};
use crate::edits::renumbering::{Fate, Renumbering};

/// Whether a list would hold the same ids as before in another order: then it stays as it is.
pub(super) fn only_permutes(text: &str, entries: &[Entry]) -> bool {
    let items = || entries.iter().flat_map(|e| &e.items);
    if items().any(|i| i.act == Act::Remove) {
        return false;
    }
    let before: BTreeSet<&str> = items().map(|i| &text[i.range.clone()]).collect();
    let after = items().map(|i| match &i.act {
        Act::Write(new) => new.as_str(),
        _ => &text[i.range.clone()],
    });
    before == after.collect()
}

/// What happens to one reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Keep,
    Write(String),
    Remove,
}

pub(super) struct Item {
    pub range: Range<usize>,
    pub act: Act,
    pub removed: Vec<String>,
}

/// What stands between two separators.
pub(super) struct Entry {
    pub range: Range<usize>,
    pub items: Vec<Item>,
}

impl Entry {
    pub fn is_gone(&self) -> bool {
        !self.items.is_empty() && self.items.iter().all(|i| i.act == Act::Remove)
    }
}

pub(super) fn entries(text: &str, list: Range<usize>, renumbering: &Renumbering) -> Vec<Entry> {
    let mut entries: Vec<Entry> = split(text, list.clone())
        .into_iter()
        .map(|range| Entry {
            range,
            items: Vec::new(),
        })
        .collect();
    for reference in refs::parse(text, list) {
        let place = entries
            .iter_mut()
            .find(|e| e.range.start <= reference.range.start && reference.range.end <= e.range.end);
        if let Some(entry) = place {
            entry.items.push(item(text, &reference, renumbering));
        }
    }
    entries
}

/// Entries of a list without the space around them, cut where [`refs::parse`] cuts them.
fn split(text: &str, list: Range<usize>) -> Vec<Range<usize>> {
    let mut depth = 0usize;
    let mut start = list.start;
    let mut cuts = Vec::new();
    for (i, c) in text[list.clone()].char_indices() {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' | '、' | '，' | '；' | '|' if depth == 0 => {
                cuts.push(start..list.start + i);
                start = list.start + i + c.len_utf8();
            }
            _ => {}
        }
    }
    cuts.push(start..list.end);
    cuts.into_iter()
        .map(|r| {
            let part = &text[r.clone()];
            let lead = part.len() - part.trim_start().len();
            r.start + lead..r.start + lead + part.trim().len()
        })
        .filter(|r| !r.is_empty())
        .collect()
}

fn item(text: &str, reference: &Reference, renumbering: &Renumbering) -> Item {
    let range = reference.range.clone();
    let (act, removed) = match &reference.target {
        Target::Id(id) => match fate(id, renumbering) {
            Some(Fate { old, new: None }) => (Act::Remove, vec![old.label.clone()]),
            Some(Fate {
                old,
                new: Some(new),
            }) => {
                let style = |name| styled(&text[range.clone()], &old.label, name);
                let act = match renumbering.second_half(old) {
                    Some(second) => Act::Write(format!("{}, {}", style(new), style(second))),
                    None if old.label == new.label => Act::Keep,
                    None => Act::Write(style(new)),
                };
                (act, Vec::new())
            }
            None => (Act::Keep, Vec::new()),
        },
        Target::Range(from, to) => span(text, range.clone(), from, to, renumbering),
        Target::Property(_) | Target::All | Target::Text(_) => (Act::Keep, Vec::new()),
    };
    Item {
        range,
        act,
        removed,
    }
}

fn fate<'a>(id: &Ident, renumbering: &'a Renumbering) -> Option<&'a Fate> {
    renumbering
        .criterion(id)
        .or_else(|| renumbering.requirement(id))
}
