//! A spec: the documents of one folder, read together.

use std::sync::Arc;

use rutter_text::markdown::Outline;
use rutter_text::refs::{Reference, Target};
use rutter_text::{Ident, Source};

use crate::config::{Config, ConfigError, SpecType, Workflow};
use crate::requirements::{Criterion, Requirement};
use crate::{Decision, Design, Document, Requirements, Tasks};

/// A document with what was read from it.
#[derive(Clone, Debug)]
pub struct Parsed<T> {
    /// The text.
    pub source: Source,
    /// What it says.
    pub value: T,
}

impl<T> std::ops::Deref for Parsed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// One document of a spec, read. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Reading {
    /// `requirements.md` or `bugfix.md`.
    Requirements(Arc<Parsed<Requirements>>),
    /// `design.md`.
    Design(Arc<Parsed<Design>>),
    /// `tasks.md`.
    Tasks(Arc<Parsed<Tasks>>),
}

impl Reading {
    /// Reads a document.
    pub fn new(document: Document, source: Source) -> Self {
        let outline = Outline::new(source.text());
        Self::of(document, source, outline, None)
    }

    /// Reads a later version of a document: as [`Reading::new`], but Markdown that did not change is not read again,
    /// and what was found out about a sentence is kept.
    #[must_use]
    pub fn again(&self, document: Document, source: Source) -> Self {
        let (old, outline) = match self {
            Self::Requirements(parsed) => (&parsed.source, &parsed.outline),
            Self::Design(parsed) => (&parsed.source, &parsed.outline),
            Self::Tasks(parsed) => (&parsed.source, &parsed.outline),
        };
        let outline = outline.again(old.text(), source.text());
        let former = match self {
            Self::Requirements(parsed) => Some(&parsed.value),
            Self::Design(_) | Self::Tasks(_) => None,
        };
        Self::of(document, source, outline, former)
    }

    fn of(
        document: Document,
        source: Source,
        outline: Outline,
        former: Option<&Requirements>,
    ) -> Self {
        let wanted = |mut value: Requirements, source| {
            if let Some(former) = former {
                value.take_over(former);
            }
            Self::Requirements(Arc::new(Parsed { source, value }))
        };
        match document {
            Document::Requirements => wanted(Requirements::of(source.text(), outline), source),
            Document::Bugfix => wanted(Requirements::of_bugfix(source.text(), outline), source),
            Document::Design => Self::Design(Arc::new(Parsed {
                value: Design::of(source.text(), outline),
                source,
            })),
            Document::Tasks => Self::Tasks(Arc::new(Parsed {
                value: Tasks::of(source.text(), outline),
                source,
            })),
        }
    }
}

/// The documents of one spec folder.
#[derive(Clone, Debug, Default)]
pub struct Spec {
    /// The path below `.kiro/specs/`, with `/`.
    pub name: String,
    /// `requirements.md`.
    pub requirements: Option<Arc<Parsed<Requirements>>>,
    /// `bugfix.md`.
    pub bugfix: Option<Arc<Parsed<Requirements>>>,
    /// `design.md`.
    pub design: Option<Arc<Parsed<Design>>>,
    /// `tasks.md`.
    pub tasks: Option<Arc<Parsed<Tasks>>>,
    /// `.config.kiro` as read.
    pub config: Option<Result<Config, ConfigError>>,
}

/// What a reference leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved<Label = String> {
    /// Ids of criteria, or of requirements without criteria, as written, in document order.
    pub criteria: Vec<Label>,
    /// Numbers of properties.
    pub properties: Vec<u32>,
    /// Ids that exist nowhere.
    pub unknown: Vec<String>,
}

impl Spec {
    /// Puts a read document in its place.
    pub fn set(&mut self, document: Document, reading: Option<Reading>) {
        match (document, reading) {
            (Document::Requirements, Some(Reading::Requirements(r))) => self.requirements = Some(r),
            (Document::Bugfix, Some(Reading::Requirements(r))) => self.bugfix = Some(r),
            (Document::Design, Some(Reading::Design(d))) => self.design = Some(d),
            (Document::Tasks, Some(Reading::Tasks(t))) => self.tasks = Some(t),
            (Document::Requirements, _) => self.requirements = None,
            (Document::Bugfix, _) => self.bugfix = None,
            (Document::Design, _) => self.design = None,
            (Document::Tasks, _) => self.tasks = None,
        }
    }

    /// The document that says what is wanted: `requirements.md`, else `bugfix.md`; in a bugfix the other way round.
    pub fn wanted(&self) -> Option<(Document, &Arc<Parsed<Requirements>>)> {
        let requirements = self
            .requirements
            .as_ref()
            .map(|r| (Document::Requirements, r));
        let bugfix = self.bugfix.as_ref().map(|r| (Document::Bugfix, r));
        if self.spec_type() == SpecType::Bugfix {
            bugfix.or(requirements)
        } else {
            requirements.or(bugfix)
        }
    }

    /// Whether this is a feature or a bugfix: by `.config.kiro`, else by the documents there are.
    pub fn spec_type(&self) -> SpecType {
        match &self.config {
            Some(Ok(config)) => config.spec_type,
            _ if self.bugfix.is_some() && self.requirements.is_none() => SpecType::Bugfix,
            _ => SpecType::Feature,
        }
    }

    /// The workflow of this spec.
    pub fn workflow(&self) -> Workflow {
        if self.spec_type() == SpecType::Bugfix {
            return Workflow::Bugfix;
        }
        match &self.config {
            Some(Ok(config)) => config.effective_workflow(),
            _ => Workflow::RequirementsFirst,
        }
    }

    /// The document that carries a stage here.
    pub fn document_of(&self, stage: crate::document::Stage) -> Document {
        use crate::document::Stage;
        match stage {
            Stage::Requirements => self.wanted().map_or_else(
                || {
                    if self.spec_type() == SpecType::Bugfix {
                        Document::Bugfix
                    } else {
                        Document::Requirements
                    }
                },
                |(document, _)| document,
            ),
            Stage::Design => Document::Design,
            Stage::Tasks => Document::Tasks,
        }
    }

    /// The text of a document.
    pub fn source(&self, document: Document) -> Option<&Source> {
        match document {
            Document::Requirements => self.requirements.as_ref().map(|p| &p.source),
            Document::Bugfix => self.bugfix.as_ref().map(|p| &p.source),
            Document::Design => self.design.as_ref().map(|p| &p.source),
            Document::Tasks => self.tasks.as_ref().map(|p| &p.source),
        }
    }

    /// The documents there are, in reading order.
    pub fn documents(&self) -> impl Iterator<Item = (Document, &Source)> {
        Document::ALL
            .into_iter()
            .filter_map(|d| Some((d, self.source(d)?)))
    }

    /// The open decisions of a document.
    pub fn decisions_of(&self, document: Document) -> &[Decision] {
        let decisions = match document {
            Document::Requirements => self.requirements.as_ref().map(|p| &p.decisions),
            Document::Bugfix => self.bugfix.as_ref().map(|p| &p.decisions),
            Document::Design => self.design.as_ref().map(|p| &p.decisions),
            Document::Tasks => self.tasks.as_ref().map(|p| &p.decisions),
        };
        decisions.map_or(&[], Vec::as_slice)
    }

    /// The open decisions of every document; one that stands in several is listed once.
    pub fn decisions(&self) -> Vec<(Document, Decision)> {
        let mut found: Vec<(Document, Decision)> = Vec::new();
        for document in Document::ALL {
            let decisions = self.decisions_of(document);
            for decision in decisions {
                if !found
                    .iter()
                    .any(|(_, d)| d.id.eq_ignore_ascii_case(&decision.id))
                {
                    found.push((document, decision.clone()));
                }
            }
        }
        found
    }

    /// The criterion with this id.
    pub fn criterion(&self, id: &Ident) -> Option<&Criterion> {
        self.wanted().and_then(|(_, r)| r.criterion(id))
    }

    /// The requirement with this id.
    pub fn requirement(&self, id: &Ident) -> Option<&Requirement> {
        self.wanted().and_then(|(_, r)| r.requirement(id))
    }

    /// What one reference leads to. Nothing is unknown where there is no document to know it.
    pub fn resolve(&self, reference: &Reference) -> Resolved {
        let found = self.leads(reference);
        Resolved {
            criteria: found.criteria.into_iter().map(str::to_owned).collect(),
            properties: found.properties,
            unknown: found.unknown,
        }
    }

    /// The same as [`Spec::resolve`], for those who ask for thousands.
    pub(crate) fn leads(&self, reference: &Reference) -> Resolved<&str> {
        let mut resolved = Resolved::default();
        match &reference.target {
            Target::Text(_) => {}
            Target::Property(number) => match &self.design {
                Some(design) if design.property(*number).is_some() => {
                    resolved.properties.push(*number)
                }
                Some(design) if !design.properties.is_empty() => {
                    resolved.unknown.push(format!("Property {number}"))
                }
                _ => {}
            },
            Target::All => {
                if let Some((_, wanted)) = self.wanted() {
                    resolved
                        .criteria
                        .extend(wanted.criteria().map(|(_, c)| c.label.as_str()));
                }
            }
            Target::Id(id) => self.resolve_id(id, &mut resolved),
            Target::Range(from, to) => self.resolve_range(from, to, &mut resolved),
        }
        resolved
    }

    /// What a list of references leads to, without doubles.
    pub fn resolve_all<'a>(&self, references: impl IntoIterator<Item = &'a Reference>) -> Resolved {
        let mut all = Resolved::default();
        for reference in references {
            let one = self.resolve(reference);
            for id in one.criteria {
                if !all.criteria.contains(&id) {
                    all.criteria.push(id);
                }
            }
            for number in one.properties {
                if !all.properties.contains(&number) {
                    all.properties.push(number);
                }
            }
            all.unknown.extend(one.unknown);
        }
        all
    }

    /// Whether a requirement or criterion has this id.
    pub(crate) fn knows(&self, id: &Ident) -> bool {
        self.wanted().is_some_and(|(_, wanted)| {
            wanted.criterion(id).is_some() || wanted.requirement(id).is_some()
        })
    }

    fn resolve_id<'a>(&'a self, id: &Ident, resolved: &mut Resolved<&'a str>) {
        let Some((_, wanted)) = self.wanted() else {
            return;
        };
        if let Some(criterion) = wanted.criterion(id) {
            resolved.criteria.push(criterion.label.as_str());
        } else if let Some(requirement) = wanted.requirement(id) {
            if requirement.criteria.is_empty() {
                resolved.criteria.push(requirement.label.as_str());
            }
            resolved
                .criteria
                .extend(requirement.criteria.iter().map(|c| c.label.as_str()));
        } else if wanted.criteria().next().is_some() && !self.covered_by_prose(id) {
            // A chapter number (`## 1. Shopping` over `Requirement 1.1`) means everything below it.
            let below: Vec<_> = wanted
                .criteria()
                .filter(|(_, c)| c.id.numbers.starts_with(&id.numbers))
                .collect();
            if below.is_empty() {
                resolved.unknown.push(id.to_string());
            }
            resolved
                .criteria
                .extend(below.into_iter().map(|(_, c)| c.label.as_str()));
        }
    }

    /// Whether an id belongs to a requirement whose criteria could not be read: then nothing can be said about it.
    fn covered_by_prose(&self, id: &Ident) -> bool {
        id.parent()
            .and_then(|parent| self.requirement(&parent))
            .is_some_and(|r| r.criteria.is_empty())
    }

    fn resolve_range<'a>(&'a self, from: &Ident, to: &Ident, resolved: &mut Resolved<&'a str>) {
        let Some((_, wanted)) = self.wanted() else {
            return;
        };
        let inside = |id: &Ident| {
            let n = from.numbers.len().min(id.numbers.len());
            let m = to.numbers.len().min(id.numbers.len());
            id.numbers[..n] >= from.numbers[..n] && id.numbers[..m] <= to.numbers[..m]
        };
        let found: Vec<&str> = wanted
            .criteria()
            .filter(|(_, c)| inside(&c.id))
            .map(|(_, c)| c.label.as_str())
            .collect();
        if found.is_empty() {
            self.resolve_id(from, resolved);
            self.resolve_id(to, resolved);
            return;
        }
        for end in [from, to] {
            let mut probe = Resolved::default();
            self.resolve_id(end, &mut probe);
            resolved.unknown.extend(probe.unknown);
        }
        resolved.criteria.extend(found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rutter_text::refs;

    fn spec() -> Spec {
        let requirements = "### Requirement 1: A\n#### Acceptance Criteria\n1. THE A SHALL b\n2. THE A SHALL c\n3. THE A SHALL d\n\n### Requirement 2: B\n#### Acceptance Criteria\n1. THE A SHALL e\n";
        let mut spec = Spec::default();
        spec.set(
            Document::Requirements,
            Some(Reading::new(
                Document::Requirements,
                Source::new(requirements),
            )),
        );
        spec.set(
            Document::Design,
            Some(Reading::new(
                Document::Design,
                Source::new("### Property 1: P\n\nx\n"),
            )),
        );
        spec
    }

    #[test]
    fn references_lead_to_criteria() {
        for (text, expected, unknown) in [
            ("1.2", "1.2", ""),
            ("1", "1.1 1.2 1.3", ""),
            ("1.2-1.3", "1.2 1.3", ""),
            ("1.2-2.1", "1.2 1.3 2.1", ""),
            ("1-2", "1.1 1.2 1.3 2.1", ""),
            ("All requirements", "1.1 1.2 1.3 2.1", ""),
            ("R2", "2.1", ""),
            ("2.1a", "2.1", ""),
            ("1.2, 1.9, 3.1", "1.2", "1.9 3.1"),
            ("1.2-1.9", "1.2 1.3", "1.9"),
            ("Property 1, Property 2", "", "Property 2"),
            ("see the notes", "", ""),
        ] {
            let spec = spec();
            let resolved = spec.resolve_all(&refs::parse(text, 0..text.len()));
            assert_eq!(
                (resolved.criteria.join(" "), resolved.unknown.join(" ")),
                (expected.to_owned(), unknown.to_owned()),
                "{text}"
            );
        }
    }
}
