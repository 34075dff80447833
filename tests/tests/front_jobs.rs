//! Long work: its progress, its cancel, its end.

#![allow(missing_docs)]

use rutter_server::front::FrontOptions;
use rutter_tests::lsp::{Client, Session};
use serde_json::{Value, json};

fn command(client: &mut Client, name: &str, argument: &Value) -> Value {
    let id = client.command(name, argument.clone());
    client.response(id)["result"].clone()
}

fn start(client: &mut Client, kind: &str) -> Value {
    command(client, "job", &json!(kind))
}

/// Lets the client create the job's token; gives it.
fn create(client: &mut Client) -> Value {
    let request = client.called("window/workDoneProgress/create");
    let token = request["params"]["token"].clone();
    assert!(token.is_string());
    client.reply(&request, Value::Null);
    assert_eq!(progress(client, "begin")["cancellable"], true);
    token
}

fn progress(client: &mut Client, kind: &str) -> Value {
    let wanted = |message: &Value| message["params"]["value"]["kind"] == kind;
    client.wait_for(kind, wanted)["params"]["value"].clone()
}

fn state_of(client: &mut Client, id: &Value) -> Value {
    let jobs = command(client, "jobs", &Value::Null);
    let job = jobs
        .as_array()
        .and_then(|jobs| jobs.iter().find(|job| job["id"] == *id));
    job.cloned().unwrap_or_default()
}

#[test]
fn progress_runs_from_begin_to_end_with_few_reports() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    let id = start(client, "reports");
    create(client);
    session.toy.gate.set(true);
    // The last report comes although the job says nothing more.
    client.wait_for("the last report", |message| {
        message["params"]["value"]["percentage"] == 100
    });
    assert_eq!(state_of(client, &id)["state"], "running");
    assert_eq!(state_of(client, &id)["data"]["spec"], "login");
    session.toy.changed.set(true);
    assert_eq!(progress(client, "end")["message"], "Counted.");
    let reports = client.take_kept();
    let count = reports
        .iter()
        .filter(|it| it["params"]["value"]["kind"] == "report");
    assert!(count.count() < 10, "{reports:?}");
    assert_eq!(state_of(client, &id)["state"], "done");
}

#[test]
fn nothing_is_said_before_the_client_has_created_the_token() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    let id = start(client, "quick");
    let request = client.called("window/workDoneProgress/create");
    while state_of(client, &id)["state"] != "done" {}
    assert!(client.hears_none(|message| message["method"] == "$/progress"));
    client.reply(&request, Value::Null);
    progress(client, "begin");
    assert_eq!(progress(client, "end")["message"], "Done.");
}

#[test]
fn a_client_that_refuses_the_token_or_shows_no_progress_gets_none() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    let id = start(client, "reports");
    let request = client.called("window/workDoneProgress/create");
    let error = json!({"code": -32601, "message": "no"});
    client.send(&json!({"jsonrpc": "2.0", "id": request["id"], "error": error}));
    session.toy.gate.set(true);
    session.toy.changed.set(true);
    while state_of(client, &id)["state"] != "done" {}
    assert!(client.hears_none(|message| message["method"] == "$/progress"));

    let mut session = Session::start(FrontOptions::default());
    let client = &mut session.client;
    client.initialize(json!({}));
    let id = start(client, "quick");
    while state_of(client, &id)["state"] != "done" {}
    assert!(client.hears_none(|message| message.get("method").is_some()));
}

#[test]
fn the_cancel_button_a_command_and_drop_end_a_job() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    for kind in ["work", "async"] {
        start(client, kind);
        let token = create(client);
        client.notify("window/workDoneProgress/cancel", json!({"token": token}));
        assert_eq!(progress(client, "end")["message"], "The job was cancelled.");
        let id = start(client, kind);
        create(client);
        assert_eq!(command(client, "cancelJob", &id), true);
        progress(client, "end");
        assert_eq!(state_of(client, &id)["state"], "cancelled");
        assert_eq!(command(client, "cancelJob", &id), false, "it has ended");
    }
}

#[test]
fn a_job_may_wait_for_the_client_and_is_cancelled_all_the_same() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    start(client, "ask");
    create(client);
    let edit = client.called("workspace/applyEdit");
    client.reply(&edit, json!({"applied": true}));
    assert_eq!(progress(client, "end")["message"], "Applied: true.");
    let id = start(client, "ask");
    create(client);
    let edit = client.called("workspace/applyEdit");
    command(client, "cancelJob", &id);
    assert_eq!(client.called("$/cancelRequest")["params"]["id"], edit["id"]);
    assert_eq!(progress(client, "end")["message"], "The job was cancelled.");
    assert!(client.hears_none(|message| message["method"] == "$/cancelRequest"));
}

#[test]
fn a_panic_fails_the_job_and_ends_its_progress() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    let id = start(client, "panic");
    create(client);
    let message = progress(client, "end")["message"].clone();
    assert!(message.as_str().unwrap().contains("log id"), "{message}");
    assert_eq!(state_of(client, &id)["state"], "failed");
}

#[test]
fn shutdown_ends_all_jobs_and_starts_no_more() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    for kind in [
        "work", "async", "work", "async", "work", "async", "work", "async",
    ] {
        start(client, kind);
        create(client);
    }
    client.ask("shutdown", Value::Null);
    for _ in 0..8 {
        progress(client, "end");
    }
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(session.status().code(), 0);
}

#[test]
fn progress_is_ended_before_the_server_goes_with_its_input() {
    let mut session = Session::ready(FrontOptions::default());
    let client = &mut session.client;
    start(client, "work");
    create(client);
    client.close();
    session.status();
    progress(&mut session.client, "end");
}
