//! What the handlers share: one client, one workspace.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, Weak};

use lsp_types::{MessageType, Uri};
use parking_lot::{Mutex, MutexGuard};
use rutter_host::Settings;
use rutter_workspace::{Snapshot, World};

use crate::capabilities::Client;
use crate::drift::DriftIndex;
use crate::environment::Environment;
use crate::front::Handles;
use crate::hooks::Hooks;
use crate::kept::Kept;
use crate::project::ProjectFiles;
use crate::publish::Publisher;
use crate::sources::SourceIndex;
use crate::watch::{DiskWatcher, RecursiveMode};

/// What the handlers share; a cheap clone.
#[derive(Clone)]
pub struct Session(Arc<Shared>);

/// A session that may be gone; for what the session itself holds.
#[derive(Clone)]
pub struct WeakSession(Weak<Shared>);

impl WeakSession {
    /// The session, while it is there.
    pub fn get(&self) -> Option<Session> {
        self.0.upgrade().map(Session)
    }
}

struct Shared {
    handles: Handles,
    environment: Environment,
    world: Mutex<World>,
    client: OnceLock<Client>,
    publisher: OnceLock<Publisher>,
    turn: Mutex<()>,
    hooks: OnceLock<Hooks>,
    hooks_mark: AtomicU64,
    client_name: OnceLock<String>,
    /// The digests of what the user was asked to trust.
    asked: Mutex<BTreeSet<String>>,
    kept: Kept,
    projects: ProjectFiles,
    sources: SourceIndex,
    drift: DriftIndex,
    watching: AtomicBool,
    watching_all: AtomicBool,
    watching_sources: AtomicBool,
    watching_foreign: AtomicBool,
    disk: Mutex<Option<DiskWatcher>>,
    /// The explanations of rules by code.
    rule_pages: OnceLock<HashMap<&'static str, Uri>>,
    /// Approved texts by hash, read once; a text never changes under its hash.
    texts: Mutex<HashMap<String, Option<Arc<str>>>>,
}

impl Session {
    /// A session before the client has said anything.
    pub fn new(handles: Handles, environment: Environment) -> Self {
        let world = World::new(
            Arc::clone(&environment.files),
            Vec::new(),
            rutter_text::Encoding::Utf16,
        );
        Self(Arc::new(Shared {
            handles,
            environment,
            world: Mutex::new(world),
            client: OnceLock::new(),
            publisher: OnceLock::new(),
            turn: Mutex::new(()),
            hooks: OnceLock::new(),
            hooks_mark: AtomicU64::new(0),
            client_name: OnceLock::new(),
            asked: Mutex::default(),
            kept: Kept::default(),
            projects: ProjectFiles::default(),
            sources: SourceIndex::default(),
            drift: DriftIndex::default(),
            watching: AtomicBool::new(false),
            watching_all: AtomicBool::new(false),
            watching_sources: AtomicBool::new(false),
            watching_foreign: AtomicBool::new(false),
            disk: Mutex::new(None),
            rule_pages: OnceLock::new(),
            texts: Mutex::default(),
        }))
    }

    /// Takes in what the client said of itself; the second time nothing happens.
    pub fn begin(
        &self,
        client: Client,
        name: Option<&str>,
        roots: Vec<PathBuf>,
        settings: Settings,
    ) {
        let _ = self
            .0
            .client_name
            .set(name.unwrap_or("an editor").to_owned());
        let mut world = World::new(
            Arc::clone(&self.0.environment.files),
            roots,
            client.encoding,
        );
        world.set_home(self.0.environment.home.clone());
        world.set_settings(Some(self.user_settings()), Some(settings));
        *self.0.world.lock() = world;
        let _ = self.0.client.set(client);
    }

    fn user_settings(&self) -> Settings {
        let Some(path) = &self.0.environment.user_settings else {
            return Settings::default();
        };
        let read = self
            .0
            .environment
            .files
            .read_text_if_any(path)
            .map_err(|e| e.to_string());
        let parsed = read.and_then(|text| {
            text.map_or_else(
                || Ok(Settings::default()),
                |t| Settings::from_user(&t).map_err(|e| e.to_string()),
            )
        });
        parsed.unwrap_or_else(|error| {
            let message = format!(
                "{} has no effect until it is repaired: {error}.",
                path.display()
            );
            self.0.handles.outbox.show(MessageType::WARNING, message);
            Settings::default()
        })
    }

    /// This session without keeping it alive.
    pub fn weak(&self) -> WeakSession {
        WeakSession(Arc::downgrade(&self.0))
    }

    /// What the front gives.
    pub fn handles(&self) -> &Handles {
        &self.0.handles
    }

    /// The world around.
    pub fn environment(&self) -> &Environment {
        &self.0.environment
    }

    /// What the client can do; nothing at all before it has said so.
    pub fn client(&self) -> Client {
        self.0.client.get().cloned().unwrap_or_else(|| {
            Client::new(
                &lsp_types::ClientCapabilities::default(),
                &Default::default(),
            )
        })
    }

    /// The workspace as it is now.
    pub fn snapshot(&self) -> Snapshot {
        self.0.world.lock().snapshot()
    }

    /// Changes the workspace and lets everyone know who shows it.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let result = change(&mut self.0.world.lock());
        if let Some(publisher) = self.0.publisher.get() {
            publisher.wake();
        }
        result
    }

    /// The explanation of a rule: a page in the state folder, written when it is first named, so that it works offline and
    /// fits this version.
    pub fn rule_page(&self, code: &str) -> Option<Uri> {
        let pages = self.0.rule_pages.get_or_init(|| {
            let path = self.0.environment.store.reports().join("rules.md");
            let text = rutter_commands::rules::reference();
            let files = &self.0.environment.files;
            let current = files.read_text_if_any(&path).ok().flatten();
            let known = current.as_deref() == Some(text.as_str());
            if !known && files.write(&path, text.as_bytes()).is_err() {
                return HashMap::new();
            }
            let page = crate::convert::uri(&path);
            let page = page.as_ref().map_or("", |uri| uri.as_str());
            let of_rule = |code| {
                let anchor = rutter_text::rule::anchor(code);
                Some((code, format!("{page}#{anchor}").parse().ok()?))
            };
            let codes = rutter_commands::rules::codes().into_iter();
            codes.filter_map(of_rule).collect()
        });
        pages.get(code).cloned()
    }

    /// The text that was approved under this hash, where this machine has it.
    pub fn approved_text(&self, sha256: &str) -> Option<Arc<str>> {
        let mut texts = self.0.texts.lock();
        if let Some(Some(known)) = texts.get(sha256) {
            return Some(Arc::clone(known));
        }
        let read = self
            .0
            .environment
            .store
            .text(sha256)
            .ok()
            .flatten()
            .map(Arc::from);
        texts.insert(sha256.to_owned(), read.clone());
        read
    }

    /// What the client calls itself.
    pub fn client_name(&self) -> &str {
        self.0.client_name.get().map_or("an editor", String::as_str)
    }

    /// Whether hooks fire here: everywhere, but inside Kiro only where the user asked for it; its hooks are its own.
    pub fn fires_hooks(&self) -> bool {
        let set = self.snapshot().settings.values().find_map(|s| s.fire_hooks);
        set.unwrap_or_else(|| !self.client_name().to_lowercase().contains("kiro"))
    }

    /// The hooks, once the client is ready.
    pub fn hooks(&self) -> Option<&Hooks> {
        self.0.hooks.get()
    }

    /// Begins to fire hooks.
    pub fn start_hooks(&self) {
        self.0.hooks.get_or_init(|| Hooks::start(self));
    }

    /// True where any of these contents was not asked about yet; they count as asked from now on.
    pub fn ask_once(&self, digests: &BTreeSet<String>) -> bool {
        let mut asked = self.0.asked.lock();
        let before = asked.len();
        asked.extend(digests.iter().cloned());
        asked.len() > before
    }

    /// Hooks, what is trusted or what waits may have changed.
    pub fn hooks_changed(&self) {
        self.0.hooks_mark.fetch_add(1, Ordering::Relaxed);
        self.wake();
    }

    /// Counts those changes.
    pub fn hooks_mark(&self) -> u64 {
        self.0.hooks_mark.load(Ordering::Relaxed)
    }

    /// What the client shows may have changed.
    pub fn wake(&self) {
        if let Some(publisher) = self.0.publisher.get() {
            publisher.wake();
        }
    }

    /// Hands a context without a model to `work`.
    pub fn with_context<T>(&self, work: impl FnOnce(&rutter_commands::Context<'_>) -> T) -> T {
        self.with_context_of(&self.snapshot(), work)
    }

    /// The same with the workspace as it was.
    pub fn with_context_of<T>(
        &self,
        snapshot: &Snapshot,
        work: impl FnOnce(&rutter_commands::Context<'_>) -> T,
    ) -> T {
        let environment = self.environment();
        work(&rutter_commands::Context {
            snapshot,
            files: environment.files.as_ref(),
            store: &environment.store,
            clock: environment.clock.as_ref(),
            who: environment.who.as_ref(),
            home: environment.home.as_ref(),
            model: None,
            cancel: &rutter_host::Cancel::new(),
            progress: &rutter_host::NoProgress,
        })
    }

    /// The findings that are kept.
    pub(crate) fn kept(&self) -> &Kept {
        &self.0.kept
    }

    /// What changed since tasks were done.
    pub fn drift(&self) -> &DriftIndex {
        &self.0.drift
    }

    /// What the sources say of specs.
    pub fn sources(&self) -> &SourceIndex {
        &self.0.sources
    }

    /// The files of the projects.
    pub fn projects(&self) -> &ProjectFiles {
        &self.0.projects
    }

    /// Commands that write take turns: each sees all that the one before did, its note in the journal too.
    pub fn turn(&self) -> MutexGuard<'_, ()> {
        self.0.turn.lock()
    }

    /// True the first time: files need to be watched from now on.
    pub fn begin_watching(&self) -> bool {
        !self.0.watching.swap(true, Ordering::Relaxed)
    }

    /// True the first time: whole folders need to be watched from now on.
    pub fn begin_watching_all(&self) -> bool {
        !self.0.watching_all.swap(true, Ordering::Relaxed)
    }

    /// True the first time: sources need to be watched from now on.
    pub fn begin_watching_sources(&self) -> bool {
        !self.0.watching_sources.swap(true, Ordering::Relaxed)
    }

    /// True the first time: specs of other tools need to be watched from now on.
    pub fn begin_watching_foreign(&self) -> bool {
        !self.0.watching_foreign.swap(true, Ordering::Relaxed)
    }

    /// Watches folders on disk, for a client that doesn't.
    pub fn watch_disk(&self, folders: impl Iterator<Item = PathBuf>, mode: RecursiveMode) {
        let mut disk = self.0.disk.lock();
        for folder in folders {
            if disk.is_none() {
                match DiskWatcher::new(self) {
                    Ok(watcher) => *disk = Some(watcher),
                    Err(error) => {
                        tracing::warn!(%error, "changes outside the editor are not seen");
                        return;
                    }
                }
            }
            if let Some(watcher) = disk.as_mut() {
                watcher.add(&folder, mode);
            }
        }
    }

    /// Begins to publish findings and state, once.
    pub fn start_publishing(&self) {
        let session = self.clone();
        let publisher = self.0.publisher.get_or_init(|| {
            let publisher = Publisher::start(session);
            let waker = publisher.clone();
            self.0
                .handles
                .jobs
                .on_change(move |_| waker.wake_for_state());
            publisher
        });
        publisher.wake();
    }

    /// Files changed on disk by ourselves or outside.
    pub fn refresh<'a>(&self, paths: impl IntoIterator<Item = &'a Path>) {
        self.change(|world| paths.into_iter().for_each(|path| world.refresh(path)));
        self.hooks_changed();
        self.refresh_views();
    }

    /// What the client shows may have changed although no document did.
    pub fn refresh_views(&self) {
        let client = self.client();
        if client.refreshes_lenses {
            self.0.handles.calls.refresh("workspace/codeLens/refresh");
        }
        if client.refreshes_hints {
            self.0.handles.calls.refresh("workspace/inlayHint/refresh");
        }
        if client.pulls {
            self.0.handles.calls.refresh("workspace/diagnostic/refresh");
        }
    }
}
