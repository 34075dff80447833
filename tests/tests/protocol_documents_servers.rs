//! Files of tool servers in an editor: findings as typed and as on disk, hover, completion, lenses with their twins, trust,
//! switching, what a server offers, and the one question after a pull.

#![cfg(unix)]
#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{CLIENTS, Editor, Encoding, Folder, Kind, Setup, commands, offering};
use serde_json::{Value, json};

const SETTINGS: &str = ".kiro/settings/mcp.json";

const TEXT: &str = r#"{
  "mcpServers": {
    "Zähler 😀": { "command": "sh", "args": ["tools/server.sh"], "timeout": 20000 }
  }
}
"#;

/// Speaks MCP; what it says of its tools stands in the file `says`.
const SCRIPT: &str = r#"answer() { printf '{"jsonrpc":"2.0","id":%s,%s}\n' "$id" "$1"; }
tool() { printf '{"name":"%s","description":"%s","inputSchema":{"type":"object"}}' "$1" "$2"; }
echo started >>started
while IFS= read -r line; do
  rest=${line#*\"id\":}; id=${rest%%[,\}]*}
  case $line in
    *'"method":"server/discover"'*) answer '"error":{"code":-32601,"message":"no such method"}' ;;
    *'"method":"initialize"'*) answer '"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"scripted","version":"1"}}' ;;
    *'"method":"tools/list"'*) answer '"result":{"tools":['"$(tool read "$(cat says)"),$(tool drop Drops.)"']}' ;;
  esac
done
"#;

fn folder(text: &str) -> Folder {
    Folder::with(&[
        (SETTINGS, text),
        ("tools/server.sh", SCRIPT),
        ("says", "Reads."),
    ])
}

fn codes(list: &[Value]) -> Vec<&str> {
    list.iter().map(|d| d["code"].as_str().unwrap()).collect()
}

fn steps(editor: &mut Editor, name: &str) -> Vec<(String, String, Value)> {
    let lenses = editor.lenses(name);
    commands(lenses.as_array().unwrap())
}

fn titles(editor: &mut Editor, name: &str) -> Vec<String> {
    let steps = steps(editor, name).into_iter();
    steps.map(|(title, ..)| title).collect()
}

fn take(editor: &mut Editor, name: &str, title: &str) {
    let steps = steps(editor, name);
    let step = steps.iter().find(|(t, ..)| t == title);
    let (_, command, argument) = step.unwrap_or_else(|| panic!("{title}: {steps:?}")).clone();
    editor.run(&command, argument);
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
fn findings_hover_completion_and_symbols_follow_the_typing() {
    for (kind, encoding) in [
        (Kind::Zed, Encoding::Utf16),
        (Kind::Eglot, Encoding::Utf32),
        (Kind::Neovim, Encoding::Utf8),
    ] {
        let text = TEXT.replace('\n', "\r\n");
        let setup = Setup::with(offering(kind.capabilities(), encoding));
        let mut editor = Editor::start(folder(&text), &setup);
        let name = editor.open(SETTINGS);
        assert_eq!(editor.pushed(&name), Vec::<Value>::new());
        editor.replace(&name, "\"timeout\"", "\"timeuot\"");
        let list = editor.pushed(&name);
        assert_eq!(codes(&list), ["mcp/unknown-key"]);
        let word = editor.documents[&name].slice(&list[0]["range"], editor.encoding);
        assert_eq!(word, "\"timeuot\"");
        let fixes = editor.actions_in(&name, &list[0]["range"]);
        assert!(fixes.iter().any(|a| a["kind"] == "quickfix"), "{fixes:?}");

        let hover = editor.hover(&name, "Zähler");
        let said = hover["contents"]["value"].as_str().unwrap();
        assert!(
            said.contains("sh tools/server.sh") && said.contains("ot trusted"),
            "{said}"
        );
        let hover = editor.hover(&name, "args");
        let said = hover["contents"]["value"].as_str().unwrap();
        assert!(said.contains("arguments"), "{said}");
        assert_eq!(editor.symbols(&name)[0]["name"], "Zähler 😀");
        editor.replace(&name, "\"timeuot\": 20000", "\"dis\"");
        let items = editor.completions(&name, "\"dis");
        let labels: Vec<&str> = items.iter().filter_map(|i| i["label"].as_str()).collect();
        assert!(
            labels.contains(&"disabledTools") && !labels.contains(&"args"),
            "{labels:?}"
        );
    }
}

#[test]
fn a_closed_broken_file_is_reported() {
    let mut editor = Editor::start(folder("{\"mcpServers\": {"), &Setup::of(Kind::VsCode));
    let all = editor.ask("workspace/diagnostic", json!({"previousResultIds": []}));
    let items = all["result"]["items"].as_array().unwrap().clone();
    let uri = editor.folder.uri(SETTINGS);
    let of = items.iter().find(|i| i["uri"] == uri).unwrap();
    assert_eq!(of["items"][0]["code"], "mcp/syntax", "{of}");
}

#[test]
fn every_lens_has_its_twin_and_a_server_is_trusted_listed_and_switched() {
    for kind in CLIENTS {
        let mut editor = Editor::start(folder(TEXT), &Setup::of(kind));
        let name = editor.open(SETTINGS);
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
        take(&mut editor, &name, "Trust as it stands");
        editor.told("Trusted as it stands");
        assert_eq!(titles(&mut editor, &name), ["List its tools", "Disable"]);
        assert!(!editor.folder.has("started"));
        // What is typed is neither trusted nor started before it is saved.
        editor.replace(&name, "20000", "30000");
        editor.replace(&name, "\"sh\"", "\"bash\"");
        assert_eq!(titles(&mut editor, &name), ["Disable"]);
        editor.replace(&name, "\"bash\"", "\"sh\"");
        assert_eq!(titles(&mut editor, &name), ["List its tools", "Disable"]);
        editor.ledger.hushed = true;
    }
}

#[test]
fn tools_are_shown_known_from_then_on_and_a_change_is_accepted_by_the_user_alone() {
    let mut editor = Editor::start(folder(TEXT), &Setup::of(Kind::VsCode));
    let name = editor.open(SETTINGS);
    take(&mut editor, &name, "Trust as it stands");
    take(&mut editor, &name, "List its tools");
    let text = shown(&mut editor, "tools.md");
    assert!(
        text.contains("**read**") && text.contains("Reads."),
        "{text}"
    );
    assert_eq!(titles(&mut editor, &name), ["2 tools", "Disable"]);
    let hover = editor.hover(&name, "Zähler");
    let said = hover["contents"]["value"].as_str().unwrap();
    assert!(said.contains("`drop`, `read`"), "{said}");
    editor.replace(&name, "\"timeout\": 20000", "\"disabledTools\": []");
    let items = editor.completions(&name, "\"disabledTools\": [");
    let labels: Vec<&str> = items.iter().filter_map(|i| i["label"].as_str()).collect();
    assert_eq!(labels, ["drop", "read"]);
    editor.replace(&name, "\"disabledTools\": []", "\"timeout\": 20000");

    // A server that describes a tool differently is shown old → new; nothing is offered before the user's word.
    editor.folder.write("says", "Reads all your mail.");
    editor.choices = ["Not now"].into();
    take(&mut editor, &name, "2 tools");
    let text = shown(&mut editor, "tools.md");
    assert!(text.contains("-  \"description\": \"Reads.\""), "{text}");
    assert!(
        text.contains("+  \"description\": \"Reads all your mail.\""),
        "{text}"
    );
    assert!(!text.contains("**read**"), "{text}");
    editor.until(|e| (e.asked.len() == 1).then_some(()));
    editor.choices = ["Accept as they are now"].into();
    take(&mut editor, &name, "2 tools");
    shown(&mut editor, "tools.md");
    editor.told("Accepted what they say now.");
    take(&mut editor, &name, "2 tools");
    let text = shown(&mut editor, "tools.md");
    assert!(
        text.contains("**read**") && !text.contains("Not as they were"),
        "{text}"
    );
    editor.ledger.hushed = true;
}

#[test]
fn whoever_wants_a_server_that_is_not_trusted_is_asked() {
    let mut editor = Editor::start(folder(TEXT), &Setup::of(Kind::VsCode));
    editor.choices = ["Show", "Trust as it stands"].into();
    let answer = editor.run("rutter.mcpTools", json!({"server": "Zähler 😀"}));
    let message = answer["message"].as_str().unwrap();
    assert!(
        message.contains("is not started before you trust it"),
        "{answer}"
    );
    let text = shown(&mut editor, "trust.md");
    assert!(
        text.contains("--- tools/server.sh") && text.contains("tools/list"),
        "{text}"
    );
    editor.until(|e| (e.asked.len() == 2 && !e.refreshes.is_empty()).then_some(()));
    assert_eq!(
        editor.asked[0]["message"],
        "The tool server `Zähler 😀` is not trusted as it stands, so it is not started."
    );
    assert!(!editor.folder.has("started"));
    editor.run("rutter.mcpTools", json!({"server": "Zähler 😀"}));
    shown(&mut editor, "tools.md");
    let error = editor.refused("rutter.mcpTools", json!({"server": "none"}));
    assert_eq!(error["data"]["code"], "unknown-server");
    editor.ledger.hushed = true;
}

#[test]
fn a_pull_that_changes_what_is_trusted_is_one_question_with_old_and_new() {
    let two = r#"{"mcpServers": {"a": {"command": "sh", "args": ["tools/server.sh"]}, "b": {"command": "true"}, "new": {"command": "x"}}}"#;
    let mut editor = Editor::start(folder(two), &Setup::of(Kind::VsCode));
    for what in ["mcp:a", "mcp:b"] {
        editor.run("rutter.trust", json!({ "what": what }));
    }
    editor.folder.write("tools/server.sh", "curl evil\n");
    editor
        .folder
        .write(SETTINGS, &two.replace("\"true\"", "\"false\""));
    editor.choices = ["Show", "Not now"].into();
    editor.watched(&[("tools/server.sh", 2), (SETTINGS, 2)]);
    let text = shown(&mut editor, "trust.md");
    assert!(
        text.contains("+curl evil") && text.contains("+  \"command\": \"false\""),
        "{text}"
    );
    assert!(!text.contains("mcp:new"), "{text}");
    editor.until(|e| (e.asked.len() == 2).then_some(()));
    assert_eq!(
        editor.asked[0]["message"],
        "2 tool servers of this project are not trusted as they stand, so none of them runs."
    );
    editor.ledger.hushed = true;
}

#[test]
fn a_server_is_switched_in_the_text_of_the_editor() {
    let mut editor = Editor::start(folder(TEXT), &Setup::of(Kind::VsCode));
    let name = editor.open(SETTINGS);
    editor.replace(&name, "20000", "30000");
    take(&mut editor, &name, "Disable");
    editor.until(|e| (e.edits.len() == 1).then_some(()));
    editor.told("is off");
    let text = editor.documents[&name].text.clone();
    assert!(
        text.contains("\"disabled\": true") && text.contains("30000"),
        "{text}"
    );
    take(&mut editor, &name, "Enable");
    editor.until(|e| (e.edits.len() == 2).then_some(()));
    editor.told("is on");
    let text = editor.documents[&name].text.clone();
    assert!(text.contains("\"disabled\": false"), "{text}");
}

#[test]
fn agents_bring_servers_in_json_and_in_markdown() {
    let json = r#"{"name": "x", "mcpServers": {"one": {"comand": "x"}}}"#;
    let markdown = "---\nname: y\nmcpServers:\n  two:\n    command: true\n---\nYou are y.\n";
    let folder = Folder::with(&[
        (".kiro/agents/x.json", json),
        (".kiro/agents/y.md", markdown),
    ]);
    let mut editor = Editor::start(folder, &Setup::of(Kind::Zed));
    let name = editor.open(".kiro/agents/x.json");
    let found = editor.pushed(&name);
    assert!(codes(&found).contains(&"mcp/unknown-key"), "{found:?}");
    let name = editor.open(".kiro/agents/y.md");
    let found = editor.pushed(&name);
    assert_eq!(codes(&found), ["mcp/wrong-value"], "{found:?}");
    let word = editor.documents[&name].slice(&found[0]["range"], editor.encoding);
    assert_eq!(word, "mcpServers");
    editor.replace(&name, "command: true", "command: \"true\"");
    assert_eq!(editor.pushed(&name), Vec::<Value>::new());
    editor.save(".kiro/agents/y.md");
    assert_eq!(titles(&mut editor, &name), ["Trust as it stands (two)"]);
    editor.ledger.hushed = true;
}
