//! Links and drift among ten thousand source files with a history.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::options::Server;
use super::sample::Sample;
use super::session::Session;
use super::table::{Bar, Cell, Row, ms};
use crate::product::uri;

/// The source files; one in so many of them holds links.
const FILES: usize = 10_000;
const LINKED: usize = 20;

/// The criteria of the spec.
const CRITERIA: usize = 40;

/// Edits of each kind, and the time between them.
const EDITS: usize = 40;
const APART: Duration = Duration::from_millis(60);

/// The greatest wait for the sources and the history to be known.
const PATIENCE: Duration = Duration::from_secs(60);

const WANTED: &str = ".kiro/specs/limits/requirements.md";
const TASKS: &str = ".kiro/specs/limits/tasks.md";
const FILE: &str = "src/d0/f0.rs";

/// What was measured of one server.
#[derive(Default)]
struct Measured {
    rate: Vec<f64>,
    lenses: Vec<f64>,
    code: Vec<f64>,
    spec: Vec<f64>,
    memory: Vec<f64>,
}

/// What a row shows of that.
type Of = fn(&Measured) -> &Vec<f64>;

/// The rows.
pub fn rows(servers: &[Server]) -> Vec<Row> {
    let all: Vec<Option<Measured>> = servers.iter().map(measured).collect();
    let row = |what: String, bar: Bar, unit: &'static str, of: Of| {
        let cells = all.iter().map(|one| match one {
            Some(one) => Cell::of(of(one).clone(), "never"),
            None => Cell::none(),
        });
        Row::new(what, bar, unit, cells.collect())
    };
    let (ms, most) = ("ms", Bar::Most(50.0));
    vec![
        row(
            format!("{FILES} source files looked through, cold"),
            Bar::Least(5_000.0),
            "files/s",
            |m| &m.rate,
        ),
        row(
            "…: edit of a link → its lens".to_owned(),
            most,
            ms,
            |m| &m.lenses,
        ),
        row(
            "…: edit of code → hint on drift".to_owned(),
            most,
            ms,
            |m| &m.code,
        ),
        row(
            "…: edit of a criterion → hint at the function".to_owned(),
            most,
            ms,
            |m| &m.spec,
        ),
        row("…: memory (PSS)".to_owned(), Bar::None, "MB", |m| {
            &m.memory
        }),
    ]
}

fn measured(server: &Server) -> Option<Measured> {
    let specs = [("limits".to_owned(), Sample::of_tasks(1_000))];
    let mut session = Session::start(server, &specs);
    if !session.ours {
        return None;
    }
    // Nothing is looked through before a document is open.
    make(&session.path(""));
    let mut found = Measured::default();
    let code = source(0);
    let begun = Instant::now();
    let mut file = Document::open(&mut session, FILE, "rust", code);
    while !file.lenses(&mut session)?.contains(" test") {
        if begun.elapsed() > PATIENCE {
            return Some(found);
        }
        sleep(Duration::from_millis(5));
    }
    found
        .rate
        .push(FILES as f64 / begun.elapsed().as_secs_f64());
    let mut wanted = Document::open(&mut session, WANTED, "markdown", requirements());
    // A first change waits until the history is known.
    file.change(&mut session, "> 5", "> 9");
    file.until_drift(&mut session, &file.uri.clone(), true)?;
    file.change(&mut session, "> 9", "> 5");
    file.until_drift(&mut session, &file.uri.clone(), false)?;
    session.peer.quiet(Duration::from_millis(300));
    for n in 0..EDITS {
        let (old, new) = if n % 2 == 0 {
            ("> 5", "> 9")
        } else {
            ("> 9", "> 5")
        };
        let sent = file.change(&mut session, old, new);
        let uri = file.uri.clone();
        let told = file.until_drift(&mut session, &uri, n % 2 == 0)?;
        found.code.push(ms(told.saturating_duration_since(sent)));
        sleep(APART);
    }
    for n in 0..EDITS {
        let (old, new) = if n % 2 == 0 {
            ("after 5", "after 3")
        } else {
            ("after 3", "after 5")
        };
        let sent = wanted.change(&mut session, old, new);
        let told = wanted.until_drift(&mut session, &file.uri, n % 2 == 0)?;
        found.spec.push(ms(told.saturating_duration_since(sent)));
        sleep(APART);
    }
    for n in 0..EDITS {
        let (old, new) = if n % 2 == 0 {
            ("ents: 1.1\n", "ents: 1.2\n")
        } else {
            ("ents: 1.2\n", "ents: 1.1\n")
        };
        let sent = file.change(&mut session, old, new);
        let id = if n % 2 == 0 {
            "limits 1.2"
        } else {
            "limits 1.1"
        };
        if file.lenses(&mut session)?.contains(id) {
            found.lenses.push(ms(sent.elapsed()));
        }
        sleep(APART);
    }
    found.memory.extend(session.peer.pss());
    Some(found)
}

/// An open document, edited in place.
struct Document {
    uri: String,
    version: i64,
    text: String,
}

impl Document {
    fn open(session: &mut Session, name: &str, language: &str, text: String) -> Self {
        let uri = uri(&session.path(name));
        let document = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        let params = json!({ "textDocument": document });
        session.peer.notify("textDocument/didOpen", params);
        let version = 1;
        Self { uri, version, text }
    }

    /// Puts one text in the place of another, on one line.
    fn change(&mut self, session: &mut Session, old: &str, new: &str) -> Instant {
        let at = self.text.find(old).expect("it is there");
        let line = self.text[..at].matches('\n').count();
        let start = at - self.text[..at].rfind('\n').map_or(0, |n| n + 1);
        let (old, shown) = (old.trim_end(), new.trim_end());
        let range = json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": start + old.len()}});
        self.text.replace_range(at..at + old.len(), shown);
        self.version += 1;
        let params = json!({
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"range": range, "text": shown}],
        });
        session.peer.notify("textDocument/didChange", params)
    }

    /// The titles of the lenses.
    fn lenses(&self, session: &mut Session) -> Option<String> {
        let params = json!({"textDocument": {"uri": self.uri}});
        let (_, answer) = session.peer.ask("textDocument/codeLens", params)?;
        let all = answer["result"].as_array().cloned().unwrap_or_default();
        let titles = all.iter().filter_map(|l| l["command"]["title"].as_str());
        Some(titles.collect::<Vec<_>>().join("\n"))
    }

    /// Waits until a document has a hint on drift, or none; gives when.
    fn until_drift(&self, session: &mut Session, uri: &str, there: bool) -> Option<Instant> {
        session.peer.until(|peer| {
            while let Some(said) = peer.published.pop_front() {
                if said.uri == uri && has_drift(&said.diagnostics) == there {
                    return Some(said.at);
                }
            }
            None
        })
    }
}

fn has_drift(diagnostics: &Value) -> bool {
    let mut list = diagnostics.as_array().into_iter().flatten();
    list.any(|d| d["code"] == "trace/drift")
}

/// The workspace, with a commit that did the first task.
fn make(root: &Path) {
    let write = |name: &str, text: &str| {
        let path = root.join(name);
        let made = path.parent().map(fs::create_dir_all);
        assert!(matches!(made, Some(Ok(()))), "a folder can be made");
        fs::write(path, text).expect("a file can be written");
    };
    write(WANTED, &requirements());
    write(TASKS, &tasks(false));
    for n in 1..FILES {
        write(&format!("src/d{}/f{n}.rs", n / 100), &source(n));
    }
    git(root, &["init", "-q", "-b", "main"]);
    commit(root, "Plan");
    write(TASKS, &tasks(true));
    write(FILE, &source(0));
    commit(root, "Do the first task");
}

fn commit(root: &Path, message: &str) {
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", message]);
}

fn git(root: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org"])
        .args(["-c", "commit.gpgsign=false", "-c", "gc.auto=0"])
        .args(arguments)
        .current_dir(root)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .status();
    assert!(status.is_ok_and(|s| s.success()), "git {arguments:?}");
}

fn requirements() -> String {
    let mut out = "# Requirements Document\n\n## Requirements\n\n### Requirement 1: Limits\n\n#### Acceptance Criteria\n\n".to_owned();
    for n in 1..=CRITERIA {
        let _ = writeln!(
            out,
            "{n}. WHEN part {n} fails, THE Limiter SHALL stop after 5 attempts"
        );
    }
    out
}

fn tasks(done: bool) -> String {
    let mut out = "# Implementation Plan\n\n".to_owned();
    for n in 1..=CRITERIA {
        let mark = if done && n == 1 { 'x' } else { ' ' };
        let _ = write!(
            out,
            "- [{mark}] {n}. Limit part {n}\n  - _Requirements: 1.{n}_\n"
        );
    }
    out
}

/// A file of about three kilobytes.
fn source(n: usize) -> String {
    let mut out = format!("//! Part {n}.\n\nuse std::collections::BTreeMap;\n\n");
    for f in 0..12 {
        if n.is_multiple_of(LINKED) && f < 2 {
            let _ = writeln!(
                out,
                "/// Requirements: 1.{}",
                (n / LINKED + f) % CRITERIA + 1
            );
        }
        let _ = write!(
            out,
            "pub fn step_{f}(parts: &BTreeMap<String, usize>, name: &str) -> bool {{\n    // Looks at one part.\n    let count = parts.get(name).copied().unwrap_or_default();\n    count + {f} > 5\n}}\n\n"
        );
    }
    if n.is_multiple_of(LINKED) {
        let _ = write!(
            out,
            "// Validates: 1.{}\n#[test]\nfn stops_{n}() {{\n    assert!(step_0(&BTreeMap::new(), \"\"));\n}}\n",
            (n / LINKED) % CRITERIA + 1
        );
    }
    out
}
