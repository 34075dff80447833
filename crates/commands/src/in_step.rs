//! Noting when design and tasks are in step with the requirements, so that a later sync need not guess.

use rutter_spec::edits::InStep;
use rutter_spec::{Document, Requirements, Spec};
use rutter_workspace::SpecFolder;

use crate::context::{Context, with_texts};
use crate::error::CommandError;
use crate::outcome::Outcome;

/// What to note of a spec when an outcome stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The spec.
    pub spec: String,
    /// The text of its requirements.
    pub requirements: String,
    /// What its design and tasks then cite.
    pub cited: InStep,
}

/// Puts into an outcome that design and tasks are in step, with its changes, with the requirements as they are.
pub fn note(folder: &SpecFolder, outcome: &mut Outcome) {
    let spec = after(folder, outcome);
    outcome.step = spec.wanted().map(|(_, requirements)| Step {
        spec: folder.name.clone(),
        requirements: requirements.source.text().to_owned(),
        cited: InStep::of(&spec),
    });
}

/// The same where the outcome brings along what changed since `before`: then they are in step only if they were with that.
pub fn note_since(
    cx: &Context<'_>,
    folder: &SpecFolder,
    before: &str,
    outcome: &mut Outcome,
) -> Result<(), CommandError> {
    let steps = cx.store.steps(&folder.root, &folder.name)?;
    let sha = rutter_spec::hash::sha256(before);
    if steps.first().is_some_and(|step| step.requirements == sha) {
        note(folder, outcome);
    }
    Ok(())
}

/// The requirements that design and tasks were last in step with as far as can be seen, and what they cited then.
pub fn last(
    cx: &Context<'_>,
    folder: &SpecFolder,
) -> Result<Option<(Requirements, InStep)>, CommandError> {
    let now = InStep::of(folder.spec());
    let steps = cx.store.steps(&folder.root, &folder.name)?;
    // Of several that fit as well the latest.
    let Some(step) = steps.into_iter().min_by_key(|s| s.cited.distance(&now)) else {
        return Ok(None);
    };
    let Some(text) = cx.store.text(&step.requirements)? else {
        return Ok(None);
    };
    Ok(Some((read(folder.spec(), &text), step.cited)))
}

/// Reads an older text of the requirements of a spec.
pub fn read(spec: &Spec, text: &str) -> Requirements {
    match spec.document_of(rutter_spec::Stage::Requirements) {
        Document::Bugfix => Requirements::parse_bugfix(text),
        _ => Requirements::parse(text),
    }
}

fn after(folder: &SpecFolder, outcome: &Outcome) -> Spec {
    let texts: Vec<(Document, String)> = Document::ALL
        .into_iter()
        .filter_map(|document| {
            let path = folder.path_of(document);
            let change = outcome.changes.iter().find(|c| c.path == path)?;
            Some((document, change.after.clone()?))
        })
        .collect();
    with_texts(folder.spec(), &texts)
}
