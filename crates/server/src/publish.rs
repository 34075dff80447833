//! Telling the client what changed: findings (to clients that don't ask for them) and the state.
//!
//! One thread, woken by every change. The first change is answered at once; while changes keep coming the latest wins,
//! at most one set of findings a [`PERIOD`] and one state a [`STATE_PERIOD`].

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lsp_types::{Diagnostic, MessageType, PublishDiagnosticsParams};
use parking_lot::{Condvar, Mutex};

use crate::session::Session;
use crate::{convert, findings, view};

/// At most one publish a period while changes keep coming.
const PERIOD: Duration = Duration::from_millis(30);

/// At most one state a period.
const STATE_PERIOD: Duration = Duration::from_millis(100);

/// Wakes the publishing thread. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Publisher(Arc<Signal>);

#[derive(Debug, Default)]
struct Signal {
    dirty: Mutex<bool>,
    woken: Condvar,
}

impl Publisher {
    /// Starts the thread; it ends with the server.
    pub fn start(session: Session) -> Self {
        let signal = Arc::new(Signal::default());
        let publisher = Self(Arc::clone(&signal));
        let ending = session.handles().ending.clone();
        let waker = publisher.clone();
        let listener = ending.on_cancel(move || waker.wake());
        let outbox = session.handles().outbox.clone();
        let run = move || {
            let _listener = listener;
            let mut shown = Shown::default();
            while !ending.is_cancelled() {
                signal.wait(shown.next_state);
                if ending.is_cancelled() {
                    break;
                }
                let begun = Instant::now();
                shown.update(&session);
                signal.rest(PERIOD.saturating_sub(begun.elapsed()), &ending);
            }
        };
        if let Err(error) = std::thread::Builder::new()
            .name("publish".to_owned())
            .spawn(run)
        {
            outbox.show(
                MessageType::ERROR,
                format!("Findings can't be shown, because no thread could be started: {error}."),
            );
        }
        publisher
    }

    /// Something changed.
    pub fn wake(&self) {
        *self.0.dirty.lock() = true;
        self.0.woken.notify_one();
    }
}

impl Signal {
    /// Waits for a change, or until the state that was held back is due.
    fn wait(&self, due: Option<Instant>) {
        let mut dirty = self.dirty.lock();
        while !*dirty {
            match due {
                None => self.woken.wait(&mut dirty),
                Some(due) => {
                    if self.woken.wait_until(&mut dirty, due).timed_out() {
                        break;
                    }
                }
            }
        }
        *dirty = false;
    }

    /// Lets changes gather.
    fn rest(&self, period: Duration, ending: &crate::front::CancelToken) {
        let until = Instant::now() + period;
        let mut dirty = self.dirty.lock();
        while !ending.is_cancelled() {
            if self.woken.wait_until(&mut dirty, until).timed_out() {
                break;
            }
        }
    }
}

/// What the client was last told.
#[derive(Default)]
struct Shown {
    /// By document: its findings and the version they were of.
    diagnostics: BTreeMap<PathBuf, (Vec<Diagnostic>, Option<i32>)>,
    state: Option<serde_json::Value>,
    next_state: Option<Instant>,
    last_state: Option<Instant>,
    statuses: view::Statuses,
}

impl Shown {
    fn update(&mut self, session: &Session) {
        let client = session.client();
        let snapshot = session.snapshot();
        if !client.pulls {
            let mut current: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
            let settings = findings::settings_mark(&snapshot);
            for folder in snapshot.folders.values() {
                let found = session.findings(&snapshot, folder, settings);
                current.extend(found.iter().map(|(p, list)| (p.clone(), list.clone())));
            }
            for found in session.own_findings(&snapshot, settings) {
                current.extend(found.iter().map(|(p, list)| (p.clone(), list.clone())));
            }
            for found in session.agent_findings(&snapshot, settings) {
                current.extend(found.iter().map(|(p, list)| (p.clone(), list.clone())));
            }
            self.publish(session, &snapshot, current);
        }
        if client.state {
            self.show_state(session, &snapshot);
        }
    }

    fn publish(
        &mut self,
        session: &Session,
        snapshot: &rutter_workspace::Snapshot,
        current: BTreeMap<PathBuf, Vec<Diagnostic>>,
    ) {
        let gone: Vec<PathBuf> = self
            .diagnostics
            .keys()
            .filter(|p| !current.contains_key(*p))
            .cloned()
            .collect();
        for path in gone {
            self.send(session, snapshot, &path, Vec::new());
            self.diagnostics.remove(&path);
        }
        for (path, list) in current {
            let version = snapshot.open.get(&path).map(|open| open.version);
            // The client hears of a new version even when its findings are the same.
            let known = match self.diagnostics.get(&path) {
                Some((shown, of)) => *shown == list && *of == version,
                None => list.is_empty() && version.is_none(),
            };
            if known {
                continue;
            }
            self.send(session, snapshot, &path, list.clone());
            if list.is_empty() && version.is_none() {
                self.diagnostics.remove(&path);
            } else {
                self.diagnostics.insert(path, (list, version));
            }
        }
    }

    fn send(
        &self,
        session: &Session,
        snapshot: &rutter_workspace::Snapshot,
        path: &std::path::Path,
        diagnostics: Vec<Diagnostic>,
    ) {
        let Some(uri) = convert::uri(path) else {
            return;
        };
        let version = snapshot.open.get(path).map(|open| open.version);
        session.handles().outbox.publish(&PublishDiagnosticsParams {
            uri,
            diagnostics,
            version,
        });
    }

    fn show_state(&mut self, session: &Session, snapshot: &rutter_workspace::Snapshot) {
        let now = Instant::now();
        if let Some(last) = self.last_state
            && now < last + STATE_PERIOD
        {
            self.next_state = Some(last + STATE_PERIOD);
            return;
        }
        self.next_state = None;
        let state = view::state(session, snapshot, &mut self.statuses);
        if self.state.as_ref() != Some(&state) {
            session.handles().outbox.notify("rutter/state", &state);
            self.state = Some(state);
            self.last_state = Some(now);
        }
    }
}
