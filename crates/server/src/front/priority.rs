//! Threads that give way to what the user waits for.

/// How much background threads yield to everything else; 19 is the most.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Lowers the priority of the calling thread, where the system has such a thing. What it starts inherits it.
#[cfg(target_os = "linux")]
pub(super) fn lower() {
    use rustix::{process::setpriority_process, thread::gettid};
    // On Linux the priority of a "process" is that of the thread with this id.
    if let Err(error) = setpriority_process(Some(gettid()), NICENESS) {
        tracing::debug!(%error, "a background thread keeps its priority");
    }
}

/// Elsewhere all threads have one priority.
#[cfg(not(target_os = "linux"))]
pub(super) fn lower() {}
