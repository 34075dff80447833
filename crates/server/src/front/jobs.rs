//! Long work: it outlives the request that began it, shows progress, and can be cancelled from everywhere.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    future::Future,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use parking_lot::{Condvar, Mutex};
use serde::Serialize;
use serde_json::Value;
use thiserror::Error;
use tokio::runtime::Handle;

use super::{
    calls::ClientCalls,
    cancel::CancelToken,
    guard::{Guarded, Panicked, catch},
    outbox::Outbox,
    priority,
    progress::{Progress, Report},
};

/// Ended jobs that [`Jobs::list`] still shows.
const REMEMBERED: usize = 16;
const TOKEN_PREFIX: &str = "rutter/job/";

/// Names a job for as long as the server runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct JobId(String);

impl JobId {
    /// The id as it is shown to the client.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a job is shown.
#[derive(Clone, Debug)]
pub struct JobOptions {
    /// Whether the client shows its progress, if it can show any.
    pub visible: bool,
    /// What else the job is about, such as its spec and task; given back in [`JobInfo::data`].
    pub data: Value,
}

impl Default for JobOptions {
    fn default() -> Self {
        Self {
            visible: true,
            data: Value::Null,
        }
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum JobState {
    /// It works.
    Running,
    /// It was told to stop and has not yet.
    Cancelling,
    /// It did what it was to do.
    Done,
    /// It stopped because it was told to.
    Cancelled,
    /// It could not do it.
    Failed,
}

impl JobState {
    /// Whether nothing more will happen.
    pub fn has_ended(self) -> bool {
        !matches!(self, Self::Running | Self::Cancelling)
    }
}

/// A job as seen from outside.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JobInfo {
    /// Its name.
    pub id: JobId,
    /// What it does, for people.
    pub title: String,
    /// Where it stands.
    pub state: JobState,
    /// What it last said: a report while it runs, its result or error in the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// How far it is, 0 to 100, if it can tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentage: Option<u32>,
    /// [`JobOptions::data`].
    #[serde(skip_serializing_if = "Value::is_null")]
    pub data: Value,
}

/// Why a job did not do what it was to do, or did not start.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum JobError {
    /// It saw its token and stopped.
    #[error("The job was cancelled.")]
    Cancelled,
    /// It failed; the text is for people.
    #[error("{0}")]
    Failed(String),
    /// It was not started, because the server ends.
    #[error("The server is stopping, so the job was not started.")]
    Stopping,
}

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

    fn register(&self, title: String, options: JobOptions) -> Result<(JobContext, End), JobError> {
        let (number, info, context) = {
            let mut table = self.0.table.lock();
            if table.closed {
                return Err(JobError::Stopping);
            }
            table.next += 1;
            let number = table.next;
            let id = JobId(format!("job-{number}"));
            let cancel = CancelToken::new();
            let progress = (options.visible && table.client_shows_progress).then(|| {
                Progress::start(
                    format!("{TOKEN_PREFIX}{id}"),
                    title.clone(),
                    true,
                    self.0.outbox.clone(),
                    &self.0.calls,
                    self.0.runtime.clone(),
                )
            });
            let info = JobInfo {
                id: id.clone(),
                title,
                state: JobState::Running,
                message: None,
                percentage: None,
                data: options.data,
            };
            let job = Job {
                info: info.clone(),
                cancel: cancel.clone(),
                progress,
            };
            table.running.insert(number, job);
            let context = JobContext {
                id,
                number,
                cancel,
                jobs: self.clone(),
            };
            (number, info, context)
        };
        self.tell(&info);
        let guard = End {
            jobs: self.clone(),
            number,
            cancel: context.cancel.clone(),
        };
        Ok((context, guard))
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

    fn report(&self, number: u64, report: Report) {
        let (info, progress) = {
            let mut table = self.0.table.lock();
            let Some(job) = table.running.get_mut(&number) else {
                return;
            };
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
        let Some(mut job) = self.0.table.lock().running.remove(&number) else {
            return;
        };
        job.info.state = state;
        job.info.message = (!message.is_empty()).then(|| message.clone());
        if let Some(progress) = job.progress {
            progress.end(message);
        }
        {
            let mut table = self.0.table.lock();
            table.past.push_back(job.info.clone());
            if table.past.len() > REMEMBERED {
                table.past.pop_front();
            }
        }
        self.tell(&job.info);
        self.0.ended.notify_all();
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

/// What a job has at hand; a cheap clone.
#[derive(Clone, Debug)]
pub struct JobContext {
    id: JobId,
    number: u64,
    cancel: CancelToken,
    jobs: Jobs,
}

impl JobContext {
    /// The job's name.
    pub fn id(&self) -> &JobId {
        &self.id
    }

    /// Flagged when the job must stop.
    pub fn cancel_token(&self) -> &CancelToken {
        &self.cancel
    }

    /// Whether the job must stop: `ctx.check()?` between two steps.
    ///
    /// # Errors
    /// [`JobError::Cancelled`] once it must.
    pub fn check(&self) -> Result<(), JobError> {
        match self.cancel.is_cancelled() {
            true => Err(JobError::Cancelled),
            false => Ok(()),
        }
    }

    /// Says what the job does now and how far it is, 0 to 100; the client sees at most one a 100 ms.
    pub fn report(&self, message: impl Into<String>, percentage: Option<u32>) {
        let report = Report {
            message: Some(message.into()),
            percentage: percentage.map(|percent| percent.min(100)),
        };
        self.jobs.report(self.number, report);
    }
}

/// Ends its job, whatever happens.
struct End {
    jobs: Jobs,
    number: u64,
    cancel: CancelToken,
}

impl End {
    fn settle(self, result: Result<Result<String, JobError>, Panicked>) {
        let (state, message) = match result {
            Ok(Ok(message)) => (JobState::Done, message),
            Ok(Err(error @ JobError::Cancelled)) => (JobState::Cancelled, error.to_string()),
            Ok(Err(error)) => (JobState::Failed, error.to_string()),
            Err(Panicked { log_id }) => (
                JobState::Failed,
                format!(
                    "Something broke in this job (log id {log_id}). Please report it with the log."
                ),
            ),
        };
        self.jobs.finish(self.number, state, message);
    }
}

impl Drop for End {
    fn drop(&mut self) {
        let state = match self.cancel.is_cancelled() {
            true => JobState::Cancelled,
            false => JobState::Failed,
        };
        // Nothing happens if the job was settled.
        self.jobs.finish(
            self.number,
            state,
            "The job ended without a result.".to_owned(),
        );
    }
}
