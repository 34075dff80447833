//! `rutter.sync`: brings design and tasks up to date with edited requirements.

use rutter_spec::edits::sync;
use rutter_spec::{Document, Requirements, Stage};
use rutter_text::edit;
use rutter_workspace::SpecFolder;

use crate::context::Context;
use crate::error::CommandError;
use crate::in_step;
use crate::outcome::{Outcome, Show};

/// The argument.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Args {
    /// The spec.
    pub spec: String,
}

/// Plans the edits.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let folder = cx.folder(&args.spec)?;
    cx.refuse_unreadable_spec(&folder)?;
    let plan = match in_step::last(cx, &folder)? {
        Some((previous, cited)) => sync::sync_since(folder.spec(), &previous, &cited),
        None => sync::sync(folder.spec(), approved_requirements(cx, &folder).as_ref()),
    };
    let mut outcome = Outcome {
        title: format!("Sync {}", folder.name),
        root: folder.root.clone(),
        ..Outcome::default()
    };
    for (document, edits) in &plan.edits {
        let Some(source) = folder.spec().source(*document) else {
            continue;
        };
        let after = edit::apply(source.text(), edits);
        let path = folder.path_of(*document);
        if outcome.show.is_none() || *document == Document::Tasks {
            let at = edits.first().map_or(0, |e| e.range.start);
            outcome.show = Some(Show {
                path: path.clone(),
                selection: Some(at..at),
            });
        }
        outcome.change(path, Some(source.text().to_owned()), Some(after));
    }
    let mut message = plan.notes.clone();
    if outcome.changes.is_empty() {
        outcome.show = None;
        message.insert(
            0,
            format!(
                "Design and tasks of {} are up to date with the requirements.",
                folder.name
            ),
        );
    }
    outcome.message = (!message.is_empty()).then(|| message.join(" "));
    in_step::note(&folder, &mut outcome);
    outcome.rebase = vec![folder.path_of(folder.spec().document_of(Stage::Requirements))];
    Ok(outcome)
}

/// The requirements as they were approved, when this machine has their text: what design and tasks were made from.
pub fn approved_requirements(cx: &Context<'_>, folder: &SpecFolder) -> Option<Requirements> {
    let spec = folder.spec();
    let approvals = folder.approvals();
    // What the later documents were approved against is older than what is approved now.
    let upstream = [Stage::Tasks, Stage::Design]
        .into_iter()
        .filter_map(|s| approvals.get(s))
        .find_map(|a| a.upstream.get(Stage::Requirements.as_str()).cloned());
    let sha = upstream.or_else(|| approvals.get(Stage::Requirements).map(|a| a.sha256.clone()))?;
    let text = cx.store.text(&sha).ok().flatten()?;
    Some(in_step::read(spec, &text))
}
