//! What can be set about the front, and the reasons it ends.

use std::{fmt, time::Duration};

/// What a process does that cannot end otherwise.
pub type OnStuck = Box<dyn FnOnce(ExitStatus) + Send>;

/// Limits and hooks of the front; the defaults are those of the product.
pub struct FrontOptions {
    /// Threads for reads; at least two are used.
    pub read_threads: usize,
    /// Longest message accepted, in bytes.
    pub max_message: usize,
    /// A client that leaves this many bytes unread gets its further requests refused; one that leaves twice
    /// as many and still asks is given up.
    pub unread_limit: usize,
    /// How long a client may take to answer a request that is no question to its user.
    pub client_timeout: Duration,
    /// How long the order of messages waits for a notification handler that awaits something.
    pub state_grace: Duration,
    /// How long jobs may take to end when the server does.
    pub exit_jobs: Duration,
    /// How long the client may take to read what is left when the server ends.
    pub exit_flush: Duration,
    /// Stop in an orderly way on SIGTERM and SIGINT. For binaries only: it is set for the whole process.
    pub signals: bool,
    /// How long the server may take to end, once it is told to, before [`on_stuck`](Self::on_stuck).
    /// Clients kill a server after 2 s.
    pub watchdog: Duration,
    /// Called when the server must end and does not; a binary exits here.
    pub on_stuck: Option<OnStuck>,
    /// Called when the client asks for shutdown, after all jobs were cancelled. It must be short.
    pub on_shutdown: Option<Box<dyn FnOnce() + Send>>,
}

impl Default for FrontOptions {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            read_threads: cores - 1,
            max_message: 256 << 20,
            unread_limit: 64 << 20,
            client_timeout: Duration::from_secs(10),
            state_grace: Duration::from_millis(100),
            exit_jobs: Duration::from_millis(200),
            exit_flush: Duration::from_millis(300),
            watchdog: Duration::from_millis(1500),
            signals: false,
            on_stuck: None,
            on_shutdown: None,
        }
    }
}

impl fmt::Debug for FrontOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrontOptions")
            .field("read_threads", &self.read_threads)
            .field("max_message", &self.max_message)
            .field("unread_limit", &self.unread_limit)
            .field("client_timeout", &self.client_timeout)
            .field("state_grace", &self.state_grace)
            .field("exit_jobs", &self.exit_jobs)
            .field("exit_flush", &self.exit_flush)
            .field("watchdog", &self.watchdog)
            .field("signals", &self.signals)
            .finish_non_exhaustive()
    }
}

/// Why the server ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExitCause {
    /// The client sent `exit`.
    Exit,
    /// The input ended or failed.
    EndOfInput,
    /// The output is closed or failed, or the client stopped reading it long ago.
    OutputClosed,
    /// SIGTERM or SIGINT.
    Signal(i32),
    /// The process that started the server is gone.
    ParentDied,
    /// A handler of a notification panicked, so what the server knows may be wrong.
    StatePanic {
        /// Where in the log.
        log_id: String,
    },
    /// The threads of the front could not be started.
    CannotStart(String),
}

/// How the server ended; a binary exits with [`code`](Self::code).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitStatus {
    /// Why.
    pub cause: ExitCause,
    /// Whether the client asked for `shutdown` before.
    pub after_shutdown: bool,
}

impl ExitStatus {
    /// The exit code: 70 after a panic that leaves the state unknown, 71 when it cannot start, else 0
    /// after `shutdown` and 1 without.
    pub fn code(&self) -> u8 {
        match (&self.cause, self.after_shutdown) {
            (ExitCause::StatePanic { .. }, _) => 70,
            (ExitCause::CannotStart(_), _) => 71,
            (_, true) => 0,
            (_, false) => 1,
        }
    }
}
