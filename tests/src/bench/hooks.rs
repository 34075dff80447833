//! From a save to the command that a hook starts.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::options::Server;
use super::peer::PATIENCE;
use super::sample::Sample;
use super::session::Session;
use super::table::{Bar, Cell, Row};
use crate::product::{command, uri};

/// Notes the time in seconds as the first thing; a shell does that without another program.
const COMMAND: &str = "echo $EPOCHREALTIME >> started.txt";

/// What is there and what is done with it.
struct Load {
    what: &'static str,
    hooks: usize,
    /// How many of them match.
    fire: usize,
    /// How many saves are measured, after a few that are not.
    saves: usize,
}

const FIRST: usize = 5;

const LOADS: [Load; 3] = [
    Load {
        what: "save → hook's command started",
        hooks: 1,
        fire: 1,
        saves: 100,
    },
    Load {
        what: "the same, one of 500 hooks matches",
        hooks: 500,
        fire: 1,
        saves: 100,
    },
    Load {
        what: "the same, all 500 hooks match, the first of them",
        hooks: 500,
        fire: 500,
        saves: 20,
    },
];

/// The rows: `didSave` sent → the command has begun, which writes down when.
pub fn rows(servers: &[Server]) -> Vec<Row> {
    LOADS.iter().map(|load| row(servers, load)).collect()
}

fn row(servers: &[Server], load: &Load) -> Row {
    let cells = servers.iter().map(|server| {
        let spec = [("one".to_owned(), Sample::of_tasks(2_000))];
        let mut session = Session::start(server, &spec);
        match session.ours {
            true => Cell::of(saves(&mut session, load), "no hook ran"),
            false => Cell::none(),
        }
    });
    let cells = cells.collect();
    Row::new(load.what, Bar::Most(20.0), "ms", cells)
}

fn saves(session: &mut Session, load: &Load) -> Vec<f64> {
    for number in 0..load.hooks {
        let more = match number < load.fire {
            true => Value::Null,
            false => json!({"matcher": format!("^elsewhere/{number}/")}),
        };
        let hook = command(&format!("note-{number}"), "PostFileSave", COMMAND, &more);
        let file = session.path(&format!(".rutter/hooks/note-{number}.json"));
        let made = file.parent().map(fs::create_dir_all);
        assert!(matches!(made, Some(Ok(()))), "a folder can be made");
        fs::write(&file, hook).expect("a hook can be written");
    }
    let changes = json!([{"uri": uri(&session.path(".rutter/hooks")), "type": 1}]);
    let changed = json!({ "changes": changes });
    session
        .peer
        .notify("workspace/didChangeWatchedFiles", changed);
    let trust = json!({"command": "rutter.trust", "arguments": [{"what": "all"}]});
    if session
        .peer
        .ask("workspace/executeCommand", trust)
        .is_none()
    {
        return Vec::new();
    }
    let noted = session.path("started.txt");
    let mut samples = Vec::new();
    for count in 0..load.saves + FIRST {
        // Of one file so many in a few seconds would be held for a loop.
        let document = json!({"uri": uri(&session.path(&format!("src/{count}.rs")))});
        let sent = now();
        let params = json!({ "textDocument": document });
        session.peer.notify("textDocument/didSave", params);
        let Some(started) = started(&noted, count * load.fire, load.fire) else {
            return Vec::new();
        };
        if count >= FIRST {
            samples.push((started - sent) * 1e3);
        }
        // A person does not save twice at once; the run before has ended.
        sleep(Duration::from_millis(30));
    }
    samples
}

/// The first time in seconds that was noted after those `before`, once there are `more`.
fn started(noted: &Path, before: usize, more: usize) -> Option<f64> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        let text = fs::read_to_string(noted).unwrap_or_default();
        if text.lines().count() >= before + more && text.ends_with('\n') {
            return text
                .lines()
                .skip(before)
                .filter_map(|line| line.replace(',', ".").parse().ok())
                .reduce(f64::min);
        }
        sleep(Duration::from_millis(1));
    }
    None
}

fn now() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs_f64()
}
