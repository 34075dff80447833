//! Giving a thing another number or name, in every document of its spec.
//!
//! A free number is taken as it is. A number that a sibling has moves the thing there: the text moves with its number, and
//! the numbers between move on, so that a list reads 1, 2, 3 before and after. Whatever names one of them follows. Before
//! an answer is given, both versions of the spec are compared: every reference must mean what it meant.

mod check;
mod numbers;
mod order;
mod plan;
mod property;
mod requirement;
mod task;
mod term;

use std::ops::Range;

use rutter_text::Edit;

use super::references::label_of;
use super::thing::Thing;
use crate::{Document, Spec};

/// What can be renamed at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renameable {
    /// The bytes of the name.
    pub range: Range<usize>,
    /// The name as people write it.
    pub name: String,
}

/// What kind of name changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// The id of a requirement.
    Requirement,
    /// The id of a criterion.
    Criterion,
    /// The number of a property.
    Property,
    /// The number of a task.
    Task,
    /// A glossary term.
    Term,
}

/// A name that became another; links from outside the spec follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// What it names.
    pub kind: NameKind,
    /// The name before.
    pub old: String,
    /// The name after.
    pub new: String,
}

/// What a rename does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rename {
    /// The edits of each document that changes; sorted, none overlaps another.
    pub edits: Vec<(Document, Vec<Edit>)>,
    /// Every name that changed, those that moved on included. All change at once: `1.1 → 1.2` may stand beside `1.2 → 1.1`.
    pub names: Vec<Renamed>,
}

/// Why something can't be renamed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenameError {
    /// There is nothing with a name.
    #[error("There is nothing to rename here: put the cursor on a number or on a glossary term.")]
    Nothing,
    /// The text is no id of this kind.
    #[error("`{given}` is no number of a {what}: write one such as {example}.")]
    NoId {
        /// What was given.
        given: String,
        /// What is renamed.
        what: &'static str,
        /// The name it has.
        example: String,
    },
    /// The criterion would leave its requirement, the task its parent.
    #[error("`{given}` would be elsewhere: {hint}.")]
    Elsewhere {
        /// What was given.
        given: String,
        /// What can be done.
        hint: String,
    },
    /// The numbers of the list follow from its order, and there are not so many.
    #[error("The list has no place {given}: choose a number from {first} to {last}.")]
    NoPlace {
        /// What was given.
        given: String,
        /// The first of the list.
        first: String,
        /// The last of the list.
        last: String,
    },
    /// Another thing has the name, and the thing can't be moved to its place.
    #[error("There already is a {what} `{given}`: choose a free name{hint}.")]
    Taken {
        /// What was given.
        given: String,
        /// What has the name.
        what: &'static str,
        /// A free one, where that helps.
        hint: String,
    },
    /// The new name can't be a term.
    #[error("`{0}` can't be a term: write words without `*`, colons and line breaks.")]
    NoTerm(String),
    /// A number of the list stands twice.
    #[error(
        "`{0}` stands twice in this list: give each its own number first, by formatting the document."
    )]
    Doubled(String),
    /// Afterwards a reference would mean something else.
    #[error("`{0}` can't be renamed safely: {1}.")]
    Unsafe(String, String),
}

/// What can be renamed at `offset`; `None` where nothing can.
pub fn prepare(spec: &Spec, document: Document, offset: usize) -> Option<Renameable> {
    let (thing, range) = renameable(spec, document, offset)?;
    let name = match &thing {
        // In the form that stands here, as a client shows it.
        Thing::Term(_) => spec.source(document)?.text()[range.clone()].to_owned(),
        _ => label_of(spec, &thing)?,
    };
    Some(Renameable { range, name })
}

/// Renames what stands at `offset`.
///
/// # Errors
/// [`RenameError`] says in one sentence why not and what would do.
pub fn rename(
    spec: &Spec,
    document: Document,
    offset: usize,
    name: &str,
) -> Result<Rename, RenameError> {
    let (thing, range) = renameable(spec, document, offset).ok_or(RenameError::Nothing)?;
    let plan = match thing {
        Thing::Requirement(place) => requirement::requirement(spec, place, name)?,
        Thing::Criterion(r, c) => requirement::criterion(spec, r, c, name)?,
        Thing::Property(place) => property::property(spec, place, name)?,
        Thing::Task(place) => task::task(spec, place, name)?,
        Thing::Term(place) => {
            let written = spec.source(document).map_or("", |s| &s.text()[range]);
            return term::term(spec, place, written, name);
        }
        Thing::Decision(_) => return Err(RenameError::Nothing),
    };
    let old = label_of(spec, &thing).unwrap_or_default();
    check::same_meaning(spec, &plan).map_err(|why| RenameError::Unsafe(old, why))?;
    Ok(plan.rename)
}

/// The thing at a place where its name or number stands, with the bytes of that.
fn renameable(spec: &Spec, document: Document, offset: usize) -> Option<(Thing, Range<usize>)> {
    let (thing, range) = Thing::at(spec, document, offset)?;
    let definition = thing.definition(spec)?;
    if matches!(thing, Thing::Decision(_)) {
        return None;
    }
    // At a definition the number counts and what stands in front of it: `Requirement 1`, `- [ ] 1.2`.
    let defines = definition.document == document
        && range.start <= definition.name.start
        && definition.name.end <= range.end;
    if !defines {
        return Some((thing, range));
    }
    let numbered = label_of(spec, &thing).is_some_and(|label| !label.is_empty());
    let is_marked = match &thing {
        Thing::Criterion(r, c) => {
            let criterion = spec.wanted()?.1.requirements.get(*r)?.criteria.get(*c)?;
            !criterion.marker.is_empty()
        }
        Thing::Requirement(r) => !spec.wanted()?.1.requirements.get(*r)?.id_range.is_empty(),
        _ => true,
    };
    (numbered && is_marked && offset <= definition.name.end).then_some((thing, definition.name))
}

#[cfg(test)]
mod languages;
#[cfg(test)]
mod tests;
