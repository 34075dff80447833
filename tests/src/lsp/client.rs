//! A small blocking LSP client over any pair of pipes.

use std::{
    collections::{HashMap, VecDeque},
    io::{BufRead, BufReader, Read, Write},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::gate::Gate;

/// No test waits longer for anything.
pub const WAIT: Duration = Duration::from_secs(20);

/// Sends what it is told, keeps what it receives until it is asked for, and checks that no request is
/// answered twice. It answers nothing by itself.
pub struct Client {
    output: Option<Box<dyn Write + Send>>,
    input: Receiver<Value>,
    kept: VecDeque<Value>,
    next_id: i64,
    unanswered: HashMap<String, usize>,
    reading: Gate,
}

impl Client {
    /// Talks to the server that reads `output` and writes `input`.
    pub fn new(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        let reading = Gate::closed();
        reading.set(true);
        let gate = reading.clone();
        thread::spawn(move || {
            let mut input = BufReader::new(input);
            while let Some(message) = read_message(&mut input) {
                gate.pass();
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            output: Some(Box::new(output)),
            input: receiver,
            kept: VecDeque::new(),
            next_id: 0,
            unanswered: HashMap::new(),
            reading,
        }
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let output = self.output.as_mut().expect("the input is still open");
        output.write_all(bytes).expect("the server reads");
        output.flush().expect("the server reads");
    }

    /// Sends one message.
    pub fn send(&mut self, message: &Value) {
        if message.get("method").is_some()
            && let Some(id) = message.get("id")
        {
            *self.unanswered.entry(id.to_string()).or_default() += 1;
        }
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.send_bytes(frame.as_bytes());
    }

    /// Sends a request and gives its id.
    pub fn request(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let id = self.next_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// Sends a request without parameters; false if the server no longer reads.
    pub fn try_request(&mut self, method: &str) -> bool {
        self.next_id += 1;
        let message = json!({"jsonrpc": "2.0", "id": self.next_id, "method": method}).to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{message}", message.len());
        let output = self.output.as_mut().expect("the input is still open");
        output.write_all(frame.as_bytes()).is_ok()
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Cancels a request.
    pub fn cancel(&mut self, id: i64) {
        self.notify("$/cancelRequest", json!({ "id": id }));
    }

    /// Answers a request of the server.
    pub fn reply(&mut self, request: &Value, result: Value) {
        self.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": result}));
    }

    /// Waits for the response to a request; it has a `result` or an `error`.
    pub fn response(&mut self, id: impl Into<Value>) -> Value {
        let id = id.into();
        self.wait_for(&format!("the response {id}"), |message| {
            message.get("method").is_none() && message["id"] == id
        })
    }

    /// Sends a request and waits for its response.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        self.response(id)
    }

    /// Waits for a notification or request of the server.
    pub fn called(&mut self, method: &str) -> Value {
        self.wait_for(method, |message| message["method"] == method)
    }

    /// Waits for the first message that `wanted` accepts; the others are kept.
    pub fn wait_for(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&wanted) {
            return self.kept.remove(at).expect("it was just found");
        }
        let deadline = Instant::now() + WAIT;
        loop {
            match self
                .input
                .recv_timeout(deadline.saturating_duration_since(Instant::now()))
            {
                Ok(message) => {
                    self.check(&message);
                    if wanted(&message) {
                        return message;
                    }
                    self.kept.push_back(message);
                }
                Err(error) => panic!("no {what}: {error}; received {:?}", self.kept),
            }
        }
    }

    /// Whether nothing that `unwanted` accepts came until the response to a request sent now.
    pub fn hears_none(&mut self, unwanted: impl Fn(&Value) -> bool) -> bool {
        self.ask("toy/unknown", Value::Null);
        !self.kept.iter().any(unwanted)
    }

    /// All that was received and not asked for, up to the end of the server's output.
    pub fn rest(&mut self) -> Vec<Value> {
        let deadline = Instant::now() + WAIT;
        loop {
            match self
                .input
                .recv_timeout(deadline.saturating_duration_since(Instant::now()))
            {
                Ok(message) => {
                    self.check(&message);
                    self.kept.push_back(message);
                }
                Err(RecvTimeoutError::Disconnected) => return self.kept.drain(..).collect(),
                Err(RecvTimeoutError::Timeout) => panic!("the server's output does not end"),
            }
        }
    }

    /// The ids of requests that were not answered yet.
    pub fn unanswered(&self) -> Vec<String> {
        let open = self.unanswered.iter().filter(|(_, count)| **count > 0);
        open.map(|(id, _)| id.clone()).collect()
    }

    /// Takes what was received and not asked for so far.
    pub fn take_kept(&mut self) -> Vec<Value> {
        self.kept.drain(..).collect()
    }

    /// Sends `initialize` and `initialized`; gives the result.
    pub fn initialize(&mut self, capabilities: Value) -> Value {
        self.initialize_from(Value::Null, capabilities)
    }

    /// The same, for a client with this process id.
    pub fn initialize_from(&mut self, process: Value, capabilities: Value) -> Value {
        let params = json!({"processId": process, "capabilities": capabilities});
        let response = self.ask("initialize", params);
        self.notify("initialized", json!({}));
        response["result"].clone()
    }

    /// Sends `shutdown` and `exit`; gives the response to the first.
    pub fn shut_down(&mut self) -> Value {
        self.next_id += 1;
        let id = self.next_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": "shutdown"}));
        let response = self.response(id);
        self.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
        response
    }

    /// Stops or resumes reading what the server writes.
    pub fn read_on(&self, reading: bool) {
        self.reading.set(reading);
    }

    /// Closes the server's input.
    pub fn close(&mut self) {
        self.output = None;
    }

    fn check(&mut self, message: &Value) {
        assert_eq!(message["jsonrpc"], "2.0", "{message}");
        if message.get("method").is_some() || message["id"].is_null() {
            return;
        }
        let open = self
            .unanswered
            .entry(message["id"].to_string())
            .or_default();
        assert!(*open > 0, "answered twice or unasked: {message}");
        *open -= 1;
    }
}

fn read_message(input: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().strip_prefix("Content-Length: ") {
            Some(value) => length = value.parse().expect("the server writes valid headers"),
            None if line == "\r\n" => break,
            None => panic!("the server wrote the header {line:?}"),
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("the server writes valid JSON"))
}
