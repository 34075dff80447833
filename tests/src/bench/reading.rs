//! What an editor asks all the time, idle and while drafts stream.

use std::time::Duration;

use serde_json::{Value, json};

use super::drafts::Drafts;
use super::edits::Typing;
use super::options::Server;
use super::sample::Sample;
use super::session::Session;
use super::table::{Bar, Cell, Row, ms};

/// Requests of each kind.
const REQUESTS: usize = 200;

/// Edits while drafts stream.
const EDITS: usize = 40;

/// The methods, what a server says that has them, and the bar in milliseconds.
const METHODS: [(&str, &str, f64); 5] = [
    ("hover", "hoverProvider", 1.0),
    ("codeLens", "codeLensProvider", 1.0),
    ("codeAction", "codeActionProvider", 1.0),
    ("documentSymbol", "documentSymbolProvider", 1.0),
    ("completion", "completionProvider", 2.0),
];

/// What is asked less often, and never while somebody waits for a draft.
const MORE: [(&str, &str, f64); 8] = [
    ("references", "referencesProvider", 1.0),
    ("documentHighlight", "documentHighlightProvider", 1.0),
    ("foldingRange", "foldingRangeProvider", 1.0),
    ("selectionRange", "selectionRangeProvider", 1.0),
    ("semanticTokens/full", "semanticTokensProvider", 1.0),
    ("inlayHint", "inlayHintProvider", 1.0),
    ("formatting", "documentFormattingProvider", 1.0),
    ("rename", "renameProvider", 5.0),
];

/// How much longer a document of 100 KB may take than one of 15 KB.
const LARGER: f64 = 7.0;

/// The rows of reading.
pub fn rows(servers: &[Server]) -> Vec<Row> {
    let sample = Sample::of_tasks(15_000);
    let mut open: Vec<(Session, Typing)> = servers
        .iter()
        .map(|server| {
            let specs = [("big".to_owned(), Sample::of_tasks(15_000))];
            let mut session = Session::start(server, &specs);
            let typing = Typing::open(&mut session, "big", &sample);
            (session, typing)
        })
        .collect();
    let mut rows = Vec::new();
    for (method, provider, bar) in METHODS {
        let mut samples = vec![Vec::new(); servers.len()];
        for _ in 0..REQUESTS {
            for (i, (session, typing)) in open.iter_mut().enumerate() {
                samples[i].extend(once(session, typing, method, provider, &sample));
            }
        }
        rows.push(row(format!("{method}, idle"), bar, samples));
    }
    rows.extend(of_spec(&mut open, &sample, "15 KB", 1.0));
    let large = Sample::of_tasks(100_000);
    let mut larger: Vec<(Session, Typing)> = servers
        .iter()
        .map(|server| {
            let specs = [("big".to_owned(), Sample::of_tasks(100_000))];
            let mut session = Session::start(server, &specs);
            let typing = Typing::open(&mut session, "big", &large);
            (session, typing)
        })
        .collect();
    rows.extend(of_spec(&mut larger, &large, "100 KB", LARGER));
    rows.extend(while_drafting(&mut open, &sample));
    rows
}

fn of_spec(open: &mut [(Session, Typing)], sample: &Sample, size: &str, longer: f64) -> Vec<Row> {
    let rows = MORE.iter().map(|(method, provider, bar)| {
        let mut samples = vec![Vec::new(); open.len()];
        for _ in 0..REQUESTS / 2 {
            for (i, (session, typing)) in open.iter_mut().enumerate() {
                samples[i].extend(once(session, typing, method, provider, sample));
            }
        }
        row(format!("{method}, {size}"), bar * longer, samples)
    });
    rows.collect()
}

fn while_drafting(open: &mut [(Session, Typing)], sample: &Sample) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut drafts: Vec<Drafts> = open.iter().map(|_| Drafts::default()).collect();
    for (method, provider, bar) in METHODS {
        let mut samples = vec![Vec::new(); open.len()];
        for (i, (session, typing)) in open.iter_mut().enumerate() {
            for _ in 0..REQUESTS {
                if !drafts[i].keep(session) {
                    break;
                }
                samples[i].extend(once(session, typing, method, provider, sample));
                // A person looks around at this pace at most; the drafts stream meanwhile.
                session.peer.quiet(Duration::from_millis(3));
            }
        }
        rows.push(row(format!("{method}, 8 drafts stream"), bar, samples));
    }
    let mut samples = vec![Vec::new(); open.len()];
    for (i, (session, typing)) in open.iter_mut().enumerate() {
        for _ in 0..EDITS {
            if !drafts[i].keep(session) {
                break;
            }
            samples[i].extend(typing.once(session).map(ms));
            std::thread::sleep(Duration::from_millis(60));
        }
    }
    rows.push(row(
        "edit → diagnostics, 15 KB, 8 drafts stream".to_owned(),
        2.0,
        samples,
    ));
    rows
}

fn row(what: String, bar: f64, samples: Vec<Vec<f64>>) -> Row {
    let cells = samples.into_iter().map(|s| {
        if s.is_empty() {
            Cell::none()
        } else {
            Cell::Samples(s)
        }
    });
    Row::new(what, Bar::Most(bar), "ms", cells.collect())
}

/// One request, in milliseconds; none where the server does not offer it or answers with an error.
fn once(
    session: &mut Session,
    typing: &Typing,
    method: &str,
    provider: &str,
    sample: &Sample,
) -> Option<f64> {
    if !session.offers(provider) {
        return None;
    }
    let (line, character) = sample.reference;
    let position = json!({"line": line, "character": character - 1});
    let mut params = json!({"textDocument": {"uri": typing.uri()}});
    match method {
        "hover" | "completion" | "documentHighlight" => params["position"] = position,
        "references" => {
            params["position"] = position;
            params["context"] = json!({"includeDeclaration": true});
        }
        "rename" => {
            // The criterion would move to the front of its list; nobody applies it.
            params["position"] = position;
            params["newName"] = json!("1");
        }
        "selectionRange" => params["positions"] = json!([position]),
        "inlayHint" => {
            let end = json!({"line": line + 60, "character": 0});
            params["range"] =
                json!({"start": {"line": line.saturating_sub(60), "character": 0}, "end": end});
        }
        "formatting" => params["options"] = json!({"tabSize": 2, "insertSpaces": true}),
        "codeAction" => {
            params["range"] = json!({"start": position, "end": position});
            params["context"] = json!({"diagnostics": []});
        }
        _ => {}
    }
    let (took, answer) = session
        .peer
        .ask(&format!("textDocument/{method}"), params)?;
    matches!(answer.get("error"), None | Some(Value::Null)).then(|| ms(took))
}
