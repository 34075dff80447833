//! What tells the server from outside to end: signals, and the death of the process that started it.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(super) use other::{ParentWatch, SignalWatch, watch_signals};
#[cfg(unix)]
pub(super) use unix::{ParentWatch, SignalWatch, watch_signals};
