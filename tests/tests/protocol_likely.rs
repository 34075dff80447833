//! What commits say of code: lenses, hover, references and the two answers, in an editor.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{Editor, Folder, Kind, Setup, commands};
use serde_json::{Value, json};

const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";
const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";
const CODE: &str = "// 🚀 counts\r\npub struct Counter;\r\n\r\nimpl Counter {\r\n    pub fn reject_sixth(&self, attempts: usize) -> bool {\r\n        attempts > 5\r\n    }\r\n}\r\n\r\nfn log_attempt() {}\r\n";

/// A repository whose last commit did task 1.1.
fn ticked() -> Folder {
    let folder = Folder::rate_limit();
    let tasks = folder.read(TASKS);
    folder.write(TASKS, &tasks.replace("- [x] 1.1", "- [ ] 1.1"));
    folder.git(&["init", "-q", "-b", "main"]);
    folder.commit("Plan");
    folder.write(TASKS, &tasks);
    folder.write("src/counter.rs", CODE);
    folder.commit("Count [attempts]");
    folder
}

fn titles(editor: &mut Editor, name: &str) -> Vec<(String, String, Value)> {
    let lenses = editor.lenses(name);
    commands(&lenses.as_array().cloned().unwrap_or_default())
}

fn lenses_until(
    editor: &mut Editor,
    name: &str,
    wanted: impl Fn(&[(String, String, Value)]) -> bool,
) -> Vec<(String, String, Value)> {
    loop {
        let seen = editor.refreshes.len();
        let found = titles(editor, name);
        if wanted(&found) {
            return found;
        }
        editor.until(|e| (e.refreshes.len() > seen).then_some(()));
    }
}

#[test]
fn a_commit_links_what_it_changed_and_one_says_yes_or_no() {
    let folder = ticked();
    let head = folder.git(&["rev-parse", "--short=8", "HEAD"]);
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    let name = editor.open("src/counter.rs");
    let requirements = editor.open(REQUIREMENTS);
    let lenses = lenses_until(&mut editor, &name, |l| l.len() == 2);
    let expected = format!("rate-limit 1.1, 1.2, 1.4 ? · from {head}");
    assert_eq!(
        lenses.iter().map(|l| &l.0).collect::<Vec<_>>(),
        [&expected, &expected]
    );
    // The function itself says nothing: it is the user's own line.
    assert!(editor.hover(&name, "reject_sixth").is_null());
    let hover = editor.hover(&requirements, "1. WHEN");
    let said = hover["contents"]["value"].as_str().unwrap();
    let line = "src/counter.rs:5 (task 1.1, commit ";
    assert!(
        said.contains("Likely, by commits that did its tasks:\n- [Counter.reject_sixth](file:")
            && said.contains(line)
            && said.contains(&format!("{head} “Count attempts”)")),
        "{said}"
    );
    assert!(!said.contains("\nCode:"), "{said}");
    let place = editor.place(&requirements, "1. WHEN");
    let references = editor.ask(
        "textDocument/references",
        json!({"textDocument": {"uri": requirements}, "position": place, "context": {"includeDeclaration": false}}),
    );
    let last = references["result"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["uri"], &last["range"]["start"]["line"]),
        (&json!(name), &json!(9))
    );
    // Yes.
    editor.choices.push_back("Only to 1.1");
    editor.run(&lenses[0].1, lenses[0].2.clone());
    let after = CODE.replace(
        "    pub fn reject",
        "    // Requirements: 1.1\r\n    pub fn reject",
    );
    editor.until(|e| (e.documents[&name].text == after).then_some(()));
    let asked = editor.asked.last().unwrap()["message"].as_str().unwrap();
    assert_eq!(
        asked,
        format!(
            "{head} “Count [attempts]” did task 1.1 of rate-limit and changed reject_sixth. Is it there for 1.1, 1.2, 1.4?"
        )
    );
    lenses_until(&mut editor, &name, |l| {
        l.iter()
            .any(|l| l.0.starts_with("rate-limit 1.1 · tasks 1.1, 1.2"))
            && l.iter().any(|l| l.0.starts_with("rate-limit 1.2, 1.4 ?"))
    });
    // No, for good.
    let lenses = titles(&mut editor, &name);
    let of_log = lenses
        .iter()
        .rfind(|l| l.1 == "rutter.confirmLink")
        .unwrap();
    editor
        .choices
        .push_back("No, it is not there for rate-limit 1.1, 1.2, 1.4");
    editor.run(&of_log.1, of_log.2.clone());
    lenses_until(&mut editor, &name, |l| l.len() == 2);
    assert_eq!(
        editor.folder.read(".rutter/dismissed-links.jsonl"),
        "{\"path\":\"src/counter.rs\",\"name\":\"log_attempt\",\"spec\":\"rate-limit\",\"task\":\"1.1\"}\n"
    );
    // What goes away is no longer spoken of.
    editor.reset(&name, "fn other() {}\n");
    lenses_until(&mut editor, &name, |l| l.is_empty());
    let hover = editor.hover(&requirements, "1. WHEN");
    assert!(!hover.to_string().contains("Likely"), "{hover}");
}
