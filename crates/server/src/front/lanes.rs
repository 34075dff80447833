//! The four lanes: control, state, read; jobs have a registry of their own.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use serde_json::Value;
use tower_lsp::{
    LanguageServer,
    jsonrpc::{Error, ErrorCode, Id, Response, Result as RpcResult},
};
use tower_service::Service;

use super::{
    cancel::CancelToken,
    control::{Control, FrontWaker},
    front::{Front, Ordered, Outcome, Stalled, check_state},
    guard::{Guarded, Panicked, catch},
    message::{Call, Incoming},
    options::ExitCause,
    outbox::Reader,
    requests::{SERVER_CANCELLED, Ticket},
    watch::ParentWatch,
};

/// A handler that keeps the front longer than this, without an await, is logged.
const SLOW_TURN: Duration = Duration::from_millis(100);

impl<S: LanguageServer> Front<S> {
    /// Puts one message on its lane.
    pub(super) fn accept(&mut self, message: Incoming) -> Result<(), ExitCause> {
        match message {
            Incoming::Reply(response) => self.handles.calls.reply(response),
            Incoming::Invalid { id, error } => {
                tracing::warn!(%id, message = %error.message, "received what is no message");
                let response = Response::from_error(id, error);
                self.handles.outbox.complain(&response);
            }
            Incoming::Notification(call) => match call.method.as_str() {
                "exit" => return Err(ExitCause::Exit),
                "$/cancelRequest" => self.cancel(&call),
                "window/workDoneProgress/cancel" if self.cancels_job(&call) => {}
                _ => return self.in_order(Ordered::State(call)),
            },
            Incoming::Request { .. } if self.handles.outbox.reader() == Reader::Lost => {
                tracing::error!("the client asks, but has stopped reading the answers");
                return Err(ExitCause::OutputClosed);
            }
            Incoming::Request { id, call } => {
                let ticket = match self.requests.begin(id, &self.handles.outbox) {
                    Ok(ticket) => ticket,
                    Err(id) => {
                        self.refuse_twin(id);
                        return Ok(());
                    }
                };
                match call.method.as_str() {
                    "shutdown" => self.shutdown(ticket, call),
                    _ => return self.in_order(Ordered::Read(ticket, call)),
                }
            }
        }
        Ok(())
    }

    pub(super) fn dispatch(&mut self, ordered: Ordered) -> Result<(), ExitCause> {
        match ordered {
            Ordered::State(call) => self.state(call),
            Ordered::Read(ticket, call) => {
                self.read(ticket, call);
                Ok(())
            }
        }
    }

    // Control lane.

    fn cancel(&mut self, call: &Call) {
        let id = match call.param("/id") {
            Some(Value::String(text)) => Id::String(text.clone()),
            Some(Value::Number(number)) => match number.as_i64() {
                Some(number) => Id::Number(number),
                None => return,
            },
            _ => return,
        };
        if let Some(number) = self.requests.cancel(&id) {
            let response = Response::from_error(id, Error::request_cancelled());
            self.handles.outbox.respond_first(&response);
            self.forget(number);
        }
    }

    fn cancels_job(&self, call: &Call) -> bool {
        let token = call.param("/token").and_then(Value::as_str);
        token.is_some_and(|token| self.handles.jobs.cancel_token(token))
    }

    /// Two requests in flight with one id: both are answered, the second with an error.
    fn refuse_twin(&self, id: Id) {
        let error = Error {
            code: ErrorCode::InvalidRequest,
            message: format!("A request with the id {id} is still in work. Use a new id.").into(),
            data: None,
        };
        let response = Response::from_error(id, error);
        self.handles.outbox.respond(&response);
    }

    /// Answers at once, whatever else is under way.
    fn shutdown(&mut self, ticket: Ticket, call: Call) {
        let number = ticket.number();
        let mut handler = self.call(call, Some(number), ticket.token().clone());
        match first_poll(&mut handler) {
            Poll::Ready(outcome) => {
                let result = read_result("shutdown", outcome);
                if result.as_ref().is_err_and(|error| is_refusal(&error.code)) {
                    return ticket.answer(result);
                }
                ticket.answer(Ok(Value::Null));
            }
            Poll::Pending => {
                ticket.answer(Ok(Value::Null));
                self.runtime.spawn(handler);
            }
        }
        self.stop.see_shutdown();
        self.handles.jobs.shutdown();
        if let Some(hook) = self.options.on_shutdown.take() {
            // A panic was logged; the server is about to end.
            let _ = catch("the shutdown hook", hook);
        }
    }

    // State lane.

    fn state(&mut self, call: Call) -> Result<(), ExitCause> {
        let method = call.method.clone();
        let mut handler = self.call(call, None, CancelToken::new());
        let waker = Waker::from(Arc::new(FrontWaker(self.control.clone())));
        let started = Instant::now();
        let polled = Pin::new(&mut handler).poll(&mut Context::from_waker(&waker));
        log_slow(&method, started);
        match polled {
            Poll::Ready(outcome) => check_state(outcome),
            Poll::Pending => {
                self.stalled = Some(Stalled {
                    method,
                    handler,
                    deadline: Instant::now() + self.options.state_grace,
                });
                Ok(())
            }
        }
    }

    /// Lets a notification handler go on without holding up the order.
    pub(super) fn spawn_state(&self, handler: Guarded<Outcome>) {
        let control = self.control.clone();
        self.runtime.spawn(async move {
            if let Err(cause) = check_state(handler.await) {
                let _ = control.send(Control::Stop(cause));
            }
        });
    }

    // Read lane.

    fn read(&mut self, ticket: Ticket, mut call: Call) {
        if ticket.token().is_cancelled() {
            return;
        }
        if self.handles.outbox.reader() != Reader::Reads {
            return ticket.answer(Err(choked()));
        }
        if call.method == "initialize" {
            call.speak_as_lsp_types();
            self.meet(&call);
        }
        let (method, number) = (call.method.clone(), ticket.number());
        let mut handler = self.call(call, Some(number), ticket.token().clone());
        let started = Instant::now();
        let polled = first_poll(&mut handler);
        log_slow(&method, started);
        match polled {
            Poll::Ready(outcome) => {
                if outcome.is_err() {
                    self.forget(number);
                }
                ticket.answer(read_result(&method, outcome));
            }
            Poll::Pending => {
                let control = self.control.clone();
                self.runtime.spawn(async move {
                    let outcome = handler.await;
                    if outcome.is_err() {
                        let _ = control.send(Control::Forget(number));
                    }
                    ticket.answer(read_result(&method, outcome));
                });
            }
        }
    }

    /// Learns from `initialize` what the front itself must know about the client.
    fn meet(&mut self, call: &Call) {
        let progress = call.param("/capabilities/window/workDoneProgress");
        self.handles
            .jobs
            .client_shows_progress(progress == Some(&Value::Bool(true)));
        if self.parent.is_none()
            && let Some(pid) = call.param("/processId").and_then(Value::as_i64)
        {
            self.parent = ParentWatch::start(pid, self.stop.clone());
        }
    }

    /// The handler's future. tower-lsp parses the parameters in here, so that too is guarded.
    fn call(&mut self, call: Call, number: Option<i32>, token: CancelToken) -> Guarded<Outcome> {
        let method = call.method.clone();
        let request = call.into_request(number.map(|number| Id::Number(number.into())));
        let service = &mut self.service;
        match catch(&method, || service.call(request)) {
            Ok(future) => Guarded::new(method, token, future),
            Err(panicked) => Guarded::failed(method, panicked),
        }
    }
}

/// The poll on the front thread, in which a handler takes its snapshot. No waker is needed: a handler
/// that is not done is polled again at once on the runtime.
fn first_poll(handler: &mut Guarded<Outcome>) -> Poll<Result<Outcome, Panicked>> {
    Pin::new(handler).poll(&mut Context::from_waker(Waker::noop()))
}

/// What the client hears of a request's outcome.
fn read_result(method: &str, outcome: Result<Outcome, Panicked>) -> RpcResult<Value> {
    match outcome {
        Ok(Ok(Some(response))) => response.into_parts().1,
        // tower-lsp gives no answer to unknown methods in `$/`, but the specification wants one.
        Ok(Ok(None)) => Err(Error {
            data: Some(method.into()),
            ..Error::method_not_found()
        }),
        Ok(Err(_exited)) => Err(Error::invalid_request()),
        Err(Panicked { log_id }) => Err(Error {
            code: ErrorCode::InternalError,
            message: format!(
                "Something broke while answering {method} (log id {log_id}). Please report it with the log."
            )
            .into(),
            data: Some(serde_json::json!({ "logId": log_id })),
        }),
    }
}

/// Whether `shutdown` itself was refused: before `initialize`, or a second time.
fn is_refusal(code: &ErrorCode) -> bool {
    matches!(code.code(), -32002 | -32600 | -32602)
}

fn choked() -> Error {
    Error {
        code: SERVER_CANCELLED,
        message: "The editor has left too many answers unread. Ask again when it has read them."
            .into(),
        data: None,
    }
}

fn log_slow(method: &str, started: Instant) {
    let took = started.elapsed();
    if took > SLOW_TURN {
        let ms = took.as_millis();
        tracing::warn!(
            method,
            ms,
            "a handler kept the front waiting; compute on the pool"
        );
    }
}
