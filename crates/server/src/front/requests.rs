//! The client's requests in flight: each gets exactly one answer.

use std::{collections::HashMap, fmt, sync::Arc};

use parking_lot::Mutex;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Response, Result};

use super::{cancel::CancelToken, outbox::Outbox};

/// Codes of LSP that tower-lsp has no name for.
pub(super) const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);
/// See [`REQUEST_FAILED`].
pub(super) const SERVER_CANCELLED: ErrorCode = ErrorCode::ServerError(-32802);

/// The table of requests that wait for an answer; a cheap clone.
///
/// tower-lsp sees numbers of ours instead of the client's ids. So a client may use any id, use it again
/// after a cancel, and a late result can never be taken for the answer to a newer request.
#[derive(Clone, Default)]
pub(super) struct Requests(Arc<Mutex<Table>>);

#[derive(Default)]
struct Table {
    next: i32,
    by_id: HashMap<Id, InFlight>,
    closed: bool,
}

struct InFlight {
    number: i32,
    token: CancelToken,
}

impl Requests {
    /// Takes a request in.
    ///
    /// # Errors
    /// When a request with this id is still in flight.
    pub(super) fn begin(&self, id: Id, outbox: &Outbox) -> std::result::Result<Ticket, Id> {
        let mut table = self.0.lock();
        if table.by_id.contains_key(&id) {
            return Err(id);
        }
        let (number, token) = (table.next, CancelToken::new());
        table.next = table.next.checked_add(1).unwrap_or(0);
        let in_flight = InFlight {
            number,
            token: token.clone(),
        };
        table.by_id.insert(id.clone(), in_flight);
        Ok(Ticket {
            id,
            number,
            token,
            requests: self.clone(),
            outbox: outbox.clone(),
        })
    }

    /// Takes a request out for being cancelled, and flags its token. Its number, if it was in flight.
    pub(super) fn cancel(&self, id: &Id) -> Option<i32> {
        let in_flight = self.0.lock().by_id.remove(id)?;
        in_flight.token.cancel();
        Some(in_flight.number)
    }

    /// Flags every request and drops whatever they answer from now on.
    pub(super) fn close(&self) {
        let in_flight = {
            let mut table = self.0.lock();
            table.closed = true;
            std::mem::take(&mut table.by_id)
        };
        for request in in_flight.into_values() {
            request.token.cancel();
        }
    }

    /// Whether the request is still to be answered; after this it is not.
    fn finish(&self, id: &Id, number: i32) -> bool {
        let mut table = self.0.lock();
        let mine = table.by_id.get(id).is_some_and(|it| it.number == number);
        if mine {
            table.by_id.remove(id);
        }
        mine && !table.closed
    }
}

/// The right to answer one request. Dropped without an answer, it answers that something broke.
pub(super) struct Ticket {
    id: Id,
    number: i32,
    token: CancelToken,
    requests: Requests,
    outbox: Outbox,
}

impl Ticket {
    /// The id under which tower-lsp knows the request.
    pub(super) fn number(&self) -> i32 {
        self.number
    }

    /// Flagged when the client cancels the request.
    pub(super) fn token(&self) -> &CancelToken {
        &self.token
    }

    /// Answers, unless the request was cancelled before.
    pub(super) fn answer(self, result: Result<Value>) {
        self.send(result);
    }

    fn send(&self, result: Result<Value>) {
        if self.requests.finish(&self.id, self.number) {
            let response = Response::from_parts(self.id.clone(), result);
            self.outbox.respond(&response);
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.send(Err(Error {
            code: ErrorCode::InternalError,
            message: "The request ended without an answer. Please report this.".into(),
            data: None,
        }));
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ticket").field("id", &self.id).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(outbox: &Outbox) -> Vec<String> {
        outbox.log(lsp_types::MessageType::LOG, "mark");
        let bodies = outbox.take().unwrap_or_default();
        let text = |body| String::from_utf8(body).unwrap();
        let mut all: Vec<_> = bodies.into_iter().map(text).collect();
        all.pop();
        all
    }

    #[test]
    fn a_ticket_answers_once_even_when_dropped_or_cancelled() {
        let (requests, outbox) = (Requests::default(), Outbox::new(0));
        let begin = |id: i64| requests.begin(id.into(), &outbox).unwrap();
        begin(1).answer(Ok(Value::Null));
        assert_eq!(sent(&outbox), [r#"{"jsonrpc":"2.0","result":null,"id":1}"#]);
        drop(begin(2));
        assert!(sent(&outbox)[0].contains("-32603"));
        let ticket = begin(3);
        assert_eq!(requests.cancel(&3.into()), Some(ticket.number()));
        assert!(ticket.token().is_cancelled());
        let reused = begin(3);
        ticket.answer(Ok(Value::Null));
        assert!(sent(&outbox).is_empty(), "the late result is dropped");
        reused.answer(Ok(Value::Bool(true)));
        assert!(sent(&outbox)[0].contains("true"));
    }

    #[test]
    fn an_id_in_flight_cannot_be_used_again() {
        let (requests, outbox) = (Requests::default(), Outbox::new(0));
        let first = requests.begin("a".into(), &outbox).unwrap();
        assert_eq!(requests.begin("a".into(), &outbox).unwrap_err(), "a".into());
        first.answer(Ok(Value::Null));
        assert!(requests.begin("a".into(), &outbox).is_ok());
    }
}
