//! `rutter.nextStage`: drafts the next document, when the ones before are approved.

use rutter_spec::stages::{self, Gate};
use rutter_spec::{Document, Stage};

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::new_spec::first_place;
use crate::outcome::{Outcome, Show};
use crate::{ground, in_step, stream};

/// The argument.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Args {
    /// The spec.
    pub spec: String,
}

/// Drafts it.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let folder = cx.folder(&args.spec)?;
    cx.refuse_unreadable_spec(&folder)?;
    let spec = folder.spec();
    if let Some(problem) = folder.approvals().problem() {
        return Err(refused(&folder.name, Gate::Unreadable(problem.clone())));
    }
    let Some(stage) = stages::next_document(spec) else {
        return already(&folder.name, spec, folder.approvals());
    };
    stages::may_continue(spec, folder.approvals(), stage)
        .map_err(|gate| refused(&folder.name, gate))?;
    let before: Vec<Document> = stages::order(spec)
        .into_iter()
        .take_while(|&s| s != stage)
        .map(|s| spec.document_of(s))
        .collect();
    cx.refuse_unsaved(&folder, &before)?;
    cx.progress.report("Reading the project", None);
    let (ground, left_out) = ground::of(cx, &folder.root);
    let document = spec.document_of(stage);
    cx.progress
        .report(&format!("Drafting {}", document.file_name()), None);
    let mut drafted = [(document, rutter_draft::next(stage, spec, &ground)?)];
    stream::through_model(cx, &mut drafted)?;
    let [(_, text)] = drafted;
    let path = folder.path_of(document);
    let mut outcome = Outcome {
        title: format!("Draft {} of {}", document.file_name(), folder.name),
        root: folder.root.clone(),
        ..Outcome::default()
    };
    let selection = if stage == Stage::Requirements {
        first_place(&text)
    } else {
        0..0
    };
    outcome.show = Some(Show {
        path: path.clone(),
        selection: Some(selection),
    });
    outcome.change(path, None, Some(text));
    in_step::note(&folder, &mut outcome);
    outcome.message = (!left_out.is_empty()).then(|| left_out.join(" "));
    Ok(outcome)
}

/// Every document is there: say what is left to do.
fn already(
    name: &str,
    spec: &rutter_spec::Spec,
    approvals: &rutter_spec::approvals::Approvals,
) -> Result<Outcome, CommandError> {
    Err(match stages::next(spec, approvals) {
        None => CommandError::new(
            Code::Exists,
            format!("Every document of {name} is there and approved."),
            "Work on its tasks.",
        ),
        Some(stage) => {
            let document = spec.document_of(stage).file_name();
            CommandError::new(
                Code::NotApproved,
                format!(
                    "Every document of {name} is there, and {document} is not approved as it stands."
                ),
                format!("Approve {stage}."),
            )
        }
    })
}

fn refused(name: &str, gate: Gate) -> CommandError {
    let message = gate.to_string();
    match gate {
        Gate::Missing { stage, .. } | Gate::Draft { stage, .. } => CommandError::new(
            Code::NotApproved,
            message,
            format!("Read it and approve {stage} of {name}."),
        ),
        Gate::Stale { stage, ids, .. } => CommandError::new(
            Code::NotApproved,
            message,
            format!("Read what changed and approve {stage} of {name} again."),
        )
        .among(ids),
        Gate::Unreadable(_) => CommandError::new(
            Code::BrokenFile,
            message,
            "Repair approvals.json, or remove it to begin with drafts again.",
        ),
    }
}
