//! A job seen from inside, and the guard that ends it.

use super::{
    super::{cancel::CancelToken, guard::Panicked},
    Jobs,
    info::{JobError, JobId, JobState},
    progress::Report,
};

/// What a job has at hand; a cheap clone.
#[derive(Clone, Debug)]
pub struct JobContext {
    pub(super) id: JobId,
    pub(super) number: u64,
    pub(super) cancel: CancelToken,
    pub(super) jobs: Jobs,
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
pub(super) struct End {
    pub(super) jobs: Jobs,
    pub(super) number: u64,
    pub(super) cancel: CancelToken,
}

impl End {
    /// Ends it with the result of its work.
    pub(super) fn settle(self, result: Result<Result<String, JobError>, Panicked>) {
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
