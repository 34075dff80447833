//! The log of outcomes, written in groups: whoever waits for the disk takes along what came meanwhile.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use parking_lot::Mutex;
use rutter_store::{HookOutcome, Store, StoreError};

/// What is not written yet, by workspace folder.
pub(crate) struct Ledger {
    store: Store,
    waiting: Mutex<BTreeMap<PathBuf, Vec<HookOutcome>>>,
    writing: Mutex<()>,
}

/// Outcomes kept in memory while the log can't be written.
const KEPT: usize = 10_000;

impl Ledger {
    pub(crate) fn new(store: Store) -> Self {
        Self {
            store,
            waiting: Mutex::default(),
            writing: Mutex::default(),
        }
    }

    /// Writes outcomes, and those that could not be written before. What can't be written now is kept.
    pub(crate) fn note(&self, root: &Path, outcomes: &[HookOutcome]) -> Result<(), StoreError> {
        self.waiting
            .lock()
            .entry(root.to_owned())
            .or_default()
            .extend_from_slice(outcomes);
        self.write(root)
    }

    /// Whether the log can be written: an error where earlier outcomes still wait for that.
    pub(crate) fn write(&self, root: &Path) -> Result<(), StoreError> {
        if !self.waiting.lock().contains_key(root) {
            return Ok(());
        }
        let _turn = self.writing.lock();
        let Some(outcomes) = self.waiting.lock().remove(root) else {
            return Ok(());
        };
        let written = self.store.hook_log(root).note(&outcomes);
        if written.is_err() {
            let mut waiting = self.waiting.lock();
            let since = waiting.entry(root.to_owned()).or_default();
            let mut all = outcomes;
            all.append(since);
            let lost = all.drain(..all.len().saturating_sub(KEPT)).len();
            if lost > 0 {
                tracing::error!(
                    lost,
                    "outcomes of hooks are lost, because their log can't be written"
                );
            }
            *since = all;
        }
        written
    }

    /// Writes whatever still waits, for the last time.
    pub(crate) fn write_all(&self) {
        let roots: Vec<PathBuf> = self.waiting.lock().keys().cloned().collect();
        for root in roots {
            if let Err(error) = self.write(&root) {
                tracing::error!(%error, "the last outcomes of hooks are lost");
            }
        }
    }
}
