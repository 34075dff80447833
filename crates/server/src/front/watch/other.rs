//! Where neither exists, the end of the input says it.

use std::{convert::Infallible, io};

use super::super::control::Stop;

/// Never there on this system.
pub(in super::super) struct ParentWatch(Infallible);

impl ParentWatch {
    /// The parent cannot be watched here.
    pub(in super::super) fn start(_pid: i64, _stop: Stop) -> Option<Self> {
        None
    }
}

/// Nothing is watched.
pub(in super::super) struct SignalWatch;

/// The system ends the process by itself.
pub(in super::super) fn watch_signals(_stop: Stop) -> io::Result<SignalWatch> {
    Ok(SignalWatch)
}
