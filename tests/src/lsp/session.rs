//! A server in this process, behind real pipes.

use std::{
    io::pipe,
    sync::mpsc::{Receiver, channel},
    thread,
};

use rutter_server::front::{ExitStatus, FrontOptions, serve};

use super::{
    client::{Client, WAIT},
    toy::{Toy, toy_service},
};

/// A client, the toy server it talks to, and how that ends.
pub struct Session {
    /// The client's end.
    pub client: Client,
    /// What the toy's handlers and the test share.
    pub toy: Toy,
    status: Receiver<ExitStatus>,
}

impl Session {
    /// Starts the toy server behind the front.
    pub fn start(options: FrontOptions) -> Self {
        let (server_input, client_output) = pipe().expect("a pipe");
        let (client_input, server_output) = pipe().expect("a pipe");
        let (sender, status) = channel();
        let toy = Toy::default();
        let shared = toy.clone();
        thread::spawn(move || {
            let ended = serve(server_input, server_output, options, |handles| {
                toy_service(shared, handles)
            });
            sender.send(ended)
        });
        Self {
            client: Client::new(client_input, client_output),
            toy,
            status,
        }
    }

    /// Starts it and greets it, as a client that can show progress.
    pub fn ready(options: FrontOptions) -> Self {
        let mut session = Self::start(options);
        let capabilities = serde_json::json!({"window": {"workDoneProgress": true}});
        session.client.initialize(capabilities);
        session
    }

    /// Waits for the server to end.
    pub fn status(&self) -> ExitStatus {
        self.status.recv_timeout(WAIT).expect("the server ends")
    }
}
