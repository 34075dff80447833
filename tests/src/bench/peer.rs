//! One server process, and a client that notes when each message came.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Nothing is waited for longer.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A message, and when it came.
#[derive(Debug)]
pub struct Heard {
    /// When its last byte was read.
    pub at: Instant,
    /// What it says.
    pub message: Value,
}

/// A published set of findings.
#[derive(Debug)]
pub struct Published {
    /// When it came.
    pub at: Instant,
    /// Of which document.
    pub uri: String,
    /// Of which version of it, if the server says so.
    pub version: Option<i64>,
    /// The findings.
    pub diagnostics: Value,
}

/// A running server.
pub struct Peer {
    child: Child,
    input: Option<ChildStdin>,
    frames: Receiver<(Instant, Vec<u8>)>,
    answers: VecDeque<Heard>,
    next_id: i64,
    /// Every publish not yet taken.
    pub published: VecDeque<Published>,
    /// The tokens of progress, and when each ended.
    pub progress: BTreeMap<String, Option<Instant>>,
}

impl Peer {
    /// Starts a command line, with `home` for all that programs keep of a user.
    ///
    /// # Panics
    /// Where the program can't be started.
    pub fn start(command: &str, home: &Path) -> Self {
        let mut words = command.split_whitespace();
        let program = words.next().expect("a program");
        let mut child = Command::new(program)
            .args(words)
            .envs(surroundings(home))
            .current_dir(home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program} can't be started: {error}"));
        let output = child.stdout.take().expect("it is piped");
        let input = child.stdin.take();
        let (sender, frames) = channel();
        thread::spawn(move || {
            let mut output = BufReader::with_capacity(1 << 16, output);
            // Parsed elsewhere: a message must not wait for the one before to be understood.
            while let Some(body) = frame(&mut output) {
                if sender.send((Instant::now(), body)).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            input,
            frames,
            answers: VecDeque::new(),
            next_id: 0,
            published: VecDeque::new(),
            progress: BTreeMap::new(),
        }
    }

    /// Writes bytes as they are; a server that no longer reads is found out by what it does not answer.
    pub fn write(&mut self, bytes: &[u8]) {
        if let Some(input) = &mut self.input
            && (input.write_all(bytes).is_err() || input.flush().is_err())
        {
            self.input = None;
        }
    }

    /// Sends a notification; gives when.
    pub fn notify(&mut self, method: &str, params: Value) -> Instant {
        let bytes = framed(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
        let at = Instant::now();
        self.write(&bytes);
        at
    }

    /// Sends a request; gives its id and when.
    pub fn request(&mut self, method: &str, params: Value) -> (i64, Instant) {
        self.next_id += 1;
        let mut message = json!({"jsonrpc": "2.0", "id": self.next_id, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        let bytes = framed(&message);
        let at = Instant::now();
        self.write(&bytes);
        (self.next_id, at)
    }

    /// Waits for the response to a request.
    pub fn response(&mut self, id: i64) -> Option<Heard> {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.answers.iter().position(|a| a.message["id"] == id) {
                return self.answers.remove(at);
            }
            if !self.pump(until) {
                return None;
            }
        }
    }

    /// Sends a request and waits; gives how long it took and the response.
    pub fn ask(&mut self, method: &str, params: Value) -> Option<(Duration, Value)> {
        let (id, sent) = self.request(method, params);
        let heard = self.response(id)?;
        Some((heard.at.saturating_duration_since(sent), heard.message))
    }

    /// Takes messages in until `seen` gives something.
    pub fn until<T>(&mut self, mut seen: impl FnMut(&mut Self) -> Option<T>) -> Option<T> {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = seen(self) {
                return Some(found);
            }
            if !self.pump(until) {
                return None;
            }
        }
    }

    /// Takes messages in until none came for a while.
    pub fn quiet(&mut self, silence: Duration) {
        while self.pump(Instant::now() + silence) {}
    }

    /// Takes one message in; false where none came in time.
    fn pump(&mut self, until: Instant) -> bool {
        let left = until.saturating_duration_since(Instant::now());
        let (at, body) = match self.frames.recv_timeout(left) {
            Ok(frame) => frame,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return false,
        };
        let Ok(message) = serde_json::from_slice(&body) else {
            return false;
        };
        let heard = Heard { at, message };
        let method = heard.message["method"].as_str().unwrap_or("").to_owned();
        match (method.as_str(), heard.message.get("id")) {
            ("", _) => self.answers.push_back(heard),
            (method, Some(id)) => {
                let result = match method {
                    "workspace/configuration" => {
                        let items = heard.message["params"]["items"].as_array();
                        Value::Array(vec![Value::Null; items.map_or(0, Vec::len)])
                    }
                    "workspace/applyEdit" => json!({"applied": false}),
                    "window/showDocument" => json!({"success": true}),
                    _ => Value::Null,
                };
                let reply = framed(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
                self.write(&reply);
            }
            ("textDocument/publishDiagnostics", None) => {
                let params = &heard.message["params"];
                self.published.push_back(Published {
                    at: heard.at,
                    uri: params["uri"].as_str().unwrap_or("").to_owned(),
                    version: params["version"].as_i64(),
                    diagnostics: params["diagnostics"].clone(),
                });
            }
            ("$/progress", None) => {
                let params = &heard.message["params"];
                let ended = (params["value"]["kind"] == "end").then_some(heard.at);
                self.progress.insert(params["token"].to_string(), ended);
            }
            _ => {}
        }
        true
    }

    /// How many jobs show progress that has not ended.
    pub fn running(&self) -> usize {
        self.progress.values().filter(|end| end.is_none()).count()
    }

    /// The memory of the process in MB (10⁶ bytes), shared pages by their share.
    pub fn pss(&self) -> Option<f64> {
        let path = format!("/proc/{}/smaps_rollup", self.child.id());
        let text = fs::read_to_string(path).ok()?;
        let line = text.lines().find_map(|l| l.strip_prefix("Pss:"))?;
        let kib: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kib * 1024.0 / 1e6)
    }

    /// Sends `shutdown` and `exit`, leaves the input open, and gives how long the process lived after that; none where it
    /// had to be killed.
    pub fn leave(mut self) -> Option<Duration> {
        let (id, sent) = self.request("shutdown", Value::Null);
        self.response(id)?;
        let bytes = framed(&json!({"jsonrpc": "2.0", "method": "exit"}));
        self.write(&bytes);
        while sent.elapsed() < Duration::from_secs(3) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return Some(sent.elapsed());
            }
            thread::sleep(Duration::from_micros(200));
        }
        None
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Fails where the process ended by itself, as it should.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The environment variables that keep a program away from the user's own files.
pub fn surroundings(home: &Path) -> Vec<(&'static str, std::path::PathBuf)> {
    vec![
        ("HOME", home.to_owned()),
        ("XDG_CONFIG_HOME", home.join("config")),
        ("XDG_STATE_HOME", home.join("state")),
        ("XDG_DATA_HOME", home.join("data")),
        ("XDG_CACHE_HOME", home.join("cache")),
        ("RUTTER_CONFIG_DIR", home.join("config/rutter")),
        ("RUTTER_STATE_DIR", home.join("state/rutter")),
    ]
}

/// A message as it goes over the pipe.
pub fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn frame(output: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim_end().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(body)
}
