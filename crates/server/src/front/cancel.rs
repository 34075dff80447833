//! A flag that says "the answer is no longer wanted", shared by whoever waits and whoever works.

use std::{
    cell::RefCell,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use parking_lot::Mutex;
use tokio::sync::Notify;

/// A cheap clone of one shared flag. Once cancelled it stays cancelled.
///
/// Work that runs long asks [`is_cancelled`](Self::is_cancelled) now and then; async code awaits
/// [`cancelled`](Self::cancelled); code that holds something to be killed registers
/// [`on_cancel`](Self::on_cancel).
#[derive(Clone, Default)]
pub struct CancelToken(Arc<Shared>);

#[derive(Default)]
struct Shared {
    flag: AtomicBool,
    changed: Notify,
    listeners: Mutex<Listeners>,
}

#[derive(Default)]
struct Listeners {
    next: u64,
    calls: Vec<(u64, Box<dyn FnOnce() + Send>)>,
}

thread_local! {
    static CURRENT: RefCell<Option<CancelToken>> = const { RefCell::new(None) };
}

impl CancelToken {
    /// A token that nobody has cancelled yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The token of the request whose handler is being polled on this thread.
    ///
    /// The front sets it around every poll, so a handler can take it at any point outside of other
    /// threads. Elsewhere it is a fresh token that nobody cancels.
    pub fn current() -> Self {
        CURRENT.with_borrow(|current| current.clone().unwrap_or_default())
    }

    /// Runs `f` with this token as [`current`](Self::current) and restores the former one after.
    pub(super) fn scope<T>(&self, f: impl FnOnce() -> T) -> T {
        struct Restore(Option<CancelToken>);
        impl Drop for Restore {
            fn drop(&mut self) {
                let former = self.0.take();
                CURRENT.with_borrow_mut(|current| *current = former);
            }
        }
        let former = CURRENT.with_borrow_mut(|current| current.replace(self.clone()));
        let _restore = Restore(former);
        f()
    }

    /// Cancels. The first call runs the listeners, on the calling thread; later calls do nothing.
    pub fn cancel(&self) {
        let calls = {
            let mut listeners = self.0.listeners.lock();
            if self.0.flag.swap(true, Ordering::SeqCst) {
                return;
            }
            std::mem::take(&mut listeners.calls)
        };
        self.0.changed.notify_waiters();
        for (_, call) in calls {
            call();
        }
    }

    /// Whether somebody cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.flag.load(Ordering::SeqCst)
    }

    /// Resolves once the token is cancelled.
    pub async fn cancelled(&self) {
        let changed = self.0.changed.notified();
        tokio::pin!(changed);
        // Registered before the flag is read, so a cancel in between is not missed.
        changed.as_mut().enable();
        if !self.is_cancelled() {
            changed.await;
        }
    }

    /// Runs `call` once when the token is cancelled, or now if it already is.
    ///
    /// It runs on the thread that cancels, often the front, so it must be short and must not block.
    /// Dropping the returned guard takes the listener away.
    #[must_use = "dropping the guard removes the listener"]
    pub fn on_cancel(&self, call: impl FnOnce() + Send + 'static) -> CancelListener {
        let mut listeners = self.0.listeners.lock();
        if self.is_cancelled() {
            drop(listeners);
            call();
            return CancelListener { token: None, id: 0 };
        }
        let id = listeners.next;
        listeners.next += 1;
        listeners.calls.push((id, Box::new(call)));
        CancelListener {
            token: Some(self.clone()),
            id,
        }
    }
}

impl fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CancelToken")
            .field(&self.is_cancelled())
            .finish()
    }
}

/// Keeps a listener of [`CancelToken::on_cancel`] registered.
#[derive(Debug)]
pub struct CancelListener {
    token: Option<CancelToken>,
    id: u64,
}

impl Drop for CancelListener {
    fn drop(&mut self) {
        if let Some(token) = self.token.take() {
            let mut listeners = token.0.listeners.lock();
            listeners.calls.retain(|(id, _)| *id != self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    #[test]
    fn a_listener_runs_once_and_a_dropped_one_never() {
        let (token, count) = (CancelToken::new(), Arc::new(AtomicUsize::new(0)));
        let add = |n: usize| {
            let count = count.clone();
            move || {
                count.fetch_add(n, Ordering::SeqCst);
            }
        };
        let _kept = token.on_cancel(add(1));
        drop(token.on_cancel(add(10)));
        token.cancel();
        token.cancel();
        let _late = token.on_cancel(add(100));
        assert_eq!(count.load(Ordering::SeqCst), 101);
    }

    #[test]
    fn the_current_token_is_the_one_of_the_innermost_scope() {
        let (outer, inner) = (CancelToken::new(), CancelToken::new());
        outer.scope(|| {
            inner.scope(|| CancelToken::current().cancel());
            assert!(!CancelToken::current().is_cancelled());
        });
        assert!(inner.is_cancelled() && !outer.is_cancelled());
    }
}
