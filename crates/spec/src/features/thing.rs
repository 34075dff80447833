//! The things of a spec that have a name: what stands at a place, and where a thing is defined.

use std::ops::Range;

use rutter_text::Ident;
use rutter_text::refs::Target;

use super::at::{At, at};
use super::naming::{Means, Name};
use crate::{Criterion, Document, Requirement, Spec};

/// A thing with a name, by its place in the document that defines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A requirement.
    Requirement(usize),
    /// A criterion: the requirement's place, and its own in it.
    Criterion(usize, usize),
    /// A correctness property.
    Property(usize),
    /// A task.
    Task(usize),
    /// A glossary term.
    Term(usize),
    /// An open decision, by its id.
    Decision(String),
}

/// Where a thing is defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The document.
    pub document: Document,
    /// The bytes of its name, or of its list marker.
    pub name: Range<usize>,
}

impl Thing {
    /// What is named or defined at `offset`, with the bytes that say so.
    pub fn at(spec: &Spec, document: Document, offset: usize) -> Option<(Self, Range<usize>)> {
        let spot = at(spec, document, offset)?;
        let thing = match &spot.what {
            At::Reference(reference) => {
                let name = Name {
                    range: spot.range.clone(),
                    means: Means::Target(reference.target.clone()),
                };
                return Self::named(spec, document, &name, offset);
            }
            At::TaskReference(task) => Self::Task(place(&spec.tasks.as_ref()?.tasks, task)?),
            At::Task {
                task,
                on_line: true,
            } => Self::Task(place(&spec.tasks.as_ref()?.tasks, task)?),
            At::DecisionPlace(id) => Self::Decision(id.clone()),
            At::Decision(decision) => Self::Decision(decision.id.clone()),
            At::Term(term) => Self::Term(place(&spec.wanted()?.1.terms, term)?),
            At::Requirement(requirement) => {
                Self::Requirement(place(&spec.wanted()?.1.requirements, requirement)?)
            }
            At::Criterion { criterion, .. } => Self::of_criterion(spec, criterion)?,
            At::Property { property, .. } => {
                Self::Property(place(&spec.design.as_ref()?.properties, property)?)
            }
            At::Concern(_) | At::Task { .. } => return None,
        };
        Some((thing, spot.range))
    }

    /// What a name means; of a range the end that `offset` is in.
    pub(crate) fn named(
        spec: &Spec,
        document: Document,
        name: &Name,
        offset: usize,
    ) -> Option<(Self, Range<usize>)> {
        let whole = name.range.clone();
        match &name.means {
            Means::Tasks(places) => match places.as_slice() {
                [one] => Some((Self::Task(*one), whole)),
                _ => None,
            },
            Means::Target(Target::Property(number)) => {
                let properties = &spec.design.as_ref()?.properties;
                let place = properties.iter().position(|p| p.number == *number)?;
                Some((Self::Property(place), whole))
            }
            Means::Target(Target::Id(id)) => Some((Self::of_id(spec, id)?, whole)),
            Means::Target(Target::Range(from, to)) => {
                let text = spec.source(document)?.text();
                let (first, last) = ends(text, &whole)?;
                if offset <= first.end {
                    Some((Self::of_id(spec, from)?, first))
                } else if offset >= last.start {
                    Some((Self::of_id(spec, to)?, last))
                } else {
                    None
                }
            }
            Means::Target(Target::All | Target::Text(_)) => None,
        }
    }

    /// The criterion or requirement that an id means.
    pub fn of_id(spec: &Spec, id: &Ident) -> Option<Self> {
        match spec.criterion(id) {
            Some(criterion) => Self::of_criterion(spec, criterion),
            None => {
                let requirement = spec.requirement(id)?;
                place(&spec.wanted()?.1.requirements, requirement).map(Self::Requirement)
            }
        }
    }

    fn of_criterion(spec: &Spec, criterion: &Criterion) -> Option<Self> {
        let requirements = &spec.wanted()?.1.requirements;
        let within = |r: usize| {
            let own = &requirements.get(r)?.criteria;
            Some(Self::Criterion(r, place(own, criterion)?))
        };
        // Requirements stand in order; one inside another is looked for among all.
        let behind = requirements.partition_point(|r| r.range.start <= criterion.range.start);
        behind
            .checked_sub(1)
            .and_then(within)
            .or_else(|| (0..requirements.len()).find_map(within))
    }

    /// Where it is defined.
    pub fn definition(&self, spec: &Spec) -> Option<Definition> {
        let (document, name) = match self {
            Self::Requirement(r) => {
                let (document, wanted) = spec.wanted()?;
                let requirement = wanted.requirements.get(*r)?;
                let id = requirement.id_range.clone();
                let shown = if id.is_empty() {
                    requirement.heading.clone()
                } else {
                    id
                };
                (document, shown)
            }
            Self::Criterion(r, c) => {
                let (document, wanted) = spec.wanted()?;
                let criterion = wanted.requirements.get(*r)?.criteria.get(*c)?;
                let marker = criterion.marker.clone();
                let shown = if marker.is_empty() {
                    first_line(spec.source(document)?.text(), &criterion.body)
                } else {
                    marker
                };
                (document, shown)
            }
            Self::Property(p) => {
                let property = spec.design.as_ref()?.properties.get(*p)?;
                (Document::Design, property.number_range.clone())
            }
            Self::Task(t) => {
                let task = spec.tasks.as_ref()?.tasks.get(*t)?;
                let number = task.number_range.clone();
                let shown = if number.is_empty() {
                    task.title_range.clone()
                } else {
                    number
                };
                (Document::Tasks, shown)
            }
            Self::Term(t) => {
                let (document, wanted) = spec.wanted()?;
                (document, wanted.terms.get(*t)?.name_range.clone())
            }
            Self::Decision(id) => {
                let all = spec.decisions();
                let mut found = all
                    .into_iter()
                    .filter(|(_, d)| d.id.eq_ignore_ascii_case(id));
                let (document, decision) = found.next()?;
                (document, decision.id_range)
            }
        };
        Some(Definition { document, name })
    }
}

/// A requirement and, for a criterion, the criterion.
pub(crate) fn wanted_of<'a>(
    spec: &'a Spec,
    thing: &Thing,
) -> Option<(&'a Requirement, Option<&'a Criterion>)> {
    let requirements = &spec.wanted()?.1.requirements;
    match thing {
        Thing::Requirement(r) => Some((requirements.get(*r)?, None)),
        Thing::Criterion(r, c) => {
            let requirement = requirements.get(*r)?;
            Some((requirement, Some(requirement.criteria.get(*c)?)))
        }
        _ => None,
    }
}

fn place<T>(all: &[T], one: &T) -> Option<usize> {
    all.iter().position(|t| std::ptr::eq(t, one))
}

fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let line = text[range.clone()].lines().next().unwrap_or_default();
    range.start..range.start + line.trim_end().len()
}

/// The two ids of a range, as written.
pub(crate) fn ends(text: &str, range: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let written = &text[range.clone()];
    let (_, first) = Ident::read(written)?;
    let last = (first..written.len()).find(|&i| {
        written.is_char_boundary(i)
            && Ident::read(&written[i..]).is_some_and(|(_, used)| i + used == written.len())
    })?;
    Some((
        range.start..range.start + first,
        range.start + last..range.end,
    ))
}
