//! What tests ask of the toy server.

use serde_json::{Value, json};

use super::client::Client;

impl Client {
    /// Sends `workspace/executeCommand` with one argument; gives the request's id.
    pub fn command(&mut self, name: &str, argument: Value) -> i64 {
        let params = json!({"command": name, "arguments": [argument]});
        self.request("workspace/executeCommand", params)
    }

    /// Sends `textDocument/hover`, which the toy answers with the number of changes that took effect.
    pub fn hover(&mut self) -> i64 {
        let document = json!({"uri": "file:///a"});
        let position = json!({"line": 0, "character": 0});
        self.request(
            "textDocument/hover",
            json!({"textDocument": document, "position": position}),
        )
    }

    /// The number of changes that a hover sees now.
    pub fn changes_seen(&mut self) -> Value {
        let id = self.hover();
        self.response(id)["result"]["contents"].clone()
    }

    /// Sends `textDocument/didChange`.
    pub fn change(&mut self, version: i32) {
        let document = json!({"uri": "file:///a", "version": version});
        self.notify(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": []}),
        );
    }

    /// Sends a notification that is about the document only.
    pub fn about_document(&mut self, method: &str) {
        self.notify(method, json!({"textDocument": {"uri": "file:///a"}}));
    }
}
