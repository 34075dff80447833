//! What an editor says becomes events of hooks: each once, for the right hooks, and never untrusted.

#![cfg(unix)]
#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use std::sync::Arc;

use rutter_store::HookOutcome;
use rutter_tests::product::{Editor, Folder, Hand, Kind, Setup, command, logged, said};
use serde_json::{Value, json};

const NONE: Value = Value::Null;

/// A workspace with hooks, each `(name, trigger, more)`, that note what they were run for in a file beside it.
fn with_hooks(hooks: &[(&str, &str, Value)]) -> Folder {
    let folder = Folder::with(&[("src/a.rs", "fn a() {}\n")]);
    for (name, trigger, more) in hooks {
        let text = command(name, trigger, "true", more);
        folder.write(&format!(".rutter/hooks/{name}.json"), &text);
    }
    folder
}

fn start(folder: Folder, kind: Kind) -> Editor {
    let mut editor = Editor::start(folder, &Setup::of(kind));
    trust(&mut editor);
    editor
}

fn trust(editor: &mut Editor) {
    editor.run("rutter.trust", json!({"what": "all"}));
}

fn outcomes(editor: &Editor, count: usize) -> Vec<HookOutcome> {
    logged(&editor.folder.beside("state"), &editor.folder.root(), count)
}

fn files(editor: &mut Editor, method: &str, entries: Value) {
    editor.client.notify(method, json!({ "files": entries }));
}

#[test]
fn a_save_fires_once_for_each_hook_that_matches() {
    let mut editor = start(
        with_hooks(&[
            ("rust", "PostFileSave", json!({"matcher": "\\.rs$"})),
            ("docs", "PostFileSave", json!({"matcher": "\\.md$"})),
            ("created", "PostFileCreate", NONE),
        ]),
        Kind::Neovim,
    );
    editor.open("src/a.rs");
    editor.save("src/a.rs");
    let seen = outcomes(&editor, 1);
    assert_eq!(said(&seen), ["PostFileSave src/a.rs Ran"]);
    assert_eq!(seen[0].hook, ".rutter/hooks/rust.json#rust");
    editor.save("src/a.rs");
    outcomes(&editor, 2);
    editor.ledger.hushed = true;
}

#[test]
fn a_new_file_that_is_saved_was_created() {
    let mut editor = start(
        with_hooks(&[
            ("created", "PostFileCreate", NONE),
            ("saved", "PostFileSave", NONE),
        ]),
        Kind::Neovim,
    );
    editor.open_text("src/new.rs", "fn new() {}\n");
    editor.settle();
    editor.save("src/new.rs");
    outcomes(&editor, 2);
    editor.save("src/new.rs");
    let mut seen = said(&outcomes(&editor, 3));
    seen.sort();
    assert_eq!(
        seen,
        [
            "PostFileCreate src/new.rs Ran",
            "PostFileSave src/new.rs Ran",
            "PostFileSave src/new.rs Ran"
        ]
    );
    editor.ledger.hushed = true;
}

#[test]
fn a_client_that_tells_of_files_is_believed() {
    let mut editor = start(
        with_hooks(&[
            ("created", "PostFileCreate", NONE),
            ("renamed", "PostFileRename", NONE),
            ("deleted", "PostFileDelete", NONE),
        ]),
        Kind::VsCode,
    );
    let uri = |below: &str| editor.folder.uri(below);
    let (new, other) = (uri("src/new.rs"), uri("src/other.rs"));
    editor.open_text("src/new.rs", "");
    files(
        &mut editor,
        "workspace/didCreateFiles",
        json!([{"uri": new}]),
    );
    outcomes(&editor, 1);
    // It was told of: the save is only a save.
    editor.save("src/new.rs");
    let renamed = json!([{"oldUri": new, "newUri": other}]);
    files(&mut editor, "workspace/didRenameFiles", renamed);
    outcomes(&editor, 2);
    files(
        &mut editor,
        "workspace/didDeleteFiles",
        json!([{"uri": other}]),
    );
    assert_eq!(
        said(&outcomes(&editor, 3)),
        [
            "PostFileCreate src/new.rs Ran",
            "PostFileRename src/other.rs Ran",
            "PostFileDelete src/other.rs Ran"
        ]
    );
    editor.ledger.hushed = true;
}

#[test]
fn problems_to_and_from_none_are_builds() {
    let mut editor = start(
        with_hooks(&[("bad", "BuildFailed", NONE), ("good", "BuildPassed", NONE)]),
        Kind::VsCode,
    );
    let uri = editor.folder.uri("src/a.rs");
    let problem = json!({
        "uri": uri, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}},
        "severity": 1, "source": "rustc", "message": "no",
    });
    let mut tell = |items: Value| {
        editor
            .client
            .notify("rutter/problems", json!({ "items": items }));
    };
    tell(json!([]));
    tell(json!([problem.clone()]));
    tell(json!([problem.clone(), problem]));
    tell(json!([]));
    let mut seen = said(&outcomes(&editor, 2));
    seen.sort();
    assert_eq!(seen, ["BuildFailed  Ran", "BuildPassed  Ran"]);
    editor.ledger.hushed = true;
}

#[test]
fn a_schedule_fires_in_its_minute_and_once() {
    let clock = Hand::default();
    let setup = Setup {
        clock: Some(clock.clone()),
        ..Setup::of(Kind::Neovim)
    };
    let folder = with_hooks(&[
        ("soon", "Schedule", json!({"matcher": "31 9 * * 6"})),
        ("saved", "PostFileSave", NONE),
    ]);
    let mut editor = Editor::start(folder, &setup);
    trust(&mut editor);
    editor.open("src/a.rs");
    editor.save("src/a.rs");
    outcomes(&editor, 1);
    clock.pass(60_000);
    // Any event wakes the thread that looks at the clock.
    editor.save("src/a.rs");
    outcomes(&editor, 3);
    clock.pass(30_000);
    editor.save("src/a.rs");
    let mut seen = said(&outcomes(&editor, 4));
    seen.sort();
    assert_eq!(seen[3], "Schedule  Ran");
    assert_eq!(seen[2], "PostFileSave src/a.rs Ran");
    editor.ledger.hushed = true;
}

const OUTSIDE: &str = "rutter-all-files";

fn outside() -> Folder {
    with_hooks(&[
        (
            "sees",
            "PostFileSave",
            json!({"matcher": "\\.rs$", "fromOutside": true}),
        ),
        ("blind", "PostFileSave", NONE),
    ])
}

#[test]
fn changes_from_outside_fire_hooks_that_asked_for_them_but_not_while_git_works() {
    let mut editor = start(outside(), Kind::VsCode);
    // The whole folder is watched because a hook waits for that.
    editor.until(|e| {
        e.registrations
            .iter()
            .any(|r| r["id"] == OUTSIDE)
            .then_some(())
    });
    editor.folder.write(".git/index.lock", "");
    editor.watched(&[("src/a.rs", 2)]);
    // What was told before a save was judged before it.
    editor.folder.write("src/z.md", "");
    editor.open("src/z.md");
    editor.save("src/z.md");
    outcomes(&editor, 1);
    std::fs::remove_file(editor.folder.path(".git/index.lock")).unwrap();
    editor.watched(&[
        ("src/b.rs", 1),
        ("src/b.rs", 2),
        ("src/c.md", 2),
        ("src/b.rs", 2),
    ]);
    let seen = outcomes(&editor, 2);
    assert_eq!(said(&seen)[1], "PostFileSave src/b.rs Ran");
    assert_eq!(seen[1].hook, ".rutter/hooks/sees.json#sees");
    editor.ledger.hushed = true;
}

#[test]
fn a_watcher_that_repeats_the_editors_word_fires_nothing() {
    let mut editor = start(outside(), Kind::VsCode);
    editor.open("src/a.rs");
    editor.save("src/a.rs");
    outcomes(&editor, 2);
    editor.watched(&[("src/a.rs", 2)]);
    editor.watched(&[("src/d.rs", 2)]);
    // The second is seen although the hook ended just now; that is in the log as its own.
    assert_eq!(
        said(&outcomes(&editor, 3)[2..]),
        ["PostFileSave src/d.rs Blocked"]
    );
    editor.ledger.hushed = true;
}

#[test]
fn many_changes_from_outside_are_one_question() {
    let mut editor = start(outside(), Kind::VsCode);
    let names: Vec<String> = (0..21).map(|n| format!("src/{n}.rs")).collect();
    let changes: Vec<(&str, i64)> = names.iter().map(|name| (name.as_str(), 2)).collect();
    let (first, second) = changes.split_at(12);
    editor.choices = ["Fire for each"].into();
    editor.watched(first);
    editor.watched(second);
    editor.until(|e| e.asked.first().cloned());
    let seen = outcomes(&editor, 21);
    assert_eq!(seen.iter().filter(|o| o.paths == ["src/20.rs"]).count(), 1);
    assert_eq!(editor.asked.len(), 1);
    let message = editor.asked[0]["message"].as_str().unwrap();
    assert!(message.starts_with("21 files"), "{message}");
    editor.ledger.hushed = true;
}

#[test]
fn inside_kiro_hooks_are_its_own_unless_the_user_says_otherwise() {
    let kiro = Setup {
        more: json!({"clientInfo": {"name": "Kiro", "version": "1.0"}}),
        ..Setup::of(Kind::VsCode)
    };
    let fired = |settings: &str, repository: &str| {
        let folder = with_hooks(&[("saved", "PostFileSave", NONE)]);
        std::fs::write(folder.beside("config.toml"), settings).unwrap();
        folder.write(".rutter/config.toml", repository);
        let mut editor = Editor::start(folder, &kiro);
        trust(&mut editor);
        editor.open("src/a.rs");
        editor.save("src/a.rs");
        editor.run("rutter.runHook", json!({"hook": "saved"}));
        editor.ledger.hushed = true;
        editor
    };
    // Run by hand it runs; that comes after the save.
    let editor = fired("", "[hooks]\nfire = true\n");
    assert_eq!(said(&outcomes(&editor, 1)), ["PostFileSave  Ran"]);
    let editor = fired("[hooks]\nfire = true\n", "");
    outcomes(&editor, 2);
}

#[test]
fn one_server_fires_and_the_other_takes_over() {
    let folder = Arc::new(with_hooks(&[("saved", "PostFileSave", NONE)]));
    let named = |name: &str| Setup {
        more: json!({"clientInfo": {"name": name}}),
        ..Setup::of(Kind::Neovim)
    };
    let mut first = Editor::join(&folder, &named("First"));
    trust(&mut first);
    let mut second = Editor::join(&folder, &named("Second"));
    first.open("src/a.rs");
    first.save("src/a.rs");
    outcomes(&first, 1);
    second.open("src/a.rs");
    second.save("src/a.rs");
    second.told("fired by First (process");
    second.save("src/a.rs");
    second.settle();
    assert_eq!(outcomes(&second, 1).len(), 1);
    first.ledger.hushed = true;
    first.finish();
    second.save("src/a.rs");
    outcomes(&second, 2);
    second.ledger.hushed = true;
}
