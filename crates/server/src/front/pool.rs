//! Threads for work that computes: at least two for what a user waits for, one in the background.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll, ready},
    thread,
};

use crossbeam_channel::{Receiver, Sender};
use thiserror::Error;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc;

use super::{
    cancel::CancelToken,
    guard::{Panicked, catch},
    priority,
};

/// Fewer threads than this would let one slow read hold up all others.
const MIN_READ_THREADS: usize = 2;

/// Why work on a pool has no result.
#[derive(Debug, Error)]
pub enum PoolError {
    /// The token was cancelled before the work began.
    #[error("The request was cancelled.")]
    Cancelled,
    /// The work panicked; the log has more under this id.
    #[error("Something broke while answering (log id {log_id}). Please report it with the log.")]
    Panicked {
        /// Where in the log.
        log_id: String,
    },
    /// The threads could not be started, or have ended.
    #[error("The server is stopping or has no threads left. Restart it if this stays.")]
    Closed,
}

impl From<PoolError> for jsonrpc::Error {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Cancelled => jsonrpc::Error::request_cancelled(),
            PoolError::Panicked { .. } | PoolError::Closed => jsonrpc::Error {
                code: jsonrpc::ErrorCode::InternalError,
                message: error.to_string().into(),
                data: None,
            },
        }
    }
}

type Work = Box<dyn FnOnce() + Send>;

/// Threads that start with their first work. A cheap clone; the threads end with the last one.
#[derive(Clone)]
pub struct ReadPool(Arc<Threads>);

struct Threads {
    name: &'static str,
    count: usize,
    background: bool,
    sender: OnceLock<Sender<Work>>,
}

impl ReadPool {
    /// A pool of `threads`, at least two.
    pub fn new(threads: usize) -> Self {
        Self::with("rutter-read", threads.max(MIN_READ_THREADS), false)
    }

    /// One thread of low priority, for indexes and diagnostics.
    pub fn background() -> Self {
        Self::with("rutter-background", 1, true)
    }

    fn with(name: &'static str, count: usize, background: bool) -> Self {
        Self(Arc::new(Threads {
            name,
            count,
            background,
            sender: OnceLock::new(),
        }))
    }

    /// Runs `f` on one of the threads. It is queued now, not when the result is first awaited.
    ///
    /// Dropping the result, as happens when the client cancels, flags `cancel`; work that has not begun
    /// is then left out, work that runs should ask a clone of the token now and then. In a request's
    /// handler pass [`CancelToken::current`], which a cancel flags at once. `f` runs outside of the runtime:
    /// code that awaits stays in the handler.
    ///
    /// # Errors
    /// See [`PoolError`]; `?` in a handler turns it into the right JSON-RPC error.
    pub fn run<T: Send + 'static>(
        &self,
        cancel: CancelToken,
        f: impl FnOnce() -> T + Send + 'static,
    ) -> Pooled<T> {
        let (sender, receiver) = oneshot::channel();
        let (name, token) = (self.0.name, cancel.clone());
        let work: Work = Box::new(move || {
            let result = match token.is_cancelled() {
                true => Err(PoolError::Cancelled),
                false => token
                    .scope(|| catch(name, f))
                    .map_err(|Panicked { log_id }| PoolError::Panicked { log_id }),
            };
            // Whoever asked may have gone.
            let _ = sender.send(result);
        });
        // A refused work drops its sender, which the result reports as closed.
        let _ = self.0.sender.get_or_init(|| self.0.start()).send(work);
        Pooled {
            receiver,
            cancel: Some(cancel),
        }
    }
}

impl Threads {
    fn start(&self) -> Sender<Work> {
        let (sender, receiver) = crossbeam_channel::unbounded::<Work>();
        for _ in 0..self.count {
            let (receiver, background) = (receiver.clone(), self.background);
            let started = thread::Builder::new()
                .name(self.name.to_owned())
                .spawn(move || work_off(&receiver, background));
            if let Err(error) = started {
                tracing::error!(%error, name = self.name, "cannot start a thread");
            }
        }
        sender
    }
}

fn work_off(receiver: &Receiver<Work>, background: bool) {
    if background {
        priority::lower();
    }
    for work in receiver {
        work();
    }
}

/// The result to come from [`ReadPool::run`].
#[derive(Debug)]
#[must_use = "dropping it cancels the work"]
pub struct Pooled<T> {
    receiver: oneshot::Receiver<Result<T, PoolError>>,
    cancel: Option<CancelToken>,
}

impl<T> Pooled<T> {
    /// Lets the work run on although nobody awaits its result.
    pub fn detach(mut self) {
        self.cancel = None;
    }
}

impl<T> Future for Pooled<T> {
    type Output = Result<T, PoolError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let result = ready!(Pin::new(&mut self.receiver).poll(cx));
        self.cancel = None;
        Poll::Ready(result.unwrap_or(Err(PoolError::Closed)))
    }
}

impl<T> Drop for Pooled<T> {
    fn drop(&mut self) {
        if let Some(cancel) = self.cancel.take() {
            cancel.cancel();
        }
    }
}

impl fmt::Debug for ReadPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadPool")
            .field("name", &self.0.name)
            .field("threads", &self.0.count)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn wait<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(future)
    }

    #[test]
    fn work_gives_its_result_and_a_panic_an_error() {
        let pool = ReadPool::new(0);
        assert_eq!(wait(pool.run(CancelToken::new(), || 42)).unwrap(), 42);
        let error = wait(pool.run(CancelToken::new(), || panic!("boom"))).unwrap_err();
        assert_eq!(jsonrpc::Error::from(error).code.code(), -32603);
        assert_eq!(wait(pool.run(CancelToken::new(), || 43)).unwrap(), 43);
    }

    #[test]
    fn dropping_the_result_flags_the_token_and_skips_what_has_not_begun() {
        let pool = ReadPool::background();
        let (release, blocked) = mpsc::channel::<()>();
        let busy = pool.run(CancelToken::new(), move || blocked.recv());
        let (running, token) = (CancelToken::new(), CancelToken::new());
        let (ran, has_run) = mpsc::channel();
        drop(pool.run(token.clone(), move || ran.send(())));
        assert!(token.is_cancelled());
        pool.run(running.clone(), || ()).detach();
        release.send(()).unwrap();
        wait(busy).unwrap().unwrap();
        assert!(has_run.recv().is_err(), "dropped without running");
        assert!(!running.is_cancelled());
    }

    #[test]
    fn work_sees_its_own_token_as_the_current_one() {
        let token = CancelToken::new();
        wait(ReadPool::new(2).run(token.clone(), || CancelToken::current().cancel())).unwrap();
        assert!(token.is_cancelled());
    }
}
