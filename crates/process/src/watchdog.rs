//! Ends what this process runs when this process ends, however it ends.
//!
//! A killed process can't clean up, so a second one does: the watchdog, the same binary in a process group of its own,
//! started with the first run. It reads which groups run from a pipe. When the pipe closes, the one at its other end has
//! ended, and the watchdog ends the groups that are left, and on Linux all that carries a mark of that process.
//!
//! A signal at the parent's death (`PR_SET_PDEATHSIG`) would not do: it comes when the *thread* ends that started the run,
//! it reaches the leader only, and it needs code between fork and exec. On Windows the job object does all this.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::OnceLock;

use parking_lot::Mutex;
use rustix::process::{Pid, Signal, kill_process_group};

static WATCHDOG: OnceLock<Mutex<Watchdog>> = OnceLock::new();

/// Says with which argument this binary does the watching: it then has to call [`watch`] with its standard input. Counts
/// once; without it nothing watches.
pub fn use_watchdog(argument: &'static str) {
    let watchdog = Watchdog {
        argument,
        child: None,
        groups: BTreeSet::new(),
    };
    if WATCHDOG.set(Mutex::new(watchdog)).is_err() {
        tracing::debug!("a watchdog is named already");
    }
}

struct Watchdog {
    argument: &'static str,
    child: Option<Child>,
    /// By their leaders.
    groups: BTreeSet<u32>,
}

/// A group that is watched while this lives.
pub(crate) struct Watched(u32);

impl Watched {
    /// Has a group watched.
    pub(crate) fn new(leader: u32) -> Option<Self> {
        let mut watchdog = WATCHDOG.get()?.lock();
        watchdog.groups.insert(leader);
        if watchdog.tell(&format!("+{leader}\n")).is_err()
            && let Err(error) = watchdog.start()
        {
            tracing::warn!(%error, "nothing watches over what runs: it may go on where Rutter is killed");
        }
        Some(Self(leader))
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let Some(watchdog) = WATCHDOG.get() {
            let mut watchdog = watchdog.lock();
            watchdog.groups.remove(&self.0);
            // Without one there is nobody who would have to know.
            let _ = watchdog.tell(&format!("-{}\n", self.0));
        }
    }
}

impl Watchdog {
    fn tell(&mut self, line: &str) -> io::Result<()> {
        let pipe = self.child.as_mut().and_then(|child| child.stdin.as_mut());
        pipe.ok_or(io::ErrorKind::BrokenPipe)?
            .write_all(line.as_bytes())
    }

    #[expect(
        clippy::disallowed_methods,
        clippy::disallowed_types,
        reason = "our own binary, which starts nothing"
    )]
    fn start(&mut self) -> io::Result<()> {
        use std::os::unix::process::CommandExt;
        if let Some(mut old) = self.child.take() {
            old.stdin = None;
            // It no longer listens, so it has ended.
            old.try_wait()?;
        }
        // This very binary, also where an update has taken its place on disk.
        let binary = match cfg!(target_os = "linux") {
            true => PathBuf::from("/proc/self/exe"),
            false => std::env::current_exe()?,
        };
        let child = std::process::Command::new(binary)
            .arg0("rutter")
            .arg(self.argument)
            // The run that we may be in ourselves must not end it with us.
            .env_remove("RUTTER_RUN")
            .current_dir("/")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        self.child = Some(child);
        #[cfg(target_os = "linux")]
        if let Some(session) = crate::mark::session() {
            self.tell(&format!("={session}\n"))?;
        }
        let groups: String = self.groups.iter().map(|g| format!("+{g}\n")).collect();
        self.tell(&groups)
    }
}

/// What the watchdog does: reads until the other end is gone, then ends what that one ran. First it ends what earlier
/// processes left that had no watchdog any more.
pub fn watch(input: impl BufRead) {
    crate::end_orphans();
    let mut session = String::new();
    let mut groups: BTreeMap<u32, Option<u64>> = BTreeMap::new();
    for line in input.lines().map_while(Result::ok) {
        let told = line.split_at_checked(1);
        match told.map(|(what, of)| (what, of, of.parse())) {
            Some(("=", name, _)) => session = format!("{name}."),
            Some(("+", _, Ok(leader))) => {
                groups.insert(leader, started(leader));
            }
            Some(("-", _, Ok(leader))) => {
                groups.remove(&leader);
            }
            _ => tracing::debug!(line, "the watchdog was told something unknown"),
        }
    }
    for (leader, start) in groups {
        end_group(leader, start);
    }
    if !session.is_empty() {
        #[cfg(target_os = "linux")]
        crate::sweep::end(|mark| mark.starts_with(&session));
    }
}

/// A number is not given away while a group has it, so a group is another one's only if its leader is there and another.
fn end_group(leader: u32, start: Option<u64>) {
    let now = started(leader);
    if now.is_some() && now != start {
        return;
    }
    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw)
        && let Err(error) = kill_process_group(group, Signal::KILL)
    {
        tracing::debug!(%error, "the group has ended already");
    }
}

#[cfg(target_os = "linux")]
fn started(pid: u32) -> Option<u64> {
    crate::mark::started(pid)
}

/// Without `/proc` there is only the word of the other end, which tells of each group that ends.
#[cfg(not(target_os = "linux"))]
fn started(_: u32) -> Option<u64> {
    None
}
