//! What tests ask most, in few words.

use serde_json::{Value, json};

use super::editor::Editor;

impl Editor {
    /// A request that has to succeed; gives its result.
    pub fn result(&mut self, method: &str, params: Value) -> Value {
        let response = self.ask(method, params);
        assert!(response.get("error").is_none(), "{method}: {response}");
        response["result"].clone()
    }

    /// Where the first `needle` of an open document starts.
    pub fn place(&self, name: &str, needle: &str) -> Value {
        self.documents[name].range_of(needle, self.encoding)["start"].clone()
    }

    /// `textDocument/hover` at the start of `needle`.
    pub fn hover(&mut self, name: &str, needle: &str) -> Value {
        let position = self.place(name, needle);
        self.result(
            "textDocument/hover",
            json!({"textDocument": {"uri": name}, "position": position}),
        )
    }

    /// `textDocument/definition` at the start of `needle`.
    pub fn definition(&mut self, name: &str, needle: &str) -> Value {
        let position = self.place(name, needle);
        self.result(
            "textDocument/definition",
            json!({"textDocument": {"uri": name}, "position": position}),
        )
    }

    /// A request about the place `shift` bytes behind the start of `needle`, with more parameters.
    pub fn about(
        &mut self,
        method: &str,
        (name, needle, shift): (&str, &str, usize),
        more: &Value,
    ) -> Value {
        let document = &self.documents[name];
        let start = document
            .text
            .find(needle)
            .unwrap_or_else(|| panic!("no {needle:?}"));
        let position = document.position(start + shift, self.encoding);
        let mut params = json!({"textDocument": {"uri": name}, "position": position});
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        self.ask(method, params)
    }

    /// The texts of ranges in documents: `file: text`.
    pub fn shown(&self, locations: &Value) -> Vec<String> {
        let each = locations.as_array().into_iter().flatten().map(|l| {
            let name = l["uri"].as_str().expect("a URI");
            let file = name.rsplit('/').next().unwrap_or_default();
            let text = self.documents[name].slice(&l["range"], self.encoding);
            format!("{file}: {text}")
        });
        each.collect()
    }

    /// Does what a rename answered, as an editor does: open documents in memory, closed ones on disk.
    pub fn do_edit(&mut self, edit: &Value) {
        let versioned = self.versioned();
        let mut changes: Vec<(String, Vec<Value>)> = Vec::new();
        for document in edit["documentChanges"].as_array().into_iter().flatten() {
            assert!(versioned, "the client takes no versions");
            let (of, version) = (
                &document["textDocument"]["uri"],
                &document["textDocument"]["version"],
            );
            let name = of.as_str().expect("a URI").to_owned();
            let open = self.documents.get(&name).map(|d| json!(d.version));
            assert_eq!(*version, open.unwrap_or(Value::Null), "{name}");
            changes.push((name, document["edits"].as_array().expect("edits").clone()));
        }
        for (name, edits) in edit["changes"].as_object().into_iter().flatten() {
            assert!(!versioned, "the client knows versions");
            changes.push((name.clone(), edits.as_array().expect("edits").clone()));
        }
        for (name, edits) in changes {
            let encoding = self.encoding;
            let document = self.documents.get_mut(&name).expect("an open document");
            document.apply(&edits, encoding);
            let (version, text) = (document.version, document.text.clone());
            self.send_change(&name, version, json!([{ "text": text }]));
        }
    }

    /// `textDocument/completion` right behind `needle`: the items.
    pub fn completions(&mut self, name: &str, needle: &str) -> Vec<Value> {
        let position = self.documents[name].range_of(needle, self.encoding)["end"].clone();
        let list = self.result(
            "textDocument/completion",
            json!({"textDocument": {"uri": name}, "position": position}),
        );
        list["items"].as_array().cloned().unwrap_or_default()
    }

    /// `textDocument/documentLink`
    pub fn links(&mut self, name: &str) -> Value {
        self.result(
            "textDocument/documentLink",
            json!({"textDocument": {"uri": name}}),
        )
    }

    /// `textDocument/documentSymbol`
    pub fn symbols(&mut self, name: &str) -> Value {
        self.result(
            "textDocument/documentSymbol",
            json!({"textDocument": {"uri": name}}),
        )
    }

    /// `textDocument/codeLens`
    pub fn lenses(&mut self, name: &str) -> Value {
        self.result(
            "textDocument/codeLens",
            json!({"textDocument": {"uri": name}}),
        )
    }

    /// `textDocument/codeAction` for a range.
    pub fn actions_in(&mut self, name: &str, range: &Value) -> Vec<Value> {
        let params =
            json!({"textDocument": {"uri": name}, "range": range, "context": {"diagnostics": []}});
        match self.result("textDocument/codeAction", params) {
            Value::Null => Vec::new(),
            actions => actions.as_array().expect("a list").clone(),
        }
    }

    /// `textDocument/codeAction` with the cursor in front of `needle`.
    pub fn actions(&mut self, name: &str, needle: &str) -> Vec<Value> {
        let position = self.place(name, needle);
        self.actions_in(name, &json!({"start": position, "end": position}))
    }

    /// Runs a command that has to succeed; gives its answer.
    pub fn run(&mut self, command: &str, argument: Value) -> Value {
        let answer = self.result(
            "workspace/executeCommand",
            json!({"command": command, "arguments": [argument]}),
        );
        assert!(answer["uris"].is_array(), "{command}: {answer}");
        answer
    }

    /// Runs a command that has to be refused; gives the error.
    pub fn refused(&mut self, command: &str, argument: Value) -> Value {
        let params = json!({"command": command, "arguments": [argument]});
        let response = self.ask("workspace/executeCommand", params);
        let error = response["error"].clone();
        assert!(
            error["data"]["code"].is_string() && error["data"]["hint"].is_string(),
            "{command}: {response}"
        );
        let message = error["message"].as_str().expect("a message");
        assert!(
            message.ends_with(['.', '?', '!']) && !message.contains('\n'),
            "{message}"
        );
        error
    }

    /// `textDocument/diagnostic`
    pub fn pull(&mut self, name: &str) -> Value {
        self.result(
            "textDocument/diagnostic",
            json!({"textDocument": {"uri": name}}),
        )
    }

    /// Waits for diagnostics pushed for this version of an open document (or a later one); gives the list.
    pub fn pushed(&mut self, name: &str) -> Vec<Value> {
        let version = self.documents[name].version;
        self.until(|e| {
            let (of, list) = e.ledger.diagnostics.get(name)?;
            (of.is_some_and(|v| v >= version)).then(|| list.clone())
        })
    }
}

/// Which error of ours it is.
pub fn code(error: &Value) -> &str {
    error["data"]["code"].as_str().expect("a code")
}

/// The commands of actions or lenses: title, command, argument.
pub fn commands(list: &[Value]) -> Vec<(String, String, Value)> {
    list.iter()
        .map(|entry| {
            if entry["command"].is_string() {
                entry
            } else {
                &entry["command"]
            }
        })
        .filter(|c| c["command"].is_string())
        .map(|c| {
            let text = |key: &str| c[key].as_str().expect("a text").to_owned();
            (text("title"), text("command"), c["arguments"][0].clone())
        })
        .collect()
}
