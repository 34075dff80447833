//! The commands, from a sentence to done tasks: what they answer, write and refuse.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{CLIENTS, Editor, Folder, Kind, Setup, code};
use serde_json::{Value, json};

const PROMPT: &str = "Let customers cancel an order within an hour of placing it";
const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";
const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";
const APPROVALS: &str = ".kiro/specs/rate-limit/approvals.json";

/// Makes a spec with the drafter and gives its name; it has open decisions.
fn drafted(editor: &mut Editor) -> String {
    let answer = editor.run(
        "rutter.newSpec",
        json!({"prompt": "Add a login page", "name": "login"}),
    );
    let uri = answer["uris"][0].as_str().expect("a document").to_owned();
    assert_eq!(uri, editor.folder.uri(".kiro/specs/login/requirements.md"));
    uri
}

#[test]
fn a_sentence_becomes_requirements_for_every_client() {
    for kind in CLIENTS {
        let mut editor = Editor::hushed(Folder::empty(), &Setup::of(kind));
        let answer = editor.run(
            "rutter.newSpec",
            json!({"prompt": PROMPT, "name": "cancel-order"}),
        );
        let uris: Vec<&str> = answer["uris"]
            .as_array()
            .unwrap()
            .iter()
            .map(|u| u.as_str().unwrap())
            .collect();
        assert!(
            uris[0].ends_with("/.kiro/specs/cancel-order/requirements.md"),
            "{uris:?}"
        );
        assert!(answer["change"].is_string());
        let text = editor
            .folder
            .read(".kiro/specs/cancel-order/requirements.md");
        assert!(text.contains("SHALL") && text.contains("cancel"), "{text}");
        assert!(
            editor
                .folder
                .read(".kiro/specs/cancel-order/.config.kiro")
                .contains("requirements-first")
        );
        if matches!(kind, Kind::Zed | Kind::Nothing) {
            assert!(editor.shown.is_empty());
        } else {
            let shown = editor.until(|e| e.shown.first().cloned());
            assert_eq!(shown["uri"], uris[0], "{kind:?}");
            assert!(shown["selection"].is_object());
        }
    }
}

#[test]
fn a_new_spec_is_watched_only_from_then_on() {
    let mut editor = Editor::hushed(Folder::empty(), &Setup::of(Kind::VsCode));
    editor.settle();
    assert!(editor.registrations.is_empty());
    editor.run("rutter.newSpec", json!({"prompt": PROMPT}));
    let registration = editor.until(|e| e.registrations.first().cloned());
    for watcher in registration["registerOptions"]["watchers"]
        .as_array()
        .unwrap()
    {
        let pattern = watcher["globPattern"].as_str().unwrap();
        // A folder of ours or of a tool whose files we read, or a file of theirs: never a whole project.
        let named = pattern.trim_start_matches("**/");
        let is_folder = [".kiro/", ".rutter/", ".cursor/", ".windsurf/", ".github/"];
        let is_file = ["}.md", "rules}"];
        assert!(
            is_folder.iter().any(|f| named.starts_with(f))
                || is_file.iter().any(|f| named.ends_with(f)),
            "{pattern}"
        );
    }
}

#[test]
fn the_prompt_from_rutter_input() {
    let setup = Setup::of(Kind::VsCode).options(json!({"client": {"input": true}}));
    let mut editor = Editor::hushed(Folder::empty(), &setup);
    editor.answers.push_back(json!(PROMPT));
    let answer = editor.run("rutter.newSpec", json!({}));
    assert!(!answer["uris"].as_array().unwrap().is_empty());
    assert!(editor.questions[0]["title"].is_string());
    for left in [Value::Null, json!("  ")] {
        editor.answers.push_back(left);
        let error = editor.refused("rutter.newSpec", Value::Null);
        assert_eq!(
            (code(&error), error["code"].as_i64()),
            ("cancelled", Some(-32800))
        );
    }
    // A client that can't be asked has to pass it.
    let mut plain = Editor::hushed(Folder::empty(), &Setup::of(Kind::Helix));
    for argument in [json!({}), json!({"prompt": ""}), json!({"prompt": " \n\t"})] {
        assert_eq!(
            code(&plain.refused("rutter.newSpec", argument)),
            "empty-prompt"
        );
    }
    assert_eq!(plain.folder.all(), []);
}

#[test]
fn the_prompt_from_a_comment_or_a_selection() {
    let source = "fn order() {}\n// TODO: let customers cancel an order\n// within an hour of placing it\nfn ship() {}\n";
    let notes = "# Notes\n\nExport invoices as CSV for the accountant.\n";
    for kind in [Kind::VsCode, Kind::Neovim, Kind::Nothing] {
        let folder = Folder::with(&[("src/shop.rs", source), ("notes.md", notes)]);
        let mut editor = Editor::hushed(folder, &Setup::of(kind));
        let name = editor.open("src/shop.rs");
        let [action] = editor.actions(&name, "within an hour").try_into().unwrap();
        let command = if action["command"].is_string() {
            action.clone()
        } else {
            action["command"].clone()
        };
        editor.run(
            command["command"].as_str().unwrap(),
            command["arguments"][0].clone(),
        );
        let all: String = editor
            .folder
            .all()
            .into_iter()
            .filter(|(p, _)| p.ends_with("requirements.md"))
            .map(|(_, t)| t)
            .collect();
        assert!(
            all.contains("cancel") && all.contains("hour") && !all.contains("TODO"),
            "{all}"
        );
        let notes = editor.open("notes.md");
        let range = editor.documents[&notes].range_of("Export invoices as CSV", editor.encoding);
        editor.run(
            "rutter.newSpec",
            json!({"uri": notes, "range": range, "name": "export"}),
        );
        let text = editor.folder.read(".kiro/specs/export/requirements.md");
        assert!(text.to_lowercase().contains("csv"), "{text}");
        assert_eq!(editor.folder.read("src/shop.rs"), source);
    }
}

#[test]
fn names_that_lead_out_or_are_taken() {
    let mut editor = Editor::hushed(Folder::rate_limit(), &Setup::of(Kind::Helix));
    let before = editor.folder.all();
    for name in ["..", "../x", "a/../../b", "/etc/x", "", ".git", "a\u{0}b"] {
        assert_eq!(
            code(&editor.refused("rutter.newSpec", json!({"prompt": PROMPT, "name": name}))),
            "bad-name",
            "{name:?}"
        );
    }
    assert_eq!(
        code(&editor.refused(
            "rutter.newSpec",
            json!({"prompt": PROMPT, "name": "rate-limit"})
        )),
        "exists"
    );
    assert_eq!(
        code(&editor.refused(
            "rutter.newSpec",
            json!({"prompt": PROMPT, "workflow": "sideways"})
        )),
        "wrong-argument"
    );
    assert_eq!(editor.folder.all(), before);
}

#[test]
fn decisions_are_answered_everywhere_and_block_approval() {
    let mut editor = Editor::hushed(
        Folder::empty(),
        &Setup::of(Kind::Neovim).options(json!({"client": {"state": true}})),
    );
    let uri = drafted(&mut editor);
    let error = editor.refused(
        "rutter.approve",
        json!({"spec": "login", "stage": "requirements"}),
    );
    assert_eq!(code(&error), "open-decisions");
    let open: Vec<String> = error["data"]["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d.as_str().unwrap().to_owned())
        .collect();
    assert!(
        open.iter()
            .all(|id| error["message"].as_str().unwrap().contains(id.as_str())),
        "{error}"
    );
    assert!(!editor.folder.has(".kiro/specs/login/approvals.json"));
    let state = editor.until(|e| {
        e.ledger.state.clone().filter(|s| {
            s["specs"][0]["decisions"]
                .as_array()
                .is_some_and(|d| !d.is_empty())
        })
    });
    let first = state["specs"][0]["decisions"][0].clone();
    let choice = first["choices"][1].as_str().unwrap();
    assert_eq!(
        code(&editor.refused(
            "rutter.decide",
            json!({"spec": uri, "decision": "D99", "choice": 1})
        )),
        "unknown-decision"
    );
    assert_eq!(
        code(&editor.refused(
            "rutter.decide",
            json!({"spec": uri, "decision": first["id"], "choice": 99})
        )),
        "unknown-choice"
    );
    let answer = editor.run(
        "rutter.decide",
        json!({"spec": uri, "decision": first["id"], "choice": 2}),
    );
    assert!(
        answer["message"].as_str().unwrap().contains(choice),
        "{answer}"
    );
    let text = editor.folder.read(".kiro/specs/login/requirements.md");
    assert!(text.contains(choice), "{text}");
    assert_eq!(
        code(&editor.refused(
            "rutter.decide",
            json!({"spec": uri, "decision": first["id"], "choice": 1})
        )),
        "unknown-decision"
    );
    editor.run(
        "rutter.approve",
        json!({"spec": "login", "stage": "requirements", "acceptDefaults": true}),
    );
    let approvals: Value =
        serde_json::from_str(&editor.folder.read(".kiro/specs/login/approvals.json")).unwrap();
    assert_eq!(approvals["approvals"][0]["who"]["name"], "Ada");
}

#[test]
fn approval_binds_to_the_saved_text() {
    let mut editor = Editor::hushed(Folder::rate_limit(), &Setup::of(Kind::VsCode));
    let name = editor.open(REQUIREMENTS);
    editor.replace(&name, "reject the sixth", "reject the seventh");
    let error = editor.refused(
        "rutter.approve",
        json!({"spec": name, "stage": "requirements"}),
    );
    assert_eq!(code(&error), "unsaved");
    assert!(!editor.folder.has(APPROVALS));
    editor.save(REQUIREMENTS);
    let answer = editor.run(
        "rutter.approve",
        json!({"spec": name, "stage": "requirements"}),
    );
    assert_eq!(
        answer["uris"][0],
        editor
            .folder
            .uri(APPROVALS)
            .replace("approvals.json", "requirements.md")
            .as_str(),
        "{answer}"
    );
    assert!(editor.folder.has(APPROVALS));
    assert_eq!(
        code(&editor.refused(
            "rutter.approve",
            json!({"spec": name, "stage": "requirements", "ids": ["9.9"]})
        )),
        "unknown-item"
    );
    assert_eq!(
        code(&editor.refused(
            "rutter.approve",
            json!({"spec": "nobody", "stage": "requirements"})
        )),
        "unknown-spec"
    );
    assert_eq!(
        code(&editor.refused(
            "rutter.approve",
            json!({"spec": "rate-limit", "stage": "code"})
        )),
        "wrong-argument"
    );
}

#[test]
fn the_next_stage_needs_the_approval_of_the_one_before() {
    let mut editor = Editor::hushed(Folder::empty(), &Setup::of(Kind::Helix));
    let uri = drafted(&mut editor);
    let next = json!({ "spec": uri });
    assert_eq!(
        code(&editor.refused("rutter.nextStage", next.clone())),
        "not-approved"
    );
    assert!(!editor.folder.has(".kiro/specs/login/design.md"));
    editor.run(
        "rutter.approve",
        json!({"spec": uri, "stage": "requirements", "acceptDefaults": true}),
    );
    editor.run("rutter.nextStage", next.clone());
    assert!(
        editor
            .folder
            .read(".kiro/specs/login/design.md")
            .contains("**Validates: Requirements")
    );
    assert_eq!(
        code(&editor.refused("rutter.nextStage", next.clone())),
        "not-approved"
    );
    // An edit after the approval closes the gate again.
    let text = editor.folder.read(".kiro/specs/login/requirements.md");
    editor.run(
        "rutter.approve",
        json!({"spec": uri, "stage": "design", "acceptDefaults": true}),
    );
    editor.folder.write(
        ".kiro/specs/login/requirements.md",
        &text.replacen("SHALL", "SHALL not", 1),
    );
    editor.watched(&[(".kiro/specs/login/requirements.md", 2)]);
    let error = editor.refused("rutter.nextStage", next.clone());
    assert_eq!(code(&error), "not-approved");
    editor
        .folder
        .write(".kiro/specs/login/requirements.md", &text);
    editor.watched(&[(".kiro/specs/login/requirements.md", 2)]);
    editor.run("rutter.nextStage", next.clone());
    assert!(
        editor
            .folder
            .read(".kiro/specs/login/tasks.md")
            .contains("- [ ] 1")
    );
    editor.run(
        "rutter.approve",
        json!({"spec": uri, "stage": "tasks", "acceptDefaults": true}),
    );
    assert_eq!(code(&editor.refused("rutter.nextStage", next)), "exists");
}

#[test]
fn generated_documents_pass_our_own_check() {
    let mut editor = Editor::hushed(Folder::empty(), &Setup::of(Kind::VsCode));
    for (name, prompt, workflow) in [
        ("login", "Add a login page", "requirements-first"),
        ("export", "Export orders as CSV", "design-first"),
        ("quick", "Rename the button Send to Submit", "quick"),
        ("fix", "The total is wrong when the cart is empty", "bugfix"),
    ] {
        let answer = editor.run(
            "rutter.newSpec",
            json!({"prompt": prompt, "name": name, "workflow": workflow}),
        );
        let spec = answer["uris"][0].clone();
        for _ in 0..2 {
            editor.run(
                "rutter.approve",
                json!({"spec": spec, "stage": "all", "acceptDefaults": true}),
            );
            if workflow == "quick" {
                break;
            }
            editor.run("rutter.nextStage", json!({ "spec": spec }));
        }
    }
    let items =
        editor.ask("workspace/diagnostic", json!({"previousResultIds": []}))["result"]["items"]
            .clone();
    for item in items.as_array().unwrap() {
        assert_eq!(item["items"], json!([]), "{}", item["uri"]);
    }
    assert!(items.as_array().unwrap().len() >= 12, "{items}");
}

#[test]
fn a_spec_can_be_named_in_every_way() {
    let folder = Folder::rate_limit();
    folder.write(".kiro/specs/team/rate-limit2/tasks.md", "- [ ] 1. X\n");
    folder.write(".kiro/specs/other/rate-limit2/tasks.md", "- [ ] 1. X\n");
    let mut editor = Editor::hushed(folder, &Setup::of(Kind::Helix));
    let tasks = editor.folder.uri(TASKS);
    for (i, spec) in [
        "rate-limit",
        &tasks,
        &editor.folder.uri(".kiro/specs/rate-limit"),
        ".kiro/specs/rate-limit",
    ]
    .into_iter()
    .enumerate()
    {
        let state = if i % 2 == 0 { "done" } else { "pending" };
        let answer = editor.run(
            "rutter.setTask",
            json!({"spec": spec, "task": "2", "state": state}),
        );
        assert_eq!(answer["uris"], json!([tasks]), "{spec}");
    }
    let error = editor.refused(
        "rutter.setTask",
        json!({"spec": "rate-limit2", "task": "1", "state": "done"}),
    );
    assert_eq!(code(&error), "ambiguous");
    assert_eq!(error["data"]["candidates"].as_array().unwrap().len(), 2);
    for (task, expected) in [
        ("9.9", "unknown-task"),
        ("", "unknown-task"),
        ("#9999", "unknown-task"),
        ("#1", "unknown-task"),
    ] {
        assert_eq!(
            code(&editor.refused(
                "rutter.setTask",
                json!({"spec": "rate-limit", "task": task, "state": "done"})
            )),
            expected,
            "{task}"
        );
    }
    assert_eq!(
        code(&editor.refused(
            "rutter.setTask",
            json!({"spec": "rate-limit", "task": "2", "state": "perhaps"})
        )),
        "wrong-argument"
    );
}
