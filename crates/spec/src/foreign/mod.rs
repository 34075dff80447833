//! Specs in the formats of other tools, read in place and never changed: Spec Kit and OpenSpec.
//!
//! Both become one small model: documents with items that have an id, and the places that name an id. Whoever asks for
//! symbols, links or the matrix needs to know no format. There is no edit for any of it.

mod at;
mod fields;
mod openspec;
pub mod rules;
mod speckit;
mod trace;

use std::ops::Range;
use std::sync::Arc;

use rutter_text::Source;
use rutter_text::markdown::Outline;

pub use at::{Found, at, named};
pub use trace::matrix;

/// Whose format it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flavour {
    /// GitHub's Spec Kit: `.specify/` and `specs/001-name/`.
    SpecKit,
    /// OpenSpec: `openspec/specs/` and `openspec/changes/`.
    OpenSpec,
}

impl Flavour {
    /// The name of the tool.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SpecKit => "Spec Kit",
            Self::OpenSpec => "OpenSpec",
        }
    }

    /// The word in JSON, where a spec of ours has its workflow.
    pub fn workflow(self) -> &'static str {
        match self {
            Self::SpecKit => "spec-kit",
            Self::OpenSpec => "openspec",
        }
    }
}

/// What a change does to a requirement of a spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delta {
    /// It is new.
    Added,
    /// It says something else.
    Modified,
    /// It is gone.
    Removed,
    /// It had this name.
    RenamedFrom,
    /// It has this name now.
    RenamedTo,
}

impl Delta {
    /// The word of the section it stands in.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "ADDED",
            Self::Modified => "MODIFIED",
            Self::Removed => "REMOVED",
            Self::RenamedFrom | Self::RenamedTo => "RENAMED",
        }
    }

    /// Whether the requirement is written out and not only named.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Added | Self::Modified)
    }
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// A heading that is nothing else.
    Section,
    /// A user story.
    Story,
    /// A requirement; in a change with what becomes of it.
    Requirement(Option<Delta>),
    /// A scenario of the story or requirement around it.
    Scenario,
    /// A measurable outcome.
    Outcome,
    /// A task, and whether it is done.
    Task(bool),
}

/// Something in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// What it is called where it is named: `FR-001`, `US1`, `T012`, a requirement's name. Empty for sections.
    pub id: String,
    /// Its title, or the first of its words.
    pub title: String,
    /// What it says, on one line.
    pub text: String,
    /// All of it.
    pub range: Range<usize>,
    /// Its id or title.
    pub selection: Range<usize>,
    /// The item around it, by its place in the list.
    pub parent: Option<usize>,
}

/// A place that names an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The id as it is defined.
    pub id: String,
    /// Its bytes.
    pub range: Range<usize>,
}

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// What is wanted.
    Spec,
    /// How it is built.
    Plan,
    /// What there is to do.
    Tasks,
    /// Anything else.
    Notes,
}

/// A document of a foreign spec.
#[derive(Clone, Debug)]
pub struct ForeignDocument {
    /// Its path below the spec's folder, with `/`.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// Its text.
    pub source: Source,
    /// Its lines.
    pub outline: Outline,
    /// What is in it, in order; an item stands behind the one around it.
    pub items: Vec<Item>,
    /// What it names, in order; not where an item is defined.
    pub mentions: Vec<Mention>,
    /// The places left open for a person to clear up.
    pub open: Vec<Range<usize>>,
}

impl ForeignDocument {
    /// Reads a document; its name says what it is for.
    pub fn read(flavour: Flavour, name: &str, source: Source) -> Self {
        let outline = Outline::new(source.text());
        let role = role(name);
        let (items, mentions) = match flavour {
            Flavour::SpecKit => speckit::read(role, source.text(), &outline),
            Flavour::OpenSpec => openspec::read(role, name, source.text(), &outline),
        };
        let open = match flavour {
            Flavour::SpecKit => speckit::open(source.text(), &outline),
            Flavour::OpenSpec => Vec::new(),
        };
        Self {
            name: name.to_owned(),
            role,
            source,
            outline,
            items,
            mentions,
            open,
        }
    }
}

/// A document's part by the last of its name.
fn role(name: &str) -> Role {
    match name.rsplit('/').next().unwrap_or(name) {
        "spec.md" => Role::Spec,
        "plan.md" | "design.md" | "proposal.md" => Role::Plan,
        "tasks.md" => Role::Tasks,
        _ => Role::Notes,
    }
}

/// The documents of one folder, read together.
#[derive(Clone, Debug)]
pub struct ForeignSpec {
    /// Its name, such as `001-albums`.
    pub name: String,
    /// Whose format it is.
    pub flavour: Flavour,
    /// Its documents, in the order to read them.
    pub documents: Vec<Arc<ForeignDocument>>,
}

impl ForeignSpec {
    /// The document of a name.
    pub fn document(&self, name: &str) -> Option<&ForeignDocument> {
        let mut documents = self.documents.iter();
        documents.find(|d| d.name == name).map(AsRef::as_ref)
    }

    /// Every item, with its document.
    pub fn items(&self) -> impl Iterator<Item = (&ForeignDocument, &Item)> {
        self.documents
            .iter()
            .flat_map(|d| d.items.iter().map(move |item| (d.as_ref(), item)))
    }

    /// The item that an id means: as it is written, else as a link can write it.
    pub fn item(&self, id: &str) -> Option<(&ForeignDocument, &Item)> {
        let exact = self
            .items()
            .find(|(_, item)| !item.id.is_empty() && item.id == id);
        exact.or_else(|| {
            let wanted = key(id);
            let mut items = self.items();
            items.find(|(_, item)| !item.id.is_empty() && key(&item.id) == wanted)
        })
    }

    /// The tasks, with their document.
    pub fn tasks(&self) -> impl Iterator<Item = (&ForeignDocument, &Item)> {
        self.items()
            .filter(|(_, item)| matches!(item.kind, ItemKind::Task(_)))
    }
}

/// What an id is compared by, so that `us-1` means `US1` and `stack-planning` means `Stack Planning`: lower case, the
/// letters and digits alone, with `-` between words.
pub fn key(id: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in id.chars() {
        if c.is_alphanumeric() || c == '/' || c == '.' {
            let joins = out.ends_with(|p: char| p.is_alphabetic()) && c.is_numeric();
            if gap && !out.is_empty() && !joins {
                out.push('-');
            }
            out.extend(c.to_lowercase());
            gap = false;
        } else {
            gap = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_compared_by_their_words() {
        for (a, b) in [
            ("US1", "us-1"),
            ("FR-001", "FR001"),
            ("Stack Planning Commands", "stack-planning-commands"),
            ("`add` a user's  name", "add-a-user-s-name"),
        ] {
            assert_eq!(key(a), key(b));
        }
        assert_ne!(key("FR-001"), key("FR-01"));
    }
}
