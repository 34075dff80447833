//! `rutter/state`: the whole state, for a status line or a panel.

mod sections;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rutter_commands::hooks::list::{self, Row};
use rutter_commands::status::{self, Status};
use rutter_workspace::{ForeignFolder, Snapshot, SpecFolder};
use serde_json::{Value, json};

use crate::session::Session;
use sections::OfSpec;

/// The status of every spec, worked out anew only for those that changed.
#[derive(Default)]
pub struct Statuses {
    specs: BTreeMap<PathBuf, (Arc<SpecFolder>, Status, Option<OfSpec>)>,
    /// Those of other tools.
    foreign: BTreeMap<PathBuf, (Arc<ForeignFolder>, Status)>,
    /// The rows of hooks, with the mark they were read at.
    hooks: Option<(u64, Vec<Row>)>,
}

impl Statuses {
    fn refresh(&mut self, snapshot: &Snapshot, view: bool) {
        self.specs
            .retain(|path, _| snapshot.folders.contains_key(path));
        for (path, folder) in snapshot.folders.iter() {
            let known = self
                .specs
                .get(path)
                .is_some_and(|(f, ..)| Arc::ptr_eq(f, folder));
            if !known {
                let read = snapshot.to_read(folder);
                let status = status::of(&read);
                let shown = view.then(|| sections::of_spec(&read, &status));
                self.specs
                    .insert(path.clone(), (Arc::clone(folder), status, shown));
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
    }

    /// Read from disk only when something about hooks may have changed.
    fn read_hooks(&mut self, session: &Session) {
        let mark = session.hooks_mark();
        if self.hooks.as_ref().is_none_or(|(known, _)| *known != mark) {
            // A hook file that can't be read has its own message.
            let rows = session.with_context(list::list).unwrap_or_default();
            self.hooks = Some((mark, rows));
        }
    }
}

/// The state as it is now. What no part of the program fills yet is an empty list.
pub fn state(session: &Session, snapshot: &Snapshot, statuses: &mut Statuses) -> Value {
    statuses.read_hooks(session);
    let view = session.client().view;
    statuses.refresh(snapshot, view);
    let hooks = statuses.hooks.as_ref().map_or(&[][..], |(_, rows)| rows);
    let ours = statuses.specs.values().map(|(_, status, _)| status);
    let foreign = statuses.foreign.values().map(|(_, status)| status);
    let specs: Vec<&Status> = ours.chain(foreign.clone()).collect();
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
    let mut state = json!({
        "version": 1, "specs": specs, "hooks": hooks, "jobs": jobs, "requests": [], "proposals": [],
        "usage": {},
    });
    if view {
        let shown = statuses.specs.values();
        let shown: Vec<&OfSpec> = shown.filter_map(|(.., shown)| shown.as_ref()).collect();
        state["view"] = sections::view(&shown, foreign, hooks, &jobs);
    }
    state
}
