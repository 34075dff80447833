//! Specs of Spec Kit and OpenSpec: read in place by an editor and on the command line, and never changed.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use std::path::Path;

use rutter_tests::binary::{Cli, Home};
use rutter_tests::product::{Editor, Encoding, Folder, Kind, Setup, commands, offering};
use serde_json::{Value, json};

/// The files of one of the sample projects.
fn sample(name: &str) -> Vec<(String, String)> {
    fn read(base: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(base, &path, found);
            } else {
                let below = path.strip_prefix(base).unwrap().to_string_lossy();
                found.push((
                    below.replace('\\', "/"),
                    std::fs::read_to_string(&path).unwrap(),
                ));
            }
        }
    }
    let base = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../fixtures/foreign")
        .join(name);
    let mut found = Vec::new();
    read(&base, &base, &mut found);
    found
}

fn folder(name: &str, change: impl Fn(&str) -> String) -> Folder {
    let folder = Folder::empty();
    for (path, text) in sample(name) {
        folder.write(&path, &change(&text));
    }
    folder
}

fn home(name: &str) -> Home {
    let home = Home::own();
    for (path, text) in sample(name) {
        home.write(&path, text);
    }
    home
}

fn said(hover: &Value) -> &str {
    hover["contents"]["value"].as_str().unwrap_or_default()
}

fn names(symbols: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for symbol in symbols.as_array().into_iter().flatten() {
        found.push(symbol["name"].as_str().unwrap().to_owned());
        found.extend(names(&symbol["children"]));
    }
    found
}

const SPEC: &str = "specs/001-albums/spec.md";
const TASKS: &str = "specs/001-albums/tasks.md";

#[test]
fn spec_kit_is_alive_in_an_editor() {
    for (encoding, ending) in [
        (Encoding::Utf8, "\n"),
        (Encoding::Utf16, "\r\n"),
        (Encoding::Utf32, "\n"),
    ] {
        let folder = folder("photos", |text| text.replace('\n', ending));
        let capabilities = offering(Kind::VsCode.capabilities(), encoding);
        let mut editor = Editor::start(folder, &Setup::with(capabilities));
        let spec = editor.open(SPEC);
        let tasks = editor.open(TASKS);
        let code = editor.open("src/album.py");
        let symbols = editor.symbols(&spec);
        let shown = names(&symbols);
        for name in [
            "US1 Make an album",
            "FR-002 System MUST refuse a name that another album has",
        ] {
            assert!(shown.iter().any(|n| n == name), "{shown:?}");
        }
        let hover = editor.hover(&tasks, "US2]");
        assert!(
            said(&hover).contains("**001-albums US2** Sort albums"),
            "{hover}"
        );
        assert!(
            said(&hover).contains("- task T004: Keep the order in src/order.py"),
            "{hover}"
        );
        assert_eq!(
            editor.documents[&tasks].slice(&hover["range"], encoding),
            "US2"
        );
        let goal = editor.definition(&tasks, "FR-002")[0].clone();
        assert_eq!(goal["targetUri"], spec);
        let range = &goal["targetSelectionRange"];
        assert_eq!(editor.documents[&spec].slice(range, encoding), "FR-002");

        // The sources are looked through in the background.
        while editor.lenses(&code).as_array().is_none_or(|all| {
            !all.iter()
                .any(|l| l["command"]["title"].as_str().unwrap().ends_with("test"))
        }) {
            let seen = editor.refreshes.len();
            editor.until(|e| (e.refreshes.len() > seen).then_some(()));
        }
        let lenses = editor.lenses(&code);
        let titles: Vec<String> = commands(lenses.as_array().unwrap())
            .into_iter()
            .map(|(title, _, _)| title)
            .collect();
        assert_eq!(
            titles,
            [
                "001-albums FR-001 · no test",
                "001-albums FR-002 · task T003 · 1 test"
            ]
        );
        let found = editor.about(
            "textDocument/references",
            (&spec, "**FR-002**", 3),
            &json!({"context": {"includeDeclaration": true}}),
        );
        let files: Vec<String> = found["result"]
            .as_array()
            .unwrap()
            .iter()
            .map(|l| {
                l["uri"]
                    .as_str()
                    .unwrap()
                    .rsplit('/')
                    .next()
                    .unwrap()
                    .to_owned()
            })
            .collect();
        assert_eq!(files, ["spec.md", "tasks.md", "album.py", "test_album.py"]);
        let hover = editor.hover(&code, "FR-002");
        assert!(
            said(&hover).contains("System MUST refuse a name"),
            "{hover}"
        );
        let unclear = editor.about(
            "textDocument/hover",
            (&code, "\"\"\"FR-001\"", 4),
            &json!({}),
        );
        assert!(
            said(&unclear["result"]).contains("it could mean 001-albums or 002-sharing"),
            "{unclear}"
        );
        let goal = editor.definition(&code, "FR-002")[0].clone();
        assert_eq!(goal["targetUri"], spec);

        // What is typed counts, before it is saved.
        let found = editor.pull(&tasks);
        let count = |report: &Value| report["items"].as_array().unwrap().len();
        assert_eq!(count(&found), 3, "{found}");
        editor.replace(&tasks, "[US4]", "[US2]");
        assert_eq!(count(&editor.pull(&tasks)), 2);
        let symbols = editor.result("workspace/symbol", json!({"query": "FR-003"}));
        assert_eq!(symbols[0]["containerName"], "001-albums", "{symbols}");
        editor.finish();
    }
}

#[test]
fn openspec_leads_from_changes_to_specs_and_to_source() {
    let mut editor = Editor::start(folder("clinic", str::to_owned), &Setup::of(Kind::VsCode));
    let change = editor.open("openspec/changes/add-reminders/specs/appointments/spec.md");
    let shown = names(&editor.symbols(&change));
    assert!(shown.contains(&"Remind a Patient".to_owned()), "{shown:?}");
    let goal = editor.definition(&change, "Book an Appointment")[0].clone();
    let target = goal["targetUri"].as_str().unwrap();
    assert!(
        target.ends_with("openspec/specs/appointments/spec.md"),
        "{goal}"
    );
    let source = editor.open("src/booking.ts");
    let hover = editor.hover(&source, "book-an-appointment");
    assert!(
        said(&hover).contains("**appointments Book an Appointment**"),
        "{hover}"
    );
    assert!(
        said(&hover).contains("- WHEN a patient books a taken slot"),
        "{hover}"
    );
    let found = editor.pull(&change);
    assert_eq!(found["items"][0]["code"], "foreign/unknown-base", "{found}");
    let elsewhere = editor.open("openspec/changes/archive/2026-01-02-old/specs/x/spec.md");
    assert_eq!(editor.symbols(&elsewhere), Value::Null);
    editor.finish();
}

#[test]
fn nothing_of_them_is_ever_changed() {
    for (name, file, spec) in [
        ("photos", SPEC, "001-albums"),
        (
            "clinic",
            "openspec/specs/appointments/spec.md",
            "appointments",
        ),
    ] {
        let mut editor = Editor::start(folder(name, str::to_owned), &Setup::of(Kind::VsCode));
        let before = editor.folder.all();
        let uri = editor.open(file);
        for (command, argument) in [
            ("rutter.approve", json!({"stage": "requirements"})),
            ("rutter.nextStage", json!({})),
            ("rutter.sync", json!({})),
            ("rutter.setTask", json!({"task": "T003", "state": "done"})),
            ("rutter.decide", json!({"decision": "D1", "choice": "1"})),
            ("rutter.takeIn", json!({"concern": "1"})),
            ("rutter.moveReferences", json!({})),
        ] {
            for of in [uri.as_str(), spec] {
                let mut argument = argument.clone();
                argument["spec"] = of.into();
                let error = editor.refused(command, argument);
                assert_eq!(error["data"]["code"], "read-only", "{command}: {error}");
            }
        }
        let whole =
            json!({"start": {"line": 0, "character": 0}, "end": {"line": 60, "character": 0}});
        let actions = editor.actions_in(&uri, &whole);
        let edits = actions.iter().filter(|a| a["edit"] != Value::Null).count();
        assert_eq!(edits, 0, "{actions:?}");
        let lenses = editor.lenses(&uri);
        assert!(lenses.as_array().is_none_or(Vec::is_empty), "{lenses}");
        let text = editor.documents[&uri].text.clone();
        let needle = if name == "photos" {
            "FR-002"
        } else {
            "Book an"
        };
        let renamed = editor.about(
            "textDocument/rename",
            (&uri, needle, 1),
            &json!({"newName": "X"}),
        );
        assert_eq!(
            renamed.get("result").cloned().unwrap_or_default(),
            Value::Null
        );
        let tabs = json!({"options": {"tabSize": 4, "insertSpaces": true}});
        let formatted = editor.about("textDocument/formatting", (&uri, needle, 1), &tabs);
        assert_eq!(
            formatted.get("result").cloned().unwrap_or_default(),
            Value::Null
        );
        assert_eq!(editor.documents[&uri].text, text);
        assert_eq!(editor.folder.all(), before);
        editor.finish();
    }
}

#[test]
fn without_their_folders_nothing_is_looked_at() {
    let folder = Folder::with(&[
        ("specs/001-albums/spec.md", "- **FR-001**: System MUST a\n"),
        ("src/a.py", "def a():\n    \"\"\"FR-001\"\"\"\n"),
    ]);
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    let spec = editor.open("specs/001-albums/spec.md");
    let code = editor.open("src/a.py");
    assert_eq!(editor.symbols(&spec), Value::Null);
    assert_eq!(editor.hover(&code, "FR-001"), Value::Null);
    assert!(editor.lenses(&code).as_array().is_none_or(Vec::is_empty));
    assert_eq!(editor.registrations, [] as [Value; 0]);
    editor.finish();
}

#[test]
fn the_command_line_reads_them() {
    let home = home("photos");
    let before = home.tree();
    let status = Cli(&home).json(&["status", "001-albums"]).json();
    assert_eq!(status[0]["workflow"], "spec-kit");
    assert_eq!(status[0]["read_only"], true);
    assert_eq!(
        status[0]["tasks"],
        json!({"total": 6, "done": 2, "running": 0, "optional": 0})
    );
    let trace = Cli(&home).json(&["trace", "specs/001-albums"]).json();
    let last = trace["requirements"].as_array().unwrap().last().unwrap();
    assert_eq!(last["criteria"][0]["id"], "SC-001", "{trace}");
    let requirement = &trace["requirements"][2]["criteria"][1];
    assert_eq!(
        (&requirement["tasks"], &requirement["tests"][0]["line"]),
        (&json!(["T003"]), &json!(2)),
        "{trace}"
    );
    let human = Cli(&home).run(&["trace", "001-albums"]).stdout;
    assert!(
        human.contains("src/album.py:10 names FR-001: it could mean 001-albums or 002-sharing")
    );
    let checked = Cli(&home).json(&["check"]);
    assert_eq!(checked.exit(), 1);
    let codes: Vec<String> = checked
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["code"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        codes,
        [
            "foreign/needs-clarification",
            "foreign/unknown-id",
            "foreign/duplicate-id",
            "foreign/unknown-id"
        ]
    );
    let one = Cli(&home).json(&["check", TASKS]).json();
    assert_eq!(one.as_array().unwrap().len(), 3);
    for verb in [
        &["approve", "001-albums", "requirements"][..],
        &["next", "001-albums"],
        &["sync", "001-albums"],
        &["set", "001-albums", "T003", "done"],
        &["decide", "specs/001-albums", "D1", "1"],
    ] {
        let refused = Cli(&home).run(verb);
        assert_eq!(refused.exit(), 1, "{refused:?}");
        assert!(
            refused
                .stderr
                .contains("a spec of Spec Kit, which is read here and never changed")
        );
    }
    assert_eq!(home.tree(), before);
}

#[test]
fn the_state_tells_of_them_behind_ours() {
    let folder = folder("photos", str::to_owned);
    folder.write(".kiro/specs/login/tasks.md", "- [ ] 1. T\n");
    let setup = Setup::of(Kind::VsCode).options(json!({"client": {"state": true}}));
    let mut editor = Editor::start(folder, &setup);
    let tasks = editor.open(TASKS);
    let told = |state: &Value| -> Vec<Value> {
        let specs = state["specs"].as_array().unwrap().iter();
        specs
            .map(|s| json!([s["spec"], s["workflow"], s["read_only"], s["tasks"]["done"]]))
            .collect()
    };
    let wanted = |done: usize| {
        [
            json!(["login", "requirements-first", null, 0]),
            json!(["001-albums", "spec-kit", true, done]),
            json!(["002-sharing", "spec-kit", true, 0]),
        ]
    };
    editor.until(|e| {
        e.ledger
            .state
            .as_ref()
            .filter(|s| told(s) == wanted(2))
            .cloned()
    });
    editor.replace(&tasks, "- [ ] T004", "- [x] T004");
    editor.until(|e| {
        e.ledger
            .state
            .as_ref()
            .filter(|s| told(s) == wanted(3))
            .cloned()
    });
    editor.finish();
}
