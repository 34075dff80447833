//! Trust of tool servers given in an editor counts on the command line's terms, and starts nothing.
#![cfg(unix)]
#![allow(missing_docs)]

use std::sync::Arc;

use rutter_host::Disk;
use rutter_store::{Store, Subject, Verdict};
use rutter_tests::product::{Editor, Folder, Kind, Setup, command};
use serde_json::{Value, json};

const SETTINGS: &str = ".kiro/settings/mcp.json";
const HOOK: &str = ".rutter/hooks/h.json";

fn folder() -> Folder {
    let server = |name: &str| json!({"command": "sh", "args": ["-c", format!("touch {name}")]});
    let servers = json!({"mcpServers": {"one": server("one"), "two": server("two")}}).to_string();
    let hook = command("h", "PostFileSave", "true", &Value::Null);
    Folder::with(&[
        ("src/a.rs", "fn a() {}\n"),
        (SETTINGS, &servers),
        (HOOK, &hook),
    ])
}

/// Whether the store knows each of these, whatever their content.
fn known(editor: &Editor) -> [bool; 3] {
    let store = Store::new(Arc::new(Disk), editor.folder.beside("state"));
    let of = |what: &str| Subject {
        what: what.to_owned(),
        digest: "another".to_owned(),
        text: String::new(),
    };
    let subjects = [of("mcp:one"), of("mcp:two"), of(&format!("hook:{HOOK}#h"))];
    let root = editor.folder.root();
    let verdicts = store.trust(&root).verdicts(&subjects).expect("a store");
    let mut verdicts = verdicts.iter().map(|v| *v != Verdict::Unknown);
    [(); 3].map(|()| verdicts.next().expect("one each"))
}

#[test]
fn one_is_trusted_by_its_name_and_all_with_the_hooks() {
    let mut editor = Editor::start(folder(), &Setup::of(Kind::VsCode));
    let answer = editor.run("rutter.trust", json!({"what": "mcp:two"}));
    let message = answer["message"].as_str().unwrap_or_default();
    assert!(message.contains("`mcp:two`"), "{answer}");
    assert_eq!(known(&editor), [false, true, false]);
    let again = editor.run("rutter.trust", json!({"what": "mcp:two"}));
    assert_eq!(again["message"], "`mcp:two` is trusted already.");
    for (what, code) in [
        ("mcp:three", "unknown-server"),
        ("spec:x", "wrong-argument"),
    ] {
        let error = editor.refused("rutter.trust", json!({"what": what}));
        assert_eq!(error["data"]["code"], code, "{error}");
    }
    editor.run("rutter.trust", json!({"what": "all"}));
    assert_eq!(known(&editor), [true, true, true]);
    assert!(!editor.folder.has("one") && !editor.folder.has("two"));
    editor.ledger.hushed = true;
}
