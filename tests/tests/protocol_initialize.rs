//! What is agreed on at the start, with every kind of client and encoding, and with every kind of folder.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{CLIENTS, Editor, Encoding, Folder, Kind, Setup, offering};
use serde_json::{Value, json};

const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";
const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";

/// Every kind of client in every encoding reads the sample, edits it behind an emoji, and sees its own positions.
#[test]
fn every_client_in_every_encoding() {
    for kind in CLIENTS {
        for encoding in Encoding::ALL {
            let setup = Setup::with(offering(kind.capabilities(), encoding));
            let mut editor = Editor::start(Folder::rate_limit(), &setup);
            assert_eq!(editor.encoding, encoding, "{kind:?}");
            let name = editor.open(TASKS);
            editor.replace(&name, "Sliding window", "Über 😀😀 window");
            let target = editor.definition(&name, "1.4_");
            let links = target
                .as_array()
                .unwrap_or_else(|| panic!("{kind:?}: {target}"));
            assert_eq!(links.len(), 1, "{kind:?} {target}");
            let symbols = editor.symbols(&name);
            let ranges = ranges(&symbols, "range");
            let texts: Vec<&str> = ranges
                .iter()
                .map(|r| editor.documents[&name].slice(r, encoding))
                .collect();
            assert!(
                texts.iter().any(|t| t.contains("Über 😀😀 window")),
                "{kind:?} {encoding:?} {texts:?}"
            );
            editor.finish();
        }
    }
}

/// All values of a key that are ranges, anywhere inside.
fn ranges(value: &Value, key: &str) -> Vec<Value> {
    let mut found = Vec::new();
    match value {
        Value::Object(object) => {
            found.extend(object.get(key).filter(|r| r.is_object()).cloned());
            found.extend(object.values().flat_map(|v| ranges(v, key)));
        }
        Value::Array(list) => found.extend(list.iter().flat_map(|v| ranges(v, key))),
        _ => {}
    }
    found
}

#[test]
fn the_clients_first_cheap_encoding_is_taken() {
    for (kind, expected) in [
        (Kind::VsCode, Encoding::Utf16),
        (Kind::Neovim, Encoding::Utf8),
        (Kind::Helix, Encoding::Utf8),
        (Kind::Eglot, Encoding::Utf32),
        (Kind::Zed, Encoding::Utf16),
        (Kind::Nothing, Encoding::Utf16),
    ] {
        let editor = Editor::start(Folder::rate_limit(), &Setup::of(kind));
        assert_eq!(editor.encoding, expected, "{kind:?}");
    }
}

#[test]
fn what_is_offered() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::VsCode));
    let offered = editor.server["capabilities"].clone();
    assert_eq!(editor.server["serverInfo"]["name"], "rutter");
    assert_eq!(offered["textDocumentSync"]["change"], 2);
    for provider in [
        "hoverProvider",
        "definitionProvider",
        "documentSymbolProvider",
    ] {
        assert_eq!(offered[provider], true, "{provider}");
    }
    assert!(offered["diagnosticProvider"]["workspaceDiagnostics"] == true);
    let commands: Vec<&str> = offered["executeCommandProvider"]["commands"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c.as_str().unwrap())
        .collect();
    for command in [
        "newSpec",
        "decide",
        "approve",
        "nextStage",
        "sync",
        "setTask",
        "takeIn",
        "moveReferences",
        "undo",
        "show",
        "cancel",
    ] {
        assert!(
            commands.contains(&format!("rutter.{command}").as_str()),
            "{command}"
        );
    }
    let error = editor.refused("rutter.nothing", json!({}));
    assert_eq!(error["data"]["code"], "wrong-argument");
    for argument in [
        json!(7),
        json!("x"),
        json!([]),
        json!({"spec": 7, "stage": "design"}),
        json!({}),
    ] {
        let error = editor.refused("rutter.approve", argument);
        assert_eq!(error["data"]["code"], "wrong-argument");
    }
}

#[test]
fn a_client_that_says_nothing_of_itself_is_served() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::Nothing));
    assert!(editor.server["capabilities"]["diagnosticProvider"].is_null());
    let name = editor.open(REQUIREMENTS);
    let symbols = editor.symbols(&name);
    assert!(
        symbols[0]["location"]["uri"].is_string(),
        "flat symbols: {symbols}"
    );
    let actions = editor.actions(&name, "# Requirements");
    assert!(!actions.is_empty());
    assert!(
        actions.iter().all(|a| a["command"].is_string()),
        "bare commands: {actions:?}"
    );
    let hover = editor.hover(&name, "Limiter SHALL reject");
    assert!(
        hover.is_null() || hover["contents"]["kind"] == "plaintext",
        "{hover}"
    );
    let answer = editor.run(
        "rutter.approve",
        json!({"spec": "rate-limit", "stage": "requirements"}),
    );
    assert!(answer["change"].is_string());
    editor.told("Approved requirements.md");
}

#[test]
fn old_ways_to_name_the_folder() {
    let folder = Folder::rate_limit();
    let root = folder.uri("");
    let path = folder.root().display().to_string();
    let folder = std::sync::Arc::new(folder);
    for more in [
        json!({"workspaceFolders": null, "rootUri": root}),
        json!({"workspaceFolders": null, "rootPath": path}),
        json!({"workspaceFolders": [], "rootUri": root}),
    ] {
        let setup = Setup {
            more,
            ..Setup::of(Kind::Eglot)
        };
        let mut editor = Editor::join(&folder, &setup);
        let answer = editor.run(
            "rutter.setTask",
            json!({"spec": "rate-limit", "task": "2", "state": "pending"}),
        );
        assert_eq!(answer["uris"], json!([]), "nothing to change");
    }
}

#[test]
fn a_file_as_folder_counts_as_the_folder_around_it() {
    let folder = Folder::rate_limit();
    folder.write("notes.txt", "x");
    let setup = Setup {
        folders: Some(vec![folder.uri("notes.txt")]),
        ..Setup::of(Kind::Zed)
    };
    let mut editor = Editor::start(folder, &setup);
    editor.run(
        "rutter.show",
        json!({"what": "status", "uri": "rate-limit"}),
    );
}

#[test]
fn without_a_folder_an_open_document_still_works() {
    for folders in [
        vec![],
        vec!["file:///there/is/nothing/here".to_owned()],
        vec!["untitled:x".to_owned()],
    ] {
        let setup = Setup {
            folders: Some(folders),
            ..Setup::of(Kind::Eglot)
        };
        let mut editor = Editor::start(Folder::rate_limit(), &setup);
        let name = editor.open(TASKS);
        assert!(!editor.symbols(&name).as_array().unwrap().is_empty());
        let answer = editor.run(
            "rutter.setTask",
            json!({"spec": name, "task": "2", "state": "done"}),
        );
        assert_eq!(answer["uris"], json!([name]));
        editor.until(|e| (!e.edits.is_empty()).then_some(()));
        assert!(editor.documents[&name].text.contains("- [x] 2. Checkpoint"));
    }
    let setup = Setup {
        folders: Some(vec![]),
        ..Setup::of(Kind::Neovim)
    };
    let mut editor = Editor::start(Folder::empty(), &setup);
    let error = editor.refused("rutter.newSpec", json!({"prompt": "Add a login page"}));
    assert_eq!(error["data"]["code"], "wrong-argument");
}

#[test]
fn broken_options_count_as_none() {
    for options in [
        json!(7),
        json!({"rutter": 7}),
        json!({"rutter": {"client": 7}}),
        json!({"rutter": {"client": {"input": "yes"}}}),
        json!([]),
    ] {
        let setup = Setup {
            options,
            ..Setup::of(Kind::Eglot)
        };
        let mut editor = Editor::start(Folder::rate_limit(), &setup);
        let name = editor.open(TASKS);
        assert!(editor.symbols(&name).is_array());
    }
}
