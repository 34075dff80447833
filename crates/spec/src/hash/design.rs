//! The items of `design.md`.

use std::ops::Range;

use rutter_text::markdown::Outline;
use rutter_text::refs::{self, Target};

use super::cited::{Cited, Placed, by_line};
use super::item::{Item, Items, after_line, item, one_line, whole};
use super::own::{Own, inside};
use crate::design::Section;
use crate::labels::ReferenceLabel;
use crate::{Property, heading, trace_line};

/// Sections and properties.
pub(super) fn items(all: &Items<'_>) -> Vec<Item> {
    let Some(design) = &all.spec().design else {
        return Vec::new();
    };
    let mut cited = Cited::by_design(all);
    let (text, outline) = (design.source.text(), &design.outline);
    let cuts: Vec<Range<usize>> = design.properties.iter().map(|p| p.range.clone()).collect();
    let mut items: Vec<(Item, Vec<Placed>)> = design
        .sections
        .iter()
        .filter_map(|section| section_item(text, outline, section, &cuts, &cited))
        .collect();
    if items.is_empty() {
        items.push((whole(text, outline, &cuts), Vec::new()));
    }
    for property in &design.properties {
        let own = property_text(text, outline, property, cited.follows());
        cited.add_property(property.number, &own);
        let id = format!("property:{}", property.number);
        items.push((
            item(id, property.range.clone(), property.heading.clone(), own),
            by_line(outline, property.validates.iter().cloned()),
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
    let references: Vec<Placed> = outline
        .text_lines(first..end.max(first))
        .filter(|&i| !inside(cuts, outline.lines[i].range.start))
        .flat_map(|i| labelled(text, outline, i))
        .collect();
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

/// The own text of a property. `follow` says whether its references become signs.
fn property_text(text: &str, outline: &Outline, property: &Property, follow: bool) -> String {
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
