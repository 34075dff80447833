//! Telling the client what changed: findings (to clients that don't ask for them) and the state.
//!
//! One thread, woken by every change. The first change is answered at once; while changes keep coming the latest wins,
//! at most one set of findings of an open document a [`PERIOD`] and one state a [`STATE_PERIOD`]. What changes the state
//! alone, such as the progress of jobs, neither looks for findings nor holds them up.
//!
//! A client that asks for findings asks about the document that it changed. Where others changed with it, such as a function
//! whose requirement is another now, it is told to ask again, a [`PERIOD`] later: by then its own question is answered.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use lsp_types::{Diagnostic, MessageType, PublishDiagnosticsParams};
use parking_lot::{Condvar, Mutex};
use rutter_workspace::Snapshot;

use crate::findings::Group;
use crate::requests::diagnostic;
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
    changed: Mutex<Changed>,
    woken: Condvar,
}

/// What may have changed since the client was last told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Changed {
    findings: bool,
    state: bool,
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
                let changed = signal.wait(shown.next_state);
                if ending.is_cancelled() {
                    break;
                }
                if changed.findings && session.client().pulls {
                    signal.rest(PERIOD, &ending);
                }
                let begun = Instant::now();
                if shown.update(&session, changed) {
                    signal.rest(PERIOD.saturating_sub(begun.elapsed()), &ending);
                }
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
        let all = Changed {
            findings: true,
            state: true,
        };
        *self.0.changed.lock() = all;
        self.0.woken.notify_one();
    }

    /// The state changed, and no document.
    pub fn wake_for_state(&self) {
        // Jobs report far more often than the state is told: the thread knows after the first.
        if !std::mem::replace(&mut self.0.changed.lock().state, true) {
            self.0.woken.notify_one();
        }
    }
}

impl Signal {
    /// Waits for a change; one of the state alone waits until that is `due`.
    fn wait(&self, due: Option<Instant>) -> Changed {
        let mut changed = self.changed.lock();
        loop {
            let state = changed.state && due.is_none_or(|due| due <= Instant::now());
            if changed.findings || state {
                let now = Changed { state, ..*changed };
                *changed = Changed {
                    findings: false,
                    state: changed.state && !state,
                };
                return now;
            }
            match due.filter(|_| changed.state) {
                Some(due) => {
                    self.woken.wait_until(&mut changed, due);
                }
                None => self.woken.wait(&mut changed),
            }
        }
    }

    /// Lets changes gather.
    fn rest(&self, period: Duration, ending: &crate::front::CancelToken) {
        let until = Instant::now() + period;
        let mut changed = self.changed.lock();
        while !ending.is_cancelled() {
            if self.woken.wait_until(&mut changed, until).timed_out() {
                break;
            }
        }
    }
}

/// What the client was last told.
#[derive(Default)]
struct Shown {
    /// By document: the group that its findings stand in, and the version they were of.
    diagnostics: BTreeMap<PathBuf, (Group, Option<i32>)>,
    /// By document: the marks of the findings that a client was answered last and that it was then told to ask about.
    asked: HashMap<PathBuf, (String, String)>,
    state: Option<serde_json::Value>,
    /// When the state may be looked at again.
    next_state: Option<Instant>,
    statuses: view::Statuses,
}

impl Shown {
    /// Tells what changed; true where findings of an open document were told.
    fn update(&mut self, session: &Session, changed: Changed) -> bool {
        let client = session.client();
        let snapshot = session.snapshot();
        let mut told = false;
        if changed.findings {
            let groups = findings::of_everything(session, &snapshot, &|| false);
            if client.pulls {
                self.ask_again(session, &snapshot, &groups);
            } else {
                told = self.publish(session, &snapshot, &groups);
            }
        }
        if changed.state && client.state {
            self.show_state(session, &snapshot);
        }
        told
    }

    /// Tells a client that asks to ask again, where the findings of an open document are others than it was answered. Once:
    /// what it doesn't look at, it doesn't ask about.
    fn ask_again(&mut self, session: &Session, snapshot: &Snapshot, groups: &[Group]) {
        let mut others = false;
        for (path, answered) in session.answered(|path| snapshot.open.contains_key(path)) {
            let list = groups.iter().find_map(|group| group.get(&path));
            let now = diagnostic::mark(list.map_or(&[], |list| list));
            if now == answered {
                self.asked.remove(&path);
            } else if self.asked.get(&path).map(|(a, n)| (a, n)) != Some((&answered, &now)) {
                self.asked.insert(path, (answered, now));
                others = true;
            }
        }
        if others {
            let calls = &session.handles().calls;
            calls.refresh("workspace/diagnostic/refresh");
        }
    }

    fn publish(&mut self, session: &Session, snapshot: &Snapshot, groups: &[Group]) -> bool {
        let mut current: BTreeMap<&Path, (&Group, &[Diagnostic])> = BTreeMap::new();
        for group in groups {
            let documents = group.iter();
            current.extend(documents.map(|(path, list)| (path.as_path(), (group, &list[..]))));
        }
        let mut told = false;
        self.diagnostics.retain(|path, _| {
            let stays = current.contains_key(path.as_path());
            if !stays {
                send(session, snapshot, path, &[]);
            }
            stays
        });
        for (path, (group, list)) in current {
            let version = snapshot.open.get(path).map(|open| open.version);
            // The client hears of a new version even when its findings are the same.
            let known = match self.diagnostics.get_mut(path) {
                Some((shown, of)) => {
                    let same = *of == version
                        && (Arc::ptr_eq(shown, group)
                            || shown.get(path).is_some_and(|shown| shown == list));
                    if same {
                        *shown = Arc::clone(group);
                    }
                    same
                }
                None => list.is_empty() && version.is_none(),
            };
            if known {
                continue;
            }
            told |= version.is_some();
            send(session, snapshot, path, list);
            if list.is_empty() && version.is_none() {
                self.diagnostics.remove(path);
            } else {
                let shown = (Arc::clone(group), version);
                self.diagnostics.insert(path.to_owned(), shown);
            }
        }
        told
    }

    fn show_state(&mut self, session: &Session, snapshot: &Snapshot) {
        self.next_state = Some(Instant::now() + STATE_PERIOD);
        let state = view::state(session, snapshot, &mut self.statuses);
        if self.state.as_ref() != Some(&state) {
            session.handles().outbox.notify("rutter/state", &state);
            self.state = Some(state);
        }
    }
}

fn send(session: &Session, snapshot: &Snapshot, path: &Path, diagnostics: &[Diagnostic]) {
    let Some(uri) = convert::uri(path) else {
        return;
    };
    let version = snapshot.open.get(path).map(|open| open.version);
    session.handles().outbox.publish(&PublishDiagnosticsParams {
        uri,
        diagnostics: diagnostics.to_vec(),
        version,
    });
}
