//! Where the ids of one version of the requirements stand in another.

use std::collections::HashMap;

use rutter_text::{Edit, Ident};

use super::moved;
use crate::Requirements;

/// An id with the way it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// The id.
    pub id: Ident,
    /// As people write it.
    pub label: String,
}

/// What became of one id.
#[derive(Clone, Debug)]
pub(super) struct Fate {
    /// The old name.
    pub old: Name,
    /// The new one; `None` where it is gone.
    pub new: Option<Name>,
}

/// Where every criterion and requirement of an old version is in a new one.
#[derive(Clone, Debug, Default)]
pub struct Renumbering {
    pub(super) criteria: Vec<Fate>,
    pub(super) requirements: Vec<Fate>,
    pub(super) now: Vec<Name>,
    pub(super) requirements_now: Vec<Name>,
    criteria_by: Places,
    requirements_by: Places,
    /// A criterion that became two: its old id as written, and the name of the second. Who cited it cites both.
    pub(super) split: Option<(String, Name)>,
}

/// The places of fates by the numbers of their old ids, in order.
type Places = HashMap<Vec<u32>, Vec<usize>>;

/// An edit of the requirements and what it does to the ids.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The edits of the requirements document.
    pub edits: Vec<Edit>,
    /// What [`super::references::rewrite`] needs to bring the other documents along.
    pub renumbering: Renumbering,
}

impl Renumbering {
    /// Compares two versions: see [`moved`].
    pub fn between(old: &Requirements, new: &Requirements) -> Self {
        let matching = moved::matching(old, new);
        Self::new(
            old,
            new,
            |i| matching.criteria[i],
            |i| matching.requirements[i],
        )
    }

    /// Pairs criteria and requirements by their places in document order.
    pub(crate) fn new(
        old: &Requirements,
        new: &Requirements,
        criterion: impl Fn(usize) -> Option<usize>,
        requirement: impl Fn(usize) -> Option<usize>,
    ) -> Self {
        let criteria = |r: &Requirements| -> Vec<Name> {
            r.criteria()
                .map(|(_, c)| Name {
                    id: c.id.clone(),
                    label: c.label.clone(),
                })
                .collect()
        };
        let requirements = |r: &Requirements| -> Vec<Name> {
            r.requirements
                .iter()
                .map(|r| Name {
                    id: r.id.clone(),
                    label: r.label.clone(),
                })
                .collect()
        };
        let (now, requirements_now) = (criteria(new), requirements(new));
        let fates = |old: Vec<Name>, now: &[Name], pair: &dyn Fn(usize) -> Option<usize>| {
            old.into_iter()
                .enumerate()
                .map(|(i, old)| Fate {
                    old,
                    new: pair(i).and_then(|n| now.get(n).cloned()),
                })
                .collect()
        };
        let criteria: Vec<Fate> = fates(criteria(old), &now, &criterion);
        let requirements: Vec<Fate> = fates(requirements(old), &requirements_now, &requirement);
        Self {
            criteria_by: places(&criteria),
            requirements_by: places(&requirements),
            criteria,
            requirements,
            now,
            requirements_now,
            split: None,
        }
    }

    /// Whether every id stayed what it was, so that no reference has to move.
    pub fn is_identity(&self) -> bool {
        self.split.is_none()
            && self
                .criteria
                .iter()
                .chain(&self.requirements)
                .all(|f| f.new.as_ref().is_some_and(|n| n.label == f.old.label))
    }

    /// The second half of the criterion with this old id, where it was split.
    pub(super) fn second_half(&self, old: &Name) -> Option<&Name> {
        let (label, second) = self.split.as_ref()?;
        (*label == old.label).then_some(second)
    }

    /// The criteria whose id changed: old, new, as written.
    pub fn renamed_criteria(&self) -> impl Iterator<Item = (String, String)> {
        renamed(&self.criteria)
    }

    /// The requirements whose id changed: old, new, as written.
    pub fn renamed_requirements(&self) -> impl Iterator<Item = (String, String)> {
        renamed(&self.requirements)
    }

    /// What became of the criterion that `id` means in the old version.
    pub(super) fn criterion(&self, id: &Ident) -> Option<&Fate> {
        best(&self.criteria, &self.criteria_by, id)
    }

    /// What became of the requirement that `id` means in the old version.
    pub(super) fn requirement(&self, id: &Ident) -> Option<&Fate> {
        best(&self.requirements, &self.requirements_by, id)
    }
}

fn renamed(fates: &[Fate]) -> impl Iterator<Item = (String, String)> {
    fates.iter().filter_map(|fate| {
        let (old, new) = (&fate.old.label, &fate.new.as_ref()?.label);
        (old != new).then(|| (old.clone(), new.clone()))
    })
}

/// As [`Requirements::criterion`] looks ids up: exactly, else by the numbers where one side has no prefix.
fn best<'a>(fates: &'a [Fate], by: &Places, id: &Ident) -> Option<&'a Fate> {
    let same_numbers = || {
        by.get(&id.numbers)
            .into_iter()
            .flatten()
            .map(|&i| &fates[i])
    };
    same_numbers()
        .find(|f| f.old.id.matches(id))
        .or_else(|| same_numbers().find(|f| f.old.id.prefix.is_empty() || id.prefix.is_empty()))
}

fn places(fates: &[Fate]) -> Places {
    let mut by = Places::new();
    for (place, fate) in fates.iter().enumerate() {
        by.entry(fate.old.id.numbers.clone())
            .or_default()
            .push(place);
    }
    by
}
