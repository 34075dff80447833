//! `rutter/state`: the whole state, for a status line or a panel.

use rutter_commands::status;
use rutter_workspace::Snapshot;
use serde_json::{Value, json};

use crate::session::Session;

/// The state as it is now. What no part of the program fills yet is an empty list.
pub fn state(session: &Session, snapshot: &Snapshot) -> Value {
    let specs: Vec<_> = snapshot.folders.values().map(|f| status::of(f)).collect();
    let jobs: Vec<Value> = session
        .handles()
        .jobs
        .list()
        .into_iter()
        .map(|job| {
            let mut value = json!({"id": job.id.as_str(), "title": job.title, "state": job.state});
            if let Some(progress) = job.percentage {
                value["progress"] = progress.into();
            }
            if let Some(spec) = job.data.get("spec") {
                value["spec"] = spec.clone();
            }
            value
        })
        .collect();
    json!({
        "version": 1, "specs": specs, "hooks": [], "jobs": jobs, "requests": [], "proposals": [],
        "usage": {},
    })
}
