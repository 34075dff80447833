//! Bringing design and tasks up to date with edited requirements.

mod in_step;
mod plan;

use std::collections::BTreeMap;

use rutter_text::Edit;

use super::moved;
use super::numbering::{self, Counts};
use super::renumbering::Renumbering;
use crate::{Document, Requirements, Spec};
pub use in_step::InStep;
use plan::Plan;

/// What brings design and tasks up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncPlan {
    /// The edits of each document that changes; its line endings and everything not named stay.
    pub edits: BTreeMap<Document, Vec<Edit>>,
    /// What was done and what a person should look at, a sentence each.
    pub notes: Vec<String>,
}

impl SyncPlan {
    /// Whether there is nothing to do and nothing to say.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.notes.is_empty()
    }
}

/// Plans the sync of a spec.
///
/// `previous` is the text that the ids in design and tasks refer to: the requirements as approved, or as they were at the
/// last sync. Moved numbers follow; a removed criterion loses its references, and a task or property without any left is
/// marked; a new criterion brings a task and, where the design has properties, a stub. Without `previous` criteria that no
/// task cites get tasks and unknown references are noted. Where the documents already follow (a sync that was taken over
/// before the requirements were approved anew), nothing moves twice.
pub fn sync(spec: &Spec, previous: Option<&Requirements>) -> SyncPlan {
    plan(spec, previous, None)
}

/// Plans the sync of a spec of which is known what it cited when it was in step with `previous`: then nothing is guessed
/// while the references are as they were, or as that sync would have made them.
pub fn sync_since(spec: &Spec, previous: &Requirements, cited: &InStep) -> SyncPlan {
    plan(spec, Some(previous), Some(cited))
}

fn plan(spec: &Spec, previous: Option<&Requirements>, cited: Option<&InStep>) -> SyncPlan {
    let Some((document, wanted)) = spec.wanted() else {
        return SyncPlan::default();
    };
    let current: &Requirements = wanted;
    let mut plan = Plan::new(spec);
    let had = previous.is_some_and(|p| p.criteria().next().is_some());
    if had && current.criteria().next().is_none() {
        plan.notes.push(format!(
            "No criterion can be read in {}: nothing was changed.",
            document.file_name()
        ));
        return plan.finish();
    }
    if let Some(previous) = previous {
        let moves = moved::moved(previous, current);
        let renumbering = Renumbering::between(previous, current);
        let texts = [plan.design.as_deref(), plan.tasks.as_deref()];
        if !renumbering.is_identity() {
            let texts = texts.map(Option::unwrap_or_default);
            let known = cited.and_then(|c| c.moved(&InStep::of(spec), &renumbering));
            let counts = match known {
                Some(false) => Counts::Old,
                Some(true) => Counts::New,
                None => numbering::of(&texts, previous, current, &moves),
            };
            match counts {
                Counts::Old => plan.follow(&renumbering, &moves),
                Counts::SeeminglyOld => {
                    plan.guess(&renumbering);
                    plan.follow(&renumbering, &moves);
                }
                Counts::New => {}
                Counts::SeeminglyNew => plan.leave(&renumbering),
            }
        }
        plan.add(&moves.added.iter().cloned().collect(), true);
        plan.changed(&moves);
    } else {
        plan.unknown();
        let all = current.criteria().map(|(_, c)| c.label.clone()).collect();
        if plan.cites_anything() {
            plan.add(&all, false);
        }
    }
    plan.finish()
}

#[cfg(test)]
mod tests;
