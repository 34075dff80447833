//! Where a glossary term is used.

use std::ops::Range;

use rutter_text::markdown::LineKind;

use super::at::{At, Spot};
use crate::{Document, Spec};

/// The longest glossary term that is written at the offset, in running text.
pub(super) fn term_use<'a>(
    spec: &'a Spec,
    document: Document,
    text: &str,
    offset: usize,
) -> Option<Spot<'a>> {
    let outline = match document {
        Document::Requirements => &spec.requirements.as_ref()?.outline,
        Document::Bugfix => &spec.bugfix.as_ref()?.outline,
        Document::Design => &spec.design.as_ref()?.outline,
        Document::Tasks => &spec.tasks.as_ref()?.outline,
    };
    let line = outline.lines.get(outline.line_at(offset))?;
    if !matches!(line.kind, LineKind::Text | LineKind::Heading { .. }) {
        return None;
    }
    let (_, wanted) = spec.wanted()?;
    let content = &text[line.range.clone()];
    let mut best: Option<Spot<'a>> = None;
    for term in wanted.terms.iter().filter(|t| !t.name.is_empty()) {
        for (at, _) in content.match_indices(&term.name) {
            let range = line.range.start + at..line.range.start + at + term.name.len();
            let longer = best.as_ref().is_none_or(|b| b.range.len() < range.len());
            if range.start <= offset && offset <= range.end && longer && is_word(text, &range) {
                best = Some(Spot {
                    what: At::Term(term),
                    range,
                });
            }
        }
    }
    best
}

/// Whether no letter of the same word stands beside it. Scripts without spaces have no such border.
fn is_word(text: &str, range: &Range<usize>) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let name = &text[range.clone()];
    let glued = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(word) && outer.is_some_and(word)
    };
    !glued(name.chars().next(), text[..range.start].chars().next_back())
        && !glued(name.chars().next_back(), text[range.end..].chars().next())
}
