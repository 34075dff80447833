//! What reaches the front besides messages, and the watchdog that ends a server which cannot end itself.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::Wake,
    thread,
    time::Duration,
};

use crossbeam_channel::Sender;
use parking_lot::{Condvar, Mutex};

use super::options::{ExitCause, ExitStatus, OnStuck};

/// A word to the front thread from another of our threads.
#[derive(Debug)]
pub(super) enum Control {
    /// The server must end.
    Stop(ExitCause),
    /// The handler that holds up the order can go on.
    Wake,
    /// A handler's future is gone before its end; tower-lsp must forget its number.
    Forget(i32),
}

/// Wakes the front thread for the future that it polls itself.
pub(super) struct FrontWaker(pub(super) Sender<Control>);

impl Wake for FrontWaker {
    fn wake(self: Arc<Self>) {
        // The front may have ended.
        let _ = self.0.send(Control::Wake);
    }
}

/// Whoever learns that the server must end says it here; a cheap clone.
#[derive(Clone)]
pub(super) struct Stop(Arc<Shared>);

struct Shared {
    control: Sender<Control>,
    shutdown_seen: AtomicBool,
    watchdog: Duration,
    on_stuck: Mutex<Option<OnStuck>>,
    ended: Mutex<bool>,
    changed: Condvar,
}

impl Stop {
    pub(super) fn new(
        control: Sender<Control>,
        watchdog: Duration,
        on_stuck: Option<OnStuck>,
    ) -> Self {
        Self(Arc::new(Shared {
            control,
            shutdown_seen: AtomicBool::new(false),
            watchdog,
            on_stuck: Mutex::new(on_stuck),
            ended: Mutex::new(false),
            changed: Condvar::new(),
        }))
    }

    /// Tells the front to end now.
    pub(super) fn now(&self, cause: ExitCause) {
        self.will_come(&cause);
        let _ = self.0.control.send(Control::Stop(cause));
    }

    /// The front will hear it in its turn; from here on the watchdog watches.
    pub(super) fn will_come(&self, cause: &ExitCause) {
        let Some(on_stuck) = self.0.on_stuck.lock().take() else {
            return;
        };
        let (shared, cause) = (self.0.clone(), cause.clone());
        let watchdog = thread::Builder::new().name("rutter-watchdog".to_owned());
        let started = watchdog.spawn(move || {
            if !wait_for_end(&shared) {
                tracing::error!(?cause, "the server does not end by itself");
                on_stuck(ExitStatus {
                    cause,
                    after_shutdown: shared.shutdown_seen.load(Ordering::SeqCst),
                });
            }
        });
        if let Err(error) = started {
            tracing::error!(%error, "cannot start the watchdog");
        }
    }

    pub(super) fn shutdown_seen(&self) -> bool {
        self.0.shutdown_seen.load(Ordering::SeqCst)
    }

    pub(super) fn see_shutdown(&self) {
        self.0.shutdown_seen.store(true, Ordering::SeqCst);
    }

    /// The server has ended; the watchdog goes.
    pub(super) fn ended(&self) {
        *self.0.ended.lock() = true;
        self.0.changed.notify_all();
    }
}

fn wait_for_end(shared: &Shared) -> bool {
    let mut ended = shared.ended.lock();
    let waited = shared
        .changed
        .wait_while_for(&mut ended, |ended| !*ended, shared.watchdog);
    !waited.timed_out()
}
