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

/// How many saves are measured, after a few that are not.
const SAVES: usize = 100;
const FIRST: usize = 5;

/// Notes the time in seconds as the first thing; a shell does that without another program.
const COMMAND: &str = "echo $EPOCHREALTIME >> started.txt";

/// The row: `didSave` sent → the command has begun, which writes down when.
pub fn row(servers: &[Server]) -> Row {
    let cells = servers.iter().map(|server| {
        let spec = [("one".to_owned(), Sample::of_tasks(2_000))];
        let mut session = Session::start(server, &spec);
        match session.ours {
            true => Cell::of(saves(&mut session), "no hook ran"),
            false => Cell::none(),
        }
    });
    let cells = cells.collect();
    Row::new(
        "save → hook's command started",
        Bar::Most(20.0),
        "ms",
        cells,
    )
}

fn saves(session: &mut Session) -> Vec<f64> {
    let hook = command("note", "PostFileSave", COMMAND, &Value::Null);
    let file = session.path(".rutter/hooks/note.json");
    let made = file.parent().map(fs::create_dir_all);
    assert!(matches!(made, Some(Ok(()))), "a folder can be made");
    fs::write(&file, hook).expect("a hook can be written");
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
    for count in 1..=SAVES + FIRST {
        // Of one file so many in a few seconds would be held for a loop.
        let document = json!({"uri": uri(&session.path(&format!("src/{count}.rs")))});
        let sent = now();
        let params = json!({ "textDocument": document });
        session.peer.notify("textDocument/didSave", params);
        let Some(started) = started(&noted, count) else {
            return Vec::new();
        };
        if count > FIRST {
            samples.push((started - sent) * 1e3);
        }
        // A person does not save twice at once; the run before has ended.
        sleep(Duration::from_millis(30));
    }
    samples
}

/// The time that the command noted, in seconds, once there are so many.
fn started(noted: &Path, count: usize) -> Option<f64> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        let text = fs::read_to_string(noted).unwrap_or_default();
        if text.lines().count() >= count && text.ends_with('\n') {
            return text.lines().last()?.replace(',', ".").parse().ok();
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
