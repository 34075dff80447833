//! Hook files in an editor: findings as typed and as on disk, lenses with their twins, trust, migration, hover, completion.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{CLIENTS, Editor, Encoding, Folder, Kind, Setup, commands, offering};
use serde_json::{Value, json};

const V1: &str = ".kiro/hooks/docs.json";
const LEGACY: &str = ".kiro/hooks/lint.kiro.hook";

const V1_TEXT: &str = r#"{
  "version": "v1",
  "hooks": [
    {
      "name": "Zähler 😀",
      "trigger": "PostFileSave",
      "matcher": "[.]md$",
      "action": { "type": "command", "command": "true" }
    }
  ]
}
"#;
const LEGACY_TEXT: &str = r#"{
  "name": "Lint",
  "version": "1",
  "when": { "type": "fileEdited", "patterns": ["**/*.ts"] },
  "then": { "type": "askAgent", "prompt": "Lint it." }
}
"#;

/// Editors that differ in how they count, hear of findings, and take edits; each with both line endings.
fn editors(text: &str) -> Vec<(Editor, String)> {
    let mut all = Vec::new();
    for (kind, encoding) in [
        (Kind::Zed, Encoding::Utf16),
        (Kind::Eglot, Encoding::Utf32),
        (Kind::Neovim, Encoding::Utf8),
    ] {
        for newline in ["\n", "\r\n"] {
            let text = text.replace('\n', newline);
            let folder = Folder::with(&[(V1, &text)]);
            let setup = Setup::with(offering(kind.capabilities(), encoding));
            let mut editor = Editor::start(folder, &setup);
            let name = editor.open(V1);
            all.push((editor, name));
        }
    }
    all
}

fn codes(list: &[Value]) -> Vec<&str> {
    list.iter().map(|d| d["code"].as_str().unwrap()).collect()
}

fn titles(editor: &mut Editor, name: &str) -> Vec<String> {
    let lenses = editor.lenses(name);
    let lenses = commands(lenses.as_array().unwrap()).into_iter();
    lenses.map(|(title, ..)| title).collect()
}

#[test]
fn findings_follow_the_typing_in_every_encoding() {
    for (mut editor, name) in editors(V1_TEXT) {
        assert_eq!(editor.pushed(&name), Vec::<Value>::new());
        editor.replace(&name, "\"PostFileSave\"", "\"PostFileSaved\"");
        let list = editor.pushed(&name);
        assert_eq!(codes(&list), ["hook/unknown-trigger"]);
        let word = editor.documents[&name].slice(&list[0]["range"], editor.encoding);
        assert!(word.contains("PostFileSaved"), "{word}");
        assert_eq!(list[0]["source"], "rutter");
        let fixes = editor.actions_in(&name, &list[0]["range"]);
        let fix = fixes
            .iter()
            .find(|a| a["kind"] == "quickfix")
            .unwrap_or_else(|| panic!("{fixes:?}"))
            .clone();
        let edits = match &fix["edit"]["changes"][&name] {
            Value::Null => fix["edit"]["documentChanges"][0]["edits"].clone(),
            edits => edits.clone(),
        };
        let mut repaired = editor.documents[&name].clone();
        repaired.apply(edits.as_array().unwrap(), editor.encoding);
        editor.reset(&name, &repaired.text);
        assert_eq!(
            editor.pushed(&name),
            Vec::<Value>::new(),
            "{}",
            repaired.text
        );
    }
}

#[test]
fn a_broken_file_is_reported_while_it_is_closed_until_it_is_mended_or_gone() {
    for kind in [Kind::Zed, Kind::VsCode] {
        let folder = Folder::with(&[(V1, "{\"version\": \"v1\", \"hooks\": [{]}\n")]);
        let mut editor = Editor::start(folder, &Setup::of(kind));
        let uri = editor.folder.uri(V1);
        let has = |e: &mut Editor, expected: bool| {
            if kind == Kind::Zed {
                e.until(|e| {
                    let list = e.ledger.diagnostics.get(&uri).map(|(_, list)| list);
                    (list.is_some_and(|list| !list.is_empty()) == expected).then_some(())
                });
                return;
            }
            let all = e.ask("workspace/diagnostic", json!({"previousResultIds": []}));
            let items = all["result"]["items"].as_array().unwrap().clone();
            let of = items.iter().find(|i| i["uri"] == uri);
            let found = of.is_some_and(|i| i["items"][0]["code"] == "hook/syntax");
            assert_eq!(found, expected, "{items:?}");
        };
        has(&mut editor, true);
        editor.folder.write(V1, V1_TEXT);
        editor.watched(&[(V1, 2)]);
        has(&mut editor, false);
        editor.folder.write(V1, "{");
        editor.watched(&[(V1, 2)]);
        has(&mut editor, true);
        std::fs::remove_file(editor.folder.path(V1)).unwrap();
        editor.watched(&[(V1, 3)]);
        has(&mut editor, false);
    }
}

#[test]
fn levels_of_the_repository_count() {
    let folder = Folder::with(&[
        (V1, V1_TEXT),
        (LEGACY, LEGACY_TEXT),
        (
            ".rutter/config.toml",
            "[rules]\n\"hook/legacy-format\" = \"error\"\n",
        ),
    ]);
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    let name = editor.open(LEGACY);
    let report = editor.pull(&name);
    assert_eq!(report["items"][0]["code"], "hook/legacy-format");
    assert_eq!(report["items"][0]["severity"], 1, "{report}");
    let config = "[rules]\n\"hook/legacy-format\" = \"off\"\n";
    editor.folder.write(".rutter/config.toml", config);
    editor.watched(&[(".rutter/config.toml", 2)]);
    assert_eq!(editor.pull(&name)["items"], json!([]));
}

#[test]
fn every_lens_has_its_twin_and_trust_is_offered_until_it_is_given() {
    for kind in CLIENTS {
        let mut editor = Editor::start(Folder::with(&[(V1, V1_TEXT)]), &Setup::of(kind));
        let name = editor.open(V1);
        assert_eq!(
            titles(&mut editor, &name),
            ["Trust as it stands", "Disable"]
        );
        let lenses = editor.lenses(&name);
        for lens in lenses.as_array().unwrap() {
            let at = json!({"start": lens["range"]["start"], "end": lens["range"]["start"]});
            let twins = commands(&editor.actions_in(&name, &at));
            let [lens] = commands(std::slice::from_ref(lens)).try_into().unwrap();
            assert!(twins.contains(&lens), "{kind:?}: {lens:?} {twins:?}");
        }
        let [trust, _] = commands(lenses.as_array().unwrap()).try_into().unwrap();
        editor.run(&trust.1, trust.2);
        editor.told("Trusted as it stands");
        assert_eq!(titles(&mut editor, &name), ["Run", "Disable"]);
        if kind == Kind::VsCode {
            editor.until(|e| {
                let asked = e.refreshes.iter();
                asked.into_iter().find(|r| r.contains("codeLens")).map(drop)
            });
        }
        // What is typed is neither trusted nor run before it is saved; that the hook then waits for trust is asked about.
        editor.holding.insert("window/showMessageRequest");
        editor.replace(&name, "\"true\"", "\"false\"");
        assert_eq!(titles(&mut editor, &name), ["Disable"]);
        editor.save(V1);
        assert_eq!(
            titles(&mut editor, &name),
            ["Trust as it stands", "Disable"]
        );
    }
}

#[test]
fn a_hook_is_switched_in_the_text_of_the_editor() {
    for (mut editor, name) in editors(V1_TEXT) {
        editor.replace(&name, "md$", "txt$");
        let before = editor.documents[&name].text.clone();
        let disable = commands(editor.lenses(&name).as_array().unwrap())
            .into_iter()
            .find(|(title, ..)| title == "Disable")
            .unwrap();
        let takes_edits = editor.server["capabilities"]["positionEncoding"] != "utf-8";
        if takes_edits {
            editor.run(&disable.1, disable.2);
            editor.until(|e| (e.edits.len() == 1).then_some(()));
            editor.told("is off");
            let after = editor.documents[&name].text.clone();
            assert!(after.contains("\"enabled\": false"), "{after}");
            assert!(after.contains("txt$"), "{after}");
            assert_eq!(after.contains('\r'), before.contains('\r'));
            assert!(titles(&mut editor, &name).contains(&"Enable".to_owned()));
        } else {
            // This editor takes no versioned edits: what is not saved is not written over.
            let error = editor.refused(&disable.1, disable.2.clone());
            assert_eq!(error["data"]["code"], "unsaved");
            editor.save(V1);
            editor.run(&disable.1, disable.2);
            editor.told("load it again");
            editor.told("is off");
            assert!(editor.folder.read(V1).contains("\"enabled\": false"));
        }
    }
}

#[test]
fn an_old_file_is_migrated_by_an_action_and_nothing_is_overwritten() {
    for kind in [Kind::VsCode, Kind::Neovim, Kind::Nothing] {
        let folder = Folder::with(&[(LEGACY, LEGACY_TEXT), (".kiro/hooks/lint.json", V1_TEXT)]);
        let mut editor = Editor::start(folder, &Setup::of(kind));
        let name = editor.open(LEGACY);
        let actions = editor.actions(&name, "{");
        let migrate = commands(&actions)
            .into_iter()
            .find(|(_, command, _)| command == "rutter.migrateHook")
            .unwrap_or_else(|| panic!("{actions:?}"));
        let answer = editor.run(&migrate.1, migrate.2);
        editor.told("is now in .kiro/hooks/lint-2.json");
        assert_eq!(editor.folder.read(".kiro/hooks/lint.json"), V1_TEXT);
        assert!(!editor.folder.has(LEGACY));
        let new: Value =
            serde_json::from_str(&editor.folder.read(".kiro/hooks/lint-2.json")).unwrap();
        assert_eq!(new["hooks"][0]["trigger"], "PostFileSave");
        editor.close(&name);
        let change = answer["change"].as_str().unwrap();
        editor.run("rutter.undo", json!({"change": change}));
        editor.told("Undone");
        assert_eq!(editor.folder.read(LEGACY), LEGACY_TEXT);
        assert!(!editor.folder.has(".kiro/hooks/lint-2.json"));
    }
}

#[test]
fn a_migration_is_undone_while_the_old_file_is_open() {
    for kind in [Kind::VsCode, Kind::Neovim, Kind::Nothing] {
        let mut editor = Editor::start(Folder::with(&[(LEGACY, LEGACY_TEXT)]), &Setup::of(kind));
        let name = editor.open(LEGACY);
        let answer = editor.run("rutter.migrateHook", json!({ "uri": name }));
        editor.told("is now in .kiro/hooks/lint.json");
        assert!(!editor.folder.has(LEGACY));
        let change = answer["change"].clone();
        editor.run("rutter.undo", json!({ "change": change }));
        editor.told("Undone");
        assert_eq!(editor.folder.read(LEGACY), LEGACY_TEXT);
        assert!(!editor.folder.has(".kiro/hooks/lint.json"));
        // It is saved as it is, and can be migrated again.
        editor.save(LEGACY);
        editor.run("rutter.migrateHook", json!({ "uri": name }));
        editor.told("is now in .kiro/hooks/lint.json");
        assert!(!editor.folder.has(LEGACY));
    }
}

#[test]
fn hooks_that_kiro_lacks_move_to_our_folder() {
    let text = V1_TEXT.replace("PostFileSave", "PreCommit");
    let mut editor = Editor::start(Folder::with(&[(V1, &text)]), &Setup::of(Kind::Zed));
    let name = editor.open(V1);
    editor.run("rutter.migrateHook", json!({ "uri": name }));
    editor.told(".rutter/hooks/docs.json");
    assert!(
        editor
            .folder
            .read(".rutter/hooks/docs.json")
            .contains("PreCommit")
    );
    let moved = editor.open(".rutter/hooks/docs.json");
    assert!(
        editor
            .actions(&moved, "{")
            .iter()
            .all(|a| { a["command"]["command"] != "rutter.migrateHook" })
    );
    let error = editor.refused(
        "rutter.migrateHook",
        json!({"uri": editor.folder.uri("README.md")}),
    );
    assert_eq!(error["data"]["code"], "not-found");
}

#[test]
fn hover_completion_and_symbols() {
    for (mut editor, name) in editors(V1_TEXT) {
        let hover = editor.hover(&name, "PostFileSave");
        let said = hover["contents"]["value"].as_str().unwrap();
        assert!(said.contains("PostFileSave"), "{said}");
        let symbols = editor.symbols(&name);
        assert_eq!(symbols[0]["name"], "Zähler 😀");
        editor.replace(&name, "\"PostFileSave\"", "\"Sto\"");
        let items = editor.completions(&name, "\"Sto");
        let stop = items
            .iter()
            .find(|i| i["label"] == "Stop")
            .unwrap_or_else(|| panic!("{items:?}"))
            .clone();
        let encoding = editor.encoding;
        let document = editor.documents.get_mut(&name).unwrap();
        assert_eq!(
            document.slice(&stop["textEdit"]["range"], encoding),
            "\"Sto\""
        );
        document.apply(std::slice::from_ref(&stop["textEdit"]), encoding);
        let text = document.text.clone();
        assert!(text.contains("\"trigger\": \"Stop\""), "{text}");
        editor.reset(&name, &text);
        editor.replace(&name, "\"type\": \"command\", ", "\"");
        let keys = editor.completions(&name, "\"action\": { \"");
        assert!(keys.iter().any(|i| i["label"] == "type"), "{keys:?}");
    }
}

#[test]
fn a_template_is_a_whole_hook() {
    let mut editor = Editor::start(Folder::empty(), &Setup::of(Kind::Helix));
    let name = editor.open_text(
        ".kiro/hooks/new.json",
        "{\"version\": \"v1\", \"hooks\": []}\n",
    );
    let items = editor.completions(&name, "\"hooks\": [");
    assert!(items.len() > 3, "{items:?}");
    let first = items[0]["textEdit"].clone();
    let encoding = editor.encoding;
    let document = editor.documents.get_mut(&name).unwrap();
    document.apply(&[first], encoding);
    let text = document.text.clone();
    editor.reset(&name, &text);
    assert_eq!(editor.pull(&name)["items"], json!([]), "{text}");
    assert_eq!(editor.symbols(&name).as_array().unwrap().len(), 1);
}

#[test]
fn the_hook_that_counts_is_one_step_away() {
    let folder = Folder::with(&[
        (".kiro/hooks/docs.kiro.hook", LEGACY_TEXT),
        (V1, &V1_TEXT.replace("Zähler 😀", "Lint")),
    ]);
    for kind in [Kind::VsCode, Kind::Nothing] {
        let copy = Folder::with(&[]);
        for (path, text) in folder.all() {
            copy.write(&path, &text);
        }
        let mut editor = Editor::start(copy, &Setup::of(kind));
        let name = editor.open(".kiro/hooks/docs.kiro.hook");
        let goal = editor.definition(&name, "Lint");
        let uri = goal[0]["targetUri"].as_str().or(goal[0]["uri"].as_str());
        assert_eq!(uri, Some(editor.folder.uri(V1).as_str()), "{goal}");
        assert_eq!(titles(&mut editor, &name), ["Disable"]);
    }
}

/// What is no hook file in a folder of hooks, and an agent without hooks, is not judged.
#[test]
fn what_is_not_ours_is_not_judged() {
    let folder = Folder::with(&[
        (".kiro/hooks/README.md", "# Hooks\n"),
        (
            ".kiro/agents/a.json",
            "{\"name\": \"a\", \"tools\": [\"*\"]}\n",
        ),
    ]);
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    for file in [".kiro/hooks/README.md", ".kiro/agents/a.json"] {
        let name = editor.open(file);
        assert_eq!(editor.pull(&name)["items"], json!([]));
        let lenses = editor.lenses(&name);
        assert!(lenses.as_array().is_none_or(Vec::is_empty), "{lenses}");
    }
}
