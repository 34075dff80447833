//! What items cite.

use std::collections::HashMap;
use std::ops::Range;

use rutter_text::Ident;
use rutter_text::markdown::Outline;
use rutter_text::refs::{self, Reference, Target};

use super::item::{Cite, Items, Kind, one_line};
use super::sha256;
use crate::config::Workflow;
use crate::mentions::Sentences;
use crate::{Document, Spec};

/// A reference with the number of the line it stands on.
pub(super) type Placed = (usize, Reference);

/// References with the line each stands on, in the order of the text.
pub(super) fn by_line(
    outline: &Outline,
    references: impl Iterator<Item = Reference>,
) -> Vec<Placed> {
    let mut found: Vec<_> = references
        .map(|r| (outline.line_at(r.range.start), r))
        .collect();
    found.sort_by_key(|(_, r)| r.range.start);
    found
}

/// The references that sentences name on some lines.
pub(super) fn in_sentences(
    sentences: &Sentences<'_>,
    text: &str,
    outline: &Outline,
    lines: impl Iterator<Item = usize>,
) -> Vec<Placed> {
    lines
        .flat_map(|line| {
            let mentions = sentences.mentions(outline, line).into_iter();
            mentions.flat_map(move |m| {
                refs::parse(text, m.list)
                    .into_iter()
                    .map(move |r| (line, r))
            })
        })
        .collect()
}

/// Whether a spec has a criterion or a requirement with an id.
pub(super) fn knows(spec: &Spec, id: &Ident) -> bool {
    spec.criterion(id).is_some() || spec.requirement(id).is_some()
}

/// The hashes of what a document may cite, by id.
pub(super) struct Cited<'a> {
    spec: &'a Spec,
    /// Criteria and requirements without any; `None` where they come after this document.
    criteria: Option<HashMap<&'a str, &'a str>>,
    properties: HashMap<u32, String>,
}

impl<'a> Cited<'a> {
    /// What the design may cite. Its own properties are added as they are read.
    pub(super) fn by_design(all: &'a Items<'_>) -> Self {
        let later = all.spec().workflow() == Workflow::DesignFirst;
        Self {
            spec: all.spec(),
            criteria: (!later).then(|| criteria(all)),
            properties: HashMap::new(),
        }
    }

    /// What the tasks may cite.
    pub(super) fn by_tasks(all: &'a Items<'_>) -> Self {
        let mut cited = Self {
            spec: all.spec(),
            criteria: Some(criteria(all)),
            properties: HashMap::new(),
        };
        for item in all.of(Document::Design) {
            let number = item.id.strip_prefix("property:").map(str::parse);
            if let Some(Ok(number)) = number {
                cited.add_property(number, &item.own);
            }
        }
        cited
    }

    /// Adds a property; of two with one number the first counts.
    pub(super) fn add_property(&mut self, number: u32, own: &str) {
        self.properties.entry(number).or_insert_with(|| sha256(own));
    }

    /// Where the references that are followed stand.
    pub(super) fn places(&self, references: &[Placed]) -> Vec<Range<usize>> {
        references
            .iter()
            .filter(|(_, r)| self.criteria.is_some() && !matches!(r.target, Target::Text(_)))
            .map(|(_, r)| r.range.clone())
            .collect()
    }

    /// What references lead to, line by line.
    pub(super) fn cites(&self, text: &str, references: &[Placed]) -> Vec<Cite> {
        let mut all = Vec::new();
        let Some(criteria) = &self.criteria else {
            return all;
        };
        for line in references.chunk_by(|(a, _), (b, _)| a == b) {
            let mut cites: Vec<Cite> = Vec::new();
            for (_, reference) in line {
                self.add(text, criteria, reference, &mut cites);
            }
            cites.sort();
            cites.dedup_by(|a, b| a.sha256 == b.sha256);
            all.extend(cites);
        }
        all
    }

    fn add(
        &self,
        text: &str,
        criteria: &HashMap<&str, &str>,
        reference: &Reference,
        cites: &mut Vec<Cite>,
    ) {
        if let Target::Text(_) = reference.target {
            return;
        }
        let cite = |id: &str| {
            let sha256 = (*criteria.get(id)?).to_owned();
            let id = id.to_owned();
            Some(Cite { sha256, id })
        };
        // The usual case, without a search through the document.
        if let Target::Id(id) = &reference.target
            && let Some(found) = cite(&id.to_string())
        {
            cites.push(found);
            return;
        }
        let before = cites.len();
        let resolved = self.spec.resolve(reference);
        cites.extend(resolved.criteria.iter().filter_map(|id| cite(id)));
        cites.extend(resolved.properties.iter().filter_map(|number| {
            let sha256 = self.properties.get(number)?.clone();
            let id = format!("property:{number}");
            Some(Cite { sha256, id })
        }));
        if let (true, Target::Id(id)) = (cites.len() == before, &reference.target)
            && let Some(parent) = id.parent()
            && let Some(requirement) = self.spec.requirement(&parent)
        {
            // An id below a requirement that is written as prose cites the requirement.
            cites.extend(cite(&requirement.label));
        }
        if cites.len() == before || !resolved.unknown.is_empty() {
            let written = one_line(&text[reference.range.clone()]);
            cites.push(Cite {
                sha256: format!("?{written}"),
                id: match reference.target {
                    Target::Property(number) => format!("property:{number}"),
                    _ => written,
                },
            });
        }
    }
}

/// The hashes of criteria; of two with one id the first counts.
fn criteria<'a>(all: &'a Items<'_>) -> HashMap<&'a str, &'a str> {
    let document = all.spec().wanted().map(|(document, _)| document);
    let items = document.map_or(&[][..], |document| all.of(document));
    items
        .iter()
        .filter(|item| item.kind == Kind::Criterion)
        .map(|item| (item.id.as_str(), item.sha256.as_str()))
        .collect()
}
