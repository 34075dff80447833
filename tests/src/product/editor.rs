//! An editor in this process: it keeps documents, answers what the server asks, and watches that the server keeps the
//! rules. Nothing in it sleeps; every wait is for a message.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::pipe;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use rutter_host::{Disk, Files, Home, SystemClock};
use rutter_server::Environment;
use rutter_server::front::{ExitStatus, FrontOptions, serve};
use rutter_store::Store;
use rutter_workspace::Who;
use serde_json::{Value, json};

use super::clients::Kind;
use super::clock::Hand;
use super::document::{Document, Encoding};
use super::folder::{Folder, uri};
use super::ledger::Ledger;
use super::models::{self, Hold};
use crate::lsp::{Client, WAIT};

/// How an editor starts.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Its `capabilities`.
    pub capabilities: Value,
    /// Its `initializationOptions`.
    pub options: Value,
    /// The folders it opens, as URIs; the root of the workspace where it says nothing.
    pub folders: Option<Vec<String>>,
    /// What it answers to `workspace/configuration`.
    pub configuration: Value,
    /// Other members of `initialize`, over the rest.
    pub more: Value,
    /// The clock of the server, where it is not the machine's.
    pub clock: Option<Hand>,
}

impl Setup {
    /// As an editor starts that has nothing of ours installed.
    pub fn of(kind: Kind) -> Self {
        Self::with(kind.capabilities())
    }

    /// The same with these capabilities.
    pub fn with(capabilities: Value) -> Self {
        Self {
            capabilities,
            options: Value::Null,
            folders: None,
            configuration: Value::Null,
            more: json!({}),
            clock: None,
        }
    }

    /// With `initializationOptions.rutter`.
    #[must_use]
    pub fn options(mut self, rutter: Value) -> Self {
        self.options = json!({ "rutter": rutter });
        self
    }
}

/// The editor.
pub struct Editor {
    /// The pipes.
    pub client: Client,
    /// The workspace.
    pub folder: Arc<Folder>,
    /// What the server said by itself.
    pub ledger: Ledger,
    /// What the server answered to `initialize`.
    pub server: Value,
    /// The open documents, by URI.
    pub documents: BTreeMap<String, Document>,
    /// How it counts.
    pub encoding: Encoding,
    /// The parameters of each `workspace/applyEdit`.
    pub edits: Vec<Value>,
    /// The parameters of each `window/showDocument`.
    pub shown: Vec<Value>,
    /// The parameters of each registration of a watcher.
    pub registrations: Vec<Value>,
    /// The parameters of each registration of a formatter.
    pub formatters: Vec<Value>,
    /// The methods of requests that only ask to ask again.
    pub refreshes: Vec<String>,
    /// The parameters of each `rutter/input`.
    pub questions: Vec<Value>,
    /// What is answered to `rutter/input`, one after the other; then null.
    pub answers: VecDeque<Value>,
    /// The parameters of each `window/showMessageRequest`.
    pub asked: Vec<Value>,
    /// The titles that are chosen in them, one after the other; then null.
    pub choices: VecDeque<&'static str>,
    /// What is answered to `workspace/configuration`.
    pub configuration: Value,
    /// Requests of the server with these methods are left for the test, in `held`.
    pub holding: BTreeSet<&'static str>,
    /// Those requests.
    pub held: VecDeque<Value>,
    /// Why edits are refused.
    pub refuses: Option<String>,
    /// Steers the model `scripted/held`.
    pub model: Hold,
    replies: BTreeMap<i64, Value>,
    capabilities: Value,
    status: Receiver<ExitStatus>,
    ended: bool,
}

impl Editor {
    /// Starts a server on a workspace and greets it.
    pub fn start(folder: Folder, setup: &Setup) -> Self {
        Self::join(&Arc::new(folder), setup)
    }

    /// Starts one whose user doesn't read what is only said.
    pub fn hushed(folder: Folder, setup: &Setup) -> Self {
        let mut editor = Self::start(folder, setup);
        editor.ledger.hushed = true;
        editor
    }

    /// Starts one more server on a workspace.
    pub fn join(folder: &Arc<Folder>, setup: &Setup) -> Self {
        let (server_input, client_output) = pipe().expect("a pipe");
        let (client_input, server_output) = pipe().expect("a pipe");
        let (sender, status) = channel();
        let model = Hold::default();
        let environment = environment(folder, &model, setup.clock.clone());
        thread::spawn(move || {
            let options = FrontOptions::default();
            let ended = serve(server_input, server_output, options, |handles| {
                rutter_server::service(handles, environment)
            });
            sender.send(ended)
        });
        let mut editor = Self {
            client: Client::new(client_input, client_output),
            folder: Arc::clone(folder),
            ledger: Ledger::default(),
            server: Value::Null,
            documents: BTreeMap::new(),
            encoding: Encoding::Utf16,
            edits: Vec::new(),
            shown: Vec::new(),
            registrations: Vec::new(),
            formatters: Vec::new(),
            refreshes: Vec::new(),
            questions: Vec::new(),
            answers: VecDeque::new(),
            asked: Vec::new(),
            choices: VecDeque::new(),
            configuration: setup.configuration.clone(),
            holding: BTreeSet::new(),
            held: VecDeque::new(),
            refuses: None,
            model,
            replies: BTreeMap::new(),
            capabilities: setup.capabilities.clone(),
            status,
            ended: false,
        };
        editor.greet(setup);
        editor
    }

    fn greet(&mut self, setup: &Setup) {
        let mut params = json!({"processId": null, "capabilities": setup.capabilities, "initializationOptions": setup.options});
        let root = uri(&self.folder.root());
        match &setup.folders {
            None => params["workspaceFolders"] = json!([{"uri": root, "name": "work"}]),
            Some(folders) if folders.is_empty() => params["workspaceFolders"] = Value::Null,
            Some(folders) => {
                params["workspaceFolders"] = folders
                    .iter()
                    .map(|f| json!({"uri": f, "name": f}))
                    .collect()
            }
        }
        for (key, value) in setup.more.as_object().expect("an object") {
            params[key] = value.clone();
        }
        let answer = self.ask("initialize", params);
        self.server = answer["result"].clone();
        let encoding = self.server["capabilities"]["positionEncoding"]
            .as_str()
            .unwrap_or("utf-16");
        self.encoding = Encoding::of_name(encoding);
        self.client.notify("initialized", json!({}));
    }

    /// Whether it takes edits with versions.
    pub(super) fn versioned(&self) -> bool {
        self.capabilities["workspace"]["workspaceEdit"]["documentChanges"] == true
    }

    /// Sends a request and waits for the whole response, serving the server meanwhile.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.client.request(method, params);
        self.response(id)
    }

    /// Waits for the response to a request.
    pub fn response(&mut self, id: i64) -> Value {
        loop {
            if let Some(reply) = self.replies.remove(&id) {
                return reply;
            }
            self.pump();
        }
    }

    /// Waits until something that the server does has been seen.
    pub fn until<T>(&mut self, mut seen: impl FnMut(&Self) -> Option<T>) -> T {
        loop {
            if let Some(found) = seen(self) {
                return found;
            }
            self.pump();
        }
    }

    /// Waits for and claims a message to the user that has these words.
    pub fn told(&mut self, words: &str) -> Value {
        let at = self.until(|e| {
            e.ledger
                .messages
                .iter()
                .position(|m| m["message"].as_str().is_some_and(|m| m.contains(words)))
        });
        self.ledger.messages.remove(at)
    }

    /// Lets the server finish what it was sent: the answer to a request sent now comes after all of it.
    pub fn settle(&mut self) {
        let answer = self.ask("rutter/unknown", Value::Null);
        assert_eq!(answer["error"]["code"], -32601);
    }

    /// Takes in one message of the server.
    fn pump(&mut self) {
        let message = self.client.wait_for("message", |_| true);
        self.take(message);
    }

    fn take(&mut self, message: Value) {
        match (message.get("method").is_some(), message.get("id").cloned()) {
            (true, Some(_)) => self.serve(message),
            (true, None) => self.ledger.heard(message),
            (false, id) => {
                let id = id
                    .as_ref()
                    .and_then(Value::as_i64)
                    .unwrap_or_else(|| panic!("a complaint: {message}"));
                self.replies.insert(id, message);
            }
        }
    }

    /// Answers a request of the server, as a real editor would.
    fn serve(&mut self, request: Value) {
        let method = request["method"].as_str().expect("a method").to_owned();
        if self.holding.contains(method.as_str()) {
            self.held.push_back(request);
            return;
        }
        let result = self.act(&method, &request["params"]);
        self.client.reply(&request, result);
    }

    /// Does what a request of the server wants; gives the answer.
    pub fn act(&mut self, method: &str, params: &Value) -> Value {
        let can = |path: &str| self.capabilities.pointer(path).is_some_and(|v| *v == true);
        match method {
            "workspace/applyEdit" => {
                assert!(can("/workspace/applyEdit"), "the client takes no edits");
                self.edits.push(params.clone());
                match self.apply_edit(&params["edit"]) {
                    Ok(()) => json!({"applied": true}),
                    Err(why) => json!({"applied": false, "failureReason": why}),
                }
            }
            "window/showDocument" => {
                assert!(
                    can("/window/showDocument/support"),
                    "the client shows no documents"
                );
                self.shown.push(params.clone());
                json!({"success": true})
            }
            "client/registerCapability" => {
                for registration in params["registrations"].as_array().expect("a list") {
                    let (watching, formatting) = (
                        registration["method"] == "workspace/didChangeWatchedFiles"
                            && can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
                        registration["method"] == "textDocument/formatting"
                            && can("/textDocument/formatting/dynamicRegistration"),
                    );
                    assert!(
                        watching || formatting,
                        "the client can't register {registration}"
                    );
                    if watching {
                        self.registrations.push(registration.clone());
                    } else {
                        self.formatters.push(registration.clone());
                    }
                }
                Value::Null
            }
            "window/workDoneProgress/create" => {
                assert!(
                    can("/window/workDoneProgress"),
                    "the client shows no progress"
                );
                self.ledger.progress_created(params);
                Value::Null
            }
            "workspace/configuration" => {
                assert!(
                    can("/workspace/configuration"),
                    "the client has no configuration"
                );
                params["items"]
                    .as_array()
                    .expect("a list")
                    .iter()
                    .map(|_| self.configuration.clone())
                    .collect()
            }
            "workspace/codeLens/refresh" => {
                assert!(
                    can("/workspace/codeLens/refreshSupport"),
                    "the client refreshes no lenses"
                );
                self.refreshes.push(method.to_owned());
                Value::Null
            }
            "workspace/inlayHint/refresh" => {
                assert!(
                    can("/workspace/inlayHint/refreshSupport"),
                    "the client refreshes no hints"
                );
                self.refreshes.push(method.to_owned());
                Value::Null
            }
            "workspace/diagnostic/refresh" => {
                assert!(
                    can("/workspace/diagnostics/refreshSupport"),
                    "the client refreshes no diagnostics"
                );
                self.refreshes.push(method.to_owned());
                Value::Null
            }
            "window/showMessageRequest" => {
                self.asked.push(params.clone());
                match self.choices.pop_front() {
                    Some(title) => {
                        let mut actions = params["actions"].as_array().expect("actions").iter();
                        assert!(actions.any(|a| a["title"] == title), "no {title}: {params}");
                        json!({ "title": title })
                    }
                    None => Value::Null,
                }
            }
            "rutter/input" => {
                self.questions.push(params.clone());
                self.answers.pop_front().unwrap_or(Value::Null)
            }
            other => panic!("the server asked {other}: {params}"),
        }
    }

    fn apply_edit(&mut self, edit: &Value) -> Result<(), String> {
        if let Some(why) = &self.refuses {
            return Err(why.clone());
        }
        let mut changes: Vec<(String, Vec<Value>)> = Vec::new();
        for document in edit["documentChanges"].as_array().into_iter().flatten() {
            let (name, version) = (
                &document["textDocument"]["uri"],
                &document["textDocument"]["version"],
            );
            let name = name.as_str().expect("a URI").to_owned();
            let open = self
                .documents
                .get(&name)
                .ok_or_else(|| format!("{name} is not open"))?;
            assert!(
                version.is_i64(),
                "an edit of an open document without a version"
            );
            if *version != open.version {
                return Err(format!("{name} is at version {}", open.version));
            }
            changes.push((name, document["edits"].as_array().expect("edits").clone()));
        }
        assert!(
            edit["changes"].is_null(),
            "an edit without a version: {edit}"
        );
        for (name, edits) in changes {
            let document = self
                .documents
                .get_mut(&name)
                .ok_or_else(|| format!("{name} is not open"))?;
            document.apply(&edits, self.encoding);
            let (version, text) = (document.version, document.text.clone());
            self.send_change(&name, version, json!([{ "text": text }]));
        }
        Ok(())
    }

    /// Opens a file of the workspace.
    pub fn open(&mut self, below: &str) -> String {
        let text = self.folder.read(below);
        self.open_text(below, &text)
    }

    /// Opens a file with another text than the one on disk, which may not exist.
    pub fn open_text(&mut self, below: &str, text: &str) -> String {
        let name = self.folder.uri(below);
        let language = Path::new(below).extension().map_or("plaintext", |e| {
            if e == "md" { "markdown" } else { "other" }
        });
        let document = json!({"uri": name, "languageId": language, "version": 1, "text": text});
        self.client
            .notify("textDocument/didOpen", json!({ "textDocument": document }));
        self.documents.insert(
            name.clone(),
            Document {
                version: 1,
                text: text.to_owned(),
            },
        );
        name
    }

    /// Types: replaces the first place where `old` stands.
    pub fn replace(&mut self, name: &str, old: &str, new: &str) {
        let document = self.documents.get_mut(name).expect("an open document");
        let range = document.range_of(old, self.encoding);
        document.apply(&[json!({"range": range, "newText": new})], self.encoding);
        let version = document.version;
        self.send_change(name, version, json!([{"range": range, "text": new}]));
    }

    /// Types: replaces bytes of an open document.
    pub fn edit(&mut self, name: &str, bytes: std::ops::Range<usize>, new: &str) {
        let document = self.documents.get_mut(name).expect("an open document");
        let range = json!({
            "start": document.position(bytes.start, self.encoding),
            "end": document.position(bytes.end, self.encoding),
        });
        document.text.replace_range(bytes, new);
        document.version += 1;
        let version = document.version;
        self.send_change(name, version, json!([{"range": range, "text": new}]));
    }

    /// Replaces the whole text of an open document.
    pub fn reset(&mut self, name: &str, text: &str) {
        let document = self.documents.get_mut(name).expect("an open document");
        text.clone_into(&mut document.text);
        document.version += 1;
        let version = document.version;
        self.send_change(name, version, json!([{ "text": text }]));
    }

    pub(super) fn send_change(&mut self, name: &str, version: i64, changes: Value) {
        let document = json!({"uri": name, "version": version});
        self.client.notify(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": changes}),
        );
    }

    /// Writes an open document to disk, and says so.
    pub fn save(&mut self, below: &str) {
        let name = self.folder.uri(below);
        self.folder.write(below, &self.documents[&name].text);
        self.client.notify(
            "textDocument/didSave",
            json!({"textDocument": {"uri": name}}),
        );
    }

    /// Closes a document.
    pub fn close(&mut self, name: &str) {
        self.documents.remove(name).expect("an open document");
        self.ledger.closed(name);
        self.client.notify(
            "textDocument/didClose",
            json!({"textDocument": {"uri": name}}),
        );
    }

    /// Tells of files that were changed by somebody else.
    pub fn watched(&mut self, below: &[(&str, i64)]) {
        let changes: Vec<Value> = below
            .iter()
            .map(|(path, kind)| json!({"uri": self.folder.uri(path), "type": kind}))
            .collect();
        self.client.notify(
            "workspace/didChangeWatchedFiles",
            json!({ "changes": changes }),
        );
    }

    /// Ends the server in order, and checks what it did against the rules.
    pub fn finish(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.ended = true;
        self.settle();
        let farewell = self.ask("shutdown", Value::Null);
        assert_eq!(farewell["result"], Value::Null, "{farewell}");
        self.client
            .send(&json!({"jsonrpc": "2.0", "method": "exit"}));
        for message in self.client.rest() {
            if message.get("method").is_none() || message.get("id").is_none() {
                self.take(message);
            }
        }
        let status = self.status.recv_timeout(WAIT).expect("the server ends");
        assert_eq!(status.code(), 0);
        assert_eq!(
            self.client.unanswered(),
            Vec::<String>::new(),
            "requests without an answer"
        );
        assert!(self.replies.is_empty(), "nobody read {:?}", self.replies);
        let complaints = self.ledger.complaints(true);
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        if !self.ended && !thread::panicking() {
            self.end();
        }
    }
}

fn environment(folder: &Folder, held: &Hold, clock: Option<Hand>) -> Environment {
    let files: Arc<dyn Files> = Arc::new(Disk);
    let held = held.clone();
    Environment {
        store: Arc::new(Store::new(Arc::clone(&files), folder.beside("state"))),
        files,
        clock: match clock {
            Some(hand) => Arc::new(hand),
            None => Arc::new(SystemClock),
        },
        who: Arc::new(|_| Who {
            name: "Ada".to_owned(),
            email: "ada@example.org".to_owned(),
        }),
        model: Arc::new(move |name| models::find(name, &held)),
        home: Some(Home::new(folder.beside("home"))),
        user_settings: Some(folder.beside("config.toml")),
        version: "0.0.0-test",
    }
}
