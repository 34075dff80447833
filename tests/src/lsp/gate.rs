//! A door that tests open, instead of sleeping.

use std::{sync::Arc, time::Duration};

use parking_lot::{Condvar, Mutex};

/// Closed or open; a cheap clone.
#[derive(Clone, Default)]
pub struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    /// A gate that lets nobody pass.
    pub fn closed() -> Self {
        Self::default()
    }

    /// Opens or closes it.
    pub fn set(&self, open: bool) {
        *self.0.0.lock() = open;
        self.0.1.notify_all();
    }

    /// Waits until it is open.
    pub fn pass(&self) {
        let mut open = self.0.0.lock();
        self.0.1.wait_while(&mut open, |open| !*open);
    }

    /// Waits until it is open, at most `limit`; whether it is.
    pub fn pass_within(&self, limit: Duration) -> bool {
        let mut open = self.0.0.lock();
        let waited = self.0.1.wait_while_for(&mut open, |open| !*open, limit);
        !waited.timed_out()
    }
}
