//! The files of a project, for patterns and references: looked through in the background when somebody asks, and kept for
//! a while. Whoever asks gets what is known.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;

use crate::front::CancelToken;
use crate::session::Session;

/// What is older than this, in milliseconds, is looked through again when somebody asks.
const FRESH: u64 = 30_000;

/// What is known of each folder.
#[derive(Default)]
pub struct ProjectFiles(Mutex<HashMap<PathBuf, Known>>);

#[derive(Default)]
struct Known {
    names: Option<Arc<Vec<String>>>,
    /// When it was looked through, by the session's clock.
    at: u64,
    looking: bool,
    /// Files came or went since it began to look.
    changed: bool,
}

impl ProjectFiles {
    /// The files of a folder, relative with `/`; nothing while they are first looked through.
    pub fn of(&self, session: &Session, base: &Path) -> Option<Arc<Vec<String>>> {
        let now = session.environment().clock.millis();
        let mut all = self.0.lock();
        let known = all.entry(base.to_owned()).or_default();
        let stale = known.names.is_none() || now.saturating_sub(known.at) > FRESH;
        if stale && !known.looking {
            known.looking = true;
            known.changed = false;
            look(session, base);
        }
        known.names.clone()
    }

    /// What is known, without looking.
    pub fn known(&self, base: &Path) -> Option<Arc<Vec<String>>> {
        self.0.lock().get(base)?.names.clone()
    }

    /// Files came or went: what is known is looked through again when somebody asks.
    pub fn changed(&self) {
        for known in self.0.lock().values_mut() {
            known.at = 0;
            known.changed = true;
        }
    }

    /// Takes in what was found; gives whether it is news.
    fn found(&self, base: &Path, names: Vec<String>, at: u64) -> bool {
        let mut all = self.0.lock();
        let known = all.entry(base.to_owned()).or_default();
        known.looking = false;
        known.at = if known.changed { 0 } else { at };
        if known.names.as_ref().is_some_and(|old| **old == names) {
            return false;
        }
        known.names = Some(Arc::new(names));
        true
    }
}

fn look(session: &Session, base: &Path) {
    let (worker, base) = (session.weak(), base.to_owned());
    let work = move || {
        let Some(session) = worker.get() else { return };
        let environment = session.environment();
        let at = environment.clock.millis();
        let names = rutter_commands::steering::project(environment.files.as_ref(), &base);
        if session.projects().found(&base, names, at) {
            session.wake();
            session.refresh_views();
        }
    };
    session
        .handles()
        .background
        .run(CancelToken::new(), work)
        .detach();
}
