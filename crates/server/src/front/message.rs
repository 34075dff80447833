//! One JSON-RPC message from the client, told apart by its shape.

use serde_json::{Map, Value};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

/// A message from the client.
#[derive(Debug, PartialEq)]
pub(super) enum Incoming {
    /// Expects exactly one answer.
    Request { id: Id, call: Call },
    /// Expects none.
    Notification(Call),
    /// The answer to a request of ours.
    Reply(Response),
    /// Not a message; the client is told why.
    Invalid { id: Id, error: Error },
}

/// The method and parameters of a request or notification.
#[derive(Debug, PartialEq)]
pub(super) struct Call {
    pub(super) method: String,
    pub(super) params: Option<Value>,
}

impl Call {
    /// The parameter at a JSON pointer, such as `/capabilities/window`.
    pub(super) fn param(&self, pointer: &str) -> Option<&Value> {
        self.params.as_ref()?.pointer(pointer)
    }

    /// Gives a capability the name that lsp-types 0.97 knows it by: clients say `workspace.diagnostics`, as the
    /// specification does, and would seem to lack it.
    pub(super) fn speak_as_lsp_types(&mut self) {
        let workspace = self
            .params
            .as_mut()
            .and_then(|params| params.pointer_mut("/capabilities/workspace"));
        if let Some(Value::Object(workspace)) = workspace
            && let Some(diagnostics) = workspace.remove("diagnostics")
        {
            workspace.insert("diagnostic".to_owned(), diagnostics);
        }
    }

    /// This call as tower-lsp's type, a notification without `id`.
    pub(super) fn into_request(self, id: Option<Id>) -> Request {
        let mut builder = Request::build(self.method);
        if let Some(params) = self.params {
            builder = builder.params(params);
        }
        match id {
            Some(id) => builder.id(id).finish(),
            None => builder.finish(),
        }
    }
}

/// Reads one frame's body.
pub(super) fn parse(body: &[u8]) -> Incoming {
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(object)) => classify(object),
        Ok(_) => invalid(
            Id::Null,
            ErrorCode::InvalidRequest,
            "The message is not a JSON object. LSP has no batches; send one object a message."
                .into(),
        ),
        Err(error) => invalid(
            Id::Null,
            ErrorCode::ParseError,
            format!("The message is not valid JSON: {error}. It was skipped."),
        ),
    }
}

fn classify(mut object: Map<String, Value>) -> Incoming {
    let id = match object.remove("id").map(parse_id) {
        Some(Err(())) => {
            return wrong(Id::Null, "The id is neither a whole number nor a string.");
        }
        Some(Ok(id)) => Some(id),
        None => None,
    };
    let known_id = id.clone().unwrap_or_default();
    if object.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return wrong(known_id, "The member jsonrpc is not \"2.0\".");
    }
    match object.remove("method") {
        Some(Value::String(method)) => {
            let call = Call {
                method,
                params: object.remove("params"),
            };
            match id {
                None => Incoming::Notification(call),
                Some(Id::Null) => wrong(Id::Null, "The id of a request must not be null."),
                Some(id) => Incoming::Request { id, call },
            }
        }
        Some(_) => wrong(known_id, "The method is not a string."),
        None => match (id, object.remove("result"), object.remove("error")) {
            (Some(id), _, Some(error)) if !error.is_null() => {
                Incoming::Reply(Response::from_error(id, parse_error(error)))
            }
            (Some(id), Some(result), _) => Incoming::Reply(Response::from_ok(id, result)),
            _ => wrong(known_id, "It has neither a method nor a result."),
        },
    }
}

fn parse_id(value: Value) -> Result<Id, ()> {
    match value {
        Value::Null => Ok(Id::Null),
        Value::String(text) => Ok(Id::String(text)),
        Value::Number(number) => number.as_i64().map(Id::Number).ok_or(()),
        _ => Err(()),
    }
}

/// The error of a reply; what is malformed in it is replaced, because the waiting caller must hear something.
fn parse_error(mut value: Value) -> Error {
    let code = value.get("code").and_then(Value::as_i64);
    let message = value.get("message").and_then(Value::as_str);
    Error {
        code: code.map_or(ErrorCode::InternalError, ErrorCode::from),
        message: message
            .unwrap_or("The client gave no reason.")
            .to_owned()
            .into(),
        data: value.get_mut("data").map(Value::take),
    }
}

fn wrong(id: Id, why: &str) -> Incoming {
    let message = format!("{why} Send JSON-RPC 2.0 as the LSP specification says.");
    invalid(id, ErrorCode::InvalidRequest, message)
}

fn invalid(id: Id, code: ErrorCode, message: String) -> Incoming {
    Incoming::Invalid {
        id,
        error: Error {
            code,
            message: message.into(),
            data: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(text: &str) -> (Id, i64) {
        match parse(text.as_bytes()) {
            Incoming::Invalid { id, error } => (id, error.code.code()),
            other => panic!("accepted {other:?}"),
        }
    }

    #[test]
    fn each_shape_is_told_apart() {
        let call = |params| Call {
            method: "m".into(),
            params,
        };
        assert_eq!(
            parse(br#"{"jsonrpc":"2.0","id":"a","method":"m","params":[1]}"#),
            Incoming::Request {
                id: "a".into(),
                call: call(Some(serde_json::json!([1])))
            }
        );
        assert_eq!(
            parse(br#"{"jsonrpc":"2.0","method":"m"}"#),
            Incoming::Notification(call(None))
        );
        assert_eq!(
            parse(br#"{"jsonrpc":"2.0","id":4,"result":null}"#),
            Incoming::Reply(Response::from_ok(4.into(), Value::Null))
        );
    }

    #[test]
    fn a_reply_may_carry_extra_or_missing_error_members() {
        let Incoming::Reply(reply) =
            parse(br#"{"jsonrpc":"2.0","id":4,"result":null,"error":{"code":5,"extra":1}}"#)
        else {
            panic!("not a reply")
        };
        assert_eq!(reply.error().unwrap().code, ErrorCode::ServerError(5));
    }

    #[test]
    fn what_is_not_a_message_gets_the_code_of_the_specification() {
        assert_eq!(error_of("{nope"), (Id::Null, -32700));
        assert_eq!(error_of("\"\u{fffd}"), (Id::Null, -32700));
        assert_eq!(error_of(&"[".repeat(100_000)), (Id::Null, -32700));
        assert_eq!(error_of("[]"), (Id::Null, -32600));
        assert_eq!(error_of(r#"{"id":7,"method":"m"}"#), (7.into(), -32600));
        assert_eq!(
            error_of(r#"{"jsonrpc":"2.0","id":1.5,"method":"m"}"#),
            (Id::Null, -32600)
        );
        assert_eq!(
            error_of(r#"{"jsonrpc":"2.0","id":null,"method":"m"}"#),
            (Id::Null, -32600)
        );
        assert_eq!(
            error_of(r#"{"jsonrpc":"2.0","id":7,"method":7}"#),
            (7.into(), -32600)
        );
        assert_eq!(error_of(r#"{"jsonrpc":"2.0","id":7}"#), (7.into(), -32600));
    }
}
