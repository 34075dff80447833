//! Polling other people's code: with the request's cancel token at hand, and with panics caught.

use std::{
    any::Any,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::atomic::{AtomicU64, Ordering},
    task::{Context, Poll},
};

use super::cancel::CancelToken;

/// A panic that was caught; written to the log under `log_id`.
#[derive(Clone, Debug)]
pub(super) struct Panicked {
    pub(super) log_id: String,
}

/// Runs `f`, and turns a panic into an error and a log line that names `what` ran.
pub(super) fn catch<T>(what: &str, f: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(f)).map_err(|payload| {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let log_id = format!("{}-{number}", std::process::id());
        tracing::error!(
            log_id,
            what,
            panic = message_of(&*payload),
            "caught a panic"
        );
        Panicked { log_id }
    })
}

fn message_of(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    let string = payload.downcast_ref::<String>().map(String::as_str);
    text.or(string).unwrap_or("without a message")
}

/// A handler's future. It is polled first on the front thread and then, if it must, on the runtime.
pub(super) struct Guarded<T> {
    what: String,
    token: CancelToken,
    failed: Option<Panicked>,
    future: Pin<Box<dyn Future<Output = T> + Send>>,
}

impl<T> Guarded<T> {
    pub(super) fn new(
        what: impl Into<String>,
        token: CancelToken,
        future: Pin<Box<dyn Future<Output = T> + Send>>,
    ) -> Self {
        Self {
            what: what.into(),
            token,
            failed: None,
            future,
        }
    }
}

impl<T: Send + 'static> Guarded<T> {
    /// A handler that panicked before it had a future.
    pub(super) fn failed(what: String, panicked: Panicked) -> Self {
        Self {
            failed: Some(panicked),
            ..Self::new(what, CancelToken::new(), Box::pin(std::future::pending()))
        }
    }
}

impl<T> Future for Guarded<T> {
    type Output = Result<T, Panicked>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if let Some(panicked) = this.failed.take() {
            return Poll::Ready(Err(panicked));
        }
        let polled = this
            .token
            .scope(|| catch(&this.what, || this.future.as_mut().poll(cx)));
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Err(panicked) => Poll::Ready(Err(panicked)),
        }
    }
}
