//! Long work: it outlives the request that began it, shows progress, and can be cancelled from everywhere.

mod context;
mod info;
mod progress;

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    future::Future,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use parking_lot::{Condvar, Mutex};
use tokio::runtime::Handle;

use self::{
    context::End,
    progress::{Progress, Report},
};
pub use self::{
    context::JobContext,
    info::{JobError, JobId, JobInfo, JobOptions, JobState},
};
use super::{
    calls::ClientCalls,
    cancel::CancelToken,
    guard::{Guarded, catch},
    outbox::Outbox,
    priority,
};

/// Ended jobs that [`Jobs::list`] still shows.
const REMEMBERED: usize = 16;
const TOKEN_PREFIX: &str = "rutter/job/";

type Listener = Arc<dyn Fn(&JobInfo) + Send + Sync>;

/// The registry of long work; a cheap clone.
///
/// A job is cancelled by its id, by the cancel button of its progress, and when the server ends.
#[derive(Clone)]
pub struct Jobs(Arc<Shared>);

struct Shared {
    outbox: Outbox,
    calls: ClientCalls,
    runtime: Handle,
    table: Mutex<Table>,
    ended: Condvar,
}

#[derive(Default)]
struct Table {
    next: u64,
    running: BTreeMap<u64, Job>,
    past: VecDeque<JobInfo>,
    listeners: Vec<Listener>,
    client_shows_progress: bool,
    closed: bool,
}

struct Job {
    info: JobInfo,
    cancel: CancelToken,
    progress: Option<Progress>,
}

impl Jobs {
    pub(super) fn new(outbox: Outbox, calls: ClientCalls, runtime: Handle) -> Self {
        Self(Arc::new(Shared {
            outbox,
            calls,
            runtime,
            table: Mutex::default(),
            ended: Condvar::new(),
        }))
    }

    /// Runs `work` on a thread of its own, of low priority, and returns at once.
    ///
    /// `work` asks its token now and then and returns [`JobError::Cancelled`] when it is flagged. Its `Ok`
    /// is the last word of its progress. A panic makes it fail.
    ///
    /// # Errors
    /// When the server is ending, or no thread can be started.
    pub fn start(
        &self,
        title: impl Into<String>,
        options: JobOptions,
        work: impl FnOnce(JobContext) -> Result<String, JobError> + Send + 'static,
    ) -> Result<JobId, JobError> {
        let (context, guard) = self.register(title.into(), options)?;
        let id = context.id.clone();
        let name = id.0.clone();
        let run = move || {
            priority::lower();
            let token = context.cancel.clone();
            guard.settle(catch(&name, || token.scope(|| work(context))));
        };
        // A thread that does not start drops `run`, and with it the guard, which ends the job.
        thread::Builder::new()
            .name(format!("rutter-{id}"))
            .spawn(run)
            .map(|_| id)
            .map_err(|error| JobError::Failed(format!("Cannot start a thread: {error}.")))
    }

    /// Runs the future of `work` on the small runtime and returns at once; for work that mostly waits.
    ///
    /// A cancel drops the future. It must not compute; use a pool inside.
    ///
    /// # Errors
    /// When the server is ending.
    pub fn start_async<F>(
        &self,
        title: impl Into<String>,
        options: JobOptions,
        work: impl FnOnce(JobContext) -> F,
    ) -> Result<JobId, JobError>
    where
        F: Future<Output = Result<String, JobError>> + Send + 'static,
    {
        let (context, guard) = self.register(title.into(), options)?;
        let (id, cancel) = (context.id.clone(), context.cancel.clone());
        let future = Box::pin(work(context));
        let work = Guarded::new(id.0.clone(), cancel.clone(), future);
        self.0.runtime.spawn(async move {
            let result = tokio::select! {
                biased;
                () = cancel.cancelled() => Ok(Err(JobError::Cancelled)),
                result = work => result,
            };
            guard.settle(result);
        });
        Ok(id)
    }

    /// Takes a job in, and gives what it has at hand and the guard that ends it.
    fn register(&self, title: String, options: JobOptions) -> Result<(JobContext, End), JobError> {
        let (cancel, info, number) = {
            let mut table = self.0.table.lock();
            if table.closed {
                return Err(JobError::Stopping);
            }
            table.next += 1;
            let (number, cancel) = (table.next, CancelToken::new());
            let info = JobInfo {
                id: JobId(format!("job-{number}")),
                title,
                state: JobState::Running,
                message: None,
                percentage: None,
                data: options.data,
            };
            let shown = options.visible && table.client_shows_progress;
            let job = Job {
                info: info.clone(),
                cancel: cancel.clone(),
                progress: shown.then(|| self.show(&info)),
            };
            table.running.insert(number, job);
            (cancel, info, number)
        };
        self.tell(&info);
        let guard = End {
            jobs: self.clone(),
            number,
            cancel: cancel.clone(),
        };
        let context = JobContext {
            id: info.id,
            number,
            cancel,
            jobs: self.clone(),
        };
        Ok((context, guard))
    }

    fn show(&self, info: &JobInfo) -> Progress {
        let token = format!("{TOKEN_PREFIX}{}", info.id);
        let (outbox, runtime) = (self.0.outbox.clone(), self.0.runtime.clone());
        Progress::start(token, info.title.clone(), outbox, &self.0.calls, runtime)
    }

    /// Tells a job to stop; false if no such job runs.
    pub fn cancel(&self, id: &str) -> bool {
        let changed = {
            let mut table = self.0.table.lock();
            table
                .running
                .values_mut()
                .find(|job| job.info.id.0 == id)
                .map(|job| {
                    job.info.state = JobState::Cancelling;
                    (job.info.clone(), job.cancel.clone())
                })
        };
        let Some((info, cancel)) = changed else {
            return false;
        };
        cancel.cancel();
        self.tell(&info);
        true
    }

    /// Tells the job of a progress token to stop; true if the token is one of ours.
    pub(super) fn cancel_token(&self, token: &str) -> bool {
        let Some(id) = token.strip_prefix(TOKEN_PREFIX) else {
            return false;
        };
        self.cancel(id);
        true
    }

    /// The jobs that run, oldest first, and before them the latest that ended.
    pub fn list(&self) -> Vec<JobInfo> {
        let table = self.0.table.lock();
        let running = table.running.values().map(|job| &job.info);
        table.past.iter().chain(running).cloned().collect()
    }

    /// Calls `listener` when a job starts, reports, is cancelled or ends.
    ///
    /// It runs on the thread that did it, sometimes the front's, so it must be short. Calls of several
    /// threads may come out of order: [`list`](Self::list) is the truth.
    pub fn on_change(&self, listener: impl Fn(&JobInfo) + Send + Sync + 'static) {
        self.0.table.lock().listeners.push(Arc::new(listener));
    }

    pub(super) fn client_shows_progress(&self, yes: bool) {
        self.0.table.lock().client_shows_progress = yes;
    }

    /// Tells every job to stop and starts no more.
    pub(super) fn shutdown(&self) {
        let running: Vec<_> = {
            let mut table = self.0.table.lock();
            table.closed = true;
            table
                .running
                .values()
                .map(|job| job.info.id.clone())
                .collect()
        };
        for id in running {
            self.cancel(&id.0);
        }
    }

    /// Waits until no job runs, at most `limit`; whether none does.
    pub(super) fn wait_idle(&self, limit: Duration) -> bool {
        let deadline = Instant::now() + limit;
        let mut table = self.0.table.lock();
        while !table.running.is_empty() {
            if self.0.ended.wait_until(&mut table, deadline).timed_out() {
                return false;
            }
        }
        true
    }

    /// Ends the progress of jobs that did not end in time: the client keeps a token until it is told.
    pub(super) fn abandon(&self) {
        let running: Vec<u64> = self.0.table.lock().running.keys().copied().collect();
        for number in running {
            self.finish(number, JobState::Cancelled, String::new());
        }
    }

    fn report(&self, number: u64, report: Report) {
        let (info, progress) = {
            let mut table = self.0.table.lock();
            let Some(job) = table.running.get_mut(&number) else {
                return;
            };
            // A model speaks in far smaller pieces than anybody is told of.
            if job.info.message == report.message && job.info.percentage == report.percentage {
                return;
            }
            job.info.message.clone_from(&report.message);
            job.info.percentage = report.percentage;
            (job.info.clone(), job.progress.clone())
        };
        if let Some(progress) = progress {
            progress.report(report);
        }
        self.tell(&info);
    }

    fn finish(&self, number: u64, state: JobState, message: String) {
        let info = {
            let mut table = self.0.table.lock();
            let Some(job) = table.running.remove(&number) else {
                return;
            };
            let mut info = job.info;
            info.state = state;
            info.message = (!message.is_empty()).then(|| message.clone());
            // Before anybody can see that no job runs, so that the end is sent before an exit.
            if let Some(progress) = job.progress {
                progress.end(message);
            }
            table.past.push_back(info.clone());
            if table.past.len() > REMEMBERED {
                table.past.pop_front();
            }
            info
        };
        self.0.ended.notify_all();
        self.tell(&info);
    }

    fn tell(&self, info: &JobInfo) {
        let listeners = self.0.table.lock().listeners.clone();
        for listener in listeners {
            // A panic was logged; the job is not to blame for it.
            let _ = catch("a job listener", || listener(info));
        }
    }
}

impl fmt::Debug for Jobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let running = self.0.table.lock().running.len();
        f.debug_struct("Jobs").field("running", &running).finish()
    }
}
