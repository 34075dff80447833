//! Everything that goes to the client passes here. Nothing ever waits for the client.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use lsp_types::{
    MessageType, ProgressParams, PublishDiagnosticsParams, WorkDoneProgress,
    notification::{
        LogMessage, Notification, Progress, PublishDiagnostics, ShowMessage, TelemetryEvent,
    },
};
use parking_lot::{Condvar, Mutex};
use serde::Serialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Id, Request, Response};

use super::queue::{Class, Key, OutQueue};

/// Notifications of which only the newest matters.
const WHOLE: [&str; 1] = ["rutter/state"];
/// Small messages are written together up to this many bytes.
const BATCH_BYTES: usize = 16 << 10;

/// The way to the client; a cheap clone. Sending never blocks and never fails.
///
/// For a client that does not read, memory stays bounded: diagnostics of a document, reports of a
/// progress token and `rutter/state` replace their waiting predecessor; of logs, messages and unknown
/// notifications the oldest go; responses, requests and the begin and end of progress are kept.
#[derive(Clone)]
pub struct Outbox(Arc<Shared>);

struct Shared {
    unread_limit: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    queue: OutQueue,
    /// A batch has been taken and is not yet written.
    writing: bool,
    closed: bool,
}

/// How well a client reads what is sent to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// Well enough.
    Reads,
    /// It has left so much unread that it should get no more work done.
    Choked,
    /// It does not read any more.
    Lost,
}

#[derive(Serialize)]
struct Envelope<'a, P> {
    jsonrpc: &'static str,
    method: &'a str,
    params: P,
}

impl Outbox {
    /// `unread_limit` is `FrontOptions::unread_limit`.
    pub(super) fn new(unread_limit: usize) -> Self {
        Self(Arc::new(Shared {
            unread_limit,
            state: Mutex::default(),
            changed: Condvar::new(),
        }))
    }

    /// Sends a notification. `publishDiagnostics`, `$/progress` and `rutter/state` are conflated.
    ///
    /// Parameters that cannot be written as JSON are logged and dropped; with LSP's types that
    /// cannot happen.
    pub fn notify(&self, method: &str, params: impl Serialize) {
        let params = match serde_json::to_value(params) {
            Ok(params) => params,
            Err(error) => {
                tracing::error!(method, %error, "cannot write the parameters as JSON");
                return;
            }
        };
        self.push(classify(method, &params), &envelope(method, &params));
    }

    /// Publishes the findings of one document; a waiting older set is replaced.
    pub fn publish(&self, params: &PublishDiagnosticsParams) {
        let key = Key::Diagnostics(params.uri.as_str().to_owned());
        let method = PublishDiagnostics::METHOD;
        self.push(Class::Replace(key), &envelope(method, params));
    }

    /// Sends progress; a waiting older report of the same token is replaced, begin and end are kept.
    pub fn progress(&self, params: &ProgressParams) {
        self.notify(Progress::METHOD, params);
    }

    /// Writes a line to the client's log.
    pub fn log(&self, level: MessageType, message: impl fmt::Display) {
        let message = message.to_string();
        let params = lsp_types::LogMessageParams {
            typ: level,
            message,
        };
        self.push(Class::Droppable, &envelope(LogMessage::METHOD, params));
    }

    /// Shows the user a message.
    pub fn show(&self, level: MessageType, message: impl fmt::Display) {
        let message = message.to_string();
        let params = lsp_types::ShowMessageParams {
            typ: level,
            message,
        };
        self.push(Class::Droppable, &envelope(ShowMessage::METHOD, params));
    }

    /// Answers a request. The front alone does that, so that each gets exactly one answer.
    pub(super) fn respond(&self, response: &Response) {
        self.push(Class::Keep, response);
    }

    /// Answers a request that was cancelled: before the long answers that may wait.
    pub(super) fn respond_first(&self, response: &Response) {
        self.push(Class::First, response);
    }

    /// Sends a request or notification made by tower-lsp's `Client`.
    pub(super) fn forward(&self, request: &Request) {
        let class = match request.id() {
            Some(id) => Class::Retract(request_key(id)),
            None => classify(request.method(), request.params().unwrap_or(&Value::Null)),
        };
        self.push(class, request);
    }

    /// Takes a request back; false if it is already written.
    pub(super) fn retract(&self, id: &Id) -> bool {
        self.0.state.lock().queue.retract(&request_key(id))
    }

    /// Tells the client that something it sent is no message; dropped before it fills the memory.
    pub(super) fn complain(&self, response: &Response) {
        self.push(Class::Droppable, response);
    }

    /// How well the client reads.
    pub(super) fn reader(&self) -> Reader {
        let (bytes, limit) = (self.0.state.lock().queue.bytes(), self.0.unread_limit);
        match bytes {
            _ if bytes <= limit => Reader::Reads,
            _ if bytes <= 2 * limit => Reader::Choked,
            _ => Reader::Lost,
        }
    }

    fn push(&self, class: Class, message: &impl Serialize) {
        let body = match serde_json::to_vec(message) {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(%error, "cannot write a message as JSON");
                return;
            }
        };
        let mut state = self.0.state.lock();
        if !state.closed {
            state.queue.push(class, body);
            self.0.changed.notify_all();
        }
    }

    /// The next messages to write; waits for them. `None` once the outbox is closed.
    pub(super) fn take(&self) -> Option<Vec<Vec<u8>>> {
        let mut state = self.0.state.lock();
        state.writing = false;
        if state.queue.is_empty() {
            self.0.changed.notify_all();
        }
        loop {
            if state.closed {
                return None;
            }
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while bytes < BATCH_BYTES
                && let Some(body) = state.queue.pop()
            {
                bytes += body.len();
                batch.push(body);
            }
            if !batch.is_empty() {
                state.writing = true;
                let dropped = state.queue.take_dropped();
                drop(state);
                if dropped > 0 {
                    tracing::warn!(
                        dropped,
                        "the client did not read; old log messages were dropped"
                    );
                }
                return Some(batch);
            }
            self.0.changed.wait(&mut state);
        }
    }

    /// Waits until all is written, at most `limit`; whether it is.
    pub(super) fn flush(&self, limit: Duration) -> bool {
        let deadline = Instant::now() + limit;
        let mut state = self.0.state.lock();
        while !state.closed && (state.writing || !state.queue.is_empty()) {
            if self.0.changed.wait_until(&mut state, deadline).timed_out() {
                return false;
            }
        }
        true
    }

    /// Drops what waits and ends the writer. What is sent later is dropped.
    pub(super) fn close(&self) {
        let mut state = self.0.state.lock();
        state.closed = true;
        state.queue.clear();
        self.0.changed.notify_all();
    }
}

fn envelope<'a, P: Serialize>(method: &'a str, params: P) -> Envelope<'a, P> {
    Envelope {
        jsonrpc: "2.0",
        method,
        params,
    }
}

/// JSON keeps the number 1 and the string "1" apart.
fn request_key(id: &Id) -> Key {
    Key::Request(match id {
        Id::Number(number) => number.to_string(),
        Id::String(text) => Value::from(text.as_str()).to_string(),
        Id::Null => String::new(),
    })
}

fn classify(method: &str, params: &Value) -> Class {
    if let Some(whole) = WHOLE.iter().find(|whole| **whole == method) {
        return Class::Replace(Key::Whole(whole));
    }
    match method {
        PublishDiagnostics::METHOD => match params["uri"].as_str() {
            Some(uri) => Class::Replace(Key::Diagnostics(uri.to_owned())),
            None => Class::Keep,
        },
        Progress::METHOD => {
            let key = Key::Progress(params["token"].to_string());
            match params["value"]["kind"].as_str() {
                Some("report") => Class::Replace(key),
                Some("begin" | "end") => Class::Boundary(key),
                _ => Class::Keep,
            }
        }
        LogMessage::METHOD | ShowMessage::METHOD | TelemetryEvent::METHOD => Class::Droppable,
        "$/cancelRequest" => Class::Keep,
        _ => Class::Droppable,
    }
}

/// Progress parameters with a string token; some clients reject numbers.
pub(super) fn work_done(token: &str, value: WorkDoneProgress) -> ProgressParams {
    ProgressParams {
        token: lsp_types::NumberOrString::String(token.to_owned()),
        value: lsp_types::ProgressParamsValue::WorkDone(value),
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.0.state.lock();
        f.debug_struct("Outbox")
            .field("messages", &state.queue.len())
            .field("bytes", &state.queue.bytes())
            .field("closed", &state.closed)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn conflation_follows_the_method_and_the_kind_of_progress() {
        let progress = |kind| json!({"token": "t", "value": {"kind": kind}});
        let token = || Key::Progress("\"t\"".into());
        let cases = [
            (
                "rutter/state",
                json!({}),
                Class::Replace(Key::Whole("rutter/state")),
            ),
            (
                "textDocument/publishDiagnostics",
                json!({"uri": "file:///a"}),
                Class::Replace(Key::Diagnostics("file:///a".into())),
            ),
            ("$/progress", progress("report"), Class::Replace(token())),
            ("$/progress", progress("end"), Class::Boundary(token())),
            (
                "$/progress",
                json!({"token": "t", "value": [1]}),
                Class::Keep,
            ),
            ("window/logMessage", json!({}), Class::Droppable),
        ];
        for (method, params, class) in cases {
            assert_eq!(classify(method, &params), class, "{method} {params}");
        }
    }

    #[test]
    fn flush_waits_for_the_batch_in_hand_and_gives_up_in_time() {
        let outbox = Outbox::new(0);
        outbox.log(MessageType::INFO, "x");
        assert_eq!(outbox.take().map(|batch| batch.len()), Some(1));
        assert!(!outbox.flush(Duration::from_millis(1)));
        let writer = std::thread::spawn({
            let outbox = outbox.clone();
            move || outbox.take()
        });
        assert!(outbox.flush(Duration::from_secs(10)));
        outbox.close();
        assert_eq!(writer.join().unwrap(), None);
    }
}
