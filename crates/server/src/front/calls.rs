//! Our requests to the client: each is answered in the end, by the client, by its time limit, or by the exit.

use std::{
    collections::HashMap,
    fmt,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use lsp_types::request::Request as LspRequest;
use parking_lot::Mutex;
use serde_json::Value;
use tokio::{runtime::Handle, sync::oneshot, task::AbortHandle};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response, Result};

use super::{cancel::CancelToken, guard::catch, outbox::Outbox, requests::REQUEST_FAILED};

/// Requests that a person answers, or a model; they take as long as they take.
const QUESTIONS: [&str; 3] = ["window/showMessageRequest", "rutter/input", "rutter/model"];

type OnReply = Box<dyn FnOnce(Result<Value>) + Send>;

/// Requests from the server to the client; a cheap clone. Nothing here waits on the calling thread.
///
/// Requests made through tower-lsp's `Client` pass here too and get the same time limits. In a state
/// handler never await an answer: use [`request`](Self::request) or [`refresh`](Self::refresh).
#[derive(Clone)]
pub struct ClientCalls(Arc<Shared>);

struct Shared {
    outbox: Outbox,
    runtime: Handle,
    timeout: Duration,
    next: AtomicU64,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    waiting: HashMap<Id, Waiting>,
    /// Refresh requests in flight, and whether another was asked for meanwhile.
    refreshing: HashMap<&'static str, bool>,
    closed: bool,
}

/// A request under way; dropped, it is withdrawn.
struct Asked {
    calls: ClientCalls,
    id: Id,
}

impl Drop for Asked {
    fn drop(&mut self) {
        drop(self.calls.withdraw(&self.id));
    }
}

struct Waiting {
    method: String,
    on_reply: OnReply,
    timer: Option<AbortHandle>,
}

impl ClientCalls {
    pub(super) fn new(outbox: Outbox, runtime: Handle, timeout: Duration) -> Self {
        Self(Arc::new(Shared {
            outbox,
            runtime,
            timeout,
            next: AtomicU64::new(1),
            table: Mutex::default(),
        }))
    }

    /// Sends a request, and gives its id; `on_reply` runs once, on the front's thread or the runtime's, and
    /// must be short.
    ///
    /// It hears the client's result or error, or −32803 after the time limit (`FrontOptions::client_timeout`;
    /// none for questions to the user) and when the server ends. `params` of `Null` are left out.
    pub fn request(
        &self,
        method: &str,
        params: Value,
        on_reply: impl FnOnce(Result<Value>) + Send + 'static,
    ) -> Id {
        let number = self.0.next.fetch_add(1, Ordering::Relaxed);
        let id = Id::String(format!("rutter-{number}"));
        let mut request = Request::build(method.to_owned()).id(id.clone());
        if !params.is_null() {
            request = request.params(params);
        }
        self.start(&request.finish(), Box::new(on_reply));
        id
    }

    /// Sends a request and awaits the answer, within the same time limits. Never await it in a state handler.
    ///
    /// Dropping the future takes the request back, or tells the client to cancel it.
    ///
    /// # Errors
    /// What the client answers; −32803 when it does not answer in time; −32700 when it answers nonsense.
    pub fn ask<R: LspRequest>(
        &self,
        params: R::Params,
    ) -> impl Future<Output = Result<R::Result>> + Send + use<R> {
        let (sender, receiver) = oneshot::channel();
        let asked = serde_json::to_value(params).map(|params| Asked {
            // The asker may have gone; then nobody needs the answer.
            id: self.request(R::METHOD, params, |result| drop(sender.send(result))),
            calls: self.clone(),
        });
        async move {
            let _asked = asked.map_err(|error| wrong_shape(&error))?;
            let value = receiver.await.unwrap_or_else(|_| Err(gone(R::METHOD)))?;
            serde_json::from_value(value).map_err(|error| wrong_shape(&error))
        }
    }

    /// The same for a job on a thread of its own: blocks until the answer, or until `cancel`.
    ///
    /// # Errors
    /// Those of [`ask`](Self::ask), and −32800 when cancelled.
    ///
    /// # Panics
    /// In a handler or in asynchronous code, where it would block others.
    pub fn ask_blocking<R: LspRequest>(
        &self,
        params: R::Params,
        cancel: &CancelToken,
    ) -> Result<R::Result> {
        let asked = self.ask::<R>(params);
        self.0.runtime.block_on(async {
            tokio::select! {
                biased;
                () = cancel.cancelled() => Err(Error::request_cancelled()),
                answer = asked => answer,
            }
        })
    }

    /// Asks the client to ask again, such as `workspace/codeLens/refresh`; sent and forgotten.
    ///
    /// At most one of a method is in flight; more are folded into one that follows it.
    pub fn refresh(&self, method: &'static str) {
        {
            let mut table = self.0.table.lock();
            if let Some(again) = table.refreshing.get_mut(method) {
                *again = true;
                return;
            }
            table.refreshing.insert(method, false);
        }
        let calls = self.clone();
        self.request(method, Value::Null, move |_| {
            let again = calls.0.table.lock().refreshing.remove(method);
            if again == Some(true) {
                calls.refresh(method);
            }
        });
    }

    fn start(&self, request: &Request, on_reply: OnReply) {
        let Some(id) = request.id().cloned() else {
            return self.0.outbox.forward(request);
        };
        let method = request.method().to_owned();
        let timer = (!is_question(request)).then(|| {
            let (calls, id) = (self.clone(), id.clone());
            let task = self.0.runtime.spawn(async move {
                tokio::time::sleep(calls.0.timeout).await;
                calls.expire(&id);
            });
            task.abort_handle()
        });
        let refused = {
            let mut table = self.0.table.lock();
            match table.closed {
                true => Some(on_reply),
                false => {
                    let waiting = Waiting {
                        method: method.clone(),
                        on_reply,
                        timer,
                    };
                    table.waiting.insert(id, waiting);
                    None
                }
            }
        };
        match refused {
            Some(on_reply) => settle(&method, on_reply, Err(gone(&method))),
            None => self.0.outbox.forward(request),
        }
    }

    /// Passes on what tower-lsp's `Client` sends, and its answers to `back`.
    pub(super) fn forward(&self, request: &Request, back: &Arc<dyn Fn(Response) + Send + Sync>) {
        let Some(id) = request.id().cloned() else {
            return self.0.outbox.forward(request);
        };
        if let Some(method) = refresh_method(request.method()) {
            self.refresh(method);
            return back(Response::from_ok(id, Value::Null));
        }
        let back = back.clone();
        let on_reply = move |result| back(Response::from_parts(id, result));
        self.start(request, Box::new(on_reply));
    }

    /// Takes in the client's answer to one of our requests.
    pub(super) fn reply(&self, response: Response) {
        let (id, result) = response.into_parts();
        match self.take(&id) {
            Some(waiting) => settle(&waiting.method, waiting.on_reply, result),
            None => tracing::debug!(%id, "the client answered what nobody waits for"),
        }
    }

    fn expire(&self, id: &Id) {
        let Some(waiting) = self.withdraw(id) else {
            return;
        };
        tracing::warn!(method = waiting.method, "the client did not answer in time");
        let error = failed(format!(
            "The editor did not answer {} within {:?}. Try again.",
            waiting.method, self.0.timeout
        ));
        settle(&waiting.method, waiting.on_reply, Err(error));
    }

    /// Ends a request whose answer nobody awaits any more; `None` if it has its answer.
    fn withdraw(&self, id: &Id) -> Option<Waiting> {
        let waiting = self.take(id)?;
        // An unsent request must not take effect after its asker gave up.
        if !self.0.outbox.retract(id) {
            let params = serde_json::json!({ "id": id });
            self.0.outbox.notify("$/cancelRequest", params);
        }
        Some(waiting)
    }

    fn take(&self, id: &Id) -> Option<Waiting> {
        let waiting = self.0.table.lock().waiting.remove(id)?;
        if let Some(timer) = &waiting.timer {
            timer.abort();
        }
        Some(waiting)
    }

    /// Ends every waiting request with an error; later ones fail at once.
    pub(super) fn close(&self) {
        let waiting = {
            let mut table = self.0.table.lock();
            table.closed = true;
            std::mem::take(&mut table.waiting)
        };
        for waiting in waiting.into_values() {
            if let Some(timer) = &waiting.timer {
                timer.abort();
            }
            settle(
                &waiting.method,
                waiting.on_reply,
                Err(gone(&waiting.method)),
            );
        }
    }
}

fn settle(method: &str, on_reply: OnReply, result: Result<Value>) {
    // A panic was logged; the answer has no other receiver.
    let _ = catch(method, move || on_reply(result));
}

fn is_question(request: &Request) -> bool {
    let confirms = || {
        let annotations = request.params()?.pointer("/edit/changeAnnotations")?;
        let any = annotations.as_object()?.values();
        Some(any.into_iter().any(|it| it["needsConfirmation"] == true))
    };
    QUESTIONS.contains(&request.method()) || confirms().unwrap_or(false)
}

fn refresh_method(method: &str) -> Option<&'static str> {
    use lsp_types::request as r;
    [
        r::CodeLensRefresh::METHOD,
        r::SemanticTokensRefresh::METHOD,
        r::InlayHintRefreshRequest::METHOD,
        r::InlineValueRefreshRequest::METHOD,
        r::WorkspaceDiagnosticRefresh::METHOD,
    ]
    .into_iter()
    .find(|known| *known == method)
}

fn failed(message: String) -> Error {
    Error {
        code: REQUEST_FAILED,
        message: message.into(),
        data: None,
    }
}

fn gone(method: &str) -> Error {
    failed(format!(
        "The server is stopping; {method} was not answered."
    ))
}

fn wrong_shape(error: &serde_json::Error) -> Error {
    Error {
        code: ErrorCode::ParseError,
        message: error.to_string().into(),
        data: None,
    }
}

impl fmt::Debug for ClientCalls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waiting = self.0.table.lock().waiting.len();
        f.debug_struct("ClientCalls")
            .field("waiting", &waiting)
            .finish()
    }
}
