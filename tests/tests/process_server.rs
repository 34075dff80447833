//! `rutter lsp` as a process: how it ends, what it survives, and two of them on one folder.

#![cfg(unix)]
#![allow(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

use std::{collections::BTreeSet, fs, process::Command, thread, time::Duration};

use rustix::process::{Pid, Signal, kill_process};
use rutter_tests::binary::{Cli, Home, Server, greet};
use rutter_tests::lsp::Client;
use rutter_tests::product::{RATE_LIMIT, uri};
use serde_json::{Value, json};

fn sample() -> Home {
    let home = Home::own();
    for (path, text) in RATE_LIMIT {
        home.write(path, text);
    }
    home
}

fn pid(server: &Server) -> Pid {
    Pid::from_raw(server.id().cast_signed()).expect("a process id")
}

/// Ends well before a client would kill it.
fn assert_prompt(took: Duration) {
    assert!(took < Duration::from_millis(1000), "{took:?}");
}

#[test]
fn shutdown_and_exit_end_with_0_although_stdin_stays_open() {
    let home = sample();
    let (server, mut client) = Server::ready(&home);
    client.shut_down();
    let (code, took) = server.exit_code();
    assert_eq!(code, Some(0));
    assert_prompt(took);
    client.close();
}

#[test]
fn exit_alone_and_the_end_of_input_end_with_1() {
    let home = sample();
    let (server, mut client) = Server::ready(&home);
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    let (code, took) = server.exit_code();
    assert_eq!(code, Some(1));
    assert_prompt(took);
    let (server, mut client) = Server::ready(&home);
    client.close();
    let (code, took) = server.exit_code();
    assert_eq!(code, Some(1));
    assert_prompt(took);
}

#[test]
fn sigterm_ends_with_1() {
    let home = sample();
    let (server, _client) = Server::ready(&home);
    kill_process(pid(&server), Signal::TERM).expect("the signal is sent");
    let (code, took) = server.exit_code();
    assert_eq!(code, Some(1));
    assert_prompt(took);
}

#[test]
fn the_death_of_the_parent_ends_it_although_its_pipes_stay_open() {
    let home = sample();
    let mut parent = Command::new("sleep")
        .arg("600")
        .spawn()
        .expect("sleep starts");
    let (server, mut client) = Server::start(&home);
    greet(&mut client, &home, json!(parent.id()));
    parent.kill().expect("it is killed");
    parent.wait().expect("it is waited for");
    let (code, took) = server.exit_code();
    assert_eq!(code, Some(1));
    assert_prompt(took);
    client.close();
}

const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";
const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";
const APPROVALS: &str = ".kiro/specs/rate-limit/approvals.json";

fn call(client: &mut Client, command: &str, argument: Value) -> Value {
    client.ask(
        "workspace/executeCommand",
        json!({"command": command, "arguments": [argument]}),
    )
}

fn set_task(client: &mut Client, task: &str, state: &str) -> Value {
    let argument = json!({"spec": "rate-limit", "task": task, "state": state});
    call(client, "rutter.setTask", argument)
}

fn open(client: &mut Client, home: &Home, below: &str, text: &str) {
    let document = json!({
        "uri": uri(&home.path(below)), "languageId": "markdown", "version": 1, "text": text,
    });
    client.notify("textDocument/didOpen", json!({ "textDocument": document }));
}

#[test]
fn a_client_that_stops_reading_for_a_while_gets_everything() {
    let home = sample();
    let (server, mut client) = Server::ready(&home);
    let text = home.read(REQUIREMENTS);
    open(&mut client, &home, REQUIREMENTS, &text);
    client.read_on(false);
    let params = json!({"textDocument": {"uri": uri(&home.path(REQUIREMENTS))}});
    let asked: Vec<i64> = (0..600)
        .map(|_| client.request("textDocument/documentSymbol", params.clone()))
        .collect();
    client.read_on(true);
    for id in asked {
        let answer = client.response(id);
        assert!(answer["result"].is_array(), "{answer}");
    }
    client.shut_down();
    assert_eq!(server.exit_code().0, Some(0));
}

#[test]
fn garbage_in_a_frame_is_answered_and_the_next_request_works() {
    let home = sample();
    let (server, mut client) = Server::ready(&home);
    for body in [
        &b"{"[..],
        b"[]",
        b"5",
        b"\"\"",
        b"null",
        b"{\"jsonrpc\":\"2.0\"}",
        b"\xff\xfe",
    ] {
        let head = format!("Content-Length: {}\r\n\r\n", body.len());
        client.send_bytes(&[head.as_bytes(), body].concat());
        let answer = call(&mut client, "rutter.show", json!({"what": "status"}));
        assert!(answer["result"].is_object(), "{answer}");
    }
    client.send_bytes(b"Content-Type: x\r\ncontent-length: 2\r\n\r\n{}");
    let answer = call(&mut client, "rutter.nonsense", json!({}));
    assert!(answer["error"].is_object(), "{answer}");
    client.shut_down();
    assert_eq!(server.exit_code().0, Some(0));
}

#[test]
fn bytes_that_are_no_frame_end_the_server_or_are_passed_over() {
    let home = sample();
    for bytes in [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        b"Content-Length: -5\r\n\r\n",
        b"Content-Length: 99999999999999999999\r\n\r\n",
    ] {
        let (server, mut client) = Server::ready(&home);
        client.send_bytes(bytes);
        client.close();
        let (code, took) = server.exit_code();
        assert_eq!(code, Some(1), "{bytes:?}");
        assert_prompt(took);
    }
}

#[test]
fn a_megabyte_is_opened_and_changed() {
    let home = sample();
    let (server, mut client) = Server::ready(&home);
    let mut text = String::from("# Requirements\n\n");
    let mut n = 0;
    while text.len() < 1 << 20 {
        n += 1;
        text.push_str(&format!("### Requirement {n}: R\n\n#### Acceptance Criteria\n\n1. WHEN a user asks {n} times, THE System SHALL answer\n\n"));
    }
    open(&mut client, &home, REQUIREMENTS, &text);
    let document = uri(&home.path(REQUIREMENTS));
    let start = json!({"line": 0, "character": 0});
    client.notify(
        "textDocument/didChange",
        json!({
            "textDocument": {"uri": document, "version": 2},
            "contentChanges": [{"range": {"start": start, "end": start}, "text": "\n"}],
        }),
    );
    let symbols = client.ask(
        "textDocument/documentSymbol",
        json!({"textDocument": {"uri": document}}),
    );
    let shown = symbols["result"].to_string();
    assert!(
        shown.contains(&format!("Requirement {n}")) || shown.contains(&format!("\"{n}")),
        "the last one is found"
    );
    client.shut_down();
    assert_eq!(server.exit_code().0, Some(0));
}

/// Every mark that tasks.md may have where only marks change, by line.
fn without_marks(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let at = line.find("- [").map(|at| at + 3);
        let plain = at.map_or_else(
            || line.to_owned(),
            |at| format!("{}?{}", &line[..at], &line[at + 1..]),
        );
        out.push_str(&plain);
        out.push('\n');
    }
    out
}

#[test]
fn two_servers_and_a_command_line_on_one_folder_never_mix_their_writes() {
    let home = sample();
    let shape = without_marks(&home.read(TASKS));
    let worker = |task: &'static str, rounds: usize| {
        let (server, mut client) = Server::ready(&home);
        let mut codes = BTreeSet::new();
        let mut done = 0;
        for round in 0..rounds {
            let state = ["done", "pending", "running", "queued"][round % 4];
            let answer = set_task(&mut client, task, state);
            match answer["error"]["data"]["code"].as_str() {
                Some(code) => drop(codes.insert(code.to_owned())),
                None => done += 1,
            }
            let approve = json!({"spec": "rate-limit", "stage": "requirements"});
            let answer = call(&mut client, "rutter.approve", approve);
            if let Some(code) = answer["error"]["data"]["code"].as_str() {
                codes.insert(code.to_owned());
            }
        }
        client.shut_down();
        assert_eq!(server.exit_code().0, Some(0));
        (codes, done)
    };
    let results: Vec<(BTreeSet<String>, usize)> = thread::scope(|scope| {
        let servers = [
            scope.spawn(|| worker("1.1", 30)),
            scope.spawn(|| worker("1.2", 30)),
        ];
        let verbs = scope.spawn(|| {
            let mut codes = BTreeSet::new();
            let mut done = 0;
            for round in 0..15 {
                let state = ["done", "pending"][round % 2];
                let ran = Cli(&home).json(&["set", "rate-limit", "2", state]);
                if ran.code == Some(0) {
                    done += 1;
                } else {
                    codes.insert(ran.error_code());
                }
            }
            (codes, done)
        });
        while !(verbs.is_finished() && servers.iter().all(|s| s.is_finished())) {
            assert_eq!(
                without_marks(&home.read(TASKS)),
                shape,
                "a file is one version or another"
            );
            if let Ok(text) = fs::read_to_string(home.path(APPROVALS)) {
                let _: Value =
                    serde_json::from_str(&text).expect("approvals are JSON at every moment");
            }
            thread::yield_now();
        }
        servers
            .into_iter()
            .chain([verbs])
            .map(|s| s.join().expect("no panic"))
            .collect()
    });
    for (codes, done) in &results {
        let strange: Vec<&String> = codes
            .iter()
            .filter(|c| !matches!(c.as_str(), "conflict" | "busy"))
            .collect();
        assert!(strange.is_empty(), "{results:?}");
        assert!(*done > 0, "somebody never got through: {results:?}");
    }
    assert_eq!(without_marks(&home.read(TASKS)), shape);
    let _: Value = serde_json::from_str(&home.read(APPROVALS)).expect("JSON");
    let names: Vec<String> = home.tree().into_iter().map(|(path, _)| path).collect();
    assert!(
        names.iter().all(|name| !name.contains("rutter-tmp")),
        "{names:?}"
    );
}

#[test]
fn two_servers_that_answer_decisions_lose_none() {
    let home = Home::own();
    Cli(&home)
        .run(&["new", "Add a login page", "--name", "login"])
        .done();
    let status = Cli(&home).json(&["status", "login"]).done().json();
    let ids: Vec<String> = status[0]["decisions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| d["id"].as_str().expect("an id").to_owned())
        .collect();
    assert!(ids.len() >= 2, "{status}");
    thread::scope(|scope| {
        for half in 0..2 {
            let (home, ids) = (&home, &ids);
            scope.spawn(move || {
                let (_server, mut client) = Server::ready(home);
                for id in ids.iter().skip(half).step_by(2) {
                    let argument = json!({"spec": "login", "decision": id, "choice": 1});
                    // What conflicts is asked again, as its hint says.
                    let answered = (0..200).any(|_| {
                        let answer = call(&mut client, "rutter.decide", argument.clone());
                        let code = answer["error"]["data"]["code"].as_str();
                        assert!(matches!(code, None | Some("conflict" | "busy")), "{answer}");
                        code.is_none()
                    });
                    assert!(answered, "{id} was never answered");
                }
            });
        }
    });
    let status = Cli(&home).json(&["status", "login"]).done().json();
    assert_eq!(status[0]["decisions"], json!([]), "an answer was lost");
}

#[test]
fn kill_during_a_write_leaves_the_old_or_the_new_text() {
    let home = sample();
    let filler = "word ".repeat(60_000);
    let text = format!("{}\n## Notes\n\n{filler}\n", RATE_LIMIT[3].1);
    home.write(TASKS, &text);
    let shape = without_marks(&text);
    let mut changed = 0;
    for round in 0..40 {
        let before = home.read(TASKS);
        let (mut server, mut client) = Server::ready(&home);
        // Some requests in a row, so that the kill falls into one of their writes.
        for step in 0..6 {
            let state = ["done", "running", "queued", "pending"][(round + step) % 4];
            let argument = json!({"spec": "rate-limit", "task": "2", "state": state});
            client.request(
                "workspace/executeCommand",
                json!({"command": "rutter.setTask", "arguments": [argument]}),
            );
        }
        // The first ones end at once, the later ones die after the first answers came.
        for id in 0..round % 4 {
            client.response(id as i64 + 2);
        }
        server.kill();
        let after = home.read(TASKS);
        assert_eq!(
            without_marks(&after),
            shape,
            "round {round}: neither the old nor the new text"
        );
        changed += usize::from(after != before);
        if let Ok(approvals) = fs::read_to_string(home.path(APPROVALS)) {
            let _: Value = serde_json::from_str(&approvals).expect("JSON");
        }
    }
    assert!(changed >= 5, "only {changed} kills came after a write");
    // The journal still works after all that, and so does the lock.
    Cli(&home)
        .run(&["set", "rate-limit", "1.1", "running"])
        .done();
    let marked = home.read(TASKS);
    Cli(&home).run(&["undo"]).done();
    assert_ne!(home.read(TASKS), marked);
    let left = home
        .tree()
        .iter()
        .filter(|(path, _)| path.contains("rutter-tmp"))
        .count();
    assert!(left <= 40, "{left}");
}
