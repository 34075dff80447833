//! The front thread: takes every message in wire order and puts it on its lane.

use std::{
    collections::VecDeque,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::Instant,
};

use crossbeam_channel::{Receiver, Sender, never, select};
use tokio::runtime::Runtime;
use tower_lsp::{LanguageServer, LspService, jsonrpc::Response};
use tower_service::Service;

use super::{
    Handles,
    cancel::CancelToken,
    control::{Control, FrontWaker, Stop},
    guard::{Guarded, Panicked},
    message::{Call, Incoming},
    options::{ExitCause, FrontOptions},
    requests::{Requests, Ticket},
};

/// What a call of the service gives in the end.
pub(super) type Outcome = Result<Option<Response>, tower_lsp::ExitedError>;

/// The state of the front thread.
pub(super) struct Front<S> {
    pub(super) service: LspService<S>,
    pub(super) handles: Handles,
    pub(super) runtime: Runtime,
    pub(super) options: FrontOptions,
    pub(super) requests: Requests,
    pub(super) control: Sender<Control>,
    pub(super) stop: Stop,
    pub(super) parent: Option<super::watch::ParentWatch>,
    /// A notification handler that awaits something; the order waits for it, for a while.
    pub(super) stalled: Option<Stalled>,
    /// What came after it.
    pub(super) backlog: VecDeque<Ordered>,
}

/// A notification handler that was not done when first polled.
pub(super) struct Stalled {
    pub(super) method: String,
    pub(super) handler: Guarded<Outcome>,
    pub(super) deadline: Instant,
}

/// A message whose place in the order matters.
pub(super) enum Ordered {
    State(Call),
    Read(Ticket, Call),
}

impl<S: LanguageServer> Front<S> {
    /// Serves until there is a reason to end.
    pub(super) fn run(
        &mut self,
        messages: &Receiver<Incoming>,
        control: &Receiver<Control>,
    ) -> ExitCause {
        let runtime = self.runtime.handle().clone();
        // Handlers polled here may spawn and sleep.
        let _entered = runtime.enter();
        loop {
            let grace_over = match &self.stalled {
                Some(stalled) => crossbeam_channel::at(stalled.deadline),
                None => never(),
            };
            let stopped = select! {
                recv(control) -> word => word.map_or(Ok(()), |word| self.obey(word)),
                recv(messages) -> message => match message {
                    Ok(message) => self.accept(message),
                    Err(_) => Err(ExitCause::EndOfInput),
                },
                recv(grace_over) -> _ => self.give_up_order(),
            };
            if let Err(cause) = stopped {
                return cause;
            }
        }
    }

    fn obey(&mut self, word: Control) -> Result<(), ExitCause> {
        match word {
            Control::Stop(cause) => Err(cause),
            Control::Wake => self.resume(),
            Control::Forget(number) => {
                self.forget(number);
                Ok(())
            }
        }
    }

    /// Polls the handler that holds up the order; when it is done, catches up.
    fn resume(&mut self) -> Result<(), ExitCause> {
        let Some(mut stalled) = self.stalled.take() else {
            return Ok(());
        };
        let waker = Waker::from(Arc::new(FrontWaker(self.control.clone())));
        let mut cx = Context::from_waker(&waker);
        match Pin::new(&mut stalled.handler).poll(&mut cx) {
            Poll::Ready(outcome) => {
                check_state(outcome)?;
                self.catch_up()
            }
            Poll::Pending => {
                self.stalled = Some(stalled);
                Ok(())
            }
        }
    }

    /// The grace of a stalled handler is over: it goes on by itself, and the rest goes on without it.
    fn give_up_order(&mut self) -> Result<(), ExitCause> {
        if let Some(stalled) = self.stalled.take() {
            tracing::error!(
                method = stalled.method,
                "a notification handler awaits something; what follows is handled before it is done"
            );
            self.spawn_state(stalled.handler);
        }
        self.catch_up()
    }

    fn catch_up(&mut self) -> Result<(), ExitCause> {
        while self.stalled.is_none()
            && let Some(ordered) = self.backlog.pop_front()
        {
            self.dispatch(ordered)?;
        }
        Ok(())
    }

    /// Handles a message in its turn: at once, or after the handler that holds up the order.
    pub(super) fn in_order(&mut self, ordered: Ordered) -> Result<(), ExitCause> {
        match self.stalled {
            Some(_) => {
                self.backlog.push_back(ordered);
                Ok(())
            }
            None => self.dispatch(ordered),
        }
    }

    /// Makes tower-lsp drop what it keeps for a request of ours that ended without it.
    pub(super) fn forget(&mut self, number: i32) {
        let request = tower_lsp::jsonrpc::Request::build("$/cancelRequest")
            .params(serde_json::json!({ "id": number }))
            .finish();
        let future = self.service.call(request);
        let mut guarded = Guarded::new("$/cancelRequest", CancelToken::new(), future);
        let _ = Pin::new(&mut guarded).poll(&mut Context::from_waker(Waker::noop()));
    }
}

/// A panic in a notification handler leaves the state unknown.
pub(super) fn check_state(outcome: Result<Outcome, Panicked>) -> Result<(), ExitCause> {
    match outcome {
        Ok(_) => Ok(()),
        Err(Panicked { log_id }) => Err(ExitCause::StatePanic { log_id }),
    }
}
