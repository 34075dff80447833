//! Hooks in the editor: what the editor tells us becomes events, one after the other on a thread of its own, so that no
//! handler waits for a disk and the order stays.

mod api;
pub(crate) mod ask;
mod build;
mod claims;
mod listener;
pub(crate) mod new;
mod outside;
pub(crate) mod talk;
mod watcher;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Sender, unbounded};
use lsp_types::MessageType;
use rutter_automation::{Automation, Limits, Runs};
use rutter_commands::builtin::BuiltIn;
use rutter_hooks::{Event, Trigger};

use crate::session::Session;
use watcher::Watcher;

/// How long the runs of an ending server may take to end.
const PATIENCE: Duration = Duration::from_millis(300);

/// What happened in the editor or around it.
#[derive(Clone, Debug)]
pub enum Happened {
    /// A document was opened; its text on disk is what was saved last. `new` where there is no such file yet.
    Opened {
        /// The file.
        path: PathBuf,
        /// Whether it was not on disk.
        new: bool,
    },
    /// A file was saved, created, deleted or renamed (then this is its new path).
    File(Trigger, PathBuf),
    /// Files changed and no editor said so.
    Outside(Vec<(Trigger, PathBuf)>),
    /// Errors that other servers report now, in a workspace folder.
    Problems(PathBuf, usize),
    /// The user wants hooks to see these changes from outside.
    Wanted(Vec<(Trigger, PathBuf)>),
    /// The workspace has other folders now.
    Folders,
    /// A person runs a hook; the answer says how it went.
    Run(PathBuf, Box<rutter_hooks::HookFile>, Box<Event>),
    /// The server ends.
    Ending,
}

/// The hooks of an editor. Cheap to clone.
#[derive(Clone)]
pub struct Hooks {
    queue: Sender<Happened>,
    automation: Automation,
}

impl Hooks {
    /// Starts the thread; it ends with the server. Nothing is read before the first event.
    pub fn start(session: &Session) -> Self {
        let environment = session.environment();
        let automation = Automation::new(
            environment.store.as_ref().clone(),
            Arc::clone(&environment.files),
            Arc::clone(&environment.clock),
            Arc::new(Runs::new(
                BuiltIn::new(Arc::clone(&environment.files)),
                format!("rutter-{}", std::process::id()),
            )),
            Arc::new(listener::Tell::new(session.weak())),
            session.handles().runtime.clone(),
            Limits::default(),
        );
        let (queue, events) = unbounded();
        let mut watcher = Watcher::new(session.weak(), automation.clone());
        let started = std::thread::Builder::new()
            .name("hooks".to_owned())
            .spawn(move || watcher.run(&events));
        if let Err(error) = started {
            session.handles().outbox.show(
                MessageType::ERROR,
                format!("Hooks can't fire, because no thread could be started: {error}."),
            );
        }
        let hooks = Self { queue, automation };
        let (ending, runtime) = (hooks.clone(), session.handles().runtime.clone());
        session
            .handles()
            .endings
            .add(move || runtime.block_on(ending.stop()));
        hooks
    }

    /// Something happened. Never waits.
    pub fn tell(&self, happened: Happened) {
        // The thread ends with the server; then nothing fires any more.
        let _ = self.queue.send(happened);
    }

    /// The hooks that run now.
    pub fn running(&self) -> Vec<String> {
        self.automation.running()
    }

    /// Ends the run of a hook; gives whether it ran.
    pub fn cancel(&self, hook: &str) -> bool {
        self.automation.cancel(hook)
    }

    /// Ends every run, for good.
    pub async fn stop(&self) {
        self.tell(Happened::Ending);
        self.automation.stop(PATIENCE).await;
    }
}
