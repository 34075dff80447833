//! How long work says how far it is.

/// Takes reports of progress.
pub trait Progress: Send + Sync {
    /// What is being done, and how much of it is done, from 0 to 100, where that can be known.
    fn report(&self, message: &str, percent: Option<u32>);
}

/// Drops every report.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn report(&self, _message: &str, _percent: Option<u32>) {}
}
