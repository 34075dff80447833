//! What stands at an offset of a document.

use std::ops::Range;

use rutter_text::refs::{self, Reference};

use super::naming::{Means, names, parts};
use super::references::uses_in;
use crate::decisions::{self, Concern, Decision};
use crate::requirements::{Criterion, Requirement, Term};
use crate::rules::depends::depends;
use crate::tasks::Task;
use crate::{Design, Document, Parsed, Property, Requirements, Spec, Tasks};

/// What stands at a place.
#[derive(Clone, Debug)]
pub enum At<'a> {
    /// A reference to requirements, criteria or a property, behind a label or behind a decision.
    Reference(Reference),
    /// The number of a task where another task or the graph names it.
    TaskReference(&'a Task),
    /// The value of an open decision, by the decision's id.
    DecisionPlace(String),
    /// The line of a decision.
    Decision(&'a Decision),
    /// A concern that can be taken in.
    Concern(&'a Concern),
    /// A glossary term: its entry, or a use of it.
    Term(&'a Term),
    /// The heading of a requirement.
    Requirement(&'a Requirement),
    /// A criterion; `on_id` tells whether it is its number.
    Criterion {
        /// The criterion.
        criterion: &'a Criterion,
        /// Whether the place is its number or list marker.
        on_id: bool,
    },
    /// The heading or the text of a correctness property.
    Property {
        /// The property.
        property: &'a Property,
        /// Whether the place is its heading.
        on_heading: bool,
    },
    /// A task: its checkbox line or one of its details.
    Task {
        /// The task.
        task: &'a Task,
        /// Whether the place is its checkbox line.
        on_line: bool,
    },
}

/// Something at its place.
#[derive(Clone, Debug)]
pub struct Spot<'a> {
    /// What it is.
    pub what: At<'a>,
    /// Its bytes.
    pub range: Range<usize>,
}

/// What stands at `offset` of a document, the smallest thing first; a place just behind something still belongs to it.
pub fn at(spec: &Spec, document: Document, offset: usize) -> Option<Spot<'_>> {
    let text = spec.source(document)?.text();
    if offset > text.len() {
        return None;
    }
    let small = match document {
        Document::Requirements => small_in_requirements(spec.requirements.as_ref()?, offset),
        Document::Bugfix => small_in_requirements(spec.bugfix.as_ref()?, offset),
        Document::Design => small_in_design(spec.design.as_ref()?, offset),
        Document::Tasks => small_in_tasks(spec.tasks.as_ref()?, offset),
    };
    small
        .or_else(|| decision_place(text, offset))
        .or_else(|| named(spec, document, offset))
        .or_else(|| term(spec, document, offset))
        .or_else(|| match document {
            Document::Requirements => large_in_requirements(spec.requirements.as_ref()?, offset),
            Document::Bugfix => large_in_requirements(spec.bugfix.as_ref()?, offset),
            Document::Design => large_in_design(spec.design.as_ref()?, offset),
            Document::Tasks => large_in_tasks(spec.tasks.as_ref()?, offset),
        })
}

/// An id that a sentence names.
fn named(spec: &Spec, document: Document, offset: usize) -> Option<Spot<'_>> {
    let outline = parts(spec, document)?.outline;
    let names = names(spec, document, Some(outline.line_at(offset))).into_iter();
    let (name, range) = pick(names, offset, |n| n.range.clone())?;
    let what = match name.means {
        Means::Target(target) => At::Reference(Reference {
            target,
            range: range.clone(),
        }),
        Means::Tasks(places) => {
            At::TaskReference(spec.tasks.as_ref()?.tasks.get(*places.first()?)?)
        }
    };
    Some(Spot { what, range })
}

/// A glossary term in running text.
fn term(spec: &Spec, document: Document, offset: usize) -> Option<Spot<'_>> {
    let outline = parts(spec, document)?.outline;
    let uses = uses_in(spec, document, Some(outline.line_at(offset))).into_iter();
    let (used, range) = pick(uses, offset, |u| u.range.clone())?;
    Some(Spot {
        what: At::Term(spec.wanted()?.1.terms.get(used.term)?),
        range,
    })
}

/// Of two things that touch, the one that the offset is in goes before the one that ends there.
fn pick<'a, T>(
    items: impl Iterator<Item = T>,
    offset: usize,
    range: impl Fn(&T) -> Range<usize>,
) -> Option<(T, Range<usize>)>
where
    T: 'a,
{
    let mut behind = None;
    for item in items {
        let r = range(&item);
        if r.contains(&offset) {
            return Some((item, r));
        }
        if r.end == offset && !r.is_empty() {
            behind = Some((item, r));
        }
    }
    behind
}

fn reference<'a>(
    references: impl Iterator<Item = &'a Reference>,
    offset: usize,
) -> Option<Spot<'a>> {
    pick(references, offset, |r| r.range.clone()).map(|(reference, range)| Spot {
        what: At::Reference(reference.clone()),
        range,
    })
}

/// The ids behind a decision, then the decision itself.
fn decision<'a>(text: &str, all: &'a [Decision], offset: usize) -> Option<Spot<'a>> {
    let (decision, range) = pick(all.iter(), offset, |d| d.range.clone())?;
    let line = &text[range.clone()];
    let tail = line.rfind('`').map_or(range.end, |i| range.start + i + 1);
    let ids = refs::parse(text, tail..range.end);
    if let Some((id, at)) = pick(ids.into_iter(), offset, |r| r.range.clone()) {
        return Some(Spot {
            what: At::Reference(id),
            range: at,
        });
    }
    Some(Spot {
        what: At::Decision(decision),
        range,
    })
}

fn small_in_requirements(read: &Parsed<Requirements>, offset: usize) -> Option<Spot<'_>> {
    if let Some(spot) = decision(read.source.text(), &read.decisions, offset) {
        return Some(spot);
    }
    if let Some((concern, range)) = pick(read.concerns.iter(), offset, |c| c.range.clone()) {
        return Some(Spot {
            what: At::Concern(concern),
            range,
        });
    }
    if let Some((term, range)) = pick(read.terms.iter(), offset, |t| t.name_range.clone()) {
        return Some(Spot {
            what: At::Term(term),
            range,
        });
    }
    let criteria = read.criteria().map(|(_, c)| c);
    pick(criteria, offset, |c| c.marker.clone()).map(|(criterion, range)| Spot {
        what: At::Criterion {
            criterion,
            on_id: true,
        },
        range,
    })
}

fn large_in_requirements(read: &Parsed<Requirements>, offset: usize) -> Option<Spot<'_>> {
    let criteria = read.criteria().map(|(_, c)| c);
    if let Some((criterion, range)) = pick(criteria, offset, |c| c.range.clone()) {
        return Some(Spot {
            what: At::Criterion {
                criterion,
                on_id: false,
            },
            range,
        });
    }
    pick(read.requirements.iter(), offset, |r| r.heading.clone()).map(|(requirement, range)| Spot {
        what: At::Requirement(requirement),
        range,
    })
}

fn small_in_design(read: &Parsed<Design>, offset: usize) -> Option<Spot<'_>> {
    let references = read.properties.iter().flat_map(|p| &p.validates);
    reference(references, offset).or_else(|| decision(read.source.text(), &read.decisions, offset))
}

fn large_in_design(read: &Parsed<Design>, offset: usize) -> Option<Spot<'_>> {
    let (property, _) = pick(read.properties.iter(), offset, |p| p.range.clone())?;
    let on_heading = property.heading.start <= offset && offset <= property.heading.end;
    Some(Spot {
        what: At::Property {
            property,
            on_heading,
        },
        range: if on_heading {
            property.heading.clone()
        } else {
            property.range.clone()
        },
    })
}

fn small_in_tasks(read: &Parsed<Tasks>, offset: usize) -> Option<Spot<'_>> {
    let references = read
        .tasks
        .iter()
        .flat_map(|t| t.requirements.iter().chain(&t.validates));
    if let Some(spot) = reference(references, offset) {
        return Some(spot);
    }
    let text = read.source.text();
    if let Some(spot) = decision(text, &read.decisions, offset) {
        return Some(spot);
    }
    if let Some(waves) = &read.waves
        && waves.range.contains(&offset)
    {
        let ids = waves.waves.iter().flatten();
        let ((number, _), range) = pick(ids, offset, |(_, r)| r.clone())?;
        let task = read.find(number).into_iter().next()?;
        return Some(Spot {
            what: At::TaskReference(task),
            range,
        });
    }
    let named = depends(text, read);
    pick(named.iter(), offset, |d| d.range.clone()).map(|(d, range)| Spot {
        what: At::TaskReference(&read.tasks[d.on]),
        range,
    })
}

fn large_in_tasks(read: &Parsed<Tasks>, offset: usize) -> Option<Spot<'_>> {
    let task = read.at(offset)?;
    let line = read.outline.lines.get(task.line)?.range.clone();
    let on_line = line.start <= offset && offset <= line.end;
    Some(Spot {
        what: At::Task { task, on_line },
        range: if on_line { line } else { task.range.clone() },
    })
}

/// A link such as `[5 attempts?](#d1)`.
fn decision_place(text: &str, offset: usize) -> Option<Spot<'static>> {
    let start = text[..offset].rfind('\n').map_or(0, |i| i + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |i| offset + i);
    let line = &text[start..end];
    let mut from = 0;
    while let Some(at) = line[from..].find("](#d").map(|i| from + i + 4) {
        from = at;
        let digits = line[at..].bytes().take_while(u8::is_ascii_digit).count();
        let id = format!("D{}", &line[at..at + digits]);
        for (link, _) in decisions::places(line, &id) {
            let range = start + link.start..start + link.end;
            if range.contains(&offset) && digits > 0 {
                return Some(Spot {
                    what: At::DecisionPlace(id),
                    range,
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::testing::with_cursor;
    use super::*;

    const REQUIREMENTS: &str = "## Glossary\n\n- **Limiter**: counts 🚀\n- **Limiter Store**: keeps\n\n### Requirement 1: Block\n\n#### Acceptance Criteria\n\n1. WHEN [5 attempts?](#d1) fail, THE Limiter SHALL lock\n2. THE Limiter Store SHALL log\n\n## Open Decisions\n\n- **D1** How many? `5 attempts` | `3 attempts` (1.1)\n\n## Further Concerns\n\n- _Requirement 1:_ THE Limiter SHALL warn\n";
    const DESIGN: &str =
        "### Property 1: Never above five\n\nFor any x.\n\n**Validates: Requirements 1.1**\n";
    const TASKS: &str = "- [ ] 1. Count in the Limiter\n  - notes\n  - _Requirements: 1.1,1.2_\n- [ ] 2. Test\n  - _Depends: 1_\n  - **Property 1: Never above five**\n\n## Task Dependency Graph\n\n```json\n{\"waves\":[[\"1\"],[\"2\"]]}\n```\n";

    /// What stands at the first place of `needle`, `shift` bytes on: its kind and its text.
    fn shown(document: Document, needle: &str, shift: usize) -> String {
        let mut out = Vec::new();
        for ending in ["\n", "\r\n"] {
            let texts = [
                (Document::Requirements, REQUIREMENTS.replace('\n', ending)),
                (Document::Design, DESIGN.replace('\n', ending)),
                (Document::Tasks, TASKS.replace('\n', ending)),
            ];
            let files: Vec<(Document, String)> = texts
                .into_iter()
                .map(|(d, text)| {
                    let mut text = text;
                    if d == document {
                        let at = text.find(needle).expect(needle) + shift;
                        text.insert_str(at, "$0");
                    }
                    (d, text)
                })
                .collect();
            let files: Vec<(Document, &str)> =
                files.iter().map(|(d, t)| (*d, t.as_str())).collect();
            let (spec, document, offset) = with_cursor(&files);
            let text = spec.source(document).unwrap().text();
            out.push(at(&spec, document, offset).map_or("-".to_owned(), |spot| {
                let kind = match spot.what {
                    At::Reference(_) => "reference",
                    At::TaskReference(_) => "task reference",
                    At::DecisionPlace(_) => "place",
                    At::Decision(_) => "decision",
                    At::Concern(_) => "concern",
                    At::Term(_) => "term",
                    At::Requirement(_) => "requirement",
                    At::Criterion { on_id: true, .. } => "criterion id",
                    At::Criterion { .. } => "criterion",
                    At::Property { .. } => "property",
                    At::Task { .. } => "task",
                };
                format!("{kind} {}", &text[spot.range])
            }));
        }
        assert_eq!(out[0], out[1].replace("\r\n", "\n"), "CRLF");
        out.remove(0)
    }

    #[test]
    fn the_smallest_thing_is_found() {
        use Document::{Design, Requirements, Tasks};
        for (document, needle, shift, expected) in [
            (Requirements, "Limiter**", 2, "term Limiter"),
            (
                Requirements,
                "Requirement 1: Block",
                3,
                "requirement Requirement 1: Block",
            ),
            (Requirements, "1. WHEN", 0, "criterion id 1."),
            (
                Requirements,
                "WHEN",
                1,
                "criterion 1. WHEN [5 attempts?](#d1) fail, THE Limiter SHALL lock",
            ),
            (Requirements, "5 attempts?", 3, "place [5 attempts?](#d1)"),
            (Requirements, "THE Limiter Store", 6, "term Limiter Store"),
            (
                Requirements,
                "How many",
                0,
                "decision - **D1** How many? `5 attempts` | `3 attempts` (1.1)",
            ),
            (Requirements, "(1.1)", 2, "reference 1.1"),
            (
                Requirements,
                "warn",
                0,
                "concern - _Requirement 1:_ THE Limiter SHALL warn",
            ),
            (Requirements, "## Open", 4, "-"),
            (
                Design,
                "Property 1",
                0,
                "property Property 1: Never above five",
            ),
            (Design, "1.1", 3, "reference 1.1"),
            (Tasks, "1.1,1.2", 3, "reference 1.1"),
            (Tasks, "1.1,1.2", 4, "reference 1.2"),
            (Tasks, "Count", 1, "task - [ ] 1. Count in the Limiter"),
            (Tasks, "Limiter", 1, "term Limiter"),
            (Tasks, "_Depends: 1", 10, "task reference 1"),
            (Tasks, "**Property 1", 11, "reference 1"),
            (Tasks, "\"2\"", 1, "task reference \"2\""),
            (Tasks, "Graph", 1, "-"),
        ] {
            assert_eq!(shown(document, needle, shift), expected, "{needle}");
        }
    }

    #[test]
    fn offsets_outside_are_nothing() {
        let (spec, document, _) = with_cursor(&[(Document::Tasks, "$0")]);
        assert!(at(&spec, document, 0).is_none());
        assert!(at(&spec, document, 99).is_none());
        assert!(at(&spec, Document::Design, 0).is_none());
    }
}
