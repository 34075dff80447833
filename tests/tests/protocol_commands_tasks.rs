//! The commands on a spec that stands: marks of tasks, sync, concerns, undo and reports.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{Editor, Folder, Kind, Setup, code};
use serde_json::json;

const PROMPT: &str = "Let customers cancel an order within an hour of placing it";
const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";
const DESIGN: &str = ".kiro/specs/rate-limit/design.md";
const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";

#[test]
fn set_task_changes_one_character() {
    let mut editor = Editor::hushed(Folder::rate_limit(), &Setup::of(Kind::Helix));
    let before = editor.folder.read(TASKS);
    for (state, mark) in [
        ("running", '-'),
        ("queued", '~'),
        ("done", 'x'),
        ("pending", ' '),
    ] {
        editor.run(
            "rutter.setTask",
            json!({"spec": "rate-limit", "task": "1.2", "state": state}),
        );
        let after = editor.folder.read(TASKS);
        assert_eq!(
            after,
            before.replace("- [ ]* 1.2", &format!("- [{mark}]* 1.2"))
        );
    }
}

#[test]
fn a_done_task_has_a_record_until_it_is_open_again_or_undone() {
    let mut editor = Editor::hushed(Folder::rate_limit(), &Setup::of(Kind::Helix));
    let record = ".rutter/evidence/rate-limit/1.2.json";
    let set = |editor: &mut Editor, state: &str| {
        let argument = json!({"spec": "rate-limit", "task": "1.2", "state": state});
        editor.run("rutter.setTask", argument)
    };
    let done = set(&mut editor, "done");
    let text = editor.folder.read(record);
    assert!(
        text.len() <= 2048 && text.contains("\"task\": \"1.2\""),
        "{text}"
    );
    editor.run("rutter.undo", json!({"change": done["change"]}));
    assert!(!editor.folder.path(record).exists());
    set(&mut editor, "done");
    assert!(editor.folder.path(record).exists());
    set(&mut editor, "pending");
    assert!(!editor.folder.path(record).exists());
}

#[test]
fn sync_brings_a_new_criterion_to_design_and_tasks() {
    let mut editor = Editor::hushed(Folder::rate_limit(), &Setup::of(Kind::Helix));
    editor.run(
        "rutter.approve",
        json!({"spec": "rate-limit", "stage": "all"}),
    );
    let text = editor.folder.read(REQUIREMENTS);
    editor.folder.write(
        REQUIREMENTS,
        &format!("{text}5. WHEN an account is unblocked, THE Limiter SHALL tell its owner\n"),
    );
    editor.watched(&[(REQUIREMENTS, 2)]);
    let answer = editor.run("rutter.sync", json!({"spec": "rate-limit"}));
    assert!(answer["change"].is_string());
    assert!(
        editor.folder.read(TASKS).contains("1.5") && editor.folder.read(DESIGN).contains("1.5")
    );
    assert!(
        editor
            .folder
            .read(TASKS)
            .contains("- [x] 1.1 Add the counter type"),
        "done work is kept"
    );
    let again = editor.run("rutter.sync", json!({"spec": "rate-limit"}));
    assert!(again["change"].is_null(), "{again}");
}

#[test]
fn a_further_concern_is_taken_in() {
    let mut editor = Editor::hushed(Folder::empty(), &Setup::of(Kind::VsCode));
    let answer = editor.run(
        "rutter.newSpec",
        json!({"prompt": "Add a login page", "name": "login"}),
    );
    let name = editor.open(".kiro/specs/login/requirements.md");
    assert_eq!(answer["uris"][0], name.as_str());
    let lenses = rutter_tests::product::commands(editor.lenses(&name).as_array().unwrap());
    let (_, command, argument) = lenses
        .iter()
        .find(|(_, c, _)| c == "rutter.takeIn")
        .unwrap_or_else(|| panic!("{lenses:?}"))
        .clone();
    let before = editor.documents[&name].text.clone();
    editor.run(&command, argument.clone());
    editor.until(|e| (e.documents[&name].text != before).then_some(()));
    assert_eq!(editor.edits.len(), 1);
    let count = |text: &str| {
        text.lines()
            .filter(|l| l.contains(" SHALL ") && l.starts_with(|c: char| c.is_ascii_digit()))
            .count()
    };
    assert_eq!(count(&editor.documents[&name].text), count(&before) + 1);
    assert_eq!(code(&editor.refused(&command, argument)), "unknown-item");
}

#[test]
fn undo_takes_a_whole_change_back_while_it_is_unchanged() {
    let mut editor = Editor::hushed(Folder::rate_limit(), &Setup::of(Kind::Helix));
    let before = editor.folder.all();
    let made = editor.run(
        "rutter.newSpec",
        json!({"prompt": PROMPT, "name": "cancel"}),
    );
    assert_ne!(editor.folder.all(), before);
    editor.run("rutter.undo", json!({"change": made["change"]}));
    assert_eq!(editor.folder.all(), before);
    assert!(!editor.folder.has(".kiro/specs/cancel"));
    assert_eq!(
        code(&editor.refused("rutter.undo", json!({"change": made["change"]}))),
        "unknown-change"
    );
    assert_eq!(
        code(&editor.refused("rutter.undo", json!({"change": "no such"}))),
        "unknown-change"
    );
    let made = editor.run(
        "rutter.newSpec",
        json!({"prompt": PROMPT, "name": "cancel"}),
    );
    let path = ".kiro/specs/cancel/requirements.md";
    let text = editor.folder.read(path);
    editor.folder.write(path, &format!("{text}More.\n"));
    assert_eq!(
        code(&editor.refused("rutter.undo", json!({"change": made["change"]}))),
        "conflict"
    );
    assert!(editor.folder.read(path).ends_with("More.\n"));
    editor.folder.write(path, &text);
    editor.run("rutter.undo", json!({}));
    assert_eq!(editor.folder.all(), before);
}

#[test]
fn reports_are_shown() {
    let mut editor = Editor::hushed(Folder::rate_limit(), &Setup::of(Kind::VsCode));
    for what in ["status", "trace"] {
        let answer = editor.run(
            "rutter.show",
            json!({"what": what, "uri": editor.folder.uri(TASKS)}),
        );
        let shown = editor.until(|e| {
            e.shown
                .iter()
                .find(|s| s["uri"].as_str().is_some_and(|u| u.contains(what)))
                .cloned()
        });
        assert_eq!(shown["uri"], answer["uris"][0]);
    }
    assert_eq!(
        code(&editor.refused("rutter.show", json!({"what": "weather"}))),
        "wrong-argument"
    );
}
