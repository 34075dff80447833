//! The openers of the EARS patterns at the beginning of a criterion.

use rutter_text::markdown::{self, LineKind};

use super::{Entry, EntryKind, Place};
use crate::Document;

const OPENERS: [(&str, &str, &str); 5] = [
    (
        "WHEN",
        "something happens",
        "WHEN ${1:trigger}, THE ${2:system} SHALL ${3:response}",
    ),
    ("THE", "always", "THE ${1:system} SHALL ${2:response}"),
    (
        "IF",
        "something unwanted happens",
        "IF ${1:condition}, THEN THE ${2:system} SHALL ${3:response}",
    ),
    (
        "WHILE",
        "a state lasts",
        "WHILE ${1:state}, THE ${2:system} SHALL ${3:response}",
    ),
    (
        "WHERE",
        "a feature is there",
        "WHERE ${1:feature}, THE ${2:system} SHALL ${3:response}",
    ),
];

/// The openers that begin as typed, where nothing but the first word of an item stands in front of the cursor.
pub(super) fn openers(place: &Place<'_>) -> Option<Vec<Entry>> {
    if !matches!(place.document, Document::Requirements | Document::Bugfix) {
        return None;
    }
    let line = place.parts.outline.lines.get(place.line)?;
    let (_, wanted) = place.spec.wanted()?;
    let inside = wanted
        .requirements
        .iter()
        .any(|r| r.range.start <= place.before.end && place.before.end <= r.range.end);
    let cut = markdown::Line {
        range: place.before.clone(),
        kind: LineKind::Text,
    };
    let item = markdown::item(place.parts.text, &cut)?;
    if !inside || line.kind != LineKind::Text || item.ordinal.is_none() {
        return None;
    }
    let word = place.word(|c| c.is_ascii_alphabetic());
    // Behind the marker there may be a written id.
    let lead = place.parts.text[item.content.start.min(word.start)..word.start].trim();
    if lead.contains(|c: char| !c.is_ascii_digit() && c != '.') {
        return None;
    }
    let begun = place.parts.text[word.clone()].to_ascii_uppercase();
    let found: Vec<Entry> = OPENERS
        .into_iter()
        .filter(|(opener, ..)| opener.starts_with(&begun))
        .map(|(opener, when, insert)| Entry {
            label: format!("{opener} …"),
            detail: when.to_owned(),
            insert: insert.to_owned(),
            range: word.clone(),
            indent: String::new(),
            kind: EntryKind::Opener,
        })
        .collect();
    (!found.is_empty()).then_some(found)
}
