//! The thread that turns what happened into events of hooks.

use std::path::{Path, PathBuf};

use crossbeam_channel::{Receiver, RecvTimeoutError};
use rutter_automation::{Automation, Raising};
use rutter_hooks::{Event, HookFile, Trigger};
use rutter_workspace::hook_files::{self, hooks};

use super::api::Interfaces;
use super::build::Builds;
use super::{Claims, Happened, outside};
use crate::session::{Session, WeakSession};

/// The state of the thread.
pub(super) struct Watcher {
    session: WeakSession,
    automation: Automation,
    claims: Claims,
    interfaces: Interfaces,
    builds: Builds,
    minute: Option<u64>,
}

impl Watcher {
    pub(super) fn new(session: WeakSession, automation: Automation) -> Self {
        Self {
            session,
            automation,
            claims: Claims::default(),
            interfaces: Interfaces::default(),
            builds: Builds::default(),
            minute: None,
        }
    }

    /// Until the server ends. Wakes once a minute for schedules.
    pub(super) fn run(&mut self, events: &Receiver<Happened>) {
        loop {
            let Some(wait) = self.session.get().map(|s| until_next_minute(&s)) else {
                return;
            };
            match events.recv_timeout(wait) {
                Ok(happened) => {
                    let Some(session) = self.session.get() else {
                        return;
                    };
                    self.happened(&session, happened);
                }
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(session) = self.session.get() {
                        self.minute_passed(&session);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn happened(&mut self, session: &Session, happened: Happened) {
        match happened {
            Happened::Opened(path) => {
                if let Some((root, _)) = place(session, &path) {
                    let files = self.hooks_of(session, &root);
                    self.interfaces.opened(session, &files, &path);
                }
            }
            Happened::File(trigger, path) => self.file(session, trigger, &path, false),
            Happened::Outside(changes) => {
                for (trigger, path) in outside::count(session, changes) {
                    self.file(session, trigger, &path, true);
                }
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
        }
    }

    fn file(&mut self, session: &Session, trigger: Trigger, path: &Path, outside: bool) {
        let Some((root, relative)) = place(session, path) else {
            return;
        };
        if hook_files::is_hook_path(&relative) {
            super::ask::changed(session, &root);
        }
        let files = self.hooks_of(session, &root);
        if files.is_empty() || !self.claims.ours(session, &root) {
            return;
        }
        let mut event = Event::new(trigger).paths([relative.clone()]);
        event.root = Some(root.to_string_lossy().replace('\\', "/"));
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
        let now = session.environment().clock.millis();
        if self.minute.replace(now / 60_000) == Some(now / 60_000) {
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

    fn raise(&self, session: &Session, root: &Path, event: Event) {
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
        hooks(
            environment.files.as_ref(),
            root,
            environment.home.as_deref(),
        )
        .files
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

fn until_next_minute(session: &Session) -> std::time::Duration {
    let into = session.environment().clock.millis() % 60_000;
    std::time::Duration::from_millis(60_000 - into)
}
