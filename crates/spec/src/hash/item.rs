//! The items of a document.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rutter_text::markdown::{LineKind, Outline};

use super::own::Own;
use super::{criteria, design, sha256, tasks};
use crate::{Document, Parsed, Requirements, Spec};

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
    /// The hash of the item.
    pub sha256: String,
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

/// The items of a spec's documents, each document's made once, when it is first asked for.
pub struct Items<'a> {
    spec: &'a Spec,
    made: [OnceCell<Vec<Item>>; Document::ALL.len()],
}

impl<'a> Items<'a> {
    /// The items of this spec.
    pub fn new(spec: &'a Spec) -> Self {
        Self {
            spec,
            made: Default::default(),
        }
    }

    /// The spec.
    pub fn spec(&self) -> &'a Spec {
        self.spec
    }

    /// The items of a document in the order of the text; nothing where there is no such document.
    pub fn of(&self, document: Document) -> &[Item] {
        self.made[document as usize].get_or_init(|| self.make(document))
    }

    fn make(&self, document: Document) -> Vec<Item> {
        let wanted = |read: &Option<Arc<Parsed<Requirements>>>| {
            read.as_ref()
                .map_or_else(Vec::new, |p| criteria::items(p.source.text(), p))
        };
        let mut items = match document {
            Document::Requirements => wanted(&self.spec.requirements),
            Document::Bugfix => wanted(&self.spec.bugfix),
            Document::Design => design::items(self),
            Document::Tasks => tasks::items(self),
        };
        items.sort_by_key(|i| i.range.start);
        number_doubles(&mut items);
        for item in &mut items {
            item.sha256 = combined(&item.own, item.cites.iter().map(|c| c.sha256.as_str()));
        }
        items
    }
}

/// The items of one document in the order of the text; nothing where there is no such document.
pub fn items(spec: &Spec, document: Document) -> Vec<Item> {
    let items = Items::new(spec);
    items.of(document);
    items
        .made
        .into_iter()
        .nth(document as usize)
        .and_then(OnceCell::into_inner)
        .unwrap_or_default()
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

/// An item that cites nothing yet.
pub(super) fn item(id: String, range: Range<usize>, place: Range<usize>, own: String) -> Item {
    Item {
        kind: Kind::of(&id),
        id,
        range,
        place,
        own,
        cites: Vec::new(),
        sha256: String::new(),
    }
}

/// A whole document as one item.
pub(super) fn whole(text: &str, outline: &Outline, cuts: &[Range<usize>]) -> Item {
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

/// What is left of `range` behind the line that holds `offset`.
pub(super) fn after_line(outline: &Outline, offset: usize, range: &Range<usize>) -> Range<usize> {
    let end = outline
        .lines
        .get(outline.line_at(offset))
        .map_or(range.end, |l| l.range.end);
    end.min(range.end)..range.end
}

/// The words with one space between.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
