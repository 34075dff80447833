//! `rutter.newHook` in an editor: the sentence is asked for, what it leaves open is asked, and the hook may run; then lenses
//! and actions run, switch and migrate hooks.

#![cfg(unix)]
#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{Editor, Folder, Kind, Setup, command, commands, logged, said};
use serde_json::{Value, json};

const MADE: &str = ".kiro/hooks/run-true-when-a-file-is-saved.json";

fn asking() -> Editor {
    let setup = Setup::of(Kind::VsCode).options(json!({"client": {"input": true}}));
    Editor::start(Folder::with(&[("src/a.rs", "fn a() {}\n")]), &setup)
}

#[test]
fn a_sentence_is_asked_for_and_what_it_leaves_open_too() {
    let mut editor = asking();
    editor.answers = [json!("run `true`")].into();
    editor.choices = ["When a file is saved"].into();
    editor.run("rutter.newHook", json!({}));
    editor.told("It is trusted as it stands, since you asked for it.");
    assert_eq!(
        editor.questions[0]["title"],
        "What shall be done, and when?"
    );
    let asked = editor.asked[0]["message"].as_str().unwrap();
    assert_eq!(
        asked,
        "When shall this be done? Understood so far: runs `true`."
    );
    assert!(editor.folder.has(MADE));
    let uri = editor.folder.uri(MADE);
    editor.until(|e| e.shown.iter().any(|s| s["uri"] == uri).then_some(()));
    // It fires with the next save.
    editor.open("src/a.rs");
    editor.save("src/a.rs");
    let outcomes = logged(&editor.folder.beside("state"), &editor.folder.root(), 1);
    assert_eq!(said(&outcomes), ["PostFileSave src/a.rs Ran"]);
    editor.ledger.hushed = true;
}

#[test]
fn without_an_answer_nothing_is_made() {
    let mut editor = asking();
    let error = editor.refused("rutter.newHook", json!({}));
    assert_eq!(error["data"]["code"], "cancelled");
    let error = editor.refused("rutter.newHook", json!({"text": "run `true`"}));
    assert_eq!(error["data"]["code"], "question");
    assert_eq!(error["data"]["candidates"].as_array().unwrap().len(), 5);
    // What can't be asked for must be given.
    let mut editor = Editor::start(Folder::empty(), &Setup::of(Kind::Nothing));
    let error = editor.refused("rutter.newHook", json!({}));
    assert_eq!(error["data"]["code"], "wrong-argument");
    let made = json!({"text": "run `true` when a file is saved", "name": "Mine"});
    editor.run("rutter.newHook", made);
    editor.told("Made `.kiro/hooks/mine.json#Mine`.");
}

#[test]
fn lenses_trust_run_and_switch_a_hook() {
    const HOOK: &str = ".rutter/hooks/h.json";
    for kind in [Kind::VsCode, Kind::Zed, Kind::Helix] {
        let text = command("h", "Manual", "true", &Value::Null);
        let mut editor = Editor::start(Folder::with(&[(HOOK, &text)]), &Setup::of(kind));
        let name = editor.open(HOOK);
        let titles = ["Trust as it stands", "Run", "Disable", "Enable"];
        for title in titles {
            let lenses = editor.lenses(&name);
            let lenses = lenses.as_array().unwrap();
            let lens = commands(lenses).into_iter().find(|(t, ..)| t == title);
            let (_, command, argument) = lens.unwrap_or_else(|| panic!("{title}: {lenses:?}"));
            // A code action at the place does the same.
            let range =
                json!({"start": lenses[0]["range"]["start"], "end": lenses[0]["range"]["start"]});
            let twins = commands(&editor.actions_in(&name, &range));
            assert!(
                twins
                    .iter()
                    .any(|(_, c, a)| (c, a) == (&command, &argument))
            );
            editor.run(&command, argument);
            match title {
                "Trust as it stands" => drop(editor.told("Trusted as it stands")),
                "Run" => {
                    logged(&editor.folder.beside("state"), &editor.folder.root(), 1);
                }
                "Disable" => {
                    editor.told("is off");
                    editor.until(|e| (e.edits.len() == 1).then_some(()));
                    editor.save(HOOK);
                }
                _ => drop(editor.told("is on")),
            }
        }
        editor.ledger.hushed = true;
    }
}
