//! Why the front exists: the hazards of `front_hazards.rs`, shown with tower-lsp's own `Server`, over the same
//! pipes and the same toy. If one of these fails after an update, tower-lsp has improved.

#![cfg(unix)]
#![allow(missing_docs)]

use std::{
    io::pipe,
    os::fd::OwnedFd,
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use rutter_tests::lsp::{Client, Toy, toy_service};
use serde_json::{Value, json};
use tokio::fs::File;
use tower_lsp::Server;

struct Stock {
    client: Client,
    toy: Toy,
    /// Closed when the server is gone.
    ended: Receiver<()>,
}

fn start() -> Stock {
    let (server_input, client_output) = pipe().expect("a pipe");
    let (client_input, server_output) = pipe().expect("a pipe");
    let asynchronous = |descriptor: OwnedFd| File::from_std(descriptor.into());
    let (toy, (alive, ended)) = (Toy::default(), channel());
    let shared = toy.clone();
    thread::spawn(move || {
        let _alive: std::sync::mpsc::Sender<()> = alive;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let (service, socket) = toy_service(shared, None);
        let (input, output) = (
            asynchronous(server_input.into()),
            asynchronous(server_output.into()),
        );
        let served = runtime.block_on(async {
            tokio::spawn(Server::new(input, output, socket).serve(service)).await
        });
        runtime.shutdown_background();
        served.is_ok()
    });
    let mut client = Client::new(client_input, client_output);
    client.initialize(json!({}));
    Stock { client, toy, ended }
}

#[test]
fn stock_cancel_waits_for_busy_handlers() {
    let mut stock = start();
    let client = &mut stock.client;
    // The cancelled one ends first: once any has ended, the server reads on and may cancel the others.
    let busy = [1500, 300, 1500, 1500].map(|time| client.command("sleep", json!(time)));
    let sent = Instant::now();
    client.cancel(busy[1]);
    let response = client.response(busy[1]);
    assert!(response.get("error").is_none(), "not even cancelled");
    assert!(sent.elapsed() > Duration::from_millis(200));
}

#[test]
fn stock_edits_lose_their_order() {
    let mut stock = start();
    for version in 1..=300 {
        stock.client.change(version);
    }
    // Four in flight at a time: when the last hover is answered, at most four changes are open.
    let id = stock.client.hover();
    stock.client.response(id);
    assert!(stock.toy.inversions() > 0);
}

#[test]
fn stock_four_waiting_handlers_block_everything() {
    let mut stock = start();
    let client = &mut stock.client;
    let asking: Vec<i64> = (0..4).map(|_| client.command("ask", Value::Null)).collect();
    client.hover();
    let edits: Vec<Value> = asking
        .iter()
        .map(|_| client.called("workspace/applyEdit"))
        .collect();
    client.cancel(asking[0]);
    for edit in &edits {
        client.reply(edit, json!({"applied": true}));
    }
    // Only the client's answers let it go on: nothing else was answered before.
    let first = client.wait_for("any response", |message| message.get("result").is_some());
    assert!(first["result"].get("applied").is_some(), "{first}");
}

#[test]
fn stock_a_panic_in_a_handler_kills_the_server() {
    let mut stock = start();
    stock.client.command("panic", Value::Null);
    let gone = stock.ended.recv_timeout(Duration::from_secs(10));
    assert!(matches!(
        gone,
        Err(std::sync::mpsc::RecvTimeoutError::Disconnected)
    ));
}
