//! `rutter lsp` as a process: how it ends, what it survives, and two of them on one folder.

#![cfg(unix)]
#![allow(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

use std::{process::Command, time::Duration};

use rustix::process::{Pid, Signal, kill_process};
use rutter_tests::binary::{Home, Server, greet};
use rutter_tests::product::RATE_LIMIT;
use serde_json::json;

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
