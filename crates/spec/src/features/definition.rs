//! Where what stands at a place is defined.

use std::ops::Range;

use rutter_text::refs::{Reference, Target as To};

use super::at::{At, at};
use crate::requirements::Requirement;
use crate::{Document, Property, Spec};

/// A place to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The document.
    pub document: Document,
    /// The bytes of the whole thing.
    pub range: Range<usize>,
    /// The bytes where the cursor goes.
    pub selection: Range<usize>,
}

/// Where to go from a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The bytes that were asked about.
    pub origin: Range<usize>,
    /// The places, in document order; more than one for a range or `All`.
    pub targets: Vec<Target>,
}

/// Where what stands at `offset` is defined; `None` where nothing leads anywhere.
pub fn definition(spec: &Spec, document: Document, offset: usize) -> Option<Definition> {
    let spot = at(spec, document, offset)?;
    let targets = match &spot.what {
        At::Reference(reference) => of_reference(spec, reference),
        At::TaskReference(task) => vec![Target {
            document: Document::Tasks,
            range: task.range.clone(),
            selection: task.title_range.clone(),
        }],
        At::DecisionPlace(id) => spec
            .decisions()
            .into_iter()
            .filter(|(_, d)| d.id.eq_ignore_ascii_case(id))
            .map(|(document, d)| Target {
                document,
                range: d.range,
                selection: d.id_range,
            })
            .collect(),
        At::Term(term) => {
            let (document, _) = spec.wanted()?;
            vec![Target {
                document,
                range: term.range.clone(),
                selection: term.name_range.clone(),
            }]
        }
        At::Decision(_)
        | At::Concern(_)
        | At::Requirement(_)
        | At::Criterion { .. }
        | At::Property { .. }
        | At::Task { .. } => Vec::new(),
    };
    (!targets.is_empty()).then_some(Definition {
        origin: spot.range,
        targets,
    })
}

/// The places that a reference leads to: a requirement is one place, a range is each of its criteria.
pub fn of_reference(spec: &Spec, reference: &Reference) -> Vec<Target> {
    let Some((document, wanted)) = spec.wanted() else {
        return of_property(spec, reference).into_iter().collect();
    };
    let requirement = |r: &Requirement| Target {
        document,
        range: r.range.clone(),
        selection: r.heading.clone(),
    };
    match &reference.target {
        To::Property(_) => of_property(spec, reference).into_iter().collect(),
        To::All => wanted.requirements.iter().map(requirement).collect(),
        To::Id(id) if wanted.criterion(id).is_none() && wanted.requirement(id).is_some() => wanted
            .requirement(id)
            .map(requirement)
            .into_iter()
            .collect(),
        To::Id(_) | To::Range(..) => {
            let labels = spec.resolve(reference).criteria;
            let criteria = wanted.criteria().filter(|(_, c)| labels.contains(&c.label));
            criteria
                .map(|(_, c)| Target {
                    document,
                    range: c.range.clone(),
                    selection: c.body.clone(),
                })
                .collect()
        }
        To::Text(_) => Vec::new(),
    }
}

fn of_property(spec: &Spec, reference: &Reference) -> Option<Target> {
    let To::Property(number) = reference.target else {
        return None;
    };
    let property: &Property = spec.design.as_ref()?.property(number)?;
    Some(Target {
        document: Document::Design,
        range: property.range.clone(),
        selection: property.heading.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::with_cursor;
    use super::*;

    const REQUIREMENTS: &str = "## Glossary\r\n\r\n- **Limiter**: counts\r\n\r\n### Requirement 1: Block 🚀\r\n\r\n#### Acceptance Criteria\r\n\r\n1. WHEN a, THE Limiter SHALL b\r\n2. THE Limiter SHALL c\r\n";
    const DESIGN: &str = "### Property 1: P\n\nx\n";

    fn targets(tasks: &str) -> Vec<String> {
        let (spec, document, offset) = with_cursor(&[
            (Document::Requirements, REQUIREMENTS),
            (Document::Design, DESIGN),
            (Document::Tasks, tasks),
        ]);
        definition(&spec, document, offset).map_or_else(Vec::new, |d| {
            d.targets
                .into_iter()
                .map(|t| {
                    assert!(t.range.start <= t.selection.start && t.selection.end <= t.range.end);
                    spec.source(t.document).unwrap().text()[t.selection].to_owned()
                })
                .collect()
        })
    }

    #[test]
    fn references_lead_to_what_they_name() {
        for (tasks, expected) in [
            (
                "- [ ] 1. A\n  - _Requirements: 1.$02_\n",
                vec!["THE Limiter SHALL c"],
            ),
            (
                "- [ ] 1. A\n  - _Requirements: $01_\n",
                vec!["Requirement 1: Block 🚀"],
            ),
            (
                "- [ ] 1. A\n  - _Requirements: A$0ll_\n",
                vec!["Requirement 1: Block 🚀"],
            ),
            (
                "- [ ] 1. A\n  - _Requirements: 1.1-1$0.2_\n",
                vec!["WHEN a, THE Limiter SHALL b", "THE Limiter SHALL c"],
            ),
            (
                "- [ ] 1. A\n  - **Property $01: P**\n",
                vec!["Property 1: P"],
            ),
            ("- [ ] 1. A the Lim$0iter\n", vec!["Limiter"]),
            ("- [ ] 1. A\n- [ ] 2. B\n  - _Depends: 1$0_\n", vec!["A"]),
            ("- [ ] 1. A\n  - _Requirements: 9.$09_\n", vec![]),
            ("- [ ] 1$0. A\n", vec![]),
        ] {
            assert_eq!(targets(tasks), expected, "{tasks}");
        }
    }
}
