//! Every place of a spec that names a thing, from wherever one asks.

use std::ops::Range;

use rutter_text::markdown::LineKind;
use rutter_text::refs::Target;

use super::inert::{inert, is_inert};
use super::naming::{Means, names, parts};
use super::thing::{Thing, wanted_of};
use crate::mentions::inside;
use crate::{Document, Spec, decisions};

/// A place that names a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The document.
    pub document: Document,
    /// The bytes.
    pub range: Range<usize>,
    /// Whether the thing is defined there.
    pub is_definition: bool,
}

/// Every place that names what stands at `offset`, the definition among them, in reading order. A range or `All` names
/// all that it covers; a requirement is named by what names one of its criteria. `None` where nothing has a name.
pub fn references(spec: &Spec, document: Document, offset: usize) -> Option<Vec<Occurrence>> {
    let (thing, _) = Thing::at(spec, document, offset)?;
    Some(occurrences(spec, &thing, &Document::ALL))
}

/// The places in one document that name what stands at `offset` there.
pub fn highlights(spec: &Spec, document: Document, offset: usize) -> Option<Vec<Occurrence>> {
    let (thing, _) = Thing::at(spec, document, offset)?;
    Some(occurrences(spec, &thing, &[document]))
}

/// Every place in some documents that names a thing.
pub fn occurrences(spec: &Spec, thing: &Thing, documents: &[Document]) -> Vec<Occurrence> {
    let mut found = Vec::new();
    let definition = thing.definition(spec);
    for &document in documents.iter().filter(|d| spec.source(**d).is_some()) {
        let mut ranges: Vec<(Range<usize>, bool)> = match thing {
            Thing::Term(term) => term_uses(spec, *term, document),
            Thing::Decision(id) => {
                let text = spec.source(document).map_or("", |s| s.text());
                let places = decisions::places(text, id).into_iter();
                places.map(|(whole, _)| (whole, false)).collect()
            }
            _ => {
                let names = names(spec, document, None).into_iter();
                names
                    .filter(|n| covers(spec, &n.means, thing))
                    .map(|n| (n.range, false))
                    .collect()
            }
        };
        if let Some(d) = definition.as_ref().filter(|d| d.document == document) {
            ranges.retain(|(r, _)| *r != d.name);
            ranges.push((d.name.clone(), true));
        }
        ranges.sort_by_key(|(r, _)| r.start);
        found.extend(ranges.into_iter().map(|(range, is_definition)| Occurrence {
            document,
            range,
            is_definition,
        }));
    }
    found
}

/// Whether a name means a thing, or more with it.
fn covers(spec: &Spec, means: &Means, thing: &Thing) -> bool {
    match (means, thing) {
        (Means::Tasks(places), Thing::Task(place)) => places.contains(place),
        (Means::Target(Target::Property(n)), Thing::Property(p)) => {
            let properties = spec.design.iter().flat_map(|d| &d.properties);
            properties.map(|p| p.number).position(|own| own == *n) == Some(*p)
        }
        (Means::Target(target), Thing::Requirement(_) | Thing::Criterion(..)) => {
            covers_wanted(spec, target, thing).unwrap_or(false)
        }
        _ => false,
    }
}

fn covers_wanted(spec: &Spec, target: &Target, thing: &Thing) -> Option<bool> {
    let (requirement, criterion) = wanted_of(spec, thing)?;
    let own = criterion.map_or(&requirement.id, |c| &c.id);
    Some(match target {
        Target::All => true,
        Target::Id(id) => match (Thing::of_id(spec, id), thing) {
            (Some(named), _) if named == *thing => true,
            (Some(Thing::Requirement(named)), Thing::Criterion(r, _)) => named == *r,
            (Some(Thing::Criterion(named, _)), Thing::Requirement(r)) => named == *r,
            (Some(_), _) => false,
            // A chapter's number means everything below it.
            (None, _) => own.numbers.starts_with(&id.numbers),
        },
        Target::Range(from, to) => match criterion {
            Some(_) => inside(own, from, to),
            None if requirement.criteria.is_empty() => inside(own, from, to),
            None => requirement.criteria.iter().any(|c| inside(&c.id, from, to)),
        },
        Target::Property(_) | Target::Text(_) => false,
    })
}

/// The uses of a term in the prose of a document, and whether each is its definition.
pub(super) fn term_uses(spec: &Spec, term: usize, document: Document) -> Vec<(Range<usize>, bool)> {
    let all = uses_in(spec, document, None).into_iter();
    let own = spec.wanted().and_then(|(wanted, r)| {
        (wanted == document).then(|| r.terms.get(term).map(|t| t.name_range.clone()))?
    });
    all.filter(|u| u.term == term)
        .map(|u| {
            let defines = own.as_ref() == Some(&u.range);
            (u.range, defines)
        })
        .collect()
}

/// The uses of all terms in the prose of a document, or of one line of it, in order.
pub(super) fn uses_in(
    spec: &Spec,
    document: Document,
    only: Option<usize>,
) -> Vec<crate::terms::Use> {
    let (Some(parts), Some((_, wanted))) = (parts(spec, document), spec.wanted()) else {
        return Vec::new();
    };
    if wanted.terms.is_empty() {
        return Vec::new();
    }
    let finder = wanted.finder();
    let mut found = Vec::new();
    let lines = only.map_or(0..parts.outline.lines.len(), |line| line..line + 1);
    for line in lines.filter_map(|i| parts.outline.lines.get(i)) {
        if !matches!(line.kind, LineKind::Text | LineKind::Heading { .. }) {
            continue;
        }
        let content = &parts.text[line.range.clone()];
        let mut uses = finder.uses(content);
        if uses.is_empty() {
            continue;
        }
        let quiet = inert(content);
        uses.retain(|u| !is_inert(&quiet, &u.range));
        for mut one in uses {
            one.range = line.range.start + one.range.start..line.range.start + one.range.end;
            found.push(one);
        }
    }
    found
}

/// The name of a thing, as people write it; empty or nothing where it has none.
pub(super) fn label_of(spec: &Spec, thing: &Thing) -> Option<String> {
    match thing {
        Thing::Requirement(_) | Thing::Criterion(..) => {
            let (requirement, criterion) = wanted_of(spec, thing)?;
            Some(criterion.map_or(&requirement.label, |c| &c.label).clone())
        }
        Thing::Property(p) => {
            let property = spec.design.as_ref()?.properties.get(*p)?;
            Some(property.number.to_string())
        }
        Thing::Task(t) => spec.tasks.as_ref()?.tasks.get(*t)?.number.clone(),
        Thing::Term(t) => Some(spec.wanted()?.1.terms.get(*t)?.name.clone()),
        Thing::Decision(id) => Some(id.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::with_cursor;
    use super::*;

    const REQUIREMENTS: &str = "## Glossary\n\n- **Rate_Limiter**: counts\n\n### Requirement 1: Block\n\n#### Acceptance Criteria\n\n1. THE Rate_Limiter SHALL a\n2. THE rate limiter SHALL b (not requirement 1.1)\n\n### Requirement 2: Tell\n\n1. THE X SHALL c\n";
    const DESIGN: &str = "The Rate Limiters `Rate_Limiter`.\n\n### Property 1: P\n\nx\n\n**Validates: Requirements 1.1-1.2**\n";
    const TASKS: &str = "- [ ] 1. Count\n  - _Requirements: 1.1, 2_\n  - **Property 1: P**\n- [ ] 2. Rest of task 1\n  - _Depends: 1_\n  - _Requirements: 1, All_\n\n```json\n{\"waves\":[[\"1\"],[\"2\"]]}\n```\n";

    fn shown(document: Document, needle: &str, shift: usize) -> String {
        let mut out = Vec::new();
        for ending in ["\n", "\r\n"] {
            let texts: Vec<(Document, String)> = [
                (Document::Requirements, REQUIREMENTS),
                (Document::Design, DESIGN),
                (Document::Tasks, TASKS),
            ]
            .into_iter()
            .map(|(d, t)| {
                let mut text = t.replace('\n', ending);
                if d == document {
                    let at = text.find(needle).unwrap_or_else(|| panic!("{needle}")) + shift;
                    text.insert_str(at, "$0");
                }
                (d, text)
            })
            .collect();
            let files: Vec<(Document, &str)> =
                texts.iter().map(|(d, t)| (*d, t.as_str())).collect();
            let (spec, document, offset) = with_cursor(&files);
            let found = references(&spec, document, offset).unwrap_or_default();
            let each: Vec<String> = found
                .into_iter()
                .map(|o| {
                    let source = spec.source(o.document).unwrap_or_else(|| panic!("{o:?}"));
                    let kind = match o.document {
                        Document::Requirements | Document::Bugfix => 'r',
                        Document::Design => 'd',
                        Document::Tasks => 't',
                    };
                    let mark = if o.is_definition { "=" } else { ":" };
                    format!("{kind}{mark}{}", &source.text()[o.range])
                })
                .collect();
            out.push(each.join(" "));
        }
        assert_eq!(out[0], out[1], "CRLF");
        out.remove(0)
    }

    #[test]
    fn a_thing_is_found_from_everywhere() {
        use Document::{Design, Requirements, Tasks};
        let first = "r=1. r:1.1 d:1.1-1.2 t:1.1 t:1 t:All";
        let term = "r=Rate_Limiter r:Rate_Limiter r:rate limiter d:Rate Limiters";
        let task = "t=1 t:1 t:1 t:1";
        for (document, needle, shift, expected) in [
            (Requirements, "1. THE", 0, first),
            (Requirements, "requirement 1.1", 13, first),
            (Design, "1.1-1.2", 1, first),
            (Tasks, "1.1, 2", 2, first),
            (Requirements, "SHALL b", 0, "r=2. d:1.1-1.2 t:1 t:All"),
            (Design, "1.1-1.2", 5, "r=2. d:1.1-1.2 t:1 t:All"),
            (Requirements, "Requirement 2", 3, "r=2 t:2 t:All"),
            (Tasks, "1, All", 0, "r=1 r:1.1 d:1.1-1.2 t:1.1 t:1 t:All"),
            (Requirements, "Rate_Limiter**", 2, term),
            (Design, "Rate Limiters", 3, term),
            (Design, "Property 1", 2, "d=1 t:1"),
            (Tasks, "Property 1", 9, "d=1 t:1"),
            (Tasks, "Count", 0, task),
            (Tasks, "Depends: 1", 9, task),
            (Tasks, "task 1", 5, task),
            (Tasks, "\"1\"", 1, task),
            (Design, "`Rate_L", 3, ""),
            (Requirements, "counts", 2, ""),
        ] {
            assert_eq!(shown(document, needle, shift), expected, "{needle} {shift}");
        }
    }
}
