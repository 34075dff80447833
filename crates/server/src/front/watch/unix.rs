//! Signals and the parent's death on Unix.

use std::{
    io::{self, PipeReader, PipeWriter},
    thread,
};

use rustix::process::Pid;
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    iterator::{Handle, Signals},
};

use super::super::{control::Stop, options::ExitCause};

/// Watches signals until it is dropped.
pub(in super::super) struct SignalWatch(Handle);

/// Makes SIGTERM and SIGINT end the server in an orderly way.
///
/// # Errors
/// When the signals cannot be caught or the thread cannot be started.
pub(in super::super) fn watch_signals(stop: Stop) -> io::Result<SignalWatch> {
    let mut signals = Signals::new([SIGTERM, SIGINT])?;
    let handle = signals.handle();
    thread::Builder::new()
        .name("rutter-signals".to_owned())
        .spawn(move || {
            if let Some(signal) = signals.forever().next() {
                stop.now(ExitCause::Signal(signal));
            }
        })?;
    Ok(SignalWatch(handle))
}

impl Drop for SignalWatch {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Watches one process until it is dropped.
pub(in super::super) struct ParentWatch {
    /// Closing it ends the thread.
    _stop: PipeWriter,
}

impl ParentWatch {
    /// Ends the server when process `pid` dies. `None` if it cannot be seen from here, as in a container.
    pub(in super::super) fn start(pid: i64, stop: Stop) -> Option<Self> {
        let pid = i32::try_from(pid).ok().filter(|pid| *pid > 0)?;
        let pid = Pid::from_raw(pid)?;
        let watched = Watched::open(pid)?;
        let (dropped, writer) = io::pipe().ok()?;
        let started = thread::Builder::new()
            .name("rutter-parent".to_owned())
            .spawn(move || {
                if watched.wait(&dropped) {
                    stop.now(ExitCause::ParentDied);
                }
            });
        match started {
            Ok(_) => Some(Self { _stop: writer }),
            Err(error) => {
                tracing::warn!(%error, "cannot watch the process that started the server");
                None
            }
        }
    }
}

/// On Linux a descriptor that becomes readable when the process dies.
#[cfg(target_os = "linux")]
struct Watched(std::os::fd::OwnedFd);

#[cfg(target_os = "linux")]
impl Watched {
    fn open(pid: Pid) -> Option<Self> {
        use rustix::process::{PidfdFlags, pidfd_open};
        match pidfd_open(pid, PidfdFlags::empty()) {
            Ok(descriptor) => Some(Self(descriptor)),
            Err(error) => {
                tracing::debug!(%error, "the process that started the server cannot be seen");
                None
            }
        }
    }

    /// Whether the process died, rather than the watch being dropped.
    fn wait(&self, dropped: &PipeReader) -> bool {
        use rustix::event::{PollFd, PollFlags, poll};
        loop {
            let mut watched = [
                PollFd::new(&self.0, PollFlags::IN),
                PollFd::new(dropped, PollFlags::IN),
            ];
            match poll(&mut watched, None) {
                Ok(_) => return watched[1].revents().is_empty(),
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => {
                    tracing::warn!(%error, "cannot watch the process that started the server");
                    return false;
                }
            }
        }
    }
}

/// Elsewhere the process is looked for once a second.
#[cfg(not(target_os = "linux"))]
struct Watched(Pid);

#[cfg(not(target_os = "linux"))]
impl Watched {
    fn open(pid: Pid) -> Option<Self> {
        lives(pid).then_some(Self(pid))
    }

    fn wait(&self, dropped: &PipeReader) -> bool {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let second = Timespec {
            tv_sec: 1,
            tv_nsec: 0,
        };
        while lives(self.0) {
            let mut watched = [PollFd::new(dropped, PollFlags::IN)];
            if poll(&mut watched, Some(&second)).is_ok_and(|ready| ready > 0) {
                return false;
            }
        }
        true
    }
}

#[cfg(not(target_os = "linux"))]
fn lives(pid: Pid) -> bool {
    use rustix::{io::Errno, process::test_kill_process};
    // A process of another user is there, too.
    matches!(test_kill_process(pid), Ok(()) | Err(Errno::PERM))
}
