//! What the user is asked and told about hooks, and the prompts that wait.

#![cfg(unix)]
#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_store::{HookOutcome, OutcomeKind};
use rutter_tests::product::{Editor, Folder, Kind, Setup, command, logged};
use serde_json::{Value, json};

const HOOK: &str = ".rutter/hooks/h.json";

fn with_command(text: &str) -> Folder {
    Folder::with(&[
        ("src/a.rs", "fn a() {}\n"),
        (HOOK, &command("h", "PostFileSave", text, &Value::Null)),
    ])
}

fn outcomes(editor: &Editor, count: usize) -> Vec<HookOutcome> {
    logged(&editor.folder.beside("state"), &editor.folder.root(), count)
}

fn shown(editor: &mut Editor, name: &str) -> String {
    let uri = editor.until(|e| {
        let uris = e.shown.iter().filter_map(|s| s["uri"].as_str());
        uris.rev()
            .find(|uri| uri.ends_with(name))
            .map(str::to_owned)
    });
    editor.shown.clear();
    std::fs::read_to_string(uri.trim_start_matches("file://")).unwrap()
}

#[test]
fn what_is_not_trusted_is_shown_then_trusted_as_it_was_shown() {
    let mut editor = Editor::start(with_command("touch ran"), &Setup::of(Kind::VsCode));
    editor.open("src/a.rs");
    editor.holding.insert("window/showMessageRequest");
    editor.save("src/a.rs");
    assert_eq!(outcomes(&editor, 1)[0].outcome, OutcomeKind::Untrusted);
    let question = editor.until(|e| e.held.front().cloned());
    assert_eq!(
        question["params"]["message"],
        format!("`{HOOK}#h` is not trusted as it stands, so it does not run.")
    );
    editor.held.clear();
    editor.client.reply(&question, json!({"title": "Show"}));
    assert!(shown(&mut editor, "trust.md").contains("command: touch ran"));
    let question = editor.until(|e| e.held.front().cloned());
    editor.held.clear();
    // What is there by now is something else, and that nobody has seen.
    let other = command("h", "PostFileSave", "touch other", &Value::Null);
    editor.folder.write(HOOK, &other);
    editor.refreshes.clear();
    editor
        .client
        .reply(&question, json!({"title": "Trust as it stands"}));
    // Lenses are asked for again when it is trusted.
    editor.until(|e| (!e.refreshes.is_empty()).then_some(()));
    editor.holding.clear();
    editor.choices = ["Not now"].into();
    editor.save("src/a.rs");
    assert_eq!(outcomes(&editor, 2)[1].outcome, OutcomeKind::Untrusted);
    editor.until(|e| e.asked.first().cloned());
    editor.folder.write(
        HOOK,
        &command("h", "PostFileSave", "touch ran", &Value::Null),
    );
    editor.save("src/a.rs");
    assert_eq!(outcomes(&editor, 3)[2].outcome, OutcomeKind::Ran);
    assert!(editor.folder.has("ran") && !editor.folder.has("other"));
    editor.ledger.hushed = true;
}

#[test]
fn a_pull_that_changes_a_trusted_hook_is_one_question() {
    let mut editor = Editor::start(with_command("true"), &Setup::of(Kind::VsCode));
    editor.run("rutter.trust", json!({"what": "all"}));
    editor
        .folder
        .write(HOOK, &command("h", "PostFileSave", "false", &Value::Null));
    editor.choices = ["Show", "Not now"].into();
    editor.watched(&[(HOOK, 2)]);
    editor.watched(&[(HOOK, 2)]);
    let text = shown(&mut editor, "trust.md");
    assert!(
        text.contains("-command: true") && text.contains("+command: false"),
        "{text}"
    );
    editor.until(|e| (e.asked.len() == 2).then_some(()));
    editor.ledger.hushed = true;
}

#[test]
fn a_failure_is_told_once_with_its_output_one_step_away_and_without_secrets() {
    let secret = "ghp_x7Kq2mZp9LwR4tVb8NcY3sHd6FgJ1aQe5UiO";
    let fails = "echo first line; echo token ${T}${U}; exit 3"
        .replace("${T}", &secret[..8])
        .replace("${U}", &secret[8..]);
    let mut editor = Editor::start(with_command(&fails), &Setup::of(Kind::VsCode));
    editor.run("rutter.trust", json!({"what": "all"}));
    editor.open("src/a.rs");
    editor.choices = ["Show output"].into();
    editor.save("src/a.rs");
    let text = shown(&mut editor, "hook-output.md");
    assert!(
        text.contains("Exit code 3.") && text.contains("first line"),
        "{text}"
    );
    assert!(
        text.contains("[redacted: GitHub token]") && !text.contains(secret),
        "{text}"
    );
    let message = editor.asked[0]["message"].as_str().unwrap();
    assert_eq!(
        message,
        format!("The hook `{HOOK}#h` failed for src/a.rs: first line")
    );
    let outcome = &outcomes(&editor, 1)[0];
    assert_eq!(
        (outcome.outcome, outcome.code),
        (OutcomeKind::Failed, Some(3))
    );
    assert!(!outcome.detail.contains(secret));
    // While the user has not answered, a second failure is no second message.
    editor.holding.insert("window/showMessageRequest");
    editor.save("src/a.rs");
    outcomes(&editor, 2);
    editor.until(|e| (e.held.len() == 1).then_some(()));
    editor.save("src/a.rs");
    outcomes(&editor, 3);
    editor.settle();
    assert_eq!(editor.held.len(), 1);
    let question = editor.held.pop_front().unwrap();
    editor.client.reply(&question, Value::Null);
    editor.ledger.hushed = true;
}

#[test]
fn prompts_wait_in_sight_until_they_are_put_aside() {
    let hook = json!({"version": "v1", "hooks": [{"name": "Docs", "trigger": "PostFileSave", "action": {"type": "agent", "prompt": "Update the docs."}}]});
    let folder = Folder::with(&[
        ("a.md", ""),
        ("b.md", ""),
        (".kiro/hooks/docs.json", &hook.to_string()),
    ]);
    let setup = Setup::of(Kind::VsCode).options(json!({"client": {"state": true}}));
    let mut editor = Editor::start(folder, &setup);
    editor.run("rutter.trust", json!({"what": "all"}));
    for file in ["a.md", "b.md", "a.md"] {
        editor.open(file);
        editor.save(file);
    }
    assert!(
        outcomes(&editor, 3)
            .iter()
            .all(|o| o.outcome == OutcomeKind::Waiting)
    );
    let waiting = |count: Value| {
        move |e: &Editor| {
            let state = e.ledger.state.as_ref()?;
            (state["hooks"][0]["waiting"] == count).then_some(())
        }
    };
    editor.until(waiting(json!(2)));
    editor.run("rutter.show", json!({"what": "requests"}));
    let text = shown(&mut editor, "requests.md");
    assert!(
        text.contains("> Update the docs.") && text.contains("a.md\n") && text.contains("b.md\n"),
        "{text}"
    );
    assert_eq!(text.matches("## ").count(), 1);
    let answer = editor.run("rutter.dismissHook", json!({"hook": "Docs"}));
    assert_eq!(
        answer["message"],
        "`.kiro/hooks/docs.json#Docs` waits no more."
    );
    editor.until(waiting(Value::Null));
    let refused = editor.ask(
        "workspace/executeCommand",
        json!({"command": "rutter.dismissHook", "arguments": [{"hook": "Docs"}]}),
    );
    assert_eq!(refused["error"]["data"]["code"], "unknown-hook");
    editor.ledger.hushed = true;
}

#[test]
fn a_damaged_trust_store_is_told_and_nothing_runs() {
    let mut editor = Editor::start(with_command("touch ran"), &Setup::of(Kind::VsCode));
    editor.run("rutter.trust", json!({"what": "all"}));
    let state = editor.folder.beside("state");
    let store = rutter_store::Store::new(std::sync::Arc::new(rutter_host::Disk), state);
    let file = store.workspace(&editor.folder.root()).join("trust.json");
    std::fs::write(&file, "{").unwrap();
    editor.open("src/a.rs");
    editor.save("src/a.rs");
    editor.until(|e| e.asked.first().cloned());
    let message = editor.asked[0]["message"].as_str().unwrap();
    assert!(message.contains("trust.json"), "{message}");
    assert_eq!(outcomes(&editor, 1)[0].outcome, OutcomeKind::Failed);
    assert!(!editor.folder.has("ran"));
    editor.ledger.hushed = true;
}

#[test]
fn a_state_folder_that_takes_no_file_is_told_and_nothing_runs() {
    let folder = with_command("touch ran");
    std::fs::write(folder.beside("state"), "no folder").unwrap();
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    editor.open("src/a.rs");
    editor.save("src/a.rs");
    editor.save("src/a.rs");
    editor.told("Hooks don't fire");
    editor.settle();
    assert!(!editor.folder.has("ran"));
    editor.ledger.hushed = true;
}
