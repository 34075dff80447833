//! Keeps what the sources say of specs: looked through in the background once something of a workspace folder with specs is
//! open, and kept in step with what is typed and what changes on disk. No handler waits for it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use parking_lot::Mutex;
use rutter_code::Language;
use rutter_text::Source;
use rutter_workspace::{Snapshot, SourceFile, Sources};

use crate::front::CancelToken;
use crate::session::Session;
use crate::watch;

/// What is being looked through.
#[derive(Default)]
pub struct SourceIndex(Mutex<State>);

#[derive(Default)]
struct State {
    /// Workspace folders that were looked through, or are.
    begun: BTreeSet<PathBuf>,
    /// Files that changed since they were read.
    dirty: BTreeSet<PathBuf>,
    /// Somebody reads them.
    reading: bool,
}

impl SourceIndex {
    /// A document was opened: the first one of a workspace folder with specs has its sources looked through.
    pub fn opened(&self, session: &Session, path: &Path) {
        let snapshot = session.snapshot();
        let Some(root) = root_with_specs(&snapshot, path) else {
            return;
        };
        if self.0.lock().begun.insert(root.clone()) {
            look_through(session, &root);
        }
        self.changed(session, [path.to_owned()]);
    }

    /// Workspace folders came or went, or their specs did: those that go are looked through anew when they come back.
    pub fn forget_others(&self, snapshot: &Snapshot) {
        self.0
            .lock()
            .begun
            .retain(|root| snapshot.roots.contains(root));
    }

    /// Files may have changed, in the editor or on disk.
    pub fn changed(&self, session: &Session, paths: impl IntoIterator<Item = PathBuf>) {
        let mut state = self.0.lock();
        if state.begun.is_empty() {
            return;
        }
        let sources = paths.into_iter().filter(|path| {
            Language::of_path(&path.to_string_lossy()).is_some()
                && state.begun.iter().any(|root| path.starts_with(root))
        });
        let sources: Vec<PathBuf> = sources.collect();
        state.dirty.extend(sources);
        if !state.dirty.is_empty() && !state.reading {
            state.reading = true;
            read_again(session);
        }
    }

    /// The next files to read; nobody reads any more where there are none.
    fn next(&self) -> BTreeSet<PathBuf> {
        let mut state = self.0.lock();
        state.reading = !state.dirty.is_empty();
        std::mem::take(&mut state.dirty)
    }

    fn roots(&self) -> BTreeSet<PathBuf> {
        self.0.lock().begun.clone()
    }
}

fn root_with_specs(snapshot: &Snapshot, path: &Path) -> Option<PathBuf> {
    let root = snapshot.root_of(path)?;
    let has_specs = snapshot.folders.values().any(|f| f.root == *root);
    let has_specs = has_specs || snapshot.foreign_in(root).next().is_some();
    has_specs.then(|| root.clone())
}

/// Reads all sources of a workspace folder, on the thread for such work.
fn look_through(session: &Session, root: &Path) {
    let (worker, root) = (session.weak(), root.to_owned());
    let work = move || {
        let Some(session) = worker.get() else { return };
        let snapshot = session.snapshot();
        let files = &session.environment().files;
        let ending = session.handles().ending.clone();
        let stop = || ending.is_cancelled();
        let sources = Sources::read(files.as_ref(), &root, &snapshot.open, &stop);
        session.change(|world| world.set_sources(&root, sources));
        watch::sources(&session, &root);
        // What was typed meanwhile is read again.
        let open: Vec<PathBuf> = session.snapshot().open.keys().cloned().collect();
        session.sources().changed(&session, open);
        session.refresh_views();
        session.drift().read(&session, &root);
    };
    session
        .handles()
        .background
        .run(CancelToken::new(), work)
        .detach();
}

/// Reads what changed, until nothing more does.
fn read_again(session: &Session) {
    let worker = session.weak();
    let work = move || {
        let Some(session) = worker.get() else { return };
        let index = session.sources();
        let mut news = false;
        loop {
            let paths = index.next();
            if paths.is_empty() {
                break;
            }
            let roots = index.roots();
            let snapshot = session.snapshot();
            for path in &paths {
                let above = roots.iter().filter(|root| path.starts_with(root));
                let Some(root) = above.max_by_key(|root| root.components().count()) else {
                    continue;
                };
                let source = match snapshot.open.get(path) {
                    Some(open) => Some(open.source.clone()),
                    None => session
                        .environment()
                        .files
                        .read_text_if_any(path)
                        .ok()
                        .flatten()
                        .map(Source::new),
                };
                let text = source.as_ref().map(Source::text);
                let name = rutter_workspace::relative(root, path);
                news |= session.drift().put_code(root, &name, text);
                let has_foreign = snapshot.foreign_in(root).next().is_some();
                let likely = snapshot.likely.get(root);
                if let Some(lines) = likely.and_then(|likely| likely.lines_in(&name, text)) {
                    news |= session.change(|world| world.put_likely(root, &name, lines));
                }
                let file = source
                    .as_ref()
                    .and_then(|source| SourceFile::read(root, path, source.clone(), has_foreign));
                news |= session.change(|world| world.put_source(root, path, source.as_ref(), file));
            }
        }
        if news {
            session.change(|_| ());
            session.refresh_views();
        }
    };
    session
        .handles()
        .pool
        .run(CancelToken::new(), work)
        .detach();
}
