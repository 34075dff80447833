//! Links from source into specs: what the editor shows of them in every language, and how they are written.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{
    CLIENTS, Editor, Encoding, Folder, Kind, RATE_LIMIT, Setup, commands, offering,
};
use serde_json::{Value, json};

const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";

/// A function and a test that name 1.2, in each language; what is a test in C tells the file's name alone.
const LANGUAGES: [(&str, &str); 11] = [
    (
        "src/a.rs",
        "/// Locks 🚀. Requirements 1.2\r\npub fn lock() {}\r\n\r\n// Validates: 1.2\r\n#[test]\r\nfn locks() {}\r\n",
    ),
    (
        "src/a.ts",
        "/**\n * Requirements: 1.2\n */\nexport function lock(): void {}\n\nit('🔒 locks (Validates: 1.2)', () => {});\n",
    ),
    (
        "src/a.js",
        "// spec:rate-limit#1.2\nfunction lock() {}\n\ntest(\"locks, Requirements 1.2\", () => {});\n",
    ),
    (
        "src/a.py",
        "def lock():\n    \"\"\"Locks. Requirements 1.2\"\"\"\n\n\ndef test_lock():\n    \"\"\"Validates: 1.2\"\"\"\n",
    ),
    (
        "src/a.go",
        "package a\n\n// Lock locks. Requirements 1.2\nfunc Lock() {}\n\n// Requirements 1.2\nfunc TestLock(t *testing.T) {}\n",
    ),
    (
        "src/A.java",
        "class A {\n  // Requirements 1.2\n  void lock() {}\n}\n\nclass LockTest {\n  // Validates: 1.2\n  @Test\n  void locks() {}\n}\n",
    ),
    (
        "src/a.c",
        "/* Requirements 1.2 */\nint lock(void) { return 0; }\n",
    ),
    (
        "src/a.cpp",
        "// Requirements 1.2\nint lock() { return 0; }\n\n// Requirements 1.2\nTEST(Suite, locks) { lock(); }\n",
    ),
    (
        "src/A.cs",
        "class A {\n  /// <summary>Requirements 1.2</summary>\n  void Lock() {}\n}\n\nclass LockTest {\n  // Validates: 1.2\n  [Fact]\n  void Locks() {}\n}\n",
    ),
    (
        "src/a.rb",
        "# Requirements 1.2\ndef lock\nend\n\ndescribe 'A' do\n  it 'locks (Requirements 1.2)' do\n  end\nend\n",
    ),
    (
        "src/A.php",
        "<?php\n// Requirements 1.2\nfunction lock() {}\n\nclass ATest extends TestCase {\n  // Validates: 1.2\n  public function testLock() {}\n}\n",
    ),
];

fn titles(editor: &mut Editor, name: &str) -> Vec<String> {
    let lenses = editor.lenses(name);
    let lenses = lenses.as_array().cloned().unwrap_or_default();
    commands(&lenses).into_iter().map(|(t, _, _)| t).collect()
}

/// Asks for the lenses, again each time the server says that they changed, until they are as they shall be.
fn lenses_until(
    editor: &mut Editor,
    name: &str,
    wanted: impl Fn(&[String]) -> bool,
) -> Vec<String> {
    loop {
        let seen = editor.refreshes.len();
        let titles = titles(editor, name);
        if wanted(&titles) {
            return titles;
        }
        editor.until(|e| (e.refreshes.len() > seen).then_some(()));
    }
}

fn said(hover: &Value) -> &str {
    hover["contents"]["value"].as_str().unwrap_or_default()
}

#[test]
fn every_language_is_linked_both_ways() {
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        let folder = Folder::with(&RATE_LIMIT);
        for (path, text) in LANGUAGES {
            folder.write(path, text);
        }
        let in_c = "// Validates: 1.2\nvoid test_locks(void) { lock(); }\n";
        folder.write("tests/test_a.c", in_c);
        let capabilities = offering(Kind::VsCode.capabilities(), encoding);
        let mut editor = Editor::start(folder, &Setup::with(capabilities));
        let requirements = editor.open(REQUIREMENTS);
        for (path, _) in LANGUAGES {
            let name = editor.open(path);
            let all = lenses_until(&mut editor, &name, |t| {
                t.first().is_some_and(|t| t.ends_with("tests"))
            });
            let expected = ["rate-limit 1.2 · task 1.1 · 11 tests", "rate-limit 1.2"];
            let count = if path == "src/a.c" { 1 } else { 2 };
            assert_eq!(all, expected[..count], "{path}");
            let hover = editor.hover(&name, "1.2");
            for words in [
                "**rate-limit 1.2** Block repeated failures\n\nIF the store is down",
                "- task 1.1: Add the counter type (done)",
                "src/a.rs:1",
                "Tests:",
            ] {
                assert!(said(&hover).contains(words), "{path}: {hover}");
            }
            let range = hover["range"].clone();
            assert_eq!(editor.documents[&name].slice(&range, encoding), "1.2");
            let goal = editor.definition(&name, "1.2")[0].clone();
            assert_eq!(goal["targetUri"], requirements, "{path}");
            let target = editor.documents[&requirements].slice(&goal["targetRange"], encoding);
            assert!(target.contains("IF the store is down"), "{path}: {target}");
            assert!(editor.hover(&name, "ock").is_null(), "{path}");
        }
        let hover = editor.hover(&requirements, "2. IF");
        assert!(said(&hover).contains("Code:\n- [A.Lock](file:"), "{hover}");
        assert!(said(&hover).contains("src/a.go:6"), "{hover}");
    }
}

#[test]
fn what_is_typed_counts_at_once() {
    let folder = Folder::rate_limit();
    folder.write("src/a.rs", "fn lock() {}\n");
    folder.write(
        "src/b.rs",
        "// Requirements 1.3\n#[test]\nfn blocked() {}\n",
    );
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    let name = editor.open("src/a.rs");
    assert!(titles(&mut editor, &name).is_empty());
    editor.edit(&name, 0..0, "// 🚀 Requirements 1.3\n");
    let all = lenses_until(&mut editor, &name, |t| {
        t.iter().any(|t| t.ends_with("1 test"))
    });
    assert_eq!(all, ["rate-limit 1.3 · task 1.2 · 1 test"]);
    editor.replace(&name, "1.3", "1.4");
    let all = lenses_until(&mut editor, &name, |t| !t.is_empty());
    assert_eq!(all, ["rate-limit 1.4 · task 1.1 · no test"]);
    // On disk, by somebody else.
    editor
        .folder
        .write("src/b.rs", "// Requirements 1.4\n#[test]\nfn bypass() {}\n");
    editor.watched(&[("src/b.rs", 2)]);
    lenses_until(&mut editor, &name, |t| {
        t == ["rate-limit 1.4 · task 1.1 · 1 test"]
    });
    // Where its criterion goes, so does the link.
    let requirements = editor.open(REQUIREMENTS);
    editor.replace(
        &requirements,
        "4. WHERE an admin bypass is set, THE Limiter SHALL skip counting\n",
        "",
    );
    assert!(titles(&mut editor, &name).is_empty());
    editor.reset(&name, "// spec:rate-limit#1.4\nfn lock() {}\n");
    let hover = editor.hover(&name, "1.4");
    assert_eq!(said(&hover), "rate-limit has no 1.4.");
}

#[test]
fn a_link_that_means_nothing_is_a_hint() {
    for kind in [Kind::VsCode, Kind::Neovim] {
        let folder = Folder::rate_limit();
        let text =
            "// spec:rate-limit#1.2,1.9\nfn lock() {}\n\n// Requirements 7.7\nfn other() {}\n";
        folder.write("src/a.rs", text);
        let mut editor = Editor::start(folder, &Setup::of(kind));
        let name = editor.open("src/a.rs");
        let found = if kind == Kind::VsCode {
            lenses_until(&mut editor, &name, |t| {
                t.first().is_some_and(|t| t.ends_with("no test"))
            });
            editor.pull(&name)["items"].as_array().unwrap().clone()
        } else {
            editor.pushed(&name)
        };
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0]["code"], "trace/unknown-requirement");
        assert_eq!(found[0]["severity"], 4);
        assert_eq!(found[0]["message"], "rate-limit has no requirement 1.9.");
        assert_eq!(
            editor.documents[&name].slice(&found[0]["range"], editor.encoding),
            "1.9"
        );
    }
}

const LOGIN: &str = "### Requirement 1: Sign in\n\n#### Acceptance Criteria\n\n1. THE Login SHALL greet\n2. THE Login SHALL lock after five failures\n";

/// Two specs with the criteria 1.1 and 1.2.
fn two_specs(text: &str) -> (Editor, String) {
    let folder = Folder::rate_limit();
    folder.write(".kiro/specs/login/requirements.md", LOGIN);
    folder.write("src/a.rs", text);
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    let name = editor.open("src/a.rs");
    (editor, name)
}

#[test]
fn which_spec_is_asked_once_and_written_down() {
    let text = "// Requirements 1.1-1.2\r\nfn lock() {} // 🚀\r\n\r\n/// Validates: 1.1\r\nfn greet() {}\r\n\r\n// Requirements 1.4\r\nfn skip() {}\r\n";
    let (mut editor, name) = two_specs(text);
    let lenses = editor.lenses(&name);
    let lenses = commands(lenses.as_array().unwrap());
    assert_eq!(lenses[0].0, "Requirements 1.1-1.2: which spec?");
    assert_eq!(lenses[1].0, "Validates: 1.1: which spec?");
    assert!(lenses[2].0.starts_with("rate-limit 1.4"), "{lenses:?}");
    assert!(said(&editor.hover(&name, "1.1-")).contains("could mean login or rate-limit"));
    assert_eq!(
        editor.definition(&name, "1.1-").as_array().unwrap().len(),
        2
    );
    // The lens has its twin, and nothing else is offered there.
    let actions = commands(&editor.actions(&name, "1.1-"));
    assert_eq!(actions, [lenses[0].clone()]);
    // Nobody chooses: nothing happens.
    let error = editor.refused("rutter.link", lenses[0].2.clone());
    assert_eq!(error["data"]["code"], "question");
    assert_eq!(editor.documents[&name].text, text);
    editor.choices.push_back("login, for all 2 in this file");
    editor.run("rutter.link", lenses[0].2.clone());
    editor.until(|e| (e.documents[&name].text != text).then_some(()));
    let after = text
        .replace("1.1-1.2", "spec:login#1.1,1.2")
        .replace("Validates: 1.1", "Validates: spec:login#1.1");
    assert_eq!(editor.documents[&name].text, after);
    lenses_until(&mut editor, &name, |t| {
        t.iter().all(|t| !t.ends_with("which spec?")) && t[0].starts_with("login 1.1, 1.2")
    });
    let error = editor.refused("rutter.link", lenses[0].2.clone());
    assert_eq!(error["data"]["code"], "question", "{error}");
}

#[test]
fn a_link_is_added_where_one_chooses_it() {
    let (mut editor, name) =
        two_specs("mod m {\n    // Locks accounts.\n    fn lock_after_failures() {}\n}\n");
    let actions = editor.actions(&name, "Locks");
    assert_eq!(actions.len(), 1);
    assert!(actions[0]["isPreferred"].is_null());
    let [(title, command, argument)] = commands(&actions).try_into().unwrap();
    assert_eq!(title, "Link this to a requirement, or make a spec of it");
    editor.choices.push_back("Link it to a requirement");
    // What shares the most words is offered first.
    editor
        .choices
        .push_back("login 1.2 THE Login SHALL lock after five failures");
    editor.run(&command, argument.clone());
    let first = "mod m {\n    // Locks accounts.\n    // spec:login#1.2\n    fn lock_after_failures() {}\n}\n";
    editor.until(|e| (e.documents[&name].text == first).then_some(()));
    assert_eq!(
        editor.asked.last().unwrap()["actions"].as_array().unwrap()[0]["title"],
        "login 1.2 THE Login SHALL lock after five failures"
    );
    // One more goes into the same link; by name nothing is asked.
    let asked = editor.asked.len();
    let mut more = argument.clone();
    more["spec"] = json!("login");
    more["ids"] = json!(["1.1"]);
    editor.run("rutter.link", more.clone());
    let second = first.replace("#1.2", "#1.2,1.1");
    editor.until(|e| (e.documents[&name].text == second).then_some(()));
    assert_eq!(editor.asked.len(), asked);
    let answer = editor.run("rutter.link", more.clone());
    editor.told("already");
    assert!(
        answer["message"].as_str().unwrap().contains("already"),
        "{answer}"
    );
    more["ids"] = json!(["9.9"]);
    assert_eq!(
        editor.refused("rutter.link", more)["data"]["code"],
        "unknown-item"
    );
    // From a link one goes to what it names.
    let [(_, command, argument)] = commands(&editor.actions(&name, "1.2,")).try_into().unwrap();
    editor.choices.push_back("Go to login 1.2");
    editor.run(&command, argument);
    let shown = editor.until(|e| e.shown.last().cloned());
    assert!(
        shown["uri"]
            .as_str()
            .unwrap()
            .ends_with("login/requirements.md")
    );
    assert_eq!(shown["selection"]["start"]["line"], 5);
}

#[test]
fn a_link_in_the_only_spec_is_short_and_closed_files_are_written() {
    let folder = Folder::rate_limit();
    folder.write(
        "src/a.py",
        "class A:\r\n    def lock(self):\r\n        pass\r\n",
    );
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    let range = json!({"start": {"line": 1, "character": 9}, "end": {"line": 1, "character": 9}});
    let argument =
        json!({"uri": editor.folder.uri("src/a.py"), "range": range, "ids": ["1.2", "1.3"]});
    let answer = editor.run("rutter.link", argument);
    let linked =
        "class A:\r\n    # Requirements: 1.2, 1.3\r\n    def lock(self):\r\n        pass\r\n";
    assert_eq!(editor.folder.read("src/a.py"), linked);
    editor.run("rutter.undo", json!({"change": answer["change"]}));
    editor.told("Undone");
    assert_eq!(
        editor.folder.read("src/a.py"),
        linked.replace("    # Requirements: 1.2, 1.3\r\n", "")
    );
}

#[test]
fn each_root_means_its_own_specs() {
    let (folder, roots) = Folder::two_roots("// Requirements 1.2\nfn lock() {}\n");
    let setup = Setup {
        folders: Some(roots),
        ..Setup::of(Kind::VsCode)
    };
    let mut editor = Editor::start(folder, &setup);
    for root in ["one", "two"] {
        let name = editor.open(&format!("{root}/src/a.rs"));
        let all = lenses_until(&mut editor, &name, |t| t[0].ends_with("test"));
        assert_eq!(all, ["rate-limit 1.2 · task 1.1 · no test"]);
        let hover = editor.hover(&name, "1.2");
        assert_eq!(said(&hover).matches("src/a.rs:1").count(), 1, "{hover}");
        let goal = editor.definition(&name, "1.2")[0].clone();
        let requirements = editor.folder.uri(&format!("{root}/{REQUIREMENTS}"));
        assert_eq!(goal["targetUri"], requirements);
    }
}

#[test]
fn without_a_spec_source_is_left_alone() {
    for kind in CLIENTS {
        let folder = Folder::with(&[("src/a.rs", LANGUAGES[0].1)]);
        let mut editor = Editor::start(folder, &Setup::of(kind));
        let name = editor.open("src/a.rs");
        assert!(editor.lenses(&name).is_null());
        assert!(editor.hover(&name, "1.2").is_null());
        assert!(editor.definition(&name, "1.2").is_null());
        let actions = commands(&editor.actions(&name, "1.2"));
        assert_eq!(actions.len(), 1);
        assert_eq!(actions[0].1, "rutter.newSpec");
        editor.settle();
        assert!(editor.registrations.is_empty() && editor.refreshes.is_empty());
    }
}

/// Where places are: the end of each path, and its line from 1.
fn places(answer: &Value) -> Vec<String> {
    let all = answer["result"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer}"));
    let place = |l: &Value| {
        let file = l["uri"]
            .as_str()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned();
        format!(
            "{file}:{}",
            l["range"]["start"]["line"].as_u64().unwrap() + 1
        )
    };
    all.iter().map(place).collect()
}

#[test]
fn references_and_renames_cross_into_source() {
    let folder = Folder::rate_limit();
    folder.write(
        "src/a.rs",
        "// 🚀 Requirements 1.2-1.3, 1.4\r\nfn lock() {}\r\n",
    );
    folder.write(
        "src/b.rs",
        "// spec:rate-limit#1.2,1.4\nfn log() {}\n// Requirements 9.9\nfn other() {}\n",
    );
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    let requirements = editor.open(REQUIREMENTS);
    let name = editor.open("src/a.rs");
    lenses_until(&mut editor, &name, |t| t[0].ends_with("test"));
    let at = |e: &Editor, file: &str, needle: &str| json!({"textDocument": {"uri": file}, "position": e.place(file, needle), "context": {"includeDeclaration": true}});
    for (file, needle) in [(&requirements, "4. WHERE"), (&name, "1.4")] {
        let params = at(&editor, file, needle);
        let found = places(&editor.ask("textDocument/references", params));
        assert_eq!(
            found,
            ["requirements.md:22", "tasks.md:8", "a.rs:1", "b.rs:1"]
        );
    }
    assert_eq!(
        editor.ask("textDocument/references", at(&editor, &name, "lock"))["result"],
        Value::Null
    );
    let mut params = at(&editor, &name, "1.4");
    let prepared = editor.ask("textDocument/prepareRename", params.clone());
    assert_eq!(prepared["result"]["placeholder"], "1.4");
    params["newName"] = json!("1.2");
    let edit = editor.ask("textDocument/rename", params)["result"].clone();
    let text = |file: &str| -> String {
        let changes = edit["documentChanges"].as_array().unwrap();
        let change = changes
            .iter()
            .find(|c| c["textDocument"]["uri"].as_str().unwrap().ends_with(file))
            .unwrap();
        change["edits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| {
                format!(
                    "{}:{} ",
                    e["range"]["start"]["character"],
                    e["newText"].as_str().unwrap()
                )
            })
            .collect()
    };
    // 1.4 is 1.2 now, and what was 1.2 and 1.3 moved on.
    assert_eq!(text("src/b.rs"), "19:1.3 23:1.2 ");
    assert_eq!(text("src/a.rs"), "19:1.3 23:1.4 28:1.2 ");
}
