//! The thread that turns what happened into events of hooks.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError};
use rutter_automation::{Automation, Raising};
use rutter_hooks::{Event, HookFile, Trigger};
use rutter_workspace::hook_files::{self, hooks};

use super::Happened;
use super::api::Interfaces;
use super::build::Builds;
use super::claims::Claims;
use super::outside::{self, Outside};
use crate::session::{Session, WeakSession};

const MINUTE: u64 = 60_000;

/// The state of the thread.
pub(super) struct Watcher {
    session: WeakSession,
    automation: Automation,
    claims: Claims,
    interfaces: Interfaces,
    builds: Builds,
    outside: Outside,
    /// Documents that were opened before there was a file.
    new: HashSet<PathBuf>,
    minute: u64,
}

impl Watcher {
    pub(super) fn new(session: WeakSession, automation: Automation) -> Self {
        Self {
            session,
            automation,
            claims: Claims::default(),
            interfaces: Interfaces::default(),
            builds: Builds::default(),
            outside: Outside::default(),
            new: HashSet::new(),
            minute: u64::MAX,
        }
    }

    /// Until the server ends. Wakes once a minute for schedules.
    pub(super) fn run(&mut self, events: &Receiver<Happened>) {
        if let Some(session) = self.session.get() {
            self.minute = now(&session) / MINUTE;
            self.watch(&session);
        }
        loop {
            let Some(wait) = self.session.get().map(|s| self.wait(now(&s))) else {
                return;
            };
            let happened = match events.recv_timeout(wait) {
                Ok(Happened::Ending) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(happened) => Some(happened),
                Err(RecvTimeoutError::Timeout) => None,
            };
            let Some(session) = self.session.get() else {
                return;
            };
            if let Some(happened) = happened {
                self.happened(&session, happened);
            }
            self.minute_passed(&session);
            if self.outside.due().is_some_and(|due| due <= now(&session)) {
                let changes = self.outside.take();
                self.judge(&session, changes);
            }
        }
    }

    /// Until something is due by itself.
    fn wait(&self, now: u64) -> Duration {
        let minute = MINUTE - now % MINUTE;
        let gathered = self.outside.due().map(|due| due.saturating_sub(now));
        Duration::from_millis(gathered.map_or(minute, |due| due.min(minute)))
    }

    fn happened(&mut self, session: &Session, happened: Happened) {
        match happened {
            Happened::Opened { path, new } => {
                if new {
                    self.new.insert(path.clone());
                }
                if let Some((root, _)) = place(session, &path) {
                    let files = self.hooks_of(session, &root);
                    self.interfaces.opened(session, &files, &path);
                }
            }
            Happened::File(trigger, path) => {
                self.outside.told(now(session), &path);
                let new = self.new.remove(&path);
                // Of a new file that is saved, many clients say no more than that it was saved.
                if new && trigger == Trigger::PostFileSave {
                    self.file(session, Trigger::PostFileCreate, &path, false);
                }
                self.file(session, trigger, &path, false);
                // A script that a hook runs may have been saved.
                session.hooks_changed();
            }
            Happened::Outside(changes) => self.outside.seen(session, now(session), changes),
            Happened::Wanted(changes) => {
                for (trigger, path) in changes {
                    self.file(session, trigger, &path, true);
                }
            }
            Happened::Folders => {
                self.claims.keep(&session.snapshot().roots);
                self.watch(session);
                session.hooks_changed();
            }
            Happened::Problems(root, errors) => {
                if let Some(trigger) = self.builds.problems(&root, errors) {
                    self.raise(session, &root, Event::new(trigger));
                }
            }
            Happened::Run(root, file, event) => {
                self.automation.raise(&Raising {
                    root: &root,
                    files: std::slice::from_ref(&file),
                    event: *event,
                });
            }
            Happened::Ending => {}
        }
    }

    /// Changes from outside: those that a hook waits for, unless they are too many to be meant.
    fn judge(&mut self, session: &Session, mut changes: Vec<(Trigger, PathBuf)>) {
        let mut touched = BTreeSet::new();
        changes.retain(|(trigger, path)| {
            let Some((root, relative)) = place(session, path) else {
                return false;
            };
            if hook_files::is_hook_path(&relative) {
                self.hook_file_changed(session, &root);
            } else {
                // It may name tool servers, or be a script that is trusted.
                touched.insert(root.clone());
            }
            outside::awaited(&self.hooks_of(session, &root), &root, *trigger, &relative)
        });
        for root in &touched {
            super::ask::changed(session, root);
            session.hooks_changed();
        }
        for (trigger, path) in outside::few(session, changes) {
            self.file(session, trigger, &path, true);
        }
    }

    fn hook_file_changed(&self, session: &Session, root: &Path) {
        super::ask::changed(session, root);
        self.watch(session);
        session.hooks_changed();
    }

    /// Watches whole folders where a hook waits for changes from outside; nothing else needs that.
    fn watch(&self, session: &Session) {
        for root in session.snapshot().roots.iter() {
            let marked = [".kiro", ".rutter"]
                .iter()
                .any(|folder| session.environment().files.exists(&root.join(folder)));
            let wanted = marked
                && self.hooks_of(session, root).iter().any(|file| {
                    let mut hooks = file.hooks.iter();
                    hooks.any(|hook| hook.enabled && hook.from_outside)
                });
            if wanted {
                crate::watch::whole(session, root);
            }
        }
    }

    fn file(&mut self, session: &Session, trigger: Trigger, path: &Path, outside: bool) {
        let Some((root, relative)) = place(session, path) else {
            return;
        };
        if !outside && hook_files::is_hook_path(&relative) {
            self.hook_file_changed(session, &root);
        }
        let files = self.hooks_of(session, &root);
        if files.is_empty() || !self.claims.ours(session, &root) {
            return;
        }
        let mut event = Event::new(trigger).paths([relative.clone()]);
        event.root = Some(slashes(&root));
        event.outside = outside;
        self.automation.raise(&Raising {
            root: &root,
            files: &files,
            event: event.clone(),
        });
        if trigger == Trigger::PostFileSave {
            let api = self.interfaces.saved(session, &files, path, &relative);
            if !api.is_empty() {
                event.trigger = Trigger::ApiChange;
                event.api = api;
                self.automation.raise(&Raising {
                    root: &root,
                    files: &files,
                    event,
                });
            }
        }
    }

    fn minute_passed(&mut self, session: &Session) {
        let minute = now(session) / MINUTE;
        if std::mem::replace(&mut self.minute, minute) == minute {
            return;
        }
        for root in session.snapshot().roots.iter() {
            let mut event = Event::new(Trigger::Schedule);
            event.at = Some(rutter_commands::hooks::moment(
                session.environment().clock.as_ref(),
            ));
            self.raise(session, root, event);
        }
    }

    fn raise(&mut self, session: &Session, root: &Path, mut event: Event) {
        event.root = Some(slashes(root));
        let files = self.hooks_of(session, root);
        let waits = files
            .iter()
            .any(|f| f.hooks.iter().any(|h| h.trigger == event.trigger));
        if waits && self.claims.ours(session, root) {
            self.automation.raise(&Raising {
                root,
                files: &files,
                event,
            });
        }
    }

    /// The hooks of a folder; none inside Kiro, whose own they are, unless the user asked for it.
    fn hooks_of(&self, session: &Session, root: &Path) -> Vec<HookFile> {
        if !session.fires_hooks() {
            return Vec::new();
        }
        let environment = session.environment();
        hooks(environment.files.as_ref(), root, environment.home.as_ref()).files
    }
}

/// The workspace folder of a path, and the path below it with `/`.
fn place(session: &Session, path: &Path) -> Option<(PathBuf, String)> {
    let snapshot = session.snapshot();
    let root = snapshot.root_of(path)?.clone();
    let relative = path.strip_prefix(&root).ok()?;
    let relative = relative.to_string_lossy().replace('\\', "/");
    Some((root, relative))
}

fn now(session: &Session) -> u64 {
    session.environment().clock.millis()
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
