//! What the LSP specification says about messages that are early, late, unknown, doubled or broken.

#![allow(missing_docs)]

use rutter_server::front::{ExitCause, FrontOptions};
use rutter_tests::lsp::{Client, Session};
use serde_json::{Value, json};

fn error_code(response: &Value) -> i64 {
    response["error"]["code"].as_i64().unwrap_or_default()
}

fn refused_hover(client: &mut Client) -> i64 {
    let id = client.hover();
    error_code(&client.response(id))
}

fn complaint(client: &mut Client) -> i64 {
    let about_nothing = |message: &Value| message.get("error").is_some() && message["id"].is_null();
    error_code(&client.wait_for("a complaint", about_nothing))
}

#[test]
fn before_initialize_requests_are_refused_and_notifications_dropped() {
    let mut session = Session::start(FrontOptions::default());
    let client = &mut session.client;
    let change = json!({"textDocument": {"uri": "file:///a", "version": 1}, "contentChanges": []});
    client.notify("textDocument/didChange", change);
    assert_eq!(refused_hover(client), -32002);
    assert_eq!(error_code(&client.ask("shutdown", Value::Null)), -32002);
    client.initialize(json!({}));
    assert_eq!(client.changes_seen(), "0");
    let again = client.ask("initialize", json!({"capabilities": {}}));
    assert_eq!(error_code(&again), -32600);
    client.close();
    assert_eq!(
        session.status().code(),
        1,
        "the refused shutdown does not count"
    );
}

#[test]
fn exit_is_obeyed_before_initialize() {
    let mut session = Session::start(FrontOptions::default());
    session
        .client
        .send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    let status = session.status();
    assert_eq!((status.code(), status.cause), (1, ExitCause::Exit));
}

#[test]
fn after_shutdown_requests_are_refused() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    assert_eq!(client.ask("shutdown", Value::Null)["result"], Value::Null);
    assert_eq!(refused_hover(client), -32600);
    assert_eq!(error_code(&client.ask("shutdown", Value::Null)), -32600);
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(session.status().code(), 0);
}

#[test]
fn what_is_unknown_is_refused_if_it_asks_and_ignored_if_not() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    for method in ["toy/unknown", "$/unknown", ""] {
        assert_eq!(
            error_code(&client.ask(method, json!({}))),
            -32601,
            "{method:?}"
        );
        client.notify(method, json!({}));
    }
    let wrong = client.ask("textDocument/hover", json!({"position": 7}));
    assert_eq!(error_code(&wrong), -32602);
    client.notify("textDocument/didChange", json!({"textDocument": 7}));
    // A notification with an id asks for an answer that it cannot have; a request without one wants none.
    assert_eq!(
        error_code(&client.ask("textDocument/didSave", json!({}))),
        -32600
    );
    client.notify("textDocument/hover", json!({}));
    client.notify("$/cancelRequest", json!({"id": 4711}));
    client.notify("$/cancelRequest", json!({"id": {}}));
    client.notify("window/workDoneProgress/cancel", json!({"token": 3}));
    assert_eq!(client.changes_seen(), "0");
    assert!(client.take_kept().is_empty());
}

#[test]
fn a_second_request_with_an_id_in_work_is_refused_and_the_first_answered() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    let block = json!({"command": "block", "arguments": []});
    let twin = json!({"jsonrpc": "2.0", "id": "twin", "method": "workspace/executeCommand", "params": block});
    client.send(&twin);
    client.called("toy/busy");
    client.send(&twin);
    assert_eq!(error_code(&client.response("twin")), -32600);
    session.toy.gate.set(true);
    assert_eq!(client.response("twin")["result"], Value::Null);
    // The number 1 and the string "1" are two ids, and numbers may be large.
    for id in [json!(1_i64 << 40), json!("1"), json!(-1)] {
        client.send(&json!({"jsonrpc": "2.0", "id": id, "method": "toy/unknown"}));
        assert_eq!(error_code(&client.response(id)), -32601);
    }
}

#[test]
fn a_large_id_can_be_cancelled() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    let (id, block) = (1_i64 << 40, json!({"command": "block", "arguments": []}));
    client.send(
        &json!({"jsonrpc": "2.0", "id": id, "method": "workspace/executeCommand", "params": block}),
    );
    client.called("toy/busy");
    client.cancel(id);
    assert_eq!(error_code(&client.response(id)), -32800);
    client.called("toy/stopped");
}

#[test]
fn garbage_costs_a_complaint_and_nothing_else() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    let frame = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let broken = [
        (frame("{\"jsonrpc\":"), -32700),
        (frame("[]"), -32600),
        (frame("7"), -32600),
        (frame("{\"jsonrpc\":\"1.0\",\"method\":\"x\"}"), -32600),
        (
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(),
            -32700,
        ),
        ("Content-Length: -5\r\n\r\n".to_owned(), -32700),
        (
            "Content-Length: 99999999999999999999\r\n\r\n".to_owned(),
            -32700,
        ),
        ("Content-Length: 99999999999999\r\n\r\n".to_owned(), -32700),
        (frame(&"[".repeat(10_000)), -32700),
    ];
    for (bytes, code) in broken {
        client.send_bytes(bytes.as_bytes());
        assert_eq!(complaint(client), code, "{bytes:.60}");
        assert_eq!(client.changes_seen(), "0", "{bytes:.60}");
    }
    client.send_bytes(b"Content-Length: 2\r\n\r\n\xff\xfe");
    assert_eq!(complaint(client), -32700);
    client.send_bytes(b"Debugger listening on ws://x\r\n\r\n\r\n");
    assert_eq!(complaint(client), -32700);
    client.send_bytes(b"Warning: a line from a wrapper script\r\n");
    assert_eq!(client.changes_seen(), "0");
}

#[test]
fn a_message_that_is_too_long_is_skipped_with_a_clear_error() {
    let mut session = Session::ready(FrontOptions {
        max_message: 1000,
        ..FrontOptions::default()
    });
    let client = &mut session.client;
    client.notify("toy/unknown", json!("x".repeat(1000)));
    let error = client.wait_for("a complaint", |message| message["id"].is_null());
    assert_eq!(error_code(&error), -32600);
    assert!(error["error"]["message"].as_str().unwrap().contains("1000"));
    assert_eq!(client.changes_seen(), "0");
}

#[test]
fn an_end_inside_a_message_ends_the_server() {
    let mut session = Session::ready(FrontOptions::default());
    session.client.send_bytes(b"Content-Length: 100\r\n\r\n{");
    session.client.close();
    assert_eq!(session.status().cause, ExitCause::EndOfInput);
}

#[test]
fn refreshes_are_folded_while_one_is_in_flight() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    let id = client.command("refresh", json!(50));
    client.response(id);
    // Also through tower-lsp's client, whose caller does not wait for the editor.
    let id = client.command("refreshByClient", Value::Null);
    client.response(id);
    for _ in 0..2 {
        let refresh = client.called("workspace/codeLens/refresh");
        assert!(refresh.get("params").is_none(), "{refresh}");
        client.reply(&refresh, Value::Null);
    }
    assert!(client.hears_none(|message| message.get("method").is_some()));
}

#[test]
fn notifications_of_tower_lsp_take_the_same_way() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    let id = client.command("publishByClient", Value::Null);
    let published = client.called("textDocument/publishDiagnostics");
    assert_eq!(published["params"]["version"], 7);
    client.response(id);
}
