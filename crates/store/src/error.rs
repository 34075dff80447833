//! What can go wrong in the state folder.

use std::path::PathBuf;
use std::time::Duration;

use rutter_host::FileError;

/// Why the state folder could not be used. Each message is one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file system refused.
    #[error(transparent)]
    File(#[from] FileError),
    /// Another process held a lock all the time.
    #[error("Another Rutter has been writing to {} for {} seconds: wait for it, or end it, and try again.", .root.display(), .waited.as_secs())]
    Busy {
        /// The workspace folder.
        root: PathBuf,
        /// How long was waited.
        waited: Duration,
    },
    /// A file in the state folder is not what was written there.
    #[error("{} is damaged: remove it and try again.", .0.display())]
    Damaged(PathBuf),
}
