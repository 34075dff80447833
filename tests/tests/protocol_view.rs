//! The view in `rutter/state`: what a panel draws and a status line counts, said by the server.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{Editor, Folder, Kind, Setup};
use serde_json::{Value, json};

fn drawing() -> Setup {
    Setup::of(Kind::VsCode).options(json!({"client": {"state": true, "view": true}}))
}

/// The view, once `holds` of it.
fn view(editor: &mut Editor, holds: impl Fn(&Value) -> bool) -> Value {
    editor.until(|e| {
        let view = e.ledger.state.as_ref()?.get("view")?;
        holds(view).then(|| view.clone())
    })
}

fn items<'v>(view: &'v Value, section: &str) -> Vec<&'v Value> {
    let sections = view["sections"].as_array().unwrap();
    let found = sections.iter().find(|s| s["id"] == section);
    found.map_or(Vec::new(), |s| {
        s["items"].as_array().unwrap().iter().collect()
    })
}

#[test]
fn nothing_is_drawn_where_there_is_nothing_and_for_nobody_who_does_not_ask() {
    let mut editor = Editor::start(Folder::empty(), &drawing());
    let empty = view(&mut editor, |_| true);
    assert_eq!(empty, json!({"summary": [], "sections": []}));
    let setup = Setup::of(Kind::VsCode).options(json!({"client": {"state": true}}));
    let mut editor = Editor::start(Folder::rate_limit(), &setup);
    let state = editor.until(|e| e.ledger.state.clone());
    assert!(state.get("view").is_none());
}

#[test]
fn each_line_of_what_waits_does_it() {
    let mut editor = Editor::start(Folder::empty(), &drawing());
    editor.run(
        "rutter.newSpec",
        json!({"prompt": "Add a login page", "name": "login"}),
    );
    let open = |view: &Value| {
        items(view, "waits")
            .iter()
            .filter(|i| i["kind"] == "decision")
            .count()
    };
    let mut now = view(&mut editor, |v| open(v) > 1);
    let count = open(&now);
    let said = format!("{count} decisions");
    let counts = json!([{"kind": "decision", "text": said}, {"kind": "next", "text": "1 step"}]);
    assert_eq!(now["summary"], counts);

    for left in (0..count).rev() {
        let first = items(&now, "waits")[0].clone();
        assert_eq!(first["detail"], "login");
        let answer = &first["items"][0];
        editor.run("rutter.decide", answer["argument"].clone());
        now = view(&mut editor, |v| open(v) == left);
    }
    for (title, kind) in [
        ("Approve requirements", "approve"),
        ("Draft design.md", "next"),
    ] {
        let waits = items(&now, "waits");
        assert_eq!(waits.len(), 1, "{waits:?}");
        assert_eq!(
            (&waits[0]["label"], &waits[0]["kind"]),
            (&json!(title), &json!(kind))
        );
        let (command, argument) = (
            waits[0]["command"].as_str().unwrap().to_owned(),
            waits[0]["argument"].clone(),
        );
        editor.run(&command, argument);
        now = view(&mut editor, |v| {
            items(v, "waits").iter().all(|i| i["label"] != title)
        });
    }

    let spec = items(&now, "specs")[0];
    assert_eq!(
        (&spec["label"], &spec["detail"]),
        (&json!("login"), &json!("design draft"))
    );
    let stages: Vec<(&str, &str)> = spec["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["label"].as_str().unwrap(), s["kind"].as_str().unwrap()))
        .collect();
    assert_eq!(
        stages,
        [
            ("requirements.md", "approved"),
            ("design.md", "draft"),
            ("tasks.md", "missing")
        ]
    );
    assert!(
        spec["items"][0]["open"]
            .as_str()
            .unwrap()
            .ends_with("/login/requirements.md")
    );
    assert!(spec["items"][2].get("open").is_none());
}

#[test]
fn a_hook_is_trusted_where_it_stands_and_run_from_the_panel() {
    let folder = Folder::empty();
    folder.write(
        ".kiro/hooks/notes.json",
        r#"{"version": "v1", "hooks": [{"name": "notes", "trigger": "Manual", "action": {"type": "command", "command": "echo"}}]}"#,
    );
    let mut editor = Editor::start(folder, &drawing());
    let before = view(&mut editor, |v| !items(v, "hooks").is_empty());
    assert_eq!(
        before["summary"],
        json!([{"kind": "untrusted", "text": "1 hook to trust"}])
    );
    let waits = items(&before, "waits")[0];
    assert!(
        waits["open"]
            .as_str()
            .unwrap()
            .ends_with("/.kiro/hooks/notes.json")
    );
    assert!(
        waits["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|i| i["command"] != "rutter.trust" && i["command"] != "rutter.runHook")
    );

    editor.run("rutter.trust", json!({"what": "all"}));
    let after = view(&mut editor, |v| items(v, "waits").is_empty());
    assert_eq!(after["summary"], json!([]));
    assert_eq!(
        items(&after, "hooks")[0]["items"][0]["command"],
        "rutter.runHook"
    );
}
