//! What is raised, what comes of it, and who hears of it.

use std::path::Path;

use rutter_hooks::{Event, HookFile};
use rutter_store::HookOutcome;
use tokio::sync::mpsc;

/// Hears what hooks do: the editor's messages and state.
pub trait Listener: Send + Sync {
    /// A hook was started.
    fn started(&self, root: &Path, hook: &str);
    /// Outcomes that came at once; they are in the log.
    fn settled(&self, root: &Path, outcomes: &[HookOutcome]);
}

/// An event and the hooks it is for.
pub struct Raising<'a> {
    /// The project.
    pub root: &'a Path,
    /// Its hooks, and the user's own.
    pub files: &'a [HookFile],
    /// What happened.
    pub event: Event,
}

/// What came of an event.
pub struct Raised {
    /// How many hooks match.
    pub matched: usize,
    /// One outcome for each, as they come; ends with the last.
    pub outcomes: mpsc::UnboundedReceiver<HookOutcome>,
}

impl Raised {
    /// Waits for every outcome.
    pub async fn all(mut self) -> Vec<HookOutcome> {
        let mut all = Vec::with_capacity(self.matched);
        while let Some(outcome) = self.outcomes.recv().await {
            all.push(outcome);
        }
        all
    }
}
