//! Watching ourselves, for clients that can't (Neovim on Linux says so).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::session::Session;

/// A watcher of our few folders.
pub struct DiskWatcher {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl DiskWatcher {
    /// A watcher that refreshes the session; it watches nothing yet.
    pub fn new(session: &Session) -> notify::Result<Self> {
        let session = session.weak();
        let watcher =
            notify::recommended_watcher(move |event: notify::Result<Event>| match event {
                Ok(event) => {
                    if let Some(session) = session.get() {
                        tell(&session, &event);
                    }
                }
                Err(error) => tracing::warn!(%error, "a folder is no longer watched"),
            })?;
        Ok(Self {
            watcher,
            watched: BTreeSet::new(),
        })
    }

    /// Watches a folder and all below it, once.
    pub fn add(&mut self, folder: &Path) {
        if self.watched.contains(folder) {
            return;
        }
        match self.watcher.watch(folder, RecursiveMode::Recursive) {
            Ok(()) => {
                self.watched.insert(folder.to_owned());
            }
            Err(error) => {
                tracing::warn!(%error, folder = %folder.display(), "a folder can't be watched");
            }
        }
    }
}

fn tell(session: &Session, event: &Event) {
    if matches!(event.kind, EventKind::Access(_)) {
        return;
    }
    let temporary = |path: &Path| {
        path.extension()
            .is_some_and(|extension| extension == "rutter-tmp")
    };
    let paths: Vec<&Path> = event
        .paths
        .iter()
        .map(PathBuf::as_path)
        .filter(|path| !temporary(path))
        .collect();
    if !paths.is_empty() {
        session.refresh(paths);
    }
}
