//! What items cite.

use std::collections::HashMap;
use std::ops::Range;

use rutter_text::markdown::Outline;
use rutter_text::refs::{Reference, Target};

use super::design::property_text;
use super::item::{Cite, one_line};
use super::{criteria, sha256};
use crate::config::Workflow;
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

/// The hashes of what a document may cite, by id.
pub(super) struct Cited {
    /// Criteria and requirements without any; `None` where they come after this document.
    criteria: Option<HashMap<String, String>>,
    properties: HashMap<u32, String>,
}

impl Cited {
    /// What `document` may cite: what the workflow makes before it.
    pub(super) fn by(spec: &Spec, document: Document) -> Self {
        let design_first = spec.workflow() == Workflow::DesignFirst;
        let criteria = (document == Document::Tasks || !design_first).then(|| {
            let mut hashes = HashMap::new();
            if let Some((_, wanted)) = spec.wanted() {
                for item in criteria::of_requirements(wanted.source.text(), wanted) {
                    hashes.entry(item.id).or_insert_with(|| sha256(&item.own));
                }
            }
            hashes
        });
        let mut properties = HashMap::new();
        if let Some(design) = &spec.design {
            let (text, outline) = (design.source.text(), &design.outline);
            for property in &design.properties {
                properties.entry(property.number).or_insert_with(|| {
                    sha256(&property_text(text, outline, property, !design_first))
                });
            }
        }
        Self {
            criteria,
            properties,
        }
    }

    /// Whether references become signs.
    pub(super) fn follows(&self) -> bool {
        self.criteria.is_some()
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
    pub(super) fn cites(&self, spec: &Spec, text: &str, references: &[Placed]) -> Vec<Cite> {
        let mut all = Vec::new();
        let Some(criteria) = &self.criteria else {
            return all;
        };
        for line in references.chunk_by(|(a, _), (b, _)| a == b) {
            let mut cites: Vec<Cite> = line
                .iter()
                .flat_map(|(_, r)| self.of_reference(spec, text, criteria, r))
                .collect();
            cites.sort();
            cites.dedup_by(|a, b| a.sha256 == b.sha256);
            all.extend(cites);
        }
        all
    }

    fn of_reference(
        &self,
        spec: &Spec,
        text: &str,
        criteria: &HashMap<String, String>,
        reference: &Reference,
    ) -> Vec<Cite> {
        if matches!(reference.target, Target::Text(_)) {
            return Vec::new();
        }
        let resolved = spec.resolve(reference);
        let mut cites: Vec<Cite> = resolved
            .criteria
            .into_iter()
            .filter_map(|id| {
                let sha256 = criteria.get(&id)?.clone();
                Some(Cite { sha256, id })
            })
            .collect();
        cites.extend(resolved.properties.into_iter().filter_map(|number| {
            let sha256 = self.properties.get(&number)?.clone();
            Some(Cite {
                sha256,
                id: format!("property:{number}"),
            })
        }));
        if let (true, Target::Id(id)) = (cites.is_empty(), &reference.target)
            && let Some(requirement) = id.parent().and_then(|parent| spec.requirement(&parent))
            && let Some(sha256) = criteria.get(&requirement.label)
        {
            // An id below a requirement that is written as prose cites the requirement.
            cites.push(Cite {
                sha256: sha256.clone(),
                id: requirement.label.clone(),
            });
        }
        if cites.is_empty() || !resolved.unknown.is_empty() {
            let written = one_line(&text[reference.range.clone()]);
            cites.push(Cite {
                sha256: format!("?{written}"),
                id: match reference.target {
                    Target::Property(number) => format!("property:{number}"),
                    _ => written,
                },
            });
        }
        cites
    }
}
