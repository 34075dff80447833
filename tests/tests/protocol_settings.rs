//! Settings by every way an editor has, folders that come and go, files that others change.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{Editor, Folder, Kind, Setup};
use serde_json::{Value, json};

const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";

fn off() -> Value {
    json!({"rules": {"task/unknown-requirement": "off"}})
}

fn faulty() -> Folder {
    let folder = Folder::rate_limit();
    folder.write(
        TASKS,
        &folder
            .read(TASKS)
            .replace("1.1, 1.2, 1.4_", "1.1, 1.2, 1.4, 1.9_"),
    );
    folder
}

fn quiet(e: &mut Editor) -> bool {
    let name = e.folder.uri(TASKS);
    e.pull(&name)["items"].as_array().unwrap().is_empty()
}

#[test]
fn by_initialization_options() {
    let mut loud = Editor::start(faulty(), &Setup::of(Kind::VsCode));
    assert!(!quiet(&mut loud));
    for settings in [off(), json!({"rules.task/unknown-requirement": "off"})] {
        let mut editor = Editor::start(
            faulty(),
            &Setup::of(Kind::VsCode).options(json!({ "settings": settings })),
        );
        assert!(quiet(&mut editor), "{settings}");
    }
}

#[test]
fn by_workspace_configuration() {
    let setup = Setup {
        configuration: off(),
        ..Setup::of(Kind::Zed)
    };
    let mut editor = Editor::start(faulty(), &setup);
    let name = editor.open(TASKS);
    // It was asked for after `initialized`; the finding goes when the answer is there.
    editor.until(|e| {
        e.ledger
            .diagnostics
            .get(&name)
            .is_none_or(|(_, list)| list.is_empty())
            .then_some(())
    });
    editor.configuration = json!({"rules": {"task/unknown-requirement": "error"}});
    editor.client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": null}),
    );
    editor.until(|e| (e.ledger.diagnostics.get(&name)?.1.first()?["severity"] == 1).then_some(()));
}

#[test]
fn by_notification() {
    for kind in [Kind::Helix, Kind::Nothing] {
        let mut editor = Editor::start(faulty(), &Setup::of(kind));
        let name = editor.open(TASKS);
        editor.client.notify(
            "workspace/didChangeConfiguration",
            json!({"settings": {"rutter": {"rules": {"task/unknown-requirement": "hint"}}}}),
        );
        if kind == Kind::Helix {
            assert_eq!(editor.pull(&name)["items"][0]["severity"], 4);
        } else {
            editor.until(|e| {
                (e.ledger.diagnostics.get(&name)?.1.first()?["severity"] == 4).then_some(())
            });
        }
    }
}

#[test]
fn the_users_file_counts_and_a_broken_one_is_named() {
    let folder = faulty();
    std::fs::write(
        folder.beside("config.toml"),
        "[rules]\n\"task/unknown-requirement\" = \"off\"\n",
    )
    .unwrap();
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    assert!(quiet(&mut editor));
    let folder = faulty();
    std::fs::write(folder.beside("config.toml"), "[rules\n").unwrap();
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    editor.told("config.toml has no effect until it is repaired");
    assert!(!quiet(&mut editor));
}

/// A repository only narrows: it can't choose who is spoken to.
#[test]
fn a_repository_names_no_model() {
    let folder = Folder::with(&[(".rutter/config.toml", "[model]\nuse = \"scripted/held\"\n")]);
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    let answer = editor.run(
        "rutter.newSpec",
        json!({"prompt": "Add a login page", "name": "login"}),
    );
    assert!(answer["job"].is_null(), "{answer}");
    editor.ledger.hushed = true;
}

#[test]
fn folders_come_and_go() {
    let mut editor = Editor::start(faulty(), &Setup::of(Kind::Zed));
    let first = editor.folder.uri(TASKS);
    editor.until(|e| {
        e.ledger
            .diagnostics
            .get(&first)
            .filter(|(_, l)| !l.is_empty())
            .map(|_| ())
    });
    let other = Folder::with(&[
        (
            ".kiro/specs/other/tasks.md",
            "- [ ] 1. X\n  - _Requirements: 9.9_\n",
        ),
        (
            ".kiro/specs/other/requirements.md",
            "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE A SHALL b\n",
        ),
    ]);
    let second = other.uri(".kiro/specs/other/tasks.md");
    let change =
        |added: Value, removed: Value| json!({"event": {"added": added, "removed": removed}});
    let entry = |uri: &str| json!([{"uri": uri, "name": "x"}]);
    editor.client.notify(
        "workspace/didChangeWorkspaceFolders",
        change(entry(&other.uri("")), json!([])),
    );
    editor.until(|e| {
        e.ledger
            .diagnostics
            .get(&second)
            .filter(|(_, l)| !l.is_empty())
            .map(|_| ())
    });
    // Which of the two is meant for a new spec has to be said.
    let error = editor.refused("rutter.newSpec", json!({"prompt": "Add a login page"}));
    assert_eq!(error["data"]["code"], "ambiguous");
    editor.run(
        "rutter.newSpec",
        json!({"prompt": "Add a login page", "name": "login", "uri": other.uri("src/a.rs")}),
    );
    assert!(other.has(".kiro/specs/login/requirements.md"));
    editor.client.notify(
        "workspace/didChangeWorkspaceFolders",
        change(json!([]), entry(&other.uri(""))),
    );
    editor.until(|e| {
        e.ledger
            .diagnostics
            .get(&second)
            .filter(|(_, l)| l.is_empty())
            .map(|_| ())
    });
    assert_eq!(
        editor.refused(
            "rutter.setTask",
            json!({"spec": "other", "task": "1", "state": "done"})
        )["data"]["code"],
        "unknown-spec"
    );
    editor.ledger.hushed = true;
}

#[test]
fn files_that_others_change() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::Helix));
    let name = editor.open(TASKS);
    // What is open stays as the editor has it.
    editor.folder.write(TASKS, "- [ ] 9. Theirs\n");
    editor.watched(&[(TASKS, 2)]);
    assert!(editor.symbols(&name).to_string().contains("Checkpoint"));
    editor.close(&name);
    editor
        .folder
        .write(".kiro/specs/new/tasks.md", "- [ ] 1. New\n");
    editor.watched(&[(".kiro/specs/new/tasks.md", 1)]);
    editor.run(
        "rutter.setTask",
        json!({"spec": "new", "task": "1", "state": "done"}),
    );
    std::fs::remove_dir_all(editor.folder.path(".kiro/specs/new")).unwrap();
    editor.watched(&[(".kiro/specs/new", 3)]);
    assert_eq!(
        editor.refused(
            "rutter.setTask",
            json!({"spec": "new", "task": "1", "state": "done"})
        )["data"]["code"],
        "unknown-spec"
    );
    editor.run(
        "rutter.setTask",
        json!({"spec": "rate-limit", "task": "9", "state": "done"}),
    );
}

/// Neovim on Linux watches nothing: the server does, for its own few folders.
#[test]
fn files_that_others_change_without_the_clients_help() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::Neovim));
    editor.settle();
    assert!(editor.registrations.is_empty());
    let name = editor.folder.uri(TASKS);
    editor
        .folder
        .write(TASKS, "- [ ] 1. X\n  - _Requirements: 9.9_\n");
    editor.until(|e| {
        e.ledger
            .diagnostics
            .get(&name)
            .filter(|(_, l)| !l.is_empty())
            .map(|_| ())
    });
}
