//! The status of a spec, as `rutter status` and `rutter/state` show it.

use rutter_spec::foreign::Flavour;
use rutter_spec::stages::{self, State};
use rutter_spec::{Mark, Tasks};
use rutter_workspace::{Snapshot, SpecFolder};
use serde::Serialize;

/// One spec.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Its name.
    pub spec: String,
    /// Its workflow; of a spec of another tool which one it is.
    pub workflow: &'static str,
    /// Whether it is another tool's, which no command changes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// Its stages, in the order of the workflow.
    pub stages: Vec<Stage>,
    /// What is to be decided.
    pub decisions: Vec<Decision>,
    /// How many tasks there are.
    pub tasks: Count,
}

/// One stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// `requirements`, `design`, `tasks`.
    pub stage: &'static str,
    /// `missing`, `draft`, `approved`, `stale`.
    pub state: &'static str,
    /// The ids of the stale items.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// Who approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    /// When, in RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// An open decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Its id.
    pub id: String,
    /// The question.
    pub text: String,
    /// The answers.
    pub choices: Vec<String>,
    /// What it touches.
    pub ids: Vec<String>,
}

/// Tasks by state; optional ones are counted in every number they belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// All of them.
    pub total: usize,
    /// Those done.
    pub done: usize,
    /// Those that run.
    pub running: usize,
    /// Those that may be left out.
    pub optional: usize,
}

impl Status {
    /// The tool that it belongs to, where it isn't ours.
    pub fn tool(&self) -> Option<&'static str> {
        let all = [Flavour::SpecKit, Flavour::OpenSpec].into_iter();
        let mut fits = all.filter(|flavour| flavour.workflow() == self.workflow);
        fits.next().map(Flavour::as_str)
    }
}

/// The status of every spec; those of other tools last.
pub fn all(snapshot: &Snapshot) -> Vec<Status> {
    let ours = snapshot.folders.values().map(|folder| of(folder));
    let foreign = snapshot.foreign.values().filter(|folder| folder.is_spec());
    ours.chain(foreign.map(|folder| crate::foreign::status(folder)))
        .collect()
}

/// The status of a spec.
pub fn of(folder: &SpecFolder) -> Status {
    let spec = folder.spec();
    let stages = stages::status(spec, folder.approvals())
        .into_iter()
        .map(|s| Stage {
            stage: s.stage.as_str(),
            state: s.state.as_str(),
            items: if s.state == State::Stale {
                s.stale.iter().map(|i| i.id.clone()).collect()
            } else {
                Vec::new()
            },
            approved_by: s.approved_by.map(|w| w.name),
            at: s.at,
        })
        .collect();
    let decisions = spec
        .decisions()
        .into_iter()
        .map(|(_, d)| Decision {
            id: d.id,
            text: d.question,
            choices: d.choices,
            ids: d.ids,
        })
        .collect();
    Status {
        spec: folder.name.clone(),
        workflow: spec.workflow().as_str(),
        read_only: false,
        stages,
        decisions,
        tasks: spec.tasks.as_ref().map(|t| count(t)).unwrap_or_default(),
    }
}

fn count(tasks: &Tasks) -> Count {
    let with = |mark| tasks.tasks.iter().filter(|t| t.mark == mark).count();
    Count {
        total: tasks.tasks.len(),
        done: with(Mark::Done),
        running: with(Mark::Running),
        optional: tasks.tasks.iter().filter(|t| t.optional).count(),
    }
}
