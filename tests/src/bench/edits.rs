//! From an edit to its findings.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::options::Server;
use super::peer::framed;
use super::sample::Sample;
use super::session::{Findings, Session};
use super::table::{Bar, Cell, Row, ms};

/// Single edits of one document, and the time between them.
const EDITS: usize = 60;
const APART: Duration = Duration::from_millis(60);

/// Edits written without waiting.
const BURST: usize = 1_000;

/// The pause after which ours publishes again at the earliest.
const PERIOD_MS: f64 = 30.0;

/// A document in which one reference is made dangling and whole again.
pub struct Typing {
    uri: String,
    version: i64,
    at: (usize, usize),
    /// What makes a finding that names `9999.9`.
    insert: &'static str,
    dangling: bool,
}

impl Typing {
    /// Opens tasks.md of a spec and waits for its findings.
    pub fn open(session: &mut Session, spec: &str, sample: &Sample) -> Self {
        let uri = session.open(spec, "tasks.md", &sample.tasks);
        // What every server of Markdown can find: a tab and a space at the end of a line.
        let insert = if session.ours { ", 9999.9" } else { "_\t " };
        Self::at(session, uri, sample.reference, insert)
    }

    /// Waits for the findings of a document that is open, to insert something at a line and character of it.
    pub fn at(
        session: &mut Session,
        uri: String,
        at: (usize, usize),
        insert: &'static str,
    ) -> Self {
        session.peer.quiet(Duration::from_millis(300));
        session.peer.published.clear();
        Self {
            uri,
            version: 1,
            at,
            insert,
            dangling: false,
        }
    }

    /// The document.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Types, and gives how long the findings of the new text took; none where they never came or did not change.
    pub fn once(&mut self, session: &mut Session) -> Option<Duration> {
        let insert = self.insert;
        let (line, character) = self.at;
        self.dangling = !self.dangling;
        self.version += 1;
        let (end, text) = if self.dangling {
            (character, insert)
        } else {
            (character + insert.len(), "")
        };
        let range = json!({"start": {"line": line, "character": character}, "end": {"line": line, "character": end}});
        let params = json!({
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"range": range, "text": text}],
        });
        let sent = session.peer.notify("textDocument/didChange", params);
        if session.findings == Findings::Pulled {
            let (id, _) = session.peer.request(
                "textDocument/diagnostic",
                json!({"textDocument": {"uri": self.uri}}),
            );
            let heard = session.peer.response(id)?;
            return heard.message["result"]
                .is_object()
                .then(|| heard.at.saturating_duration_since(sent));
        }
        let (uri, version, dangling, ours) = (&self.uri, self.version, self.dangling, session.ours);
        session.peer.until(|peer| {
            while let Some(said) = peer.published.pop_front() {
                let current = said.uri == *uri && said.version.is_none_or(|v| v == version);
                if current {
                    let expected = !ours || has(&said.diagnostics, "9999.9") == dangling;
                    return Some(expected.then(|| said.at.saturating_duration_since(sent)));
                }
            }
            None
        })?
    }
}

fn has(diagnostics: &Value, word: &str) -> bool {
    let list = diagnostics.as_array().into_iter().flatten();
    list.filter_map(|d| d["message"].as_str())
        .any(|m| m.contains(word))
}

/// Edits one after the other, in a document of a size.
pub fn single(servers: &[Server], name: &str, bytes: usize, bar: f64) -> Row {
    let open = servers
        .iter()
        .map(|server| {
            let specs = [("big".to_owned(), Sample::of_tasks(bytes))];
            let mut session = Session::start(server, &specs);
            let typing = Typing::open(&mut session, "big", &specs[0].1);
            (session, typing)
        })
        .collect();
    one_by_one(open, format!("edit → diagnostics, {name}"), bar)
}

/// Edits one after the other, on every server by turns.
pub fn one_by_one(mut open: Vec<(Session, Typing)>, what: String, bar: f64) -> Row {
    let mut samples = vec![Vec::new(); open.len()];
    for _ in 0..EDITS {
        for (i, (session, typing)) in open.iter_mut().enumerate() {
            samples[i].extend(typing.once(session).map(ms));
            sleep(APART);
        }
    }
    let cells = samples.into_iter().map(|s| {
        if s.len() == EDITS {
            return Cell::Samples(s);
        }
        Cell::Word(
            format!(
                "{} of {EDITS} edits had no or wrong findings",
                EDITS - s.len()
            ),
            false,
        )
    });
    Row::new(what, Bar::Most(bar), "ms", cells.collect())
}

/// Many edits at once.
pub fn burst(servers: &[Server]) -> Vec<Row> {
    let results: Vec<Burst> = servers.iter().map(Burst::of).collect();
    let order = results.iter().map(|b| match b.kept {
        None => Cell::none(),
        Some(true) => Cell::Word("yes".to_owned(), true),
        Some(false) => Cell::Word("NO".to_owned(), false),
    });
    let last = results
        .iter()
        .map(|b| Cell::of(b.last.into_iter().collect(), "never"));
    let rate = results
        .iter()
        .map(|b| Cell::of(b.rate.into_iter().collect(), "none"));
    let (order, last, rate) = (order.collect(), last.collect(), rate.collect());
    vec![
        Row::new(
            format!("{BURST} edits in a burst: outline and findings as of the final text"),
            Bar::None,
            "yes",
            order,
        ),
        Row::new("…: last edit written → its findings", Bar::None, "ms", last),
        Row::new(
            "…: publishes of the document per 30 ms",
            Bar::Most(1.0),
            "",
            rate,
        ),
    ]
}

/// What became of a burst.
struct Burst {
    /// Whether the server ends with the text that the edits make; none where it shows no outline.
    kept: Option<bool>,
    /// From the last write to the publish of the last version.
    last: Option<f64>,
    /// Publishes in 30 ms, the one at the leading edge not counted.
    rate: Option<f64>,
}

impl Burst {
    fn of(server: &Server) -> Self {
        let specs = [("big".to_owned(), Sample::of_requirements(15_000))];
        let sample = &specs[0].1;
        let mut session = Session::start(server, &specs);
        let uri = session.open("big", "requirements.md", &sample.requirements);
        session.peer.quiet(Duration::from_millis(300));
        session.peer.published.clear();
        let mut lines: Vec<String> = sample.requirements.lines().map(str::to_owned).collect();
        let mut messages = Vec::new();
        for edit in 0..BURST {
            // The letters of a heading stand in the order of the edits, or an edit overtook another.
            let line = sample.headings[edit % sample.headings.len()];
            let letter = char::from(b'a' + (edit % 23) as u8);
            let end = json!({"line": line, "character": lines[line].len()});
            lines[line].push(letter);
            let change = json!({"range": {"start": end, "end": end}, "text": letter.to_string()});
            messages.push(framed(
                &json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
                    "textDocument": {"uri": uri, "version": edit + 2}, "contentChanges": [change],
                }}),
            ));
        }
        let begun = Instant::now();
        for message in messages {
            session.peer.write(&message);
        }
        let written = Instant::now();
        let version = BURST as i64 + 1;
        let current =
            |d: &super::peer::Published| d.uri == uri && d.version.is_none_or(|v| v == version);
        let last = session
            .peer
            .until(|peer| peer.published.iter().find(|d| current(d)).map(|d| d.at));
        session.peer.quiet(Duration::from_millis(200));
        let mine = || session.peer.published.iter().filter(|d| d.uri == uri);
        let count = mine().count();
        let until = mine().next_back().map(|d| d.at);
        let rate = until.map(|at| {
            let periods = (ms(at.saturating_duration_since(begun)) / PERIOD_MS).max(1.0);
            (count.saturating_sub(1)) as f64 / periods
        });
        let found = mine().next_back().map(|d| d.diagnostics.clone());
        let text = lines.join("\n") + "\n";
        Self {
            kept: kept(&mut session, &uri, &text, found),
            last: last.map(|at| ms(at.saturating_duration_since(written))),
            rate,
        }
    }
}

/// Whether the server shows the same for what it has and for the whole text sent anew, with the headings as they must be.
fn kept(session: &mut Session, uri: &str, text: &str, found: Option<Value>) -> Option<bool> {
    if !session.offers("documentSymbolProvider") {
        return None;
    }
    let params = json!({"textDocument": {"uri": uri}});
    let (_, before) = session
        .peer
        .ask("textDocument/documentSymbol", params.clone())?;
    session.peer.published.clear();
    let version = BURST + 2;
    session.peer.notify(
        "textDocument/didChange",
        json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]}),
    );
    session.peer.quiet(Duration::from_millis(300));
    let (_, after) = session.peer.ask("textDocument/documentSymbol", params)?;
    let again = session.peer.published.iter().filter(|d| d.uri == uri);
    let again = again.map(|d| d.diagnostics.clone()).next_back();
    let outline = before["result"].to_string();
    let headings = text
        .lines()
        .filter_map(|l| l.strip_prefix("### Requirement "));
    let named = headings
        .filter_map(|h| h.split_once(": "))
        .all(|(_, h)| outline.contains(h));
    Some(named && before["result"] == after["result"] && found == again)
}
