//! Exclusive locks across processes. The system drops a lock when its process ends, however it ends.

use std::collections::HashSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};
use rutter_host::FileError;

use crate::error::StoreError;

/// How long a writer waits for another one. Writes take milliseconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(20);

/// A held lock; dropping it lets the next one in.
#[derive(Debug)]
pub struct Lock {
    // Declared for their drops alone.
    _file: Option<File>,
    _local: Option<LocalLock>,
}

/// Where locks are taken.
#[derive(Clone, Debug)]
pub(crate) enum Locks {
    /// On files, against other processes and threads.
    Files,
    /// In this value and its clones, for file systems that are not on disk.
    Local(Arc<Held>),
}

#[derive(Debug, Default)]
pub(crate) struct Held {
    paths: Mutex<HashSet<PathBuf>>,
    freed: Condvar,
}

#[derive(Debug)]
struct LocalLock {
    held: Arc<Held>,
    path: PathBuf,
}

impl Drop for LocalLock {
    fn drop(&mut self) {
        self.held.paths.lock().remove(&self.path);
        self.held.freed.notify_all();
    }
}

impl Locks {
    /// Locks `path`, whose folder exists, for work in `root`.
    pub(crate) fn take(
        &self,
        path: &Path,
        root: &Path,
        patience: Duration,
    ) -> Result<Lock, StoreError> {
        let busy = || StoreError::Busy {
            root: root.to_owned(),
            waited: patience,
        };
        match self {
            Self::Files => {
                let file = take_file(path, patience)?.ok_or_else(busy)?;
                Ok(Lock {
                    _file: Some(file),
                    _local: None,
                })
            }
            Self::Local(held) => {
                let local = take_local(held, path, patience).ok_or_else(busy)?;
                Ok(Lock {
                    _file: None,
                    _local: Some(local),
                })
            }
        }
    }
}

fn take_file(path: &Path, patience: Duration) -> Result<Option<File>, StoreError> {
    let failed = |error| StoreError::File(FileError::from_io(path, "locked", error));
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(failed)?;
    let deadline = Instant::now() + patience;
    let mut pause = FIRST_PAUSE;
    loop {
        // Waiting inside the system could not be ended.
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
            Err(TryLockError::WouldBlock) if Instant::now() >= deadline => return Ok(None),
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

fn take_local(held: &Arc<Held>, path: &Path, patience: Duration) -> Option<LocalLock> {
    let deadline = Instant::now() + patience;
    let mut paths = held.paths.lock();
    while paths.contains(path) {
        if held.freed.wait_until(&mut paths, deadline).timed_out() && paths.contains(path) {
            return None;
        }
    }
    paths.insert(path.to_owned());
    Some(LocalLock {
        held: Arc::clone(held),
        path: path.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn alone(locks: &Locks, path: &Path) {
        let inside = AtomicUsize::new(0);
        let done = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        let _lock = locks.take(path, path, PATIENCE).unwrap();
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two at once");
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        done.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(done.into_inner(), 20);
    }

    #[test]
    fn one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        alone(&Locks::Files, &path);
        alone(&Locks::Local(Arc::default()), &path);
    }

    #[test]
    fn who_waits_in_vain_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        for locks in [Locks::Files, Locks::Local(Arc::default())] {
            let first = locks.take(&path, Path::new("/w"), PATIENCE).unwrap();
            let error = locks
                .take(&path, Path::new("/w"), Duration::ZERO)
                .unwrap_err();
            assert!(
                error
                    .to_string()
                    .starts_with("Another Rutter has been writing to /w"),
                "{error}"
            );
            drop(first);
            assert!(locks.take(&path, Path::new("/w"), Duration::ZERO).is_ok());
        }
    }
}
