//! What can be read from a spec: hover, definition, symbols, lenses and actions; and that other files are left alone.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{CLIENTS, Editor, Folder, Kind, Setup, commands};
use serde_json::{Value, json};

const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";
const DESIGN: &str = ".kiro/specs/rate-limit/design.md";
const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";

fn sample(kind: Kind) -> Editor {
    Editor::start(Folder::rate_limit(), &Setup::of(kind))
}

fn hover_text(hover: &Value) -> &str {
    hover["contents"]["value"]
        .as_str()
        .unwrap_or_else(|| panic!("{hover}"))
}

#[test]
fn hover_on_a_reference_shows_what_it_means() {
    let mut editor = sample(Kind::VsCode);
    let tasks = editor.open(TASKS);
    let hover = editor.hover(&tasks, "1.4_");
    assert!(
        hover_text(&hover).contains("WHERE an admin bypass is set"),
        "{hover}"
    );
    let range = hover["range"].clone();
    assert_eq!(
        editor.documents[&tasks].slice(&range, editor.encoding),
        "1.4"
    );
    assert!(editor.hover(&tasks, "Sliding").is_null());
    // A document that nobody opened is read from disk, as its spec was.
    let design = editor.folder.uri(DESIGN);
    let at = json!({"textDocument": {"uri": design}, "position": {"line": 12, "character": 28}});
    let closed = editor.ask("textDocument/hover", at);
    assert!(
        hover_text(&closed["result"]).contains("five attempts fail"),
        "{closed}"
    );
}

#[test]
fn definition_goes_to_the_criterion() {
    let mut editor = sample(Kind::VsCode);
    let (tasks, requirements) = (editor.open(TASKS), editor.open(REQUIREMENTS));
    let links = editor.definition(&tasks, "1.4_");
    let link = &links[0];
    assert_eq!(link["targetUri"], requirements);
    let target = editor.documents[&requirements].slice(&link["targetRange"], editor.encoding);
    assert!(target.contains("WHERE an admin bypass"), "{target}");
    assert_eq!(
        editor.documents[&tasks].slice(&link["originSelectionRange"], editor.encoding),
        "1.4"
    );
    let mut plain = sample(Kind::Nothing);
    let tasks = plain.open(TASKS);
    let places = plain.definition(&tasks, "1.4_");
    assert_eq!(places[0]["uri"], plain.folder.uri(REQUIREMENTS));
    assert!(places[0]["range"].is_object());
}

#[test]
fn symbols_are_a_tree_inside_which_everything_lies_in_its_parent() {
    let mut editor = sample(Kind::Helix);
    for file in [REQUIREMENTS, DESIGN, TASKS] {
        let name = editor.open(file);
        let symbols = editor.symbols(&name);
        let top = symbols.as_array().unwrap();
        assert!(!top.is_empty(), "{file}");
        for symbol in top {
            inside(symbol, None);
        }
    }
}

fn inside(symbol: &Value, parent: Option<&Value>) {
    let place = |v: &Value, end: &str| {
        (
            v[end]["line"].as_u64().unwrap(),
            v[end]["character"].as_u64().unwrap(),
        )
    };
    let (range, selection) = (&symbol["range"], &symbol["selectionRange"]);
    assert!(!symbol["name"].as_str().unwrap().is_empty());
    for (inner, outer) in [(Some(selection), Some(range)), (Some(range), parent)] {
        if let (Some(inner), Some(outer)) = (inner, outer) {
            assert!(place(outer, "start") <= place(inner, "start"), "{symbol}");
            assert!(place(inner, "end") <= place(outer, "end"), "{symbol}");
        }
    }
    for child in symbol["children"].as_array().into_iter().flatten() {
        inside(child, Some(range));
    }
}

/// Whatever a lens does, a code action at its line does, with the same title, command and argument.
#[test]
fn every_lens_has_its_twin() {
    for kind in CLIENTS {
        let mut editor = sample(kind);
        let mut seen = 0;
        for file in [REQUIREMENTS, DESIGN, TASKS] {
            let name = editor.open(file);
            let lenses = editor.lenses(&name);
            for lens in lenses.as_array().unwrap() {
                let at = json!({"start": lens["range"]["start"], "end": lens["range"]["start"]});
                let twins = commands(&editor.actions_in(&name, &at));
                let [lens] = commands(std::slice::from_ref(lens)).try_into().unwrap();
                assert!(
                    twins.contains(&lens),
                    "{kind:?}: {lens:?} is not among {twins:?}"
                );
                seen += 1;
            }
        }
        assert!(seen >= 3, "{kind:?} has {seen} lenses");
    }
}

#[test]
fn lenses_of_an_approved_spec_lead_on() {
    let mut editor = sample(Kind::VsCode);
    let requirements = editor.open(REQUIREMENTS);
    let titles = |e: &mut Editor| {
        commands(e.lenses(&requirements).as_array().unwrap())
            .into_iter()
            .map(|(t, _, _)| t)
            .collect::<Vec<_>>()
    };
    let before = titles(&mut editor);
    assert!(
        before.iter().any(|t| t.starts_with("Approve")),
        "{before:?}"
    );
    assert!(
        before.iter().any(|t| t.starts_with("Adopt as it stands")),
        "{before:?}"
    );
    editor.run(
        "rutter.approve",
        json!({"spec": requirements, "stage": "requirements"}),
    );
    let after = titles(&mut editor);
    assert!(!after.iter().any(|t| t.starts_with("Approve")), "{after:?}");
    editor.told("Approved");
    editor.until(|e| {
        e.refreshes
            .contains(&"workspace/codeLens/refresh".to_owned())
            .then_some(())
    });
}

#[test]
fn only_the_kinds_that_were_asked_for() {
    let mut editor = sample(Kind::VsCode);
    let name = editor.open(TASKS);
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
    for (only, some) in [
        ("source", true),
        ("refactor", true),
        ("", true),
        ("refactor.extract", false),
        ("source.organizeImports", false),
    ] {
        let params = json!({"textDocument": {"uri": name}, "range": range, "context": {"diagnostics": [], "only": [only]}});
        let answer = editor.ask("textDocument/codeAction", params);
        let actions = answer["result"].as_array().cloned().unwrap_or_default();
        assert_eq!(!actions.is_empty(), some, "{only}: {answer}");
        let kind = |action: &Value| action["kind"].as_str().unwrap_or_default().to_owned();
        assert!(
            actions.iter().all(|a| kind(a).starts_with(only)),
            "{only}: {answer}"
        );
    }
}

/// In source files the server is silent, but for one action at a comment or a selection.
#[test]
fn a_good_neighbour_in_source_files() {
    let folder = Folder::rate_limit();
    folder.write(
        "src/shop.rs",
        "// TODO: let customers cancel an order\nfn order() -> u32 { 7 }\n",
    );
    let mut editor = Editor::start(folder, &Setup::of(Kind::Zed));
    let name = editor.open("src/shop.rs");
    assert!(editor.hover(&name, "order()").is_null());
    assert!(editor.definition(&name, "order()").is_null());
    assert!(editor.symbols(&name).is_null());
    assert!(editor.lenses(&name).is_null());
    assert!(editor.actions(&name, "order()").is_empty());
    let comment = editor.actions(&name, "TODO");
    assert_eq!(comment.len(), 1, "{comment:?}");
    assert!(comment[0]["isPreferred"].is_null());
    assert_eq!(comment[0]["command"]["command"], "rutter.choose");
    let selected = editor.documents[&name].range_of("fn order()", editor.encoding);
    assert_eq!(editor.actions_in(&name, &selected).len(), 1);
    assert!(!editor.ledger.diagnostics.contains_key(&name));
}

#[test]
fn a_folder_without_specs_is_left_alone() {
    for kind in CLIENTS {
        let folder = Folder::with(&[
            ("README.md", "# Shop\n\n- [ ] 1. Not a task of ours\n"),
            ("tasks.md", "- [ ] 1. Nor this\n  - _Requirements: 9.9_\n"),
        ]);
        let mut editor = Editor::start(folder, &Setup::of(kind));
        for file in ["README.md", "tasks.md"] {
            let name = editor.open(file);
            assert!(editor.lenses(&name).is_null());
            assert!(editor.symbols(&name).is_null());
            assert!(editor.hover(&name, "- [ ]").is_null());
            if kind != Kind::Nothing
                && editor.server["capabilities"]["diagnosticProvider"].is_object()
            {
                assert_eq!(editor.pull(&name)["items"], json!([]));
            }
        }
        editor.settle();
        assert!(
            editor.registrations.is_empty() && editor.ledger.diagnostics.is_empty(),
            "{kind:?}"
        );
    }
}

#[test]
fn requests_about_what_is_no_file_are_answered() {
    let mut editor = sample(Kind::VsCode);
    for uri in [
        "untitled:Untitled-1",
        "vscode-remote://host/w/.kiro/specs/a/tasks.md",
        "file:///nowhere/.kiro/specs/a/tasks.md",
    ] {
        let document =
            json!({"uri": uri, "languageId": "markdown", "version": 1, "text": "- [ ] 1. X\n"});
        editor
            .client
            .notify("textDocument/didOpen", json!({ "textDocument": document }));
        for method in ["textDocument/documentSymbol", "textDocument/codeLens"] {
            let answer = editor.ask(method, json!({"textDocument": {"uri": uri}}));
            assert!(answer.get("error").is_none(), "{uri} {answer}");
        }
        editor.client.notify(
            "textDocument/didClose",
            json!({"textDocument": {"uri": uri}}),
        );
    }
}
