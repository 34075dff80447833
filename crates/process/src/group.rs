//! A process and all that it starts.
//!
//! What stays in the process group is ended by its number, on every system; on Windows the job object holds all. A program
//! may leave its group (`setsid`, daemons). On Linux it is found all the same by the mark in its environment, which every
//! descendant inherits: at the end of the run, when this process ends ([`crate::watch`]), and, if nobody was left
//! to do that, at the next start ([`crate::end_orphans`]). Only who carries exactly that mark is ended, held by a pidfd. What clears or
//! overwrites its environment *and* leaves its group is not found; a hook that wants a daemon to stay starts it with
//! `env -u RUTTER_RUN`. On macOS what leaves its group stays.

use std::io;
use std::time::Duration;

use process_wrap::tokio::ChildWrapper;

/// How long a group that was ended is waited for.
const PATIENCE: Duration = Duration::from_millis(200);

/// A process and all that it started. Dropping it ends them.
pub struct Group {
    child: Box<dyn ChildWrapper>,
    #[cfg(target_os = "linux")]
    mark: Option<String>,
    // Declared for its drop, after the group was ended.
    #[cfg(unix)]
    _watched: Option<crate::watchdog::Watched>,
}

impl Group {
    /// A process that runs nothing of others: it is neither marked nor watched.
    pub(crate) fn plain(child: Box<dyn ChildWrapper>) -> Self {
        Self {
            child,
            #[cfg(target_os = "linux")]
            mark: None,
            #[cfg(unix)]
            _watched: None,
        }
    }

    /// A process that was started with this mark.
    pub(crate) fn watched(child: Box<dyn ChildWrapper>, mark: Option<String>) -> Self {
        #[cfg(not(target_os = "linux"))]
        let _ = mark;
        Self {
            #[cfg(unix)]
            _watched: child.id().and_then(crate::watchdog::Watched::new),
            child,
            #[cfg(target_os = "linux")]
            mark,
        }
    }

    pub(crate) fn child(&mut self) -> &mut dyn ChildWrapper {
        self.child.as_mut()
    }

    pub(crate) async fn leader(&mut self) -> io::Result<std::process::ExitStatus> {
        // The wrapper's own wait waits for the whole group: one that left a child behind would never end.
        self.child.inner_mut().wait().await
    }

    /// Waits until the process itself has ended; what it started may still run.
    pub async fn ended(&mut self) {
        // One that can't be waited for is gone for us too.
        let _ = self.leader().await;
    }

    /// Ends everything that it started, and waits until it has ended.
    pub async fn end(&mut self) {
        self.kill();
        #[cfg(target_os = "linux")]
        if let Some(mark) = self.mark.take()
            && let Err(error) = tokio::task::spawn_blocking(|| crate::sweep::end_run(mark)).await
        {
            tracing::warn!(%error, "what a run left may still run");
        }
        let _ = tokio::time::timeout(PATIENCE, self.child.wait()).await;
    }

    /// Ends everything in the group at once.
    fn kill(&mut self) {
        // What has ended already can't be killed again.
        let _ = self.child.start_kill();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
        #[cfg(target_os = "linux")]
        if let Some(mark) = self.mark.take() {
            let sweep = || crate::sweep::end_run(mark);
            if let Err(error) = std::thread::Builder::new().spawn(sweep) {
                tracing::warn!(%error, "what a run left may still run");
            }
        }
    }
}
