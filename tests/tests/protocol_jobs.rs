//! Drafting with a model: a job that tells its progress, can be cancelled, and never overwrites what changed meanwhile.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use std::time::{Duration, Instant};

use rutter_tests::lsp::WAIT;
use rutter_tests::product::{Editor, Folder, Kind, RATE_LIMIT, Setup, code};
use serde_json::{Value, json};

fn with_model(kind: Kind, model: &str) -> Editor {
    let setup = Setup::of(kind)
        .options(json!({"client": {"state": true}, "settings": {"model": {"use": model}}}));
    Editor::start(Folder::empty(), &setup)
}

fn begin(editor: &mut Editor, name: &str) -> String {
    let answer = editor.run(
        "rutter.newSpec",
        json!({"prompt": "Add a login page", "name": name}),
    );
    assert_eq!(answer["uris"], json!([]), "{answer}");
    answer["job"].as_str().expect("a job").to_owned()
}

fn ended(editor: &mut Editor) -> Value {
    editor.until(|e| {
        e.ledger
            .progress
            .values()
            .flatten()
            .find(|s| s["kind"] == "end")
            .cloned()
    })
}

#[test]
fn a_job_tells_its_progress_and_its_end() {
    let mut editor = with_model(Kind::VsCode, "scripted/slow");
    begin(&mut editor, "login");
    ended(&mut editor);
    let steps: Vec<Value> = editor.ledger.progress.values().next().unwrap().clone();
    assert_eq!(steps[1]["kind"], "begin");
    assert_eq!(steps[1]["cancellable"], true);
    assert!(
        editor
            .folder
            .read(".kiro/specs/login/requirements.md")
            .contains("SHALL")
    );
    editor.until(|e| e.shown.first().cloned());
    let state = editor.until(|e| {
        e.ledger
            .state
            .clone()
            .filter(|s| s["specs"][0]["spec"] == "login")
    });
    assert_eq!(state["version"], 1);
    for list in ["specs", "hooks", "jobs", "requests", "proposals"] {
        assert!(state[list].is_array(), "{list}");
    }
}

/// A client with neither progress nor state learns of the end by a message.
#[test]
fn a_client_without_progress_gets_a_message() {
    let setup =
        Setup::of(Kind::Nothing).options(json!({"settings": {"model": {"use": "scripted/slow"}}}));
    let mut editor = Editor::start(Folder::empty(), &setup);
    begin(&mut editor, "login");
    editor.told("login");
    assert!(editor.folder.has(".kiro/specs/login/requirements.md"));
    editor.ledger.hushed = true;
}

#[test]
fn cancel_by_command_and_by_the_progress_bar() {
    for by_command in [true, false] {
        let mut editor = with_model(Kind::VsCode, "scripted/held");
        let job = begin(&mut editor, "login");
        let token = editor.until(|e| {
            e.ledger
                .progress
                .iter()
                .find(|(_, s)| s.len() > 1)
                .map(|(t, _)| t.clone())
        });
        let asked = Instant::now();
        if by_command {
            let answer = editor.run("rutter.cancel", json!({ "job": job }));
            assert_eq!(answer["job"], job.as_str());
        } else {
            editor
                .client
                .notify("window/workDoneProgress/cancel", json!({ "token": token }));
        }
        ended(&mut editor);
        assert!(asked.elapsed() < Duration::from_secs(2));
        editor.until(|e| {
            e.ledger.state.clone().filter(|s| {
                s["jobs"].as_array().is_some_and(Vec::is_empty)
                    || s["jobs"][0]["state"] == "cancelled"
            })
        });
        assert_eq!(editor.folder.all(), []);
        assert_eq!(
            code(&editor.refused("rutter.cancel", json!({"job": "nobody"}))),
            "unknown-job"
        );
    }
}

#[test]
fn everything_else_goes_on_while_jobs_run() {
    let mut editor = with_model(Kind::VsCode, "scripted/held");
    for i in 0..8 {
        begin(&mut editor, &format!("draft-{i}"));
    }
    let name = editor.open_text(".kiro/specs/x/tasks.md", "- [ ] 1. A\n");
    assert!(editor.symbols(&name).to_string().contains('A'));
    editor.run(
        "rutter.setTask",
        json!({"spec": name, "task": "1", "state": "done"}),
    );
    editor.until(|e| e.documents[&name].text.starts_with("- [x]").then_some(()));
    let state = editor.until(|e| {
        e.ledger
            .state
            .clone()
            .filter(|s| s["jobs"].as_array().is_some_and(|j| j.len() == 8))
    });
    for job in state["jobs"].as_array().unwrap() {
        assert!(
            job["id"].is_string() && job["title"].is_string() && job["state"].is_string(),
            "{job}"
        );
    }
}

#[test]
fn what_changed_meanwhile_is_not_overwritten() {
    let folder = Folder::with(&RATE_LIMIT[..2]);
    let setup =
        Setup::of(Kind::VsCode).options(json!({"settings": {"model": {"use": "scripted/held"}}}));
    let mut editor = Editor::start(folder, &setup);
    editor.run(
        "rutter.approve",
        json!({"spec": "rate-limit", "stage": "requirements"}),
    );
    editor.told("Approved");
    // One design comes from another program, another is typed and not yet saved.
    for on_disk in [true, false] {
        editor.model.open.set(false);
        editor.model.asked.set(false);
        let answer = editor.run("rutter.nextStage", json!({"spec": "rate-limit"}));
        assert!(answer["job"].is_string());
        assert!(editor.model.asked.pass_within(WAIT));
        let design = ".kiro/specs/rate-limit/design.md";
        if on_disk {
            editor.folder.write(design, "# Mine\n");
        } else {
            editor.open_text(design, "# Mine\n");
            editor.settle();
        }
        editor.model.open.set(true);
        let message = editor.told("nothing was written");
        assert_eq!(message["type"], 1);
        if on_disk {
            assert_eq!(editor.folder.read(design), "# Mine\n");
            std::fs::remove_file(editor.folder.path(design)).unwrap();
            editor.watched(&[(design, 3)]);
        } else {
            assert!(!editor.folder.has(design));
        }
    }
}

#[test]
fn a_model_that_fails_leaves_nothing() {
    let mut editor = with_model(Kind::VsCode, "scripted/broken");
    begin(&mut editor, "login");
    editor.told("The model said no.");
    assert_eq!(editor.folder.all(), []);
}

#[test]
fn shutdown_ends_jobs() {
    let mut editor = with_model(Kind::VsCode, "scripted/held");
    for i in 0..8 {
        begin(&mut editor, &format!("draft-{i}"));
    }
    let asked = Instant::now();
    editor.finish();
    assert!(asked.elapsed() < Duration::from_secs(2));
}

/// Many changes make few states.
#[test]
fn states_are_rare() {
    let setup = Setup::of(Kind::VsCode).options(json!({"client": {"state": true}}));
    let mut editor = Editor::start(Folder::rate_limit(), &setup);
    editor.until(|e| e.ledger.state.clone());
    let begun = Instant::now();
    for i in 0..40 {
        let state = if i % 2 == 0 { "done" } else { "pending" };
        editor.run(
            "rutter.setTask",
            json!({"spec": "rate-limit", "task": "2", "state": state}),
        );
    }
    editor.run(
        "rutter.setTask",
        json!({"spec": "rate-limit", "task": "2", "state": "done"}),
    );
    let last = editor.until(|e| {
        e.ledger
            .state
            .clone()
            .filter(|s| s["specs"][0]["tasks"]["done"] == 2)
    });
    assert_eq!(last["specs"][0]["spec"], "rate-limit");
    let allowed = begun.elapsed().as_millis() / 100 + 2;
    let seen = editor
        .ledger
        .states
        .iter()
        .filter(|&&at| at >= begun)
        .count();
    assert!(
        seen as u128 <= allowed,
        "{seen} states, {allowed} are allowed"
    );
}

#[test]
fn a_client_that_listens_to_no_state_gets_none() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::VsCode));
    editor.run(
        "rutter.setTask",
        json!({"spec": "rate-limit", "task": "2", "state": "done"}),
    );
    editor.settle();
    assert!(editor.ledger.state.is_none());
}
