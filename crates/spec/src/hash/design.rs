//! The items of `design.md`.

use std::ops::Range;

use rutter_text::markdown::Outline;
use rutter_text::{Ident, refs};

use super::cited::{Cited, Placed, by_line, in_sentences, knows};
use super::item::{Item, Items, after_line, item, one_line, whole};
use super::own::{Own, inside};
use crate::design::Section;
use crate::labels::ReferenceLabel;
use crate::mentions::Sentences;
use crate::{Property, heading, trace_line};

/// Sections and properties.
pub(super) fn items(all: &Items<'_>) -> Vec<Item> {
    let Some(design) = &all.spec().design else {
        return Vec::new();
    };
    let mut cited = Cited::by_design(all);
    let (text, outline) = (design.source.text(), &design.outline);
    let cuts: Vec<Range<usize>> = design.properties.iter().map(|p| p.range.clone()).collect();
    let knows = |id: &Ident| knows(all.spec(), id);
    let sentences = Sentences::new(text, &knows);
    let mut items: Vec<(Item, Vec<Placed>)> = design
        .sections
        .iter()
        .filter_map(|section| section_item(text, outline, section, &cuts, &cited, &sentences))
        .collect();
    if items.is_empty() {
        items.push((whole(text, outline, &cuts), Vec::new()));
    }
    for property in &design.properties {
        let first = outline.line_at(property.range.start);
        let lines = first..outline.line_at(property.range.end) + 1;
        let mut references = by_line(outline, property.validates.iter().cloned());
        references.extend(in_sentences(&sentences, text, outline, lines));
        references.sort_by_key(|(_, r)| r.range.start);
        let own = property_text(text, outline, property, &cited.places(&references));
        cited.add_property(property.number, &own);
        let id = format!("property:{}", property.number);
        items.push((
            item(id, property.range.clone(), property.heading.clone(), own),
            references,
        ));
    }
    items
        .into_iter()
        .map(|(mut item, references)| {
            item.cites = cited.cites(text, &references);
            item
        })
        .collect()
}

/// A section with its references; nothing where it is the heading of a property and no more.
fn section_item(
    text: &str,
    outline: &Outline,
    section: &Section,
    cuts: &[Range<usize>],
    cited: &Cited<'_>,
    sentences: &Sentences<'_>,
) -> Option<(Item, Vec<Placed>)> {
    let below = after_line(outline, section.heading.start, &section.range);
    let empty = || {
        let own = Own::new(text, outline).range(below.clone(), cuts, &[]);
        own.done().is_empty()
    };
    if inside(cuts, section.heading.start) && empty() {
        return None;
    }
    let first = outline.line_at(section.heading.start) + 1;
    let end = outline
        .lines
        .partition_point(|l| l.range.start < section.range.end);
    let lines = || {
        outline
            .text_lines(first..end.max(first))
            .filter(|&i| !inside(cuts, outline.lines[i].range.start))
    };
    let mut references: Vec<Placed> = lines().flat_map(|i| labelled(text, outline, i)).collect();
    references.extend(in_sentences(sentences, text, outline, lines()));
    references.sort_by_key(|(_, r)| r.range.start);
    let title = heading::numbered(text, section.heading.clone())
        .filter(|n| n.word.is_empty() && n.id.prefix.is_empty() && !n.title.is_empty())
        .map_or_else(|| section.title.clone(), |n| n.title);
    let own = Own::new(text, outline)
        .words(&title)
        .range(below.clone(), cuts, &cited.places(&references))
        .done();
    let id = format!("section:{}", one_line(&title));
    let item = item(id, section.range.clone(), section.heading.clone(), own);
    Some((item, references))
}

/// The own text of a property, with signs at the `places` of its references.
fn property_text(
    text: &str,
    outline: &Outline,
    property: &Property,
    places: &[Range<usize>],
) -> String {
    let below = after_line(outline, property.heading.start, &property.range);
    Own::new(text, outline)
        .words(&property.title)
        .range(below, &[], places)
        .done()
}

/// The references of a labelled line.
fn labelled(text: &str, outline: &Outline, line: usize) -> Vec<Placed> {
    match trace_line::read(text, outline.lines[line].range.clone()) {
        Some((ReferenceLabel::Requirements | ReferenceLabel::Validates, list)) => {
            refs::parse(text, list)
                .into_iter()
                .map(|r| (line, r))
                .collect()
        }
        _ => Vec::new(),
    }
}
