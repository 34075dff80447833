//! The end of a server that is a process: signals, pipes, the death of its parent.

#![cfg(unix)]
#![allow(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

use std::{
    process::{Child, Command, Stdio},
    sync::mpsc::channel,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use rutter_tests::lsp::{Client, WAIT};
use serde_json::{Value, json};

/// The toy server; killed when the test is over.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    fn start() -> (Self, Client) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_toy_server"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the toy server starts");
        let input = child.stdout.take().expect("a pipe");
        let output = child.stdin.take().expect("a pipe");
        (Self(child), Client::new(input, output))
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.0)
    }

    /// Waits for its end; its exit code and how long it took.
    fn exit_code(mut self) -> (Option<i32>, Duration) {
        let (sender, receiver) = channel();
        let (asked, pid) = (Instant::now(), self.pid());
        thread::spawn(move || sender.send((self.0.wait(), asked.elapsed())));
        match receiver.recv_timeout(WAIT) {
            Ok((status, took)) => (status.expect("it was waited for").code(), took),
            Err(_) => {
                let _ = kill_process(pid, Signal::KILL);
                panic!("the server does not end");
            }
        }
    }
}

/// Ends well before a client would kill it.
fn assert_prompt(took: Duration) {
    assert!(took < Duration::from_millis(1000), "{took:?}");
}

#[test]
fn shutdown_and_exit_end_with_0_and_exit_alone_with_1() {
    let (server, mut client) = Server::start();
    client.initialize(json!({}));
    client.shut_down();
    assert_eq!(server.exit_code().0, Some(0));
    let (server, mut client) = Server::start();
    client.initialize(json!({}));
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(server.exit_code().0, Some(1));
}

#[test]
fn the_end_of_input_ends_the_process() {
    let (server, mut client) = Server::start();
    client.initialize(json!({}));
    client.close();
    let (code, took) = server.exit_code();
    assert_eq!(code, Some(1));
    assert_prompt(took);
}

#[test]
fn sigterm_and_sigint_end_the_process_in_order() {
    for signal in [Signal::TERM, Signal::INT] {
        let (server, mut client) = Server::start();
        client.initialize(json!({"window": {"workDoneProgress": true}}));
        client.request(
            "workspace/executeCommand",
            json!({"command": "job", "arguments": []}),
        );
        let create = client.called("window/workDoneProgress/create");
        client.reply(&create, Value::Null);
        client.called("$/progress");
        kill_process(server.pid(), signal).expect("the signal is sent");
        assert_eq!(
            client.called("$/progress")["params"]["value"]["kind"],
            "end"
        );
        let (code, took) = server.exit_code();
        assert_eq!(code, Some(1));
        assert_prompt(took);
    }
}

#[test]
fn the_death_of_the_parent_ends_the_process_although_its_pipes_stay_open() {
    let mut parent = Command::new("sleep")
        .arg("600")
        .spawn()
        .expect("sleep starts");
    let (server, mut client) = Server::start();
    client.initialize_from(json!(parent.id()), json!({}));
    parent.kill().expect("it is killed");
    parent.wait().expect("it is waited for");
    let (code, took) = server.exit_code();
    assert_eq!(code, Some(1));
    assert_prompt(took);
    client.close();
}

#[test]
fn a_parent_that_cannot_be_seen_is_not_watched() {
    let mut gone = Command::new("true").spawn().expect("true starts");
    let pid = gone.id();
    gone.wait().expect("it is waited for");
    for process in [
        json!(pid),
        json!(0),
        json!(i32::MAX),
        json!(u32::MAX),
        Value::Null,
    ] {
        let (server, mut client) = Server::start();
        client.initialize_from(process, json!({}));
        assert_eq!(
            client.ask("toy/unknown", Value::Null)["error"]["code"],
            -32601
        );
        client.shut_down();
        assert_eq!(server.exit_code().0, Some(0));
    }
}

#[test]
fn a_handler_that_never_returns_cannot_keep_the_process() {
    let (server, mut client) = Server::start();
    client.initialize(json!({}));
    let document = json!({"uri": "file:///a", "languageId": "x", "version": 1, "text": ""});
    client.notify("textDocument/didOpen", json!({"textDocument": document}));
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    let (code, took) = server.exit_code();
    assert_eq!(code, Some(1));
    assert!(took < Duration::from_millis(2000), "{took:?}");
}

#[test]
fn a_client_that_does_not_read_cannot_keep_the_process() {
    let (server, mut client) = Server::start();
    client.initialize(json!({}));
    client.read_on(false);
    for _ in 0..8 {
        client.request(
            "workspace/executeCommand",
            json!({"command": "big", "arguments": [100_000]}),
        );
    }
    client.send(&json!({"jsonrpc": "2.0", "id": "bye", "method": "shutdown"}));
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    let (code, took) = server.exit_code();
    assert_eq!(code, Some(0));
    assert_prompt(took);
}

#[test]
fn a_panic_in_a_notification_handler_ends_the_process_with_70() {
    let (server, mut client) = Server::start();
    client.initialize(json!({}));
    client.notify(
        "textDocument/didClose",
        json!({"textDocument": {"uri": "file:///a"}}),
    );
    client.called("window/showMessage");
    assert_eq!(server.exit_code().0, Some(70));
}
