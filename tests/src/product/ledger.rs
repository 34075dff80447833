//! What a server said to an editor, kept against the rules of the protocol.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Instant;

use serde_json::Value;

/// Everything a server said by itself.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The latest diagnostics by URI: the version they belong to, and the list.
    pub diagnostics: BTreeMap<String, (Option<i64>, Vec<Value>)>,
    /// How many times diagnostics were published, by URI.
    pub publishes: BTreeMap<String, usize>,
    /// The latest state.
    pub state: Option<Value>,
    /// When states came.
    pub states: Vec<Instant>,
    /// Progress by token: `create`, `begin`, `report`, `end`, in the order they came.
    pub progress: BTreeMap<String, Vec<Value>>,
    /// Messages for the user that the test has not claimed.
    pub messages: Vec<Value>,
    /// Whether the test is about something else than what users are told; warnings and errors count all the same.
    pub hushed: bool,
    /// Everything that has no business here.
    pub unexpected: Vec<Value>,
    versions: HashMap<String, i64>,
    /// Documents that were closed since a version of them was last published: it may begin anew.
    closed: HashSet<String>,
    broken: Vec<String>,
}

impl Ledger {
    /// Takes in a notification.
    pub fn heard(&mut self, message: Value) {
        let params = &message["params"];
        match message["method"]
            .as_str()
            .expect("a notification has a method")
        {
            "textDocument/publishDiagnostics" => self.published(params),
            "$/progress" => self.progressed(params),
            "rutter/state" => {
                self.state = Some(params.clone());
                self.states.push(Instant::now());
            }
            "window/showMessage" => self.messages.push(params.clone()),
            _ => self.unexpected.push(message),
        }
    }

    /// The editor closed a document: its versions begin anew.
    pub fn closed(&mut self, uri: &str) {
        self.closed.insert(uri.to_owned());
    }

    /// Takes in the request to create progress.
    pub fn progress_created(&mut self, params: &Value) {
        let token = self.token(params);
        let known = self
            .progress
            .insert(token.clone(), vec![Value::from("create")]);
        if known.is_some() {
            self.broken
                .push(format!("the progress {token} was created twice"));
        }
    }

    fn token(&mut self, params: &Value) -> String {
        match params["token"].as_str() {
            Some(token) => token.to_owned(),
            None => {
                self.broken
                    .push(format!("a progress token is no string: {params}"));
                params["token"].to_string()
            }
        }
    }

    fn published(&mut self, params: &Value) {
        let uri = params["uri"].as_str().expect("a URI").to_owned();
        let version = params["version"].as_i64();
        if let Some(version) = version {
            let last = self.versions.insert(uri.clone(), version);
            let back = last.is_some_and(|last| last > version);
            if back && !self.closed.remove(&uri) {
                self.broken
                    .push(format!("{uri} went back to version {version}"));
            }
        } else {
            self.versions.remove(&uri);
            self.closed.remove(&uri);
        }
        let list = params["diagnostics"].as_array().expect("a list").clone();
        *self.publishes.entry(uri.clone()).or_default() += 1;
        self.diagnostics.insert(uri, (version, list));
    }

    fn progressed(&mut self, params: &Value) {
        let token = self.token(params);
        let value = params["value"].clone();
        match self.progress.get_mut(&token) {
            Some(steps) => steps.push(value),
            None => self.broken.push(format!(
                "progress on {token}, which was never created: {value}"
            )),
        }
    }

    /// Every rule that was broken; nothing for a server that behaves.
    pub fn complaints(&self, at_the_end: bool) -> Vec<String> {
        let mut broken = self.broken.clone();
        for (token, steps) in &self.progress {
            let kinds: Vec<&str> = steps
                .iter()
                .skip(1)
                .map(|s| s["kind"].as_str().unwrap_or("?"))
                .collect();
            let begun = kinds.first().is_none_or(|k| *k == "begin");
            let middle = kinds.iter().skip(1).rev().skip(1).all(|k| *k == "report");
            let last = kinds.len() < 2 || matches!(kinds.last(), Some(&"report" | &"end"));
            let ended = kinds.is_empty() || kinds.last() == Some(&"end");
            if !begun || !middle || !last || (at_the_end && !ended) {
                broken.push(format!("progress {token} is not well-formed: {kinds:?}"));
            }
            let percent: Vec<u64> = steps
                .iter()
                .filter_map(|s| s["percentage"].as_u64())
                .collect();
            if percent.windows(2).any(|w| w[0] > w[1]) || percent.iter().any(|&p| p > 100) {
                broken.push(format!("progress {token} goes back: {percent:?}"));
            }
        }
        if at_the_end {
            let heard = self
                .messages
                .iter()
                .filter(|m| !self.hushed || m["type"] != 3);
            broken.extend(heard.map(|m| format!("nobody expected the message {m}")));
            broken.extend(
                self.unexpected
                    .iter()
                    .map(|m| format!("nobody expected {m}")),
            );
        }
        broken
    }
}
