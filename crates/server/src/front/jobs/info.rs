//! What a job looks like from outside.

use std::fmt;

use serde::Serialize;
use serde_json::Value;
use thiserror::Error;

/// Names a job for as long as the server runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct JobId(pub(super) String);

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
