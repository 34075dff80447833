//! Ids with what they say, inside lists of references.

use std::ops::Range;

use rutter_text::refs::{self, Target};

use super::{Entry, EntryKind, Place};
use crate::labels::{self, ReferenceLabel};
use crate::rules::depends::is_dependency;
use crate::{Document, trace_line};

/// What the list around the cursor holds: criteria, tasks, or the number of a property.
pub(super) fn ids(place: &Place<'_>) -> Option<Vec<Entry>> {
    let word = place.word(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let begun = &place.parts.text[word.clone()];
    let front = &place.typed()[..word.start - place.before.start];
    let found = if let Some(found) = in_wave(place, &word) {
        found
    } else if let Some(found) = property(place, &word, front) {
        found
    } else {
        let (label, _) = front.split_once([':', '：'])?;
        let label = label
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '_' | '+' | '>'));
        if is_dependency(label) {
            tasks(place, &word)
        } else {
            match labels::reference_label(label) {
                ReferenceLabel::Requirements | ReferenceLabel::Validates => criteria(place, &word),
                _ => return None,
            }
        }
    };
    Some(
        found
            .into_iter()
            .filter(|e| e.insert.starts_with(begun))
            .collect(),
    )
}

fn entry(label: &str, detail: String, range: &Range<usize>) -> Entry {
    Entry {
        label: label.to_owned(),
        detail,
        insert: label.to_owned(),
        range: range.clone(),
        indent: String::new(),
        kind: EntryKind::Id,
    }
}

/// Every criterion and requirement that the list does not name yet.
fn criteria(place: &Place<'_>, word: &Range<usize>) -> Vec<Entry> {
    let Some((_, wanted)) = place.spec.wanted() else {
        return Vec::new();
    };
    let line = place.parts.outline.lines[place.line].range.clone();
    let named: Vec<String> = trace_line::read(place.parts.text, line)
        .into_iter()
        .flat_map(|(_, list)| refs::parse(place.parts.text, list))
        .filter(|r| r.range.end < word.start || word.end < r.range.start)
        .filter_map(|r| match r.target {
            Target::Id(id) => Some(id.to_string()),
            _ => None,
        })
        .collect();
    let free = |label: &str| !label.is_empty() && !named.iter().any(|n| n == label);
    let all = wanted.criteria().map(|(_, c)| (c.label.as_str(), c.said()));
    let groups = wanted
        .requirements
        .iter()
        .map(|r| (r.label.as_str(), r.title.as_str()));
    all.chain(groups)
        .filter(|(label, _)| free(label))
        .map(|(label, text)| entry(label, text.to_owned(), word))
        .collect()
}

/// The tasks that the one around the cursor could wait for.
fn tasks(place: &Place<'_>, word: &Range<usize>) -> Vec<Entry> {
    let own = place
        .spec
        .tasks
        .as_ref()
        .and_then(|t| t.at(word.start))
        .and_then(|t| t.number.as_ref());
    let all = place
        .parts
        .tasks
        .iter()
        .filter_map(|t| Some((t.number.as_ref()?, &t.title)));
    all.filter(|(number, _)| Some(*number) != own)
        .map(|(number, title)| entry(number, title.clone(), word))
        .collect()
}

/// Task numbers between the quotes of the graph.
fn in_wave(place: &Place<'_>, word: &Range<usize>) -> Option<Vec<Entry>> {
    let tasks = place
        .spec
        .tasks
        .as_ref()
        .filter(|_| place.document == Document::Tasks)?;
    let waves = tasks.waves.as_ref().filter(|w| !w.mermaid)?;
    let inside = waves.content.start <= word.start && word.end <= waves.content.end;
    let quoted = place.parts.text[..word.start].ends_with('"');
    let list = place.typed().rfind('[')?;
    let open = !place.typed()[list..].contains(']');
    if !(inside && quoted && open) {
        return None;
    }
    let named = |number: &str| waves.wave_of(number).is_some();
    let leaves = tasks
        .leaves()
        .filter_map(|t| Some((t.number.as_ref()?, &t.title)));
    Some(
        leaves
            .filter(|(number, _)| !named(number))
            .map(|(number, title)| entry(number, title.clone(), word))
            .collect(),
    )
}

/// `**Property 1: …` in a task.
fn property(place: &Place<'_>, word: &Range<usize>, front: &str) -> Option<Vec<Entry>> {
    let head = front.trim_start().trim_start_matches(['-', ' ', '*', '_']);
    let starred = front.contains('*');
    if place.document != Document::Tasks || !starred || !labels::names_property(head) {
        return None;
    }
    let design = place.spec.design.as_ref()?;
    let closed = place.parts.text[word.end..].starts_with([':', '*']);
    let each = design.properties.iter().map(|p| {
        let number = p.number.to_string();
        let mut entry = entry(&number, p.title.clone(), word);
        if !closed && !p.title.is_empty() {
            entry.insert = format!("{number}: {}", p.title);
        }
        entry
    });
    Some(each.collect())
}
