//! Drafts by a scripted model: how they stop, and how the server leaves while they run; and cancelled requests.

use std::time::Duration;

use serde_json::json;

use super::options::Server;
use super::sample::Sample;
use super::session::Session;
use super::table::{Bar, Cell, Row, ms};

/// Drafts at once.
const JOBS: usize = 8;

/// Runs of what is measured here.
const RUNS: usize = 10;

/// Requests in front of one that is cancelled.
const QUEUE: usize = 12;

/// Keeps drafts running.
#[derive(Debug, Default)]
pub struct Drafts {
    begun: usize,
}

impl Drafts {
    /// Starts drafts until eight run; false where the server does not draft.
    pub fn keep(&mut self, session: &mut Session) -> bool {
        if !session.ours {
            return false;
        }
        while session.peer.running() < JOBS {
            if self.begin(session).is_none() {
                return false;
            }
        }
        true
    }

    /// Starts one; gives its job once it shows progress.
    fn begin(&mut self, session: &mut Session) -> Option<String> {
        self.begun += 1;
        let prompt = "Let clerks hand in forms, keep each of them for ten years, and show who read it and when. ".repeat(20);
        let argument = json!({"prompt": prompt, "name": format!("draft-{}", self.begun)});
        let known = session.peer.progress.len();
        let (_, answer) = session.peer.ask(
            "workspace/executeCommand",
            json!({"command": "rutter.newSpec", "arguments": [argument]}),
        )?;
        let job = answer["result"]["job"].as_str()?.to_owned();
        session
            .peer
            .until(|peer| (peer.progress.len() > known).then_some(()))?;
        Some(job)
    }
}

/// The rows of cancelling, and of leaving with drafts.
pub fn rows(servers: &[Server]) -> Vec<Row> {
    let cancelled = servers.iter().map(cancelled_requests).collect();
    let stopped = servers.iter().map(stopped_jobs).collect();
    let mut exits = vec![Vec::new(); servers.len()];
    let mut drafting = vec![true; servers.len()];
    for _ in 0..RUNS {
        for (i, server) in servers.iter().enumerate() {
            let mut session = Session::start(server, &[]);
            drafting[i] = Drafts::default().keep(&mut session);
            if drafting[i] {
                exits[i].extend(session.peer.leave().map(ms));
            }
        }
    }
    let exits = exits.into_iter().zip(drafting).map(|(samples, drafting)| {
        if drafting {
            Cell::of(samples, "hangs")
        } else {
            Cell::none()
        }
    });
    vec![
        Row::new(
            "`$/cancelRequest` of a queued request → its error",
            Bar::Most(5.0),
            "ms",
            cancelled,
        ),
        Row::new(
            "`rutter.cancel` of a draft → its progress ended (8 stream)",
            Bar::Most(100.0),
            "ms",
            stopped,
        ),
        Row::new(
            "exit, 8 drafts stream",
            Bar::Most(500.0),
            "ms",
            exits.collect(),
        ),
    ]
}

fn cancelled_requests(server: &Server) -> Cell {
    let specs = [("big".to_owned(), Sample::of_tasks(1_000_000))];
    let mut session = Session::start(server, &specs);
    if !session.offers("documentSymbolProvider") {
        return Cell::none();
    }
    let uri = session.open("big", "tasks.md", &specs[0].1.tasks);
    session.peer.quiet(Duration::from_millis(500));
    let mut samples = Vec::new();
    let mut ignored = 0;
    for _ in 0..RUNS {
        let params = json!({"textDocument": {"uri": uri}});
        let ids: Vec<i64> = (0..QUEUE)
            .map(|_| {
                session
                    .peer
                    .request("textDocument/documentSymbol", params.clone())
                    .0
            })
            .collect();
        let last = ids[QUEUE - 1];
        let sent = session
            .peer
            .notify("$/cancelRequest", json!({ "id": last }));
        match session.peer.response(last) {
            Some(heard) if heard.message["error"]["code"] == -32800 => {
                samples.push(ms(heard.at.saturating_duration_since(sent)));
            }
            _ => ignored += 1,
        }
        for id in &ids[..QUEUE - 1] {
            session.peer.response(*id);
        }
    }
    if ignored > 0 {
        return Cell::Word(format!("{ignored} of {RUNS} not cancelled"), false);
    }
    Cell::Samples(samples)
}

fn stopped_jobs(server: &Server) -> Cell {
    let mut session = Session::start(server, &[]);
    let mut drafts = Drafts::default();
    if !drafts.keep(&mut session) {
        return Cell::none();
    }
    let mut samples = Vec::new();
    for _ in 0..RUNS {
        let Some(job) = drafts.begin(&mut session) else {
            return Cell::Word("no draft".to_owned(), false);
        };
        let (_, sent) = session.peer.request(
            "workspace/executeCommand",
            json!({"command": "rutter.cancel", "arguments": [{"job": job}]}),
        );
        let ending = format!("{job}\"");
        let ended = session.peer.until(|peer| {
            let mut tokens = peer.progress.iter();
            *tokens.find(|(token, _)| token.ends_with(&ending))?.1
        });
        samples.extend(ended.map(|at| ms(at.saturating_duration_since(sent))));
    }
    Cell::of(samples, "never")
}
