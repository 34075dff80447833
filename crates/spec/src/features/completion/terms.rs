//! Glossary terms in running text.

use rutter_text::markdown::LineKind;

use super::{Entry, EntryKind, Place};
use crate::mentions::in_code;

/// The terms that begin as the word that is being typed; all of them behind `THE`.
pub(super) fn terms(place: &Place<'_>) -> Vec<Entry> {
    let Some((_, wanted)) = place.spec.wanted() else {
        return Vec::new();
    };
    let line = place.parts.outline.lines.get(place.line);
    let typed = place.typed();
    let prose = line.is_none_or(|l| {
        matches!(
            l.kind,
            LineKind::Text | LineKind::Heading { .. } | LineKind::Blank
        )
    });
    if !prose || in_code(typed, typed.len()) {
        return Vec::new();
    }
    let word = place.word(|c| c.is_alphanumeric() || c == '_');
    let begun = &place.parts.text[word.clone()];
    let system = typed[..word.start - place.before.start]
        .trim_end()
        .ends_with("THE");
    if begun.is_empty() && !system {
        return Vec::new();
    }
    let lower = begun.to_lowercase();
    let entries = wanted.terms.iter().filter(|t| {
        !t.name.is_empty() && t.name.to_lowercase().starts_with(&lower) && t.name != begun
    });
    entries
        .map(|term| Entry {
            label: term.name.clone(),
            detail: term.definition.clone(),
            insert: term.name.clone(),
            range: word.clone(),
            indent: String::new(),
            kind: EntryKind::Term,
        })
        .collect()
}
