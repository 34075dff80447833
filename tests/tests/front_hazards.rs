//! What tower-lsp's own scheduling gets wrong, and the front must get right. `front_stock.rs` shows the same
//! hazards with tower-lsp's `Server`.

#![allow(missing_docs)]

use std::{
    sync::mpsc::channel,
    time::{Duration, Instant},
};

use rutter_server::front::{ExitCause, ExitStatus, FrontOptions};
use rutter_tests::lsp::{Client, Session, Toy};
use serde_json::{Value, json};

fn ready() -> Session {
    Session::ready(FrontOptions::default())
}

fn exit(cause: ExitCause, after_shutdown: bool) -> ExitStatus {
    ExitStatus {
        cause,
        after_shutdown,
    }
}

/// Waits so that a loaded machine does not break the order of handlers that yield.
fn patient() -> FrontOptions {
    FrontOptions {
        state_grace: Duration::from_secs(20),
        ..FrontOptions::default()
    }
}

#[test]
fn cancel_is_answered_at_once_while_all_handlers_are_busy() {
    let mut session = ready();
    let client = &mut session.client;
    let busy: Vec<i64> = (0..6)
        .map(|_| client.command("block", Value::Null))
        .collect();
    let sleeping: Vec<i64> = (0..6)
        .map(|_| client.command("sleep", json!(600_000)))
        .collect();
    client.called("toy/busy");
    client.called("toy/busy");
    let mut waits: Vec<Duration> = Vec::new();
    for id in busy.into_iter().chain(sleeping).rev() {
        let sent = Instant::now();
        client.cancel(id);
        assert_eq!(client.response(id)["error"]["code"], -32800);
        waits.push(sent.elapsed());
    }
    waits.sort();
    assert!(
        waits[waits.len() / 2] < Duration::from_millis(5),
        "{waits:?}"
    );
    // The work itself stops, too.
    client.called("toy/stopped");
    client.called("toy/stopped");
}

#[test]
fn a_cancelled_handler_is_dropped() {
    let mut session = ready();
    let id = session.client.command("hold", Value::Null);
    session.client.cancel(id);
    session.client.response(id);
    assert!(session.toy.told.pass_within(rutter_tests::lsp::WAIT));
}

#[test]
fn a_cancelled_id_can_be_used_again_and_the_late_result_is_dropped() {
    let mut session = ready();
    let client = &mut session.client;
    for _ in 0..20 {
        let params = json!({"command": "block", "arguments": []});
        client.send(&json!({"jsonrpc": "2.0", "id": "same", "method": "workspace/executeCommand", "params": params}));
        client.notify("$/cancelRequest", json!({"id": "same"}));
        assert_eq!(client.response("same")["error"]["code"], -32800);
    }
    client.notify("$/cancelRequest", json!({"id": "same"}));
    session.toy.gate.set(true);
    assert!(client.hears_none(|message| message["id"] == "same"));
}

#[test]
fn edits_keep_their_order_when_handlers_yield() {
    let mut session = Session::ready(patient());
    let client = &mut session.client;
    for version in 1..=400 {
        client.change(version);
    }
    let id = client.hover();
    assert_eq!(client.response(id)["result"]["contents"], "400");
    assert_eq!(session.toy.inversions(), 0);
}

#[test]
fn each_hover_sees_exactly_the_changes_before_it() {
    let mut session = Session::ready(patient());
    let client = &mut session.client;
    let mut asked = Vec::new();
    for version in 1..=300 {
        client.change(version);
        if version % 7 == 0 {
            asked.push((client.hover(), version.to_string()));
        }
    }
    for (id, seen) in asked {
        assert_eq!(client.response(id)["result"]["contents"], seen);
    }
}

#[test]
fn cancel_shutdown_and_replies_pass_a_handler_that_holds_up_the_order() {
    let mut session = Session::ready(patient());
    let client = &mut session.client;
    client.about_document("textDocument/didSave");
    let edit = client.called("workspace/applyEdit");
    let (waiting, kept) = (client.hover(), client.hover());
    client.cancel(waiting);
    assert_eq!(client.response(waiting)["error"]["code"], -32800);
    client.reply(&edit, json!({"applied": true}));
    assert_eq!(client.response(kept)["result"]["contents"], "0");
    client.about_document("textDocument/didSave");
    client.called("workspace/applyEdit");
    assert_eq!(client.shut_down()["result"], Value::Null);
    assert_eq!(session.status(), exit(ExitCause::Exit, true));
}

#[test]
fn a_notification_handler_that_waits_too_long_loses_its_place_and_nothing_else() {
    let mut session = ready();
    let client = &mut session.client;
    for _ in 0..3 {
        client.about_document("textDocument/didSave");
    }
    client.change(1);
    let id = client.hover();
    assert_eq!(client.response(id)["result"]["contents"], "1");
    // It goes on by itself.
    for _ in 0..3 {
        let edit = client.called("workspace/applyEdit");
        client.reply(&edit, json!({"applied": true}));
    }
    assert!(session.toy.told.pass_within(rutter_tests::lsp::WAIT));
}

#[test]
fn hover_is_answered_while_handlers_wait_for_the_client() {
    let mut session = ready();
    let client = &mut session.client;
    let asking: Vec<i64> = (0..8).map(|_| client.command("ask", Value::Null)).collect();
    let id = client.hover();
    assert_eq!(client.response(id)["result"]["contents"], "0");
    for _ in &asking {
        let edit = client.called("workspace/applyEdit");
        client.reply(&edit, json!({"applied": true}));
    }
    for id in asking {
        assert_eq!(client.response(id)["result"]["applied"], true);
    }
}

#[test]
fn a_reply_to_a_handler_that_was_cancelled_is_harmless() {
    let mut session = ready();
    let client = &mut session.client;
    let id = client.command("ask", Value::Null);
    let edit = client.called("workspace/applyEdit");
    client.cancel(id);
    assert_eq!(client.response(id)["error"]["code"], -32800);
    client.reply(&edit, json!({"applied": true}));
    client.reply(&edit, json!({"applied": true}));
    client.reply(&json!({"id": "never asked"}), Value::Null);
    assert!(client.hears_none(|message| message["id"] == id));
}

#[test]
fn a_panic_in_a_request_handler_is_an_error_and_the_server_lives() {
    let mut session = ready();
    let client = &mut session.client;
    for name in ["panic", "panicLater", "panicPool", "panic"] {
        let id = client.command(name, Value::Null);
        let error = client.response(id)["error"].clone();
        assert_eq!(error["code"], -32603, "{name}");
        assert!(
            error["message"].as_str().unwrap().contains("log id"),
            "{error}"
        );
    }
    let id = client.hover();
    assert_eq!(client.response(id)["result"]["contents"], "0");
}

#[test]
fn a_panic_in_a_notification_handler_tells_the_user_and_ends_with_70() {
    let mut session = ready();
    session.client.about_document("textDocument/didClose");
    let status = session.status();
    assert!(matches!(status.cause, ExitCause::StatePanic { .. }));
    assert_eq!(status.code(), 70);
    let shown = session.client.called("window/showMessage");
    assert_eq!(shown["params"]["type"], 1);
    assert!(session.client.rest().is_empty(), "said once");
}

#[test]
fn exit_ends_the_server_although_its_input_stays_open() {
    let mut session = ready();
    assert_eq!(session.client.shut_down()["result"], Value::Null);
    let status = session.status();
    assert_eq!((status.code(), status.cause), (0, ExitCause::Exit));
    let mut session = ready();
    session
        .client
        .send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(session.status().code(), 1);
}

#[test]
fn exit_ends_the_server_while_handlers_wait_for_the_client() {
    let mut session = ready();
    let client = &mut session.client;
    client.about_document("textDocument/didSave");
    client.called("workspace/applyEdit");
    client.command("ask", Value::Null);
    client.called("workspace/applyEdit");
    client.command("block", Value::Null);
    client.called("toy/busy");
    let sent = Instant::now();
    client.shut_down();
    assert_eq!(session.status(), exit(ExitCause::Exit, true));
    assert!(
        sent.elapsed() < Duration::from_millis(500),
        "{:?}",
        sent.elapsed()
    );
}

#[test]
fn the_end_of_input_ends_the_server() {
    let mut session = ready();
    let id = session.client.hover();
    session.client.close();
    assert_eq!(session.status(), exit(ExitCause::EndOfInput, false));
    assert_eq!(session.client.response(id)["result"]["contents"], "0");
    let mut session = ready();
    session.client.ask("shutdown", Value::Null);
    session.client.close();
    assert_eq!(session.status().code(), 0);
}

#[test]
fn a_client_that_never_answers_costs_its_asker_an_error() {
    let mut session = Session::ready(FrontOptions {
        client_timeout: Duration::from_millis(30),
        ..FrontOptions::default()
    });
    let client = &mut session.client;
    let id = client.command("ask", Value::Null);
    let edit = client.called("workspace/applyEdit");
    assert_eq!(client.response(id)["error"]["code"], -32803);
    assert_eq!(client.called("$/cancelRequest")["params"]["id"], edit["id"]);
    client.reply(&edit, json!({"applied": true}));
    assert!(client.hears_none(|message| message["id"] == id));
}

#[test]
fn a_client_that_stops_reading_gets_all_answers_later_and_only_the_newest_findings() {
    let mut session = ready();
    let client = &mut session.client;
    client.read_on(false);
    // More than the pipe holds, so that the writer blocks.
    let big: Vec<i64> = (0..8)
        .map(|_| client.command("big", json!(100_000)))
        .collect();
    let busy: Vec<i64> = (0..50)
        .map(|_| client.command("publish", json!(1000)))
        .collect();
    let logs = client.command("log", json!(5000));
    client.change(1);
    let last = client.hover();
    session.toy.changed.pass();
    client.read_on(true);
    assert_eq!(client.response(last)["result"]["contents"], "1");
    for id in big {
        assert_eq!(
            client.response(id)["result"].as_str().map(str::len),
            Some(100_000)
        );
    }
    for id in busy.into_iter().chain([logs]) {
        assert_eq!(client.response(id)["result"], Value::Null);
    }
    let is_newest = |it: &Value| {
        it["method"] == "textDocument/publishDiagnostics" && it["params"]["version"] == 999
    };
    client.wait_for("the newest findings", is_newest);
    client.ask("toy/unknown", Value::Null);
    let kept = client.take_kept();
    let count = |method: &str| kept.iter().filter(|it| it["method"] == method).count();
    assert!(count("textDocument/publishDiagnostics") < 100, "conflated");
    assert!(count("window/logMessage") < 1000, "the oldest were dropped");
    let last_log = kept.iter().rfind(|it| it["method"] == "window/logMessage");
    assert!(
        last_log.unwrap()["params"]["message"]
            .as_str()
            .unwrap()
            .starts_with("4999")
    );
}

#[test]
fn a_request_that_timed_out_before_it_was_written_is_never_written() {
    let mut session = Session::ready(FrontOptions {
        client_timeout: Duration::from_millis(30),
        ..FrontOptions::default()
    });
    let client = &mut session.client;
    client.read_on(false);
    for _ in 0..8 {
        client.command("big", json!(100_000));
    }
    let id = client.command("ask", Value::Null);
    session.toy.told.pass();
    client.read_on(true);
    assert_eq!(client.response(id)["error"]["code"], -32803);
    assert!(client.hears_none(|message| message["method"] == "workspace/applyEdit"));
}

#[test]
fn a_client_that_asks_and_asks_but_does_not_read_is_refused_then_left() {
    let limited = || {
        Session::ready(FrontOptions {
            unread_limit: 1_000_000,
            ..FrontOptions::default()
        })
    };
    // More than the pipe holds and the limit allows.
    let fill = |client: &mut Client| {
        client.read_on(false);
        for _ in 0..20 {
            client.command("big", json!(100_000));
        }
    };
    let mut session = limited();
    let client = &mut session.client;
    fill(client);
    let refused = client.hover();
    client.change(1);
    session.toy.changed.pass();
    client.read_on(true);
    assert_eq!(client.response(refused)["error"]["code"], -32802);
    let id = client.hover();
    assert_eq!(client.response(id)["result"]["contents"], "1");

    let mut session = limited();
    fill(&mut session.client);
    while session.client.try_request("toy/unknown") {}
    assert_eq!(session.status(), exit(ExitCause::OutputClosed, false));
}

#[test]
fn exit_ends_the_server_although_the_client_does_not_read() {
    let mut session = ready();
    let client = &mut session.client;
    client.read_on(false);
    for _ in 0..8 {
        client.command("big", json!(100_000));
    }
    client.send(&json!({"jsonrpc": "2.0", "id": "bye", "method": "shutdown"}));
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(session.status(), exit(ExitCause::Exit, true));
}

#[test]
fn a_closed_output_ends_the_server() {
    let (input, _kept_open) = std::io::pipe().expect("a pipe");
    let (closed, output) = std::io::pipe().expect("a pipe");
    drop(closed);
    let status = rutter_server::front::serve(input, output, FrontOptions::default(), |handles| {
        handles
            .outbox
            .log(lsp_types::MessageType::INFO, "nobody hears this");
        rutter_tests::lsp::toy_service(Toy::default(), handles)
    });
    assert_eq!(status, exit(ExitCause::OutputClosed, false));
}

#[test]
fn a_stuck_notification_handler_is_reported_to_the_watchdog() {
    let (sender, stuck) = channel();
    let mut session = Session::ready(FrontOptions {
        watchdog: Duration::from_millis(50),
        on_stuck: Some(Box::new(move |status| drop(sender.send(status)))),
        ..FrontOptions::default()
    });
    let document = json!({"uri": "file:///a", "languageId": "x", "version": 1, "text": ""});
    session
        .client
        .notify("textDocument/didOpen", json!({"textDocument": document}));
    session
        .client
        .send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    let status = stuck.recv_timeout(rutter_tests::lsp::WAIT).unwrap();
    assert_eq!(status.code(), 1);
    session.toy.gate.set(true);
    session.status();
}
