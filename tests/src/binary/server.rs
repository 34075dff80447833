//! `rutter lsp` as a process.

use std::{
    process::{Child, Stdio},
    sync::mpsc::channel,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::home::Home;
use crate::{
    lsp::{Client, WAIT},
    product::uri,
};

/// The server; killed when it is dropped.
pub struct Server {
    child: Option<Child>,
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Server {
    /// Starts it for a user; nothing is sent yet.
    pub fn start(home: &Home) -> (Self, Client) {
        let mut child = home
            .command()
            .arg("lsp")
            // Its complaints about what tests do to it are expected.
            .env("RUTTER_LOG", "error")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the server starts");
        let input = child.stdout.take().expect("a pipe");
        let output = child.stdin.take().expect("a pipe");
        (Self { child: Some(child) }, Client::new(input, output))
    }

    /// Starts it and opens the home's workspace, as a client with no optional capability.
    pub fn ready(home: &Home) -> (Self, Client) {
        let (server, mut client) = Self::start(home);
        greet(&mut client, home, Value::Null);
        (server, client)
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.as_ref().expect("it was not waited for").id()
    }

    /// Ends it as the system would.
    pub fn kill(&mut self) {
        let child = self.child.as_mut().expect("it was not waited for");
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
    }

    /// Waits for its end; its exit code and how long that took.
    pub fn exit_code(mut self) -> (Option<i32>, Duration) {
        let mut child = self.child.take().expect("it was not waited for");
        let (sender, receiver) = channel();
        let asked = Instant::now();
        let id = child.id();
        thread::spawn(move || sender.send((child.wait(), asked.elapsed())));
        match receiver.recv_timeout(WAIT) {
            Ok((status, took)) => (status.expect("it was waited for").code(), took),
            Err(_) => panic!("the server {id} does not end"),
        }
    }
}

/// Sends `initialize` for the home's workspace and `initialized`; gives the result.
pub fn greet(client: &mut Client, home: &Home, process: Value) -> Value {
    let root = uri(&home.root());
    let response = client.ask(
        "initialize",
        json!({
            "processId": process,
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "work"}],
            "capabilities": {},
        }),
    );
    client.notify("initialized", json!({}));
    response["result"].clone()
}
