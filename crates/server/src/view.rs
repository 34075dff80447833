//! `rutter/state`: the whole state, for a status line or a panel.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rutter_commands::status::{self, Status};
use rutter_workspace::{ForeignFolder, Snapshot, SpecFolder};
use serde_json::{Value, json};

use crate::session::Session;

/// The status of every spec, worked out anew only for those that changed.
#[derive(Default)]
pub struct Statuses {
    specs: BTreeMap<PathBuf, (Arc<SpecFolder>, Status)>,
    /// Those of other tools.
    foreign: BTreeMap<PathBuf, (Arc<ForeignFolder>, Status)>,
    /// The rows of hooks, with the mark they were read at.
    hooks: Option<(u64, Value)>,
}

impl Statuses {
    fn of(&mut self, snapshot: &Snapshot) -> Vec<&Status> {
        self.specs
            .retain(|path, _| snapshot.folders.contains_key(path));
        for (path, folder) in snapshot.folders.iter() {
            let known = self
                .specs
                .get(path)
                .is_some_and(|(f, _)| Arc::ptr_eq(f, folder));
            if !known {
                let status = status::of(&snapshot.to_read(folder));
                self.specs
                    .insert(path.clone(), (Arc::clone(folder), status));
            }
        }
        let foreign = || snapshot.foreign.iter().filter(|(_, f)| f.is_spec());
        self.foreign
            .retain(|path, _| foreign().any(|(known, _)| known == path));
        for (path, folder) in foreign() {
            let known = self.foreign.get(path);
            if known.is_none_or(|(f, _)| !Arc::ptr_eq(f, folder)) {
                let status = rutter_commands::foreign::status(folder);
                self.foreign
                    .insert(path.clone(), (Arc::clone(folder), status));
            }
        }
        let ours = self.specs.values().map(|(_, status)| status);
        let foreign = self.foreign.values().map(|(_, status)| status);
        ours.chain(foreign).collect()
    }

    /// Read from disk only when something about hooks may have changed.
    fn hooks(&mut self, session: &Session) -> Value {
        let mark = session.hooks_mark();
        if let Some((known, rows)) = &self.hooks
            && *known == mark
        {
            return rows.clone();
        }
        // A hook file that can't be read has its own message.
        let rows = session
            .with_context(rutter_commands::hooks::list::list)
            .unwrap_or_default();
        let rows = json!(rows);
        self.hooks = Some((mark, rows.clone()));
        rows
    }
}

/// The state as it is now. What no part of the program fills yet is an empty list.
pub fn state(session: &Session, snapshot: &Snapshot, statuses: &mut Statuses) -> Value {
    let hooks = statuses.hooks(session);
    let specs = statuses.of(snapshot);
    let running = session.hooks().map(|h| h.running()).unwrap_or_default();
    let mut jobs: Vec<Value> = session
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
    jobs.extend(running.iter().map(|hook| {
        json!({"id": format!("hook:{hook}"), "title": format!("Hook {hook}"), "state": "running"})
    }));
    json!({
        "version": 1, "specs": specs, "hooks": hooks, "jobs": jobs, "requests": [], "proposals": [],
        "usage": {},
    })
}
