//! The only code that starts a process. Each runs in a process group of its own, at low priority, inside a time limit and
//! with capped output, and nothing that it started is left when it ends, or when this process ends, however it ends. Who
//! starts one hands over a permit.

mod capture;
mod group;
#[cfg(target_os = "linux")]
mod mark;
mod request;
mod run;
#[cfg(target_os = "linux")]
mod sweep;
#[cfg(unix)]
mod watchdog;

pub use capture::Captured;
pub use group::Group;
pub use request::{Environment, OUTPUT_LIMIT, Program, Request};
pub use run::{End, Output, Piped, StartError, run, run_now, spawn_piped};
#[cfg(unix)]
pub use watchdog::{use_watchdog, watch};

/// Ends the processes of runs whose Rutter, of whatever folder, is gone without having ended them; gives how many there were.
/// Only on Linux can they be found.
pub fn end_orphans() -> usize {
    #[cfg(target_os = "linux")]
    return sweep::end(mark::is_orphan);
    #[cfg(not(target_os = "linux"))]
    return 0;
}
