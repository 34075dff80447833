//! Steering files and what is like them in an editor.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{CLIENTS, Editor, Encoding, Folder, Kind, Setup, commands, offering};
use serde_json::{Value, json};

const UI: &str = ".kiro/steering/ui.md";
const UI_TEXT: &str = "---
inclusion: fileMatch
fileMatchPattern: \"src/**/*.ts\"
---

# Größe 😀

## Knöpfe

Follow 😀 #[[file:docs/api.md]].
";

fn folder(newline: &str) -> Folder {
    Folder::with(&[
        (UI, &UI_TEXT.replace('\n', newline)),
        ("docs/api.md", "# API\n"),
        ("src/a.ts", ""),
        ("src/b/c.ts", ""),
        ("src/d.rs", ""),
    ])
}

/// Editors that differ in how they count and hear of findings; each with both line endings.
fn editors() -> Vec<(Editor, String)> {
    let mut all = Vec::new();
    for (kind, encoding) in [
        (Kind::Zed, Encoding::Utf16),
        (Kind::Eglot, Encoding::Utf32),
        (Kind::Neovim, Encoding::Utf8),
    ] {
        for newline in ["\n", "\r\n"] {
            let setup = Setup::with(offering(kind.capabilities(), encoding));
            let mut editor = Editor::start(folder(newline), &setup);
            let name = editor.open(UI);
            all.push((editor, name));
        }
    }
    all
}

fn codes(list: &[Value]) -> Vec<&str> {
    list.iter().map(|d| d["code"].as_str().unwrap()).collect()
}

fn title(editor: &mut Editor, name: &str) -> String {
    let lenses = editor.lenses(name);
    let found = commands(lenses.as_array().unwrap());
    assert_eq!(found.len(), 1, "{lenses}");
    found[0].0.clone()
}

#[test]
fn findings_follow_the_typing_in_every_encoding() {
    for (mut editor, name) in editors() {
        assert_eq!(editor.pushed(&name), Vec::<Value>::new());
        editor.replace(&name, "docs/api.md", "docs/gone.md");
        let list = editor.pushed(&name);
        assert_eq!(codes(&list), ["steering/missing-file"]);
        let word = editor.documents[&name].slice(&list[0]["range"], editor.encoding);
        assert_eq!(word, "docs/gone.md");
        editor.replace(&name, "docs/gone.md", "docs/api.md");
        assert_eq!(editor.pushed(&name), Vec::<Value>::new());
        editor.replace(&name, "inclusion: fileMatch", "inclusion: filematch");
        assert!(codes(&editor.pushed(&name)).contains(&"steering/front-matter"));
    }
}

#[test]
fn what_is_closed_is_reported_and_what_is_gone_is_not() {
    let broken = UI_TEXT.replace("docs/api.md", "docs/gone.md");
    for kind in [Kind::Zed, Kind::Helix] {
        let folder = folder("\n");
        folder.write(UI, &broken);
        let mut editor = Editor::start(folder, &Setup::of(kind));
        let uri = editor.folder.uri(UI);
        let count = |e: &mut Editor| {
            if kind == Kind::Zed {
                return e.until(|e| Some(e.ledger.diagnostics.get(&uri)?.1.len()));
            }
            let all = e.ask("workspace/diagnostic", json!({"previousResultIds": []}));
            let items = all["result"]["items"].as_array().unwrap().clone();
            let of = items.iter().find(|i| i["uri"] == uri);
            of.map_or(0, |i| i["items"].as_array().unwrap().len())
        };
        assert_eq!(count(&mut editor), 1, "{kind:?}");
        std::fs::remove_file(editor.folder.path(UI)).unwrap();
        editor.watched(&[(UI, 3)]);
        if kind == Kind::Zed {
            editor.until(|e| e.ledger.diagnostics[&uri].1.is_empty().then_some(()));
        } else {
            assert_eq!(count(&mut editor), 0);
        }
    }
}

/// A client that watches nothing hears all the same of what changed outside.
#[test]
fn the_own_watcher_sees_files_of_the_root() {
    let folder = folder("\n");
    folder.write("AGENTS.md", "See #[[file:docs/gone.md]].\n");
    let mut editor = Editor::start(folder, &Setup::of(Kind::Neovim));
    let uri = editor.folder.uri("AGENTS.md");
    let is = |e: &Editor, expected: usize| {
        let list = &e.ledger.diagnostics.get(&uri)?.1;
        (list.len() == expected).then_some(())
    };
    editor.until(|e| is(e, 1));
    // Its watcher begins after the first findings; the file is written until it is seen.
    editor.settle();
    editor.folder.write("AGENTS.md", "Nothing.\n");
    editor.until(|e| is(e, 0));
}

#[test]
fn the_lens_counts_files_and_its_twin_shows_them() {
    for (mut editor, name) in editors() {
        // They are counted in the background; each request tells what is known.
        let counted = loop {
            let title = title(&mut editor, &name);
            if !title.contains("pattern") {
                break title;
            }
        };
        assert!(
            counted.starts_with("Applies to 2 files · ~") && counted.ends_with(" tokens"),
            "{counted}"
        );
        let lens = commands(editor.lenses(&name).as_array().unwrap()).remove(0);
        let twins = commands(&editor.actions(&name, "Follow"));
        assert!(twins.contains(&lens), "{twins:?}");
        let answer = editor.run(&lens.1, lens.2);
        let report = answer["uris"][0].as_str().unwrap().to_owned();
        assert!(report.ends_with("steering.md"), "{report}");
        let text =
            std::fs::read_to_string(editor.folder.beside("state").join("reports/steering.md"))
                .unwrap_or_default();
        assert!(text.is_empty() || text.contains("- src/b/c.ts"), "{text}");
        editor.replace(&name, "inclusion: fileMatch", "inclusion: manual");
        assert!(title(&mut editor, &name).starts_with("Applies when named: #ui · ~"));
    }
}

#[test]
fn a_pattern_without_files_is_named_once_they_are_known() {
    let folder = folder("\n");
    folder.write(UI, &UI_TEXT.replace("src/**", "lib/**"));
    let mut editor = Editor::start(folder, &Setup::of(Kind::Zed));
    let uri = editor.folder.uri(UI);
    editor.until(|e| {
        let list = &e.ledger.diagnostics.get(&uri)?.1;
        codes(list)
            .contains(&"steering/empty-pattern")
            .then_some(())
    });
}

#[test]
fn hover_links_symbols_and_definition() {
    for (mut editor, name) in editors() {
        let hover = editor.hover(&name, "fileMatch\n".trim_end());
        let said = hover["contents"]["value"].as_str().unwrap();
        assert!(said.starts_with("**inclusion**"), "{said}");
        let api = editor.folder.uri("docs/api.md");
        let links = editor.links(&name);
        assert_eq!(links[0]["target"], api);
        assert_eq!(
            editor.documents[&name].slice(&links[0]["range"], editor.encoding),
            "docs/api.md"
        );
        let goal = editor.definition(&name, "docs/api.md");
        assert_eq!(goal[0]["targetUri"], api, "{goal}");
        let symbols = editor.symbols(&name);
        assert_eq!(symbols[0]["name"], "Größe 😀");
        assert_eq!(symbols[0]["children"][0]["name"], "Knöpfe");
    }
}

#[test]
fn completion_of_front_matter_and_paths() {
    for (mut editor, name) in editors() {
        editor.replace(&name, "inclusion: fileMatch", "inclusion: ");
        let values = editor.completions(&name, "inclusion: ");
        let labels: Vec<&str> = values
            .iter()
            .map(|i| i["label"].as_str().unwrap())
            .collect();
        assert_eq!(labels, ["always", "fileMatch", "manual", "auto"]);
        let encoding = editor.encoding;
        let document = editor.documents.get_mut(&name).unwrap();
        document.apply(&[values[1]["textEdit"].clone()], encoding);
        let text = document.text.clone();
        assert_eq!(text, {
            let newline = if text.contains('\r') { "\r\n" } else { "\n" };
            UI_TEXT.replace('\n', newline)
        });
        editor.reset(&name, &text);
        editor.replace(&name, "docs/api.md]]", "api");
        let paths = loop {
            let items = editor.completions(&name, "#[[file:api");
            if !items.is_empty() {
                break items;
            }
        };
        assert_eq!(paths[0]["textEdit"]["newText"], "docs/api.md]]");
        assert!(editor.completions(&name, "Follow").is_empty());
    }
}

#[test]
fn files_of_other_tools_skills_and_powers_are_served() {
    for kind in CLIENTS {
        let folder = Folder::with(&[
            ("AGENTS.md", "# Agents\n"),
            ("CLAUDE.md", "# Claude\n"),
            (
                ".cursor/rules/a.mdc",
                "---\nalwaysApply: true\n---\n# Rule\n",
            ),
            (
                ".kiro/skills/pdf/SKILL.md",
                "---\nname: pdf\ndescription: Read PDFs\n---\n# PDF\n",
            ),
            ("POWER.md", "---\nname: db\nkeywords: [sql]\n---\n# Db\n"),
            ("web/AGENTS.md", "# Web\n"),
        ]);
        let files: Vec<String> = folder.all().into_iter().map(|(path, _)| path).collect();
        let mut editor = Editor::start(folder, &Setup::of(kind));
        for file in files {
            let name = editor.open(&file);
            assert!(title(&mut editor, &name).starts_with("Applies "), "{file}");
            let symbols = editor.symbols(&name);
            assert_eq!(symbols.as_array().map(Vec::len), Some(1), "{file}");
        }
    }
}

/// Without anything of ours the files of other tools are left alone, and nothing is watched.
#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    for kind in CLIENTS {
        let folder = Folder::with(&[
            ("CLAUDE.md", "See #[[file:gone.md]].\n"),
            (".cursor/rules/a.mdc", "---\nglobs: 7\n---\n"),
            ("src/a.rs", "fn e() {}\n"),
        ]);
        let mut editor = Editor::start(folder, &Setup::of(kind));
        for file in ["CLAUDE.md", ".cursor/rules/a.mdc", "src/a.rs"] {
            let name = editor.open(file);
            assert!(editor.lenses(&name).is_null());
            assert!(editor.symbols(&name).is_null());
            assert!(editor.links(&name).is_null());
            assert!(
                editor
                    .completions(&name, if file.ends_with(".mdc") { ": 7" } else { "e" })
                    .is_empty()
            );
        }
        editor.settle();
        assert!(editor.registrations.is_empty(), "{kind:?}");
        assert!(editor.ledger.diagnostics.is_empty(), "{kind:?}");
    }
}

#[test]
fn what_never_was_on_disk_goes_when_it_is_closed() {
    let mut editor = Editor::start(folder("\n"), &Setup::of(Kind::Zed));
    let name = editor.open_text(".kiro/steering/new.md", "#[[file:gone.md]]\n");
    assert_eq!(codes(&editor.pushed(&name)), ["steering/missing-file"]);
    editor.close(&name);
    editor.until(|e| e.ledger.diagnostics[&name].1.is_empty().then_some(()));
}

fn report(editor: &mut Editor, file: &str) -> String {
    let argument = json!({"what": "steering", "uri": editor.folder.uri(file)});
    let answer = editor.run("rutter.show", argument);
    let uri = answer["uris"][0].as_str().unwrap();
    std::fs::read_to_string(uri.strip_prefix("file://").unwrap()).unwrap()
}

#[test]
fn what_is_typed_counts_before_it_is_saved() {
    let mut editor = Editor::start(folder("\n"), &Setup::of(Kind::Zed));
    let rust = |text: &str| text.contains("Its pattern `src/**/*.rs` matches src/d.rs.");
    assert!(!rust(&report(&mut editor, "src/d.rs")));
    let name = editor.open(UI);
    editor.replace(&name, "src/**/*.ts", "src/**/*.rs");
    editor.replace(&name, "docs/api.md", "docs/new.md");
    let draft = editor.open_text("docs/new.md", "# New\n");
    let text = report(&mut editor, "src/d.rs");
    assert!(rust(&text), "{text}");
    assert!(text.contains("docs/new.md (project"), "{text}");
    let hover = editor.hover(&name, "src/**/*.rs");
    let said = hover["contents"]["value"].as_str().unwrap();
    assert!(said.starts_with("**fileMatchPattern**"), "{said}");
    editor.close(&draft);
    editor.close(&name);
    assert!(!rust(&report(&mut editor, "src/d.rs")));
}

#[test]
fn links_lead_to_files_that_are_there_or_open() {
    let mut editor = Editor::start(folder("\n"), &Setup::of(Kind::Zed));
    let name = editor.open(UI);
    editor.replace(&name, "docs/api.md", "docs/new.md");
    assert_eq!(editor.links(&name).as_array().map_or(0, Vec::len), 0);
    std::fs::write(editor.folder.path("docs/new.md"), "# New\n").unwrap();
    let links = editor.links(&name);
    assert_eq!(links[0]["target"], editor.folder.uri("docs/new.md"));
    editor.replace(&name, "Follow 😀", "`#[[file:docs/api.md]]` shows how;");
    assert_eq!(editor.links(&name).as_array().map_or(0, Vec::len), 1);
}

#[test]
fn front_matter_is_completed_for_every_inclusion() {
    let mut editor = Editor::start(folder("\n"), &Setup::of(Kind::Zed));
    let name = editor.open_text(".kiro/steering/x.md", "---\ninclusion: always\n\n---\n");
    let mut before = "always".to_owned();
    for mode in ["always", "fileMatch", "manual", "auto"] {
        editor.replace(&name, &format!("inclusion: {before}"), "inclusion: ");
        let items = editor.completions(&name, "inclusion: ");
        let item = items.iter().find(|i| i["label"] == mode).unwrap();
        assert!(item["documentation"].is_object() || item["documentation"].is_string());
        let encoding = editor.encoding;
        let document = editor.documents.get_mut(&name).unwrap();
        document.apply(&[item["textEdit"].clone()], encoding);
        let text = document.text.clone();
        assert_eq!(text, format!("---\ninclusion: {mode}\n\n---\n"));
        editor.reset(&name, &text);
        let keys = editor.completions(&name, &format!("inclusion: {mode}\n"));
        let keys: Vec<&str> = keys.iter().map(|i| i["label"].as_str().unwrap()).collect();
        assert_eq!(keys, ["fileMatchPattern", "name", "description"], "{mode}");
        let hover = editor.hover(&name, mode);
        let said = hover["contents"]["value"].as_str().unwrap();
        assert!(said.contains(&format!("`{mode}`: ")), "{said}");
        before = mode.to_owned();
    }
}

#[test]
fn a_power_is_checked_explained_and_completed() {
    let power = "---\nname: db\ndescription: Query it\n\n---\n# Db\n\nRead `steering/use.md`.\n";
    let folder = Folder::with(&[(".kiro/powers/db/POWER.md", power)]);
    let mut editor = Editor::start(folder, &Setup::of(Kind::Zed));
    let name = editor.open(".kiro/powers/db/POWER.md");
    assert_eq!(codes(&editor.pushed(&name)), ["steering/power"; 2]);
    let keys = editor.completions(&name, "description: Query it\n");
    let keys: Vec<&str> = keys.iter().map(|i| i["label"].as_str().unwrap()).collect();
    assert_eq!(keys, ["displayName", "keywords", "author", "version"]);
    editor.replace(
        &name,
        "description: Query it\n",
        "description: Query it\nkeywords: [sql, postgres]",
    );
    assert_eq!(codes(&editor.pushed(&name)), ["steering/power"]);
    assert!(
        title(&mut editor, &name).starts_with("Applies when a message names sql, postgres · ~")
    );
    let hover = editor.hover(&name, "keywords");
    let said = hover["contents"]["value"].as_str().unwrap();
    assert!(said.contains("words in a chat"), "{said}");
    let text = report(&mut editor, "src/a.rs");
    assert!(
        text.contains("The power `db` is used when a message names one of its keywords"),
        "{text}"
    );
}

/// The titles of the actions at a place that make steering or hooks.
fn offered(editor: &mut Editor, name: &str, needle: &str) -> Vec<(String, String, Value)> {
    let wanted = ["rutter.newSteering", "rutter.newHook"];
    let mut found = commands(&editor.actions(name, needle));
    found.retain(|(_, command, _)| wanted.contains(&command.as_str()));
    found
}

#[test]
fn a_first_set_is_offered_where_there_is_none_and_never_in_source() {
    let files = [
        (".kiro/hooks/a.json", "{\"version\":\"v1\",\"hooks\":[]}"),
        (".kiro/steering/new.md", "\n"),
        ("Cargo.toml", "[package]\nname = \"a\"\n"),
        ("src/main.rs", "fn main() {}\n"),
        ("README.md", "# A\n\nCounts boats in the harbour.\n"),
    ];
    let mut editor = Editor::start(Folder::with(&files), &Setup::of(Kind::Zed));
    for (file, needle, count) in [
        (".kiro/hooks/a.json", "version", 1),
        (".kiro/steering/new.md", "\n", 1),
        ("Cargo.toml", "name", 1),
        ("src/main.rs", "main", 0),
    ] {
        let name = editor.open(file);
        assert_eq!(offered(&mut editor, &name, needle).len(), count, "{file}");
    }
    let name = editor.folder.uri("Cargo.toml");
    let (_, command, argument) = offered(&mut editor, &name, "name").remove(0);
    let answer = editor.run(&command, argument);
    assert!(
        answer["uris"]
            .as_array()
            .is_some_and(|uris| !uris.is_empty()),
        "{answer}"
    );
    assert!(editor.folder.path(".kiro/steering/product.md").exists());
    assert_eq!(offered(&mut editor, &name, "name"), []);

    let mut foreign = Editor::start(Folder::with(&files[2..]), &Setup::of(Kind::Zed));
    let name = foreign.open("Cargo.toml");
    assert_eq!(offered(&mut foreign, &name, "name"), []);
}

#[test]
fn a_rule_that_a_tool_checks_becomes_a_hook() {
    let text = "# Style\n\n- Run cargo fmt after each change.\n- Be kind.\n";
    let folder = Folder::with(&[(".kiro/steering/style.md", text)]);
    let mut editor = Editor::start(folder, &Setup::of(Kind::Zed));
    let name = editor.open(".kiro/steering/style.md");
    assert_eq!(codes(&editor.pushed(&name)), ["steering/checkable"]);
    assert_eq!(offered(&mut editor, &name, "kind"), []);
    let (title, command, argument) = offered(&mut editor, &name, "cargo fmt").remove(0);
    assert_eq!(
        title,
        "Make a hook: run `cargo fmt` when a rust file is saved"
    );
    editor.ledger.hushed = true;
    let answer = editor.run(&command, argument);
    let file = answer["uris"][0]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap();
    let hook = std::fs::read_to_string(editor.folder.path(&format!(".kiro/hooks/{file}"))).unwrap();
    let hook: Value = serde_json::from_str(&hook).unwrap();
    assert_eq!(hook["hooks"][0]["action"]["command"], "cargo fmt", "{hook}");
    assert_eq!(hook["hooks"][0]["trigger"], "PostFileSave", "{hook}");
}
