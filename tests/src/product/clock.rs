//! A clock that a test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rutter_host::{Clock, FixedClock, WallMinute};

/// Stands at 09:30 on Saturday, 21 November 2026, until it is moved.
#[derive(Clone, Debug, Default)]
pub struct Hand(Arc<AtomicU64>);

impl Hand {
    /// Moves it on.
    pub fn pass(&self, milliseconds: u64) {
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for Hand {
    fn now(&self) -> String {
        let minute = 30 + self.millis() / 60_000;
        let second = self.millis() / 1_000 % 60;
        format!("2026-11-21T09:{minute:02}:{second:02}Z")
    }

    fn millis(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }

    fn wall(&self) -> WallMinute {
        FixedClock(self.now()).wall()
    }
}
