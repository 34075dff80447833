//! Stages: what is approved, what went stale and why, what may come next. The one place that decides this; every
//! command, verb and run asks here.

mod approve;
mod changes;
mod compare;
mod gate;

use std::ops::Range;

pub use approve::{ApproveError, approve, open_decisions};
pub use changes::{Change, Citing, changes, stale_changes};
pub use gate::{Gate, may_continue, may_run_task, next, next_document};

use crate::approvals::{Approvals, Who};
use crate::config::Workflow;
use crate::hash::Items;
use crate::{Document, Spec, Stage};
use compare::Comparison;

/// How far a stage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It has no document.
    Missing,
    /// Nobody said yes to all of it.
    Draft,
    /// Somebody said yes to what it says.
    Approved,
    /// It says something else than what somebody said yes to.
    Stale,
}

impl State {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Stale => "stale",
        }
    }
}

/// Why an item is not approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It says something else.
    Changed,
    /// It was not there, or was left out of a partial approval.
    Added,
    /// It is gone.
    Removed,
    /// It says the same, but what it cites changed or is gone: the ids.
    Cites(Vec<String>),
}

/// An item that is not covered by the approval of its stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleItem {
    /// Its id now; of a removed one, its id when it was approved.
    pub id: String,
    /// Why.
    pub why: Why,
    /// The bytes in the document where it is shown; nothing for a removed one.
    pub range: Option<Range<usize>>,
}

/// A stage of a spec, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageStatus {
    /// The stage.
    pub stage: Stage,
    /// The document that carries it here.
    pub document: Document,
    /// How far it is.
    pub state: State,
    /// What its approval doesn't cover, in the order of the document, removed items last. Empty where nothing was ever
    /// approved.
    pub stale: Vec<StaleItem>,
    /// Who approved, also what went stale since.
    pub approved_by: Option<Who>,
    /// When, in RFC 3339.
    pub at: Option<String>,
}

/// The stages in the order in which this spec's workflow makes them.
pub fn order(spec: &Spec) -> [Stage; 3] {
    match spec.workflow() {
        Workflow::DesignFirst => [Stage::Design, Stage::Requirements, Stage::Tasks],
        Workflow::RequirementsFirst | Workflow::Quick | Workflow::Bugfix => Stage::ALL,
    }
}

/// Every stage, in the order of the workflow.
pub fn status(spec: &Spec, approvals: &Approvals) -> Vec<StageStatus> {
    let items = Items::new(spec);
    order(spec)
        .into_iter()
        .map(|stage| status_of(&items, approvals, stage))
        .collect()
}

/// One stage.
pub fn stage_status(spec: &Spec, approvals: &Approvals, stage: Stage) -> StageStatus {
    status_of(&Items::new(spec), approvals, stage)
}

/// One stage of a spec whose items may be known already.
fn status_of(items: &Items<'_>, approvals: &Approvals, stage: Stage) -> StageStatus {
    let spec = items.spec();
    let document = spec.document_of(stage);
    let approval = approvals.get(stage).filter(|a| a.is_for(document));
    let mut status = StageStatus {
        stage,
        document,
        state: State::Draft,
        stale: Vec::new(),
        approved_by: approval.map(|a| a.who.clone()),
        at: approval.map(|a| a.at.clone()),
    };
    if spec.source(document).is_none() {
        status.state = State::Missing;
    } else if let Some(approval) = approval {
        let items = items.of(document);
        status.stale = Comparison::new(items, &approval.items).stale(items, &approval.items);
        let unasked = status.stale.iter().all(|s| s.why == Why::Added);
        status.state = if status.stale.is_empty() {
            State::Approved
        } else if approval.partial && unasked {
            State::Draft
        } else {
            State::Stale
        };
    }
    status
}
