//! The items of `design.md`.

use std::ops::Range;

use rutter_text::markdown::Outline;
use rutter_text::refs::{self, Target};

use super::cited::{Cited, Placed, by_line};
use super::item::{Item, after_line, item, one_line, whole};
use super::own::Own;
use crate::labels::ReferenceLabel;
use crate::{Document, Property, Spec, heading, trace_line};

/// Sections and properties.
pub(super) fn items(spec: &Spec) -> Vec<Item> {
    let cited = Cited::by(spec, Document::Design);
    let Some(design) = &spec.design else {
        return Vec::new();
    };
    let (text, outline) = (design.source.text(), &design.outline);
    let cuts: Vec<Range<usize>> = design.properties.iter().map(|p| p.range.clone()).collect();
    let mut items = Vec::new();
    for section in &design.sections {
        let below = after_line(outline, section.heading.start, &section.range);
        let first = outline.line_at(section.heading.start) + 1;
        let end = outline
            .lines
            .partition_point(|l| l.range.start < section.range.end);
        let references: Vec<Placed> = outline
            .text_lines(first..end.max(first))
            .filter(|&i| {
                let at = outline.lines[i].range.start;
                !cuts.iter().any(|c| c.contains(&at))
            })
            .flat_map(|i| labelled(text, outline, i))
            .collect();
        let title = heading::numbered(text, section.heading.clone())
            .filter(|n| n.word.is_empty() && n.id.prefix.is_empty() && !n.title.is_empty())
            .map_or_else(|| section.title.clone(), |n| n.title);
        let own = Own::new(text, outline);
        let property = cuts.iter().any(|c| c.contains(&section.heading.start));
        if property && own.range(below.clone(), &cuts, &[]).done().is_empty() {
            continue;
        }
        let own = Own::new(text, outline).words(&title);
        let mut item = item(
            format!("section:{}", one_line(&title)),
            section.range.clone(),
            section.heading.clone(),
            own.range(below, &cuts, &cited.places(&references)).done(),
        );
        item.cites = cited.cites(spec, text, &references);
        items.push(item);
    }
    if items.is_empty() {
        items.push(whole(text, outline, &cuts));
    }
    for property in &design.properties {
        let references = by_line(outline, property.validates.iter().cloned());
        let mut item = item(
            format!("property:{}", property.number),
            property.range.clone(),
            property.heading.clone(),
            property_text(text, outline, property, cited.follows()),
        );
        item.cites = cited.cites(spec, text, &references);
        items.push(item);
    }
    items
}

/// The own text of a property. `follow` says whether its references become signs.
pub(super) fn property_text(
    text: &str,
    outline: &Outline,
    property: &Property,
    follow: bool,
) -> String {
    let below = after_line(outline, property.heading.start, &property.range);
    let mut places: Vec<Range<usize>> = property
        .validates
        .iter()
        .filter(|r| follow && !matches!(r.target, Target::Text(_)))
        .map(|r| r.range.clone())
        .collect();
    places.sort_by_key(|r| r.start);
    Own::new(text, outline)
        .words(&property.title)
        .range(below, &[], &places)
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
