//! What changed since a task was done, at both ends, while one types.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{Editor, Folder, Kind, Setup, commands};
use serde_json::{Value, json};

const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";
const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";
const CODE: &str = "// 🚀 Requirements 1.1\r\npub fn rejects(attempts: usize) -> bool {\r\n    attempts > 5\r\n}\r\n";
const TEST: &str =
    "// Validates: 1.1\n#[test]\nfn sixth_is_rejected() {\n    assert!(rejects(6));\n}\n";
const CHANGED: &str = "requirement 1.1 changed: “WHEN five attempts fail within a minute, THE Limiter SHALL reject the sixth” → “WHEN 3 attempts fail";

/// A repository whose last commit did task 1.1, with a function and its test.
fn done() -> Folder {
    let folder = Folder::rate_limit();
    let tasks = folder.read(TASKS);
    folder.write(TASKS, &tasks.replace("- [x] 1.1", "- [ ] 1.1"));
    folder.git(&["init", "-q", "-b", "main"]);
    folder.git(&["config", "core.autocrlf", "false"]);
    folder.commit("Plan");
    folder.write(TASKS, &tasks);
    folder.write("src/limit.rs", CODE);
    folder.write("tests/limit.rs", TEST);
    folder.commit("Reject");
    folder
}

/// The messages on drift in a document, as the client has them.
fn drift(editor: &mut Editor, kind: Kind, name: &str) -> Vec<String> {
    let found = match kind {
        Kind::VsCode => editor.pull(name)["items"].as_array().unwrap().clone(),
        _ => editor
            .ledger
            .diagnostics
            .get(name)
            .map(|(_, l)| l.clone())
            .unwrap_or_default(),
    };
    let found = found.iter().filter(|d| d["code"] == "trace/drift");
    found
        .map(|d| d["message"].as_str().unwrap().to_owned())
        .collect()
}

/// Waits until a document has so many hints; gives them.
fn until(editor: &mut Editor, kind: Kind, name: &str, count: usize) -> Vec<String> {
    loop {
        let (refreshes, told) = (editor.refreshes.len(), editor.ledger.diagnostics.clone());
        let found = drift(editor, kind, name);
        if found.len() == count {
            return found;
        }
        editor.until(|e| {
            (e.refreshes.len() > refreshes || e.ledger.diagnostics != told).then_some(())
        });
    }
}

fn said(hover: &Value) -> &str {
    hover["contents"]["value"].as_str().unwrap_or_default()
}

#[test]
fn a_five_that_becomes_a_three_shows_at_the_function_and_its_test() {
    for kind in [Kind::VsCode, Kind::Neovim] {
        let mut editor = Editor::start(done(), &Setup::of(kind));
        let code = editor.open("src/limit.rs");
        let test = editor.open("tests/limit.rs");
        let wanted = editor.open(REQUIREMENTS);
        let tasks = editor.open(TASKS);
        // The baselines are known once a hint can show; a first edit waits for them.
        editor.replace(&wanted, "five attempts", "3 attempts");
        for name in [&code, &test, &wanted, &tasks] {
            let found = until(&mut editor, kind, name, 1);
            assert!(found[0].contains(CHANGED), "{name}: {found:?}");
        }
        // Old and new, at both ends.
        for (name, needle) in [
            (&code, "1.1"),
            (&test, "1.1"),
            (&wanted, "1. WHEN"),
            (&tasks, "Add the counter"),
        ] {
            let hover = editor.hover(name, needle);
            let both = "1.1:\n\n```diff\n- WHEN five attempts fail within a minute, THE Limiter SHALL reject the sixth\n+ WHEN 3 attempts fail within a minute, THE Limiter SHALL reject the sixth\n```";
            assert!(said(&hover).contains(both), "{name}: {hover}");
            assert!(
                said(&hover).contains("**Changed since task 1.1 was done** (commit "),
                "{hover}"
            );
        }
        assert!(editor.hover(&code, "rejects").is_null());
        // One action opens the test.
        let actions = commands(&editor.actions(&wanted, "1. WHEN"));
        let open = actions
            .iter()
            .find(|a| a.0 == "Open the test sixth_is_rejected")
            .unwrap();
        editor.run(&open.1, open.2.clone());
        if kind == Kind::VsCode {
            let shown = editor.until(|e| e.shown.last().cloned());
            assert_eq!(shown["uri"], json!(test));
            assert_eq!(shown["selection"]["start"]["line"], 2);
        }
        let [(_, command, argument)] = commands(&editor.actions(&code, "1.1")).try_into().unwrap();
        editor.choices.push_back("Open the test sixth_is_rejected");
        editor.run(&command, argument);
        // Taken back: nothing is said.
        editor.replace(&wanted, "3 attempts", "five attempts");
        for name in [&code, &test, &wanted, &tasks] {
            until(&mut editor, kind, name, 0);
        }
    }
}

#[test]
fn code_that_changed_shows_with_what_it_was() {
    let kind = Kind::VsCode;
    let mut editor = Editor::start(done(), &Setup::of(kind));
    let code = editor.open("src/limit.rs");
    let tasks = editor.open(TASKS);
    let wanted = editor.open(REQUIREMENTS);
    editor.replace(&code, "> 5", "> 9");
    for name in [&code, &tasks] {
        let found = until(&mut editor, kind, name, 1);
        assert!(found[0].contains("`rejects`"), "{found:?}");
    }
    for (name, needle) in [
        (&code, "1.1"),
        (&tasks, "Add the counter"),
        (&wanted, "1. WHEN"),
    ] {
        let hover = editor.hover(name, needle);
        assert!(
            said(&hover).contains("`rejects` in src/limit.rs has other code:\n\n```diff\n")
                && said(&hover).contains("-    attempts > 5")
                && said(&hover).contains("+    attempts > 9"),
            "{name}: {hover}"
        );
    }
    // Who asks for everything is told the same.
    let all = editor.ask("workspace/diagnostic", json!({"previousResultIds": []}));
    let all = all["result"]["items"].as_array().unwrap();
    for name in [&code, &tasks] {
        let report = all.iter().find(|report| report["uri"] == json!(name));
        let items = report.unwrap()["items"].as_array().unwrap();
        let hint = items.iter().find(|d| d["code"] == "trace/drift").unwrap();
        assert!(hint["message"].as_str().unwrap().contains("`rejects`"));
    }
    // A comment and space are no change.
    editor.reset(
        &code,
        &CODE.replace("attempts > 5", "attempts  >\r\n 5 // five"),
    );
    for name in [&code, &tasks] {
        until(&mut editor, kind, name, 0);
    }
    // Set to done again, what there is now is right.
    editor.reset(&code, &CODE.replace("> 5", "> 9"));
    until(&mut editor, kind, &tasks, 1);
    let spec = editor.folder.uri(".kiro/specs/rate-limit");
    editor.run(
        "rutter.setTask",
        json!({"spec": spec, "task": "1.1", "state": "done"}),
    );
    for name in [&code, &tasks] {
        until(&mut editor, kind, name, 0);
    }
    assert!(editor.folder.has(".rutter/evidence/rate-limit/1.1.json"));
}

#[test]
fn a_commit_from_outside_is_noticed() {
    let kind = Kind::VsCode;
    let folder = Folder::rate_limit();
    let tasks = folder.read(TASKS);
    folder.write(TASKS, &tasks.replace("- [x] 1.1", "- [ ] 1.1"));
    folder.git(&["init", "-q", "-b", "main"]);
    folder.commit("Plan");
    folder.write("src/limit.rs", CODE);
    let mut editor = Editor::start(folder, &Setup::of(kind));
    let code = editor.open("src/limit.rs");
    let wanted = editor.open(REQUIREMENTS);
    editor.until(|e| {
        let all = e.registrations.iter();
        let mut watched = all.filter(|r| r.to_string().contains("**/.git/logs/HEAD"));
        watched.next().map(|_| ())
    });
    assert!(drift(&mut editor, kind, &code).is_empty());
    editor.folder.write(TASKS, &tasks);
    editor.folder.commit("Reject");
    editor.watched(&[(TASKS, 2), (".git/logs/HEAD", 2)]);
    editor.replace(&wanted, "five attempts", "3 attempts");
    let found = until(&mut editor, kind, &code, 1);
    assert!(found[0].contains(CHANGED), "{found:?}");
}
