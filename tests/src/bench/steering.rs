//! From an edit of a steering file to its findings, among many.

use std::fs;

use serde_json::{Value, json};

use super::edits::{Typing, one_by_one};
use super::options::Server;
use super::sample::Sample;
use super::session::Session;
use super::table::Row;
use crate::product::{command, uri};

/// So many steering files, and as many hook files.
const FILES: usize = 100;

/// The row: edits of one of them.
pub fn row(servers: &[Server]) -> Row {
    let open = servers.iter().map(|server| {
        let spec = [("one".to_owned(), Sample::of_tasks(2_000))];
        let mut session = Session::start(server, &spec);
        let typing = open(&mut session);
        (session, typing)
    });
    let what = format!("edit → diagnostics, one of {FILES} steering and {FILES} hook files");
    one_by_one(open.collect(), what, 5.0)
}

fn open(session: &mut Session) -> Typing {
    for n in 0..FILES {
        write(session, &format!(".kiro/steering/s{n}.md"), &text(n));
        let hook = command(&format!("h{n}"), "PostFileSave", "true", &Value::Null);
        write(session, &format!(".kiro/hooks/h{n}.json"), &hook);
    }
    let folders = [".kiro/steering", ".kiro/hooks"];
    let changes = folders.map(|folder| json!({"uri": uri(&session.path(folder)), "type": 1}));
    let changed = json!({ "changes": changes });
    session
        .peer
        .notify("workspace/didChangeWatchedFiles", changed);
    let uri = uri(&session.path(".kiro/steering/s50.md"));
    let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text(50)});
    session
        .peer
        .notify("textDocument/didOpen", json!({ "textDocument": document }));
    let insert = if session.ours {
        "#[[file:9999.9]]"
    } else {
        "_\t "
    };
    Typing::at(session, uri, (2, 0), insert)
}

fn write(session: &Session, name: &str, text: &str) {
    let path = session.path(name);
    let made = path.parent().map(fs::create_dir_all);
    assert!(matches!(made, Some(Ok(()))), "a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// A steering file of about two kilobytes; some rules are those of others too.
fn text(n: usize) -> String {
    let mut out = format!("# Part {n}\n\n\n");
    for rule in 0..30 {
        let of = if rule % 10 == 0 { 0 } else { n };
        out.push_str(&format!(
            "- Rule {rule} of part {of}: use short words in each message.\n"
        ));
    }
    out
}
