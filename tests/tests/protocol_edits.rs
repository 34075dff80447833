//! Documents that the editor has open change only through the editor, bound to a version; whoever was faster keeps
//! what they wrote.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{Editor, Folder, Kind, Setup, code};
use serde_json::{Value, json};

const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";
const DESIGN: &str = ".kiro/specs/rate-limit/design.md";
const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";

fn done(task: &str) -> Value {
    json!({"spec": "rate-limit", "task": task, "state": "done"})
}

#[test]
fn an_open_document_changes_through_the_editor_alone() {
    for kind in [Kind::VsCode, Kind::Helix, Kind::Eglot] {
        let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(kind));
        let on_disk = editor.folder.read(TASKS);
        let name = editor.open(TASKS);
        editor.replace(&name, "Sliding window", "Gliding window");
        let answer = editor.run("rutter.setTask", done("2"));
        assert_eq!(answer["uris"], json!([name]));
        editor.until(|e| {
            e.documents[&name]
                .text
                .contains("- [x] 2. Checkpoint")
                .then_some(())
        });
        assert!(editor.documents[&name].text.contains("Gliding window"));
        assert_eq!(
            editor.folder.read(TASKS),
            on_disk,
            "nothing goes to disk under the editor"
        );
        let edit = &editor.edits[0]["edit"];
        assert_eq!(
            edit["documentChanges"][0]["textDocument"]["version"], 2,
            "{edit}"
        );
        assert_eq!(
            edit["documentChanges"][0]["edits"][0]["newText"], "x",
            "the smallest edit: {edit}"
        );
        // Undo takes the same way.
        editor.run("rutter.undo", json!({"change": answer["change"]}));
        editor.until(|e| {
            e.documents[&name]
                .text
                .contains("- [ ] 2. Checkpoint")
                .then_some(())
        });
        editor.told("Undone");
    }
}

#[test]
fn an_edit_that_comes_too_late_is_not_applied_and_nothing_else_stays() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::VsCode));
    editor.run(
        "rutter.approve",
        json!({"spec": "rate-limit", "stage": "all"}),
    );
    editor.told("Approved");
    let text = editor.folder.read(REQUIREMENTS);
    editor.folder.write(
        REQUIREMENTS,
        &format!("{text}5. WHEN an account is unblocked, THE Limiter SHALL tell its owner\n"),
    );
    editor.watched(&[(REQUIREMENTS, 2)]);
    // Tasks are open, design is not: the sync concerns both.
    let name = editor.open(TASKS);
    let design = editor.folder.read(DESIGN);
    editor.holding.insert("workspace/applyEdit");
    let answer = editor.run("rutter.sync", json!({"spec": "rate-limit"}));
    let request = editor.until(|e| e.held.front().cloned());
    editor.replace(&name, "Sliding window", "Gliding window");
    let typed = editor.documents[&name].text.clone();
    let refusal = editor.act("workspace/applyEdit", &request["params"]);
    assert_eq!(refusal["applied"], false);
    editor.client.reply(&request, refusal);
    editor.told("was not done");
    assert_eq!(editor.documents[&name].text, typed);
    assert_eq!(
        editor.folder.read(DESIGN),
        design,
        "what was written with it is taken back"
    );
    let error = editor.refused("rutter.undo", json!({"change": answer["change"]}));
    assert_eq!(code(&error), "unknown-change");
    // The second time it works.
    editor.holding.clear();
    editor.run("rutter.sync", json!({"spec": "rate-limit"}));
    editor.until(|e| e.documents[&name].text.contains("1.5").then_some(()));
    assert!(
        editor.documents[&name].text.contains("Gliding window")
            && editor.folder.read(DESIGN).contains("1.5")
    );
    editor.ledger.hushed = true;
}

#[test]
fn an_editor_that_says_no_is_told_so() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::Zed));
    let name = editor.open(TASKS);
    editor.refuses = Some("the buffer is read-only".to_owned());
    editor.run("rutter.setTask", done("2"));
    let message = editor.told("the buffer is read-only");
    assert_eq!(message["type"], 2);
    assert!(editor.documents[&name].text.contains("- [ ] 2."));
}

/// Clients that make no edits on request, or none that name a version.
fn without_versions() -> [Value; 4] {
    let mut silent = Kind::VsCode.capabilities();
    silent["workspace"]["applyEdit"] = json!(false);
    let mut plain = Kind::VsCode.capabilities();
    plain["workspace"]["workspaceEdit"]["documentChanges"] = json!(false);
    let (neovim, nothing) = (Kind::Neovim.capabilities(), Kind::Nothing.capabilities());
    [silent, plain, neovim, nothing]
}

/// Their files may change under them only while buffer and disk are the same, whatever the command.
#[test]
fn without_versioned_edits() {
    let login = ".kiro/specs/login/requirements.md";
    for capabilities in without_versions() {
        let mut editor = Editor::start(Folder::rate_limit(), &Setup::with(capabilities));
        editor.ledger.hushed = true;
        editor.run(
            "rutter.newSpec",
            json!({"prompt": "Add a login page", "name": "login"}),
        );
        editor.run(
            "rutter.approve",
            json!({"spec": "rate-limit", "stage": "all"}),
        );
        let text = editor.folder.read(REQUIREMENTS);
        editor.folder.write(
            REQUIREMENTS,
            &format!("{text}5. WHEN an account is unblocked, THE Limiter SHALL tell its owner\n"),
        );
        for (command, argument, path) in [
            ("rutter.setTask", done("2"), TASKS),
            (
                "rutter.decide",
                json!({"spec": "login", "decision": "D1", "choice": 1}),
                login,
            ),
            (
                "rutter.takeIn",
                json!({"spec": "login", "concern": 1}),
                login,
            ),
            (
                "rutter.approve",
                json!({"spec": "login", "stage": "requirements", "acceptDefaults": true}),
                login,
            ),
            ("rutter.sync", json!({"spec": "rate-limit"}), TASKS),
        ] {
            let name = editor.open(path);
            let text = editor.documents[&name].text.clone();
            editor.edit(&name, 0..0, "<!-- typing -->\n");
            let before = editor.folder.all();
            let error = editor.refused(command, argument.clone());
            assert_eq!(code(&error), "unsaved", "{command}");
            assert_eq!(editor.folder.all(), before, "{command}");
            editor.reset(&name, &text);
            editor.run(command, argument);
            assert_ne!(editor.folder.read(path), text, "{command}");
            assert_eq!(editor.documents[&name].text, text, "{command}");
            editor.told("load it again");
            // What the editor has is old now: the next command doesn't build on it.
            let error = editor.refused("rutter.approve", json!({"spec": name, "stage": "all"}));
            assert_eq!(code(&error), "unsaved", "{command}");
            editor.close(&name);
        }
        assert!(editor.edits.is_empty());
    }
}

/// The references follow on disk, and the numbers that the editor has unsaved stay.
#[test]
fn references_move_on_disk_without_versioned_edits() {
    let criterion =
        "2. IF the store is down, THEN THE Limiter SHALL allow the attempt and log it\n";
    for capabilities in without_versions() {
        let mut editor = Editor::start(Folder::rate_limit(), &Setup::with(capabilities));
        editor.ledger.hushed = true;
        let (requirements, tasks) = (editor.open(REQUIREMENTS), editor.open(TASKS));
        editor.replace(&requirements, criterion, "");
        editor.replace(&requirements, "3. WHILE", "2. WHILE");
        editor.replace(&requirements, "4. WHERE", "3. WHERE");
        let text = editor.documents[&tasks].text.clone();
        editor.replace(&tasks, "Sliding window", "Gliding window");
        let before = editor.folder.all();
        let argument = json!({"spec": "rate-limit"});
        let error = editor.refused("rutter.moveReferences", argument.clone());
        assert_eq!(code(&error), "unsaved");
        assert_eq!(editor.folder.all(), before);
        editor.reset(&tasks, &text);
        editor.run("rutter.moveReferences", argument);
        assert!(editor.folder.read(TASKS).contains("1.1, 1.3_"));
        assert_eq!(editor.documents[&tasks].text, text);
        assert!(editor.folder.read(REQUIREMENTS).contains(criterion));
        editor.told("load it again");
    }
}

/// Nobody told the server that a file changed: a command acts on what is there all the same.
#[test]
fn a_file_that_changed_behind_the_server_is_what_counts() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::Helix));
    // The workspace is read when this is answered.
    editor.settle();
    let theirs = editor
        .folder
        .read(TASKS)
        .replace("Sliding window", "Gliding window");
    editor.folder.write(TASKS, &theirs);
    editor.run("rutter.setTask", done("2"));
    assert_eq!(
        editor.folder.read(TASKS),
        theirs.replace("- [ ] 2.", "- [x] 2.")
    );
    let text = editor
        .folder
        .read(REQUIREMENTS)
        .replace("return 429", "return 503");
    editor.folder.write(REQUIREMENTS, &text);
    editor.run(
        "rutter.approve",
        json!({"spec": "rate-limit", "stage": "requirements"}),
    );
    editor.told("Approved");
    let name = editor.open(REQUIREMENTS);
    assert_eq!(
        editor.pull(&name)["items"],
        json!([]),
        "what was approved is what is there"
    );
}

#[test]
fn line_ends_and_unknown_content_stay() {
    let folder = Folder::rate_limit();
    let text = format!(
        "\u{feff}{}\r\n<!-- mine -->\r\n\r\n\r\n\r\nend",
        folder.read(TASKS).replace('\n', "\r\n")
    );
    folder.write(TASKS, &text);
    let mut editor = Editor::start(folder, &Setup::of(Kind::Eglot));
    editor.run("rutter.setTask", done("2"));
    let after = text.replace("- [ ] 2.", "- [x] 2.");
    assert_eq!(editor.folder.read(TASKS), after);
    let name = editor.open(TASKS);
    editor.run(
        "rutter.setTask",
        json!({"spec": name, "task": "2", "state": "pending"}),
    );
    editor.until(|e| (e.documents[&name].text == text).then_some(()));
}

#[test]
fn references_move_with_their_criteria() {
    for kind in [Kind::VsCode, Kind::Helix] {
        let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(kind));
        let (requirements, tasks) = (editor.open(REQUIREMENTS), editor.open(TASKS));
        let offered = |e: &mut Editor| {
            let lenses = e.lenses(&requirements);
            rutter_tests::product::commands(lenses.as_array().unwrap())
                .into_iter()
                .find(|(_, c, _)| c == "rutter.moveReferences")
        };
        assert_eq!(offered(&mut editor), None);
        editor.replace(
            &requirements,
            "2. IF the store is down, THEN THE Limiter SHALL allow the attempt and log it\n",
            "",
        );
        editor.replace(&requirements, "3. WHILE", "2. WHILE");
        editor.replace(&requirements, "4. WHERE", "3. WHERE");
        let (title, command, argument) = offered(&mut editor).expect("an offer at once");
        assert!(title.contains("1.2 is gone"), "{title}");
        editor.run(&command, argument);
        editor.until(|e| (!e.edits.is_empty()).then_some(()));
        editor.until(|e| e.documents[&tasks].text.contains("1.1, 1.3_").then_some(()));
        assert!(
            editor
                .folder
                .read(DESIGN)
                .contains("**Validates: Requirements 1.1, 1.2**"),
            "{}",
            editor.folder.read(DESIGN)
        );
        editor.told("1.2 is gone");
        assert_eq!(offered(&mut editor), None, "{kind:?}");
        if kind == Kind::VsCode {
            let annotations = editor.edits[0]["edit"]["changeAnnotations"]
                .as_object()
                .expect("a preview");
            assert!(annotations.values().all(|a| a["needsConfirmation"] == true));
        }
    }
}

#[test]
fn show_document_is_not_asked_of_who_cannot() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::Zed));
    let answer = editor.run("rutter.show", json!({"what": "status"}));
    assert_eq!(answer["uris"].as_array().unwrap().len(), 1);
    editor.settle();
    assert!(editor.shown.is_empty());
}

#[test]
fn a_client_that_never_answers_delays_nothing() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::VsCode));
    for method in [
        "workspace/applyEdit",
        "window/showDocument",
        "workspace/configuration",
        "client/registerCapability",
    ] {
        editor.holding.insert(method);
    }
    let name = editor.open(TASKS);
    for _ in 0..8 {
        editor.run(
            "rutter.setTask",
            json!({"spec": name, "task": "2", "state": "done"}),
        );
        editor.run("rutter.show", json!({"what": "status"}));
    }
    assert!(!editor.symbols(&name).as_array().unwrap().is_empty());
    editor.replace(&name, "Sliding", "Gliding");
    assert_eq!(editor.pull(&name)["items"], json!([]));
    editor.until(|e| {
        e.held
            .iter()
            .any(|r| r["method"] == "workspace/applyEdit")
            .then_some(())
    });
}

/// The document is at the version the editor says, whatever comes between.
#[test]
fn many_changes_in_one_message_and_out_of_range() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::VsCode));
    let name = editor.open_text(TASKS, "- [ ] 1. A\n");
    let change = |version: i64, changes: Value| json!({"textDocument": {"uri": name, "version": version}, "contentChanges": changes});
    let range = |a: (u32, u32), b: (u32, u32)| json!({"start": {"line": a.0, "character": a.1}, "end": {"line": b.0, "character": b.1}});
    let insert = json!([
        {"range": range((1, 0), (1, 0)), "text": "- [ ] 2. B\n"},
        {"range": range((1, 9), (1, 10)), "text": "😀"},
        {"range": range((99, 0), (99, 9)), "text": "- [ ] 3. C\n"},
        {"range": range((0, 9), (0, 999)), "text": "Z"},
    ]);
    editor
        .client
        .notify("textDocument/didChange", change(2, insert));
    let symbols = editor.symbols(&name).to_string();
    for title in ["Z", "😀", "C"] {
        assert!(symbols.contains(title), "{title}: {symbols}");
    }
    editor.client.notify(
        "textDocument/didChange",
        change(3, json!([{"text": "- [ ] 7. Whole\n"}])),
    );
    assert!(editor.symbols(&name).to_string().contains("Whole"));
}
