//! The gate: what may be done with a spec as it is approved now.

use super::{State, Why, order, stage_status};
use crate::approvals::Approvals;
use crate::config::Workflow;
use crate::{Document, Spec, Stage};

/// Why something may not be done yet. Each message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Gate {
    /// A document is not there.
    #[error("There is no {} yet: write it and approve it first.", .document.file_name())]
    Missing {
        /// The stage that blocks.
        stage: Stage,
        /// Its document.
        document: Document,
    },
    /// Nobody said yes.
    #[error("{} is not approved yet: approve it first.", .document.file_name())]
    Draft {
        /// The stage that blocks.
        stage: Stage,
        /// Its document.
        document: Document,
    },
    /// It changed since somebody said yes.
    #[error("{} changed since it was approved ({}): approve it again first.", .document.file_name(), listed(.ids))]
    Stale {
        /// The stage that blocks.
        stage: Stage,
        /// Its document.
        document: Document,
        /// The items that are stale.
        ids: Vec<String>,
    },
    /// The approvals can't be read.
    #[error("{0}")]
    Unreadable(#[from] crate::approvals::Problem),
}

/// The first few ids.
fn listed(ids: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown = ids.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    match ids.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Whether the document of stage `to` may be drafted: every stage before it in the workflow must be approved as it
/// stands. `quick` has no gates between documents.
pub fn may_continue(spec: &Spec, approvals: &Approvals, to: Stage) -> Result<(), Gate> {
    if spec.workflow() == Workflow::Quick {
        return Ok(());
    }
    for stage in order(spec).into_iter().take_while(|&s| s != to) {
        check(spec, approvals, stage)?;
    }
    Ok(())
}

/// Whether a task may run: `tasks.md` must be approved as it stands and, except in `quick`, so must every earlier
/// document that there is.
pub fn may_run_task(spec: &Spec, approvals: &Approvals) -> Result<(), Gate> {
    if spec.workflow() != Workflow::Quick {
        for stage in order(spec).into_iter().filter(|&s| s != Stage::Tasks) {
            match check(spec, approvals, stage) {
                Ok(()) | Err(Gate::Missing { .. }) => {}
                Err(gate) => return Err(gate),
            }
        }
    }
    check(spec, approvals, Stage::Tasks)
}

/// What comes next: the first stage of the workflow that is not approved as it stands. It is to be drafted where it has
/// no document, else to be approved. In `quick` every document comes before the approval of the tasks.
pub fn next(spec: &Spec, approvals: &Approvals) -> Option<Stage> {
    if spec.workflow() == Workflow::Quick {
        let approved = check(spec, approvals, Stage::Tasks).is_ok();
        return next_document(spec).or((!approved).then_some(Stage::Tasks));
    }
    order(spec)
        .into_iter()
        .find(|&stage| check(spec, approvals, stage).is_err())
}

/// The first stage of the workflow that has no document.
pub fn next_document(spec: &Spec) -> Option<Stage> {
    order(spec)
        .into_iter()
        .find(|&stage| spec.source(spec.document_of(stage)).is_none())
}

/// Whether a stage is approved as it stands.
fn check(spec: &Spec, approvals: &Approvals, stage: Stage) -> Result<(), Gate> {
    let status = stage_status(spec, approvals, stage);
    let document = status.document;
    if status.state == State::Missing {
        return Err(Gate::Missing { stage, document });
    }
    if let Some(problem) = approvals.problem() {
        return Err(Gate::Unreadable(problem.clone()));
    }
    match status.state {
        State::Approved => Ok(()),
        State::Draft | State::Missing => Err(Gate::Draft { stage, document }),
        State::Stale => {
            let mut stale = status.stale;
            // What changed itself says more than what cites it.
            stale.sort_by_key(|s| matches!(s.why, Why::Cites(_)));
            Err(Gate::Stale {
                stage,
                document,
                ids: stale.into_iter().map(|s| s.id).collect(),
            })
        }
    }
}
