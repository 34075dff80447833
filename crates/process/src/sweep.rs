//! Ending the processes that carry a mark, wherever they went.

#![expect(
    clippy::disallowed_methods,
    reason = "`/proc` is the kernel, not a file system"
)]

use std::collections::HashSet;
use std::fs;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

use crate::mark::marks;

/// How often is looked again: what is about to be ended may start one more.
const ROUNDS: usize = 20;
/// How long processes that were killed are waited for.
const PATIENCE: Duration = Duration::from_millis(200);

/// Ends what is left of a run. Runs that end together share one look at the processes.
pub(crate) fn end_run(mark: String) {
    static ENDED: Mutex<Vec<String>> = Mutex::new(Vec::new());
    static TURN: Mutex<()> = Mutex::new(());
    ENDED.lock().push(mark);
    let _turn = TURN.lock();
    let ended: HashSet<String> = ENDED.lock().drain(..).collect();
    // Nothing where the one before took ours along, and is done.
    if !ended.is_empty() {
        end(|mark| ended.contains(mark));
    }
}

/// Ends every process with such a mark; gives how many there were.
pub(crate) fn end(is_meant: impl Fn(&str) -> bool) -> usize {
    let mut all = 0;
    for _ in 0..ROUNDS {
        let found = carriers(&is_meant);
        if found.is_empty() {
            break;
        }
        all += found.len();
        for process in &found {
            if let Err(error) = pidfd_send_signal(process, Signal::KILL) {
                tracing::debug!(%error, "a process that a run left could not be ended");
            }
        }
        wait(&found);
    }
    all
}

/// The processes with such a mark. Each is held by a descriptor before it is looked at a second time, so that no other
/// process can be meant that got the same number.
fn carriers(is_meant: &impl Fn(&str) -> bool) -> Vec<OwnedFd> {
    let own = std::process::id();
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter(|pid| *pid != own)
        .filter_map(|pid| {
            let carries = || {
                let environ = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
                marks(&environ).any(is_meant)
            };
            if !carries() {
                return None;
            }
            let number = Pid::from_raw(i32::try_from(pid).ok()?)?;
            let process = pidfd_open(number, PidfdFlags::empty()).ok()?;
            carries().then_some(process)
        })
        .collect()
}

fn wait(processes: &[OwnedFd]) {
    let deadline = Instant::now() + PATIENCE;
    for process in processes {
        let left = deadline.saturating_duration_since(Instant::now());
        let Ok(left) = Timespec::try_from(left) else {
            return;
        };
        // One that does not end is looked at again in the next round.
        let _ = poll(&mut [PollFd::new(process, PollFlags::IN)], Some(&left));
    }
}
