//! The items of a document.

use std::collections::HashMap;
use std::ops::Range;

use rutter_text::markdown::{LineKind, Outline};
use rutter_text::refs::{Reference, Target};

use super::own::Own;
use super::sha256;
use crate::config::Workflow;
use crate::labels::ReferenceLabel;
use crate::{Document, Requirements, Spec, heading, trace_line};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A criterion, a numbered point of a bugfix, or a requirement without criteria.
    Criterion,
    /// A glossary term.
    Term,
    /// A second-level section of the design.
    Section,
    /// A correctness property.
    Property,
    /// A task.
    Task,
    /// A whole document that has nothing smaller.
    Document,
}

impl Kind {
    /// The kind that an id names.
    pub fn of(id: &str) -> Self {
        match id.split_once(':').map_or(id, |(kind, _)| kind) {
            "term" => Self::Term,
            "section" => Self::Section,
            "property" => Self::Property,
            "task" => Self::Task,
            "document" => Self::Document,
            _ => Self::Criterion,
        }
    }
}

/// Something an item cites.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cite {
    /// The hash of the cited item's own text, or `?` and the reference as written where it leads nowhere.
    pub sha256: String,
    /// The cited item's id.
    pub id: String,
}

/// An item of a document: what a yes is given to, and what goes stale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its id, unique in the document.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The bytes of the whole item.
    pub range: Range<usize>,
    /// The bytes where something about it is shown: its sentence, heading or title.
    pub place: Range<usize>,
    /// Its own text, as the module's rule makes it.
    pub own: String,
    /// What it cites.
    pub cites: Vec<Cite>,
}

impl Item {
    /// The hash of the item.
    pub fn sha256(&self) -> String {
        combined(&self.own, self.cites.iter().map(|c| c.sha256.as_str()))
    }
}

/// The hash of an own text and of what it cites.
pub(crate) fn combined<'a>(own: &str, cites: impl Iterator<Item = &'a str>) -> String {
    let mut text = own.to_owned();
    for cite in cites {
        text.push('\n');
        text.push_str(cite);
    }
    sha256(&text)
}

/// The items of a document in the order of the text; nothing where there is no such document.
pub fn items(spec: &Spec, document: Document) -> Vec<Item> {
    let mut items = match document {
        Document::Requirements | Document::Bugfix => {
            let parsed = match document {
                Document::Bugfix => spec.bugfix.as_ref(),
                _ => spec.requirements.as_ref(),
            };
            parsed.map_or_else(Vec::new, |p| requirements(p.source.text(), p))
        }
        Document::Design => design(spec, &Cited::for_design(spec)),
        Document::Tasks => tasks(spec, &Cited::for_tasks(spec)),
    };
    items.sort_by_key(|i| i.range.start);
    number_doubles(&mut items);
    items
}

fn number_doubles(items: &mut [Item]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for item in items {
        let count = seen.entry(item.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            item.id = format!("{}~{count}", item.id);
        }
    }
}

fn item(id: String, range: Range<usize>, place: Range<usize>, own: String) -> Item {
    Item {
        kind: Kind::of(&id),
        id,
        range,
        place,
        own,
        cites: Vec::new(),
    }
}

fn whole(text: &str, outline: &Outline, cuts: &[Range<usize>]) -> Item {
    let first = outline
        .lines
        .iter()
        .find(|l| l.kind != LineKind::Blank)
        .map_or(0..0, |l| l.range.clone());
    let own = Own::new(text, outline)
        .range(0..text.len(), cuts, &[])
        .done();
    item("document".to_owned(), 0..text.len(), first, own)
}

fn requirements(text: &str, read: &Requirements) -> Vec<Item> {
    let mut items = criteria(text, read);
    if items.is_empty() {
        items.push(whole(text, &read.outline, &[]));
    }
    items.extend(read.terms.iter().map(|term| {
        let own = Own::new(text, &read.outline)
            .words(&format!("{}: {}", term.name, term.definition))
            .done();
        let id = format!("term:{}", one_line(&term.name));
        item(id, term.range.clone(), term.range.clone(), own)
    }));
    items
}

fn criteria(text: &str, read: &Requirements) -> Vec<Item> {
    let mut items = Vec::new();
    for requirement in &read.requirements {
        if requirement.criteria.is_empty() && !requirement.label.is_empty() {
            let below = after_line(&read.outline, requirement.heading.start, &requirement.range);
            let own = Own::new(text, &read.outline)
                .words(&requirement.title)
                .range(below, &[], &[])
                .done();
            items.push(item(
                requirement.label.clone(),
                requirement.range.clone(),
                requirement.heading.clone(),
                own,
            ));
        }
        items.extend(requirement.criteria.iter().map(|criterion| {
            let own = Own::new(text, &read.outline)
                .range(criterion.body.clone(), &[], &[])
                .done();
            item(
                criterion.label.clone(),
                criterion.range.clone(),
                criterion.range.clone(),
                own,
            )
        }));
    }
    items
}

/// What is left of `range` behind the line that holds `offset`.
fn after_line(outline: &Outline, offset: usize, range: &Range<usize>) -> Range<usize> {
    let end = outline
        .lines
        .get(outline.line_at(offset))
        .map_or(range.end, |l| l.range.end);
    end.min(range.end)..range.end
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn design(spec: &Spec, cited: &Cited) -> Vec<Item> {
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
        let references: Vec<(usize, Reference)> = outline
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
            property_text(text, outline, property, cited.criteria.is_some()),
        );
        item.cites = cited.cites(spec, text, &references);
        items.push(item);
    }
    items
}

/// The own text of a property. `follow` says whether its references become signs.
fn property_text(
    text: &str,
    outline: &Outline,
    property: &crate::Property,
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
fn labelled(text: &str, outline: &Outline, line: usize) -> Vec<(usize, Reference)> {
    match trace_line::read(text, outline.lines[line].range.clone()) {
        Some((ReferenceLabel::Requirements | ReferenceLabel::Validates, list)) => {
            rutter_text::refs::parse(text, list)
                .into_iter()
                .map(|r| (line, r))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// References with the line each stands on, in the order of the text.
fn by_line(
    outline: &Outline,
    references: impl Iterator<Item = Reference>,
) -> Vec<(usize, Reference)> {
    let mut found: Vec<_> = references
        .map(|r| (outline.line_at(r.range.start), r))
        .collect();
    found.sort_by_key(|(_, r)| r.range.start);
    found
}

fn tasks(spec: &Spec, cited: &Cited) -> Vec<Item> {
    let Some(read) = &spec.tasks else {
        return Vec::new();
    };
    let (text, outline) = (read.source.text(), &read.outline);
    if read.tasks.is_empty() {
        return vec![whole(text, outline, &[])];
    }
    let references: Vec<Vec<(usize, Reference)>> = read
        .tasks
        .iter()
        .map(|t| by_line(outline, t.requirements.iter().chain(&t.validates).cloned()))
        .collect();
    let mut owner: HashMap<usize, usize> = HashMap::new();
    for (task, found) in references.iter().enumerate() {
        owner.extend(found.iter().map(|(line, _)| (*line, task)));
    }
    let mut lines: Vec<Vec<usize>> = vec![Vec::new(); read.tasks.len()];
    for (n, task) in read.tasks.iter().enumerate() {
        for line in task.line + 1..outline.lines.len() {
            if outline.lines[line].range.start >= task.range.end {
                break;
            }
            lines[owner.get(&line).copied().unwrap_or(n)].push(line);
        }
    }
    read.tasks
        .iter()
        .zip(references.iter().zip(&lines))
        .map(|(task, (references, lines))| {
            let places = cited.places(references);
            let star = optional_star(&text[task.mark_range.end..]);
            let mut own = Own::new(text, outline)
                .words(if star { "*" } else { "" })
                .range(task.title_range.clone(), &[], &[]);
            for &line in lines {
                own = own.range(outline.lines[line].range.clone(), &[], &places);
            }
            let id = match &task.number {
                Some(number) => format!("task:{number}"),
                None => format!("task:#{}", slug(&task.title)),
            };
            let start = task.range.start;
            let mut item = item(
                id,
                start..task.range.end,
                start..task.title_range.end,
                own.done(),
            );
            item.cites = cited.cites(spec, text, references);
            item
        })
        .collect()
}

/// Whether a `*`, also an escaped one, stands right behind the closing bracket that `text` starts with.
fn optional_star(text: &str) -> bool {
    let behind = text.strip_prefix(']').unwrap_or(text);
    behind.starts_with("\\*") || behind.starts_with('*') && !behind.starts_with("**")
}

/// The words of a title in lower case with `-` between.
fn slug(title: &str) -> String {
    title
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// The hashes of what a document may cite, by id.
struct Cited {
    /// Criteria and requirements without any; `None` where they come after this document.
    criteria: Option<HashMap<String, String>>,
    properties: HashMap<u32, String>,
}

impl Cited {
    fn for_design(spec: &Spec) -> Self {
        let follows = spec.workflow() != Workflow::DesignFirst;
        let criteria = follows.then(|| {
            let mut hashes = HashMap::new();
            if let Some((_, wanted)) = spec.wanted() {
                for item in criteria(wanted.source.text(), wanted) {
                    hashes.entry(item.id).or_insert_with(|| sha256(&item.own));
                }
            }
            hashes
        });
        let mut properties = HashMap::new();
        if let Some(design) = &spec.design {
            for property in &design.properties {
                properties.entry(property.number).or_insert_with(|| {
                    sha256(&property_text(
                        design.source.text(),
                        &design.outline,
                        property,
                        follows,
                    ))
                });
            }
        }
        Self {
            criteria,
            properties,
        }
    }

    fn for_tasks(spec: &Spec) -> Self {
        let mut cited = Self::for_design(spec);
        if cited.criteria.is_none() {
            let hashes = spec.wanted().map_or_else(HashMap::new, |(_, wanted)| {
                let mut hashes = HashMap::new();
                for item in criteria(wanted.source.text(), wanted) {
                    hashes.entry(item.id).or_insert_with(|| sha256(&item.own));
                }
                hashes
            });
            cited.criteria = Some(hashes);
        }
        cited
    }

    /// Where the references that are followed stand.
    fn places(&self, references: &[(usize, Reference)]) -> Vec<Range<usize>> {
        references
            .iter()
            .filter(|(_, r)| self.criteria.is_some() && !matches!(r.target, Target::Text(_)))
            .map(|(_, r)| r.range.clone())
            .collect()
    }

    /// What references lead to, line by line.
    fn cites(&self, spec: &Spec, text: &str, references: &[(usize, Reference)]) -> Vec<Cite> {
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
