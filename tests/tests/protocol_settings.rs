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

const CONFIG: &str = ".rutter/config.toml";
const TEAM: &str = ".rutter/catalogue/team.toml";

/// What the repository keeps for us is looked through as a spec is, and a mended file keeps no finding.
#[test]
fn a_broken_file_of_the_repository_is_shown_until_it_is_mended() {
    for kind in [Kind::VsCode, Kind::Zed] {
        let folder = Folder::rate_limit();
        folder.write(CONFIG, "[rules]\n\"no/such-rule\" = \"off\"\n");
        folder.write(TEAM, "[[class]]\nid = \"refund\n");
        let mut editor = Editor::start(folder, &Setup::of(kind));
        for (path, code, line) in [
            (CONFIG, "config/unknown-rule", 1),
            (TEAM, "catalogue/broken", 1),
        ] {
            let uri = editor.folder.uri(path);
            let [found] = shown(&mut editor, kind, &uri).try_into().unwrap();
            assert_eq!(
                (
                    found["code"].as_str(),
                    found["range"]["start"]["line"].as_u64()
                ),
                (Some(code), Some(line)),
                "{found}"
            );
        }
        let uri = editor.folder.uri(CONFIG);
        for (text, findings) in [
            ("[rules\n", 1),
            ("[rules]\n", 0),
            ("[model]\nuse = \"x/y\"\n", 1),
        ] {
            editor.folder.write(CONFIG, text);
            editor.watched(&[(CONFIG, 2)]);
            wait_for(&mut editor, kind, &uri, findings);
        }
        // The editor's text counts before it is saved.
        let name = editor.open(CONFIG);
        editor.reset(&name, "[rules]\n");
        wait_for(&mut editor, kind, &uri, 0);
        editor.close(&name);
        wait_for(&mut editor, kind, &uri, 1);
        std::fs::remove_file(editor.folder.path(CONFIG)).unwrap();
        editor.watched(&[(CONFIG, 3)]);
        wait_for(&mut editor, kind, &uri, 0);
        std::fs::remove_dir_all(editor.folder.path(".rutter/catalogue")).unwrap();
        editor.watched(&[(".rutter/catalogue", 3)]);
        let uri = editor.folder.uri(TEAM);
        wait_for(&mut editor, kind, &uri, 0);
    }
}

/// The findings of a file, as the editor has them.
fn shown(editor: &mut Editor, kind: Kind, uri: &str) -> Vec<Value> {
    if kind == Kind::VsCode {
        return editor.pull(uri)["items"].as_array().unwrap().clone();
    }
    editor.until(|e| {
        let (_, list) = e.ledger.diagnostics.get(uri)?;
        (!list.is_empty()).then(|| list.clone())
    })
}

fn wait_for(editor: &mut Editor, kind: Kind, uri: &str, findings: usize) {
    if kind == Kind::VsCode {
        assert_eq!(shown(editor, kind, uri).len(), findings);
    } else {
        editor.until(|e| {
            let list = e.ledger.diagnostics.get(uri).map_or(0, |(_, l)| l.len());
            (list == findings).then_some(())
        });
    }
}

/// A client that asks for the whole workspace hears that a file went, and its findings with it.
#[test]
fn what_went_away_keeps_no_finding_in_a_client_that_asks() {
    let folder = faulty();
    folder.write(CONFIG, "[rules\n");
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    let ask = |e: &mut Editor, known: Value| -> Vec<Value> {
        let answer = e.ask("workspace/diagnostic", json!({"previousResultIds": known}));
        answer["result"]["items"].as_array().unwrap().clone()
    };
    let of = |items: &[Value], uri: &str| items.iter().find(|i| i["uri"] == uri).cloned();
    let first = ask(&mut editor, json!([]));
    let (config, tasks) = (editor.folder.uri(CONFIG), editor.folder.uri(TASKS));
    assert_eq!(
        of(&first, &config).unwrap()["items"][0]["code"],
        "config/unknown-rule"
    );
    for path in [CONFIG, TASKS] {
        std::fs::remove_file(editor.folder.path(path)).unwrap();
        editor.watched(&[(path, 3)]);
    }
    let known = |items: &[Value]| -> Value {
        items
            .iter()
            .map(|i| json!({"uri": i["uri"], "value": i["resultId"]}))
            .collect()
    };
    let second = ask(&mut editor, known(&first));
    for uri in [&config, &tasks] {
        let item = of(&second, uri).unwrap_or_else(|| panic!("no {uri} in {second:?}"));
        assert_eq!(
            (&item["kind"], &item["items"]),
            (&json!("full"), &json!([]))
        );
    }
    // Once told, it is not told again.
    let third = ask(&mut editor, known(&second));
    assert!(of(&third, &config).is_none() && of(&third, &tasks).is_none());
}

#[test]
fn a_broken_catalogue_is_named_by_the_draft_that_goes_without_it() {
    let folder = Folder::with(&[(TEAM, "[[class]]\nid = \"refund\n")]);
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    editor.ledger.hushed = true;
    let answer = editor.run(
        "rutter.newSpec",
        json!({"prompt": "Add a login page", "name": "login"}),
    );
    let message = answer["message"].as_str().unwrap();
    assert!(
        message.contains(".rutter/catalogue/team.toml:2: "),
        "{message}"
    );
    editor.run(
        "rutter.approve",
        json!({"spec": "login", "stage": "all", "acceptDefaults": true}),
    );
    let answer = editor.run("rutter.nextStage", json!({"spec": "login"}));
    let message = answer["message"].as_str().unwrap();
    assert!(
        message.contains(".rutter/catalogue/team.toml:2: "),
        "{message}"
    );
}
