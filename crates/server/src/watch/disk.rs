//! Watching ourselves, for clients that can't (Neovim on Linux says so).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use notify::event::{CreateKind, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use rutter_hooks::Trigger;
use rutter_workspace::World;

use crate::hooks::Happened;
use crate::session::Session;

/// A watcher of our few folders.
pub struct DiskWatcher {
    watcher: RecommendedWatcher,
    /// Each with whether all below it is watched too.
    watched: BTreeMap<PathBuf, bool>,
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
            watched: BTreeMap::new(),
        })
    }

    /// Watches a folder, once.
    pub fn add(&mut self, folder: &Path, mode: RecursiveMode) {
        let covered = folder.ancestors().any(|above| {
            self.watched
                .get(above)
                .is_some_and(|all| *all || above == folder)
        });
        if covered {
            return;
        }
        match self.watcher.watch(folder, mode) {
            Ok(()) => {
                let all = mode == RecursiveMode::Recursive;
                self.watched.insert(folder.to_owned(), all);
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
    if paths.is_empty() {
        return;
    }
    let owned: Vec<PathBuf> = paths.iter().map(|path| (*path).to_owned()).collect();
    session.drift().changed(session, &owned);
    session
        .sources()
        .changed(session, paths.iter().map(|path| (*path).to_owned()));
    let ours: Vec<&Path> = paths
        .iter()
        .copied()
        .filter(|path| World::may_concern(path))
        .collect();
    if !ours.is_empty() {
        session.refresh(ours);
    }
    if event.kind == EventKind::Create(CreateKind::Folder) {
        // Where a whole project is watched, its new folders are too.
        if let Some(hooks) = session.hooks() {
            hooks.tell(Happened::Folders);
        }
        return;
    }
    let trigger = match event.kind {
        EventKind::Create(_) => Trigger::PostFileCreate,
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
            Trigger::PostFileDelete
        }
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => Trigger::PostFileSave,
        // One event has both names, after one for each.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both) | ModifyKind::Metadata(_)) => return,
        _ => Trigger::PostFileSave,
    };
    if let Some(hooks) = session.hooks() {
        let changes = paths.iter().map(|path| (trigger, (*path).to_owned()));
        hooks.tell(Happened::Outside(changes.collect()));
    }
}
