//! The same hook fires the same way in the editor and on the command line: the outcome, what the command reads on its
//! standard input, and its environment.

#![cfg(unix)]
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used
)]

use std::fs;
use std::path::Path;

use rutter_store::HookOutcome;
use rutter_tests::binary::{Cli, Home, Server};
use rutter_tests::git;
use rutter_tests::lsp::Client;
use rutter_tests::product::{Editor, Folder, Hand, Kind, Setup, command, logged, uri};
use serde_json::{Value, json};

/// Notes what it is given, speaks, and fails in a way of its own.
const NOTE: &str = "cat > ../stdin; env | grep -Ev '^(_|RUTTER_LOG|RUTTER_RUN)=' | sort > ../env; echo said >&2; exit 3";
const BEFORE: &str = "pub fn f() {}\n";
const AFTER: &str = "pub fn f(a: u8) {}\npub fn g() {}\n";

/// What one run was given and what became of it.
#[derive(Debug, PartialEq)]
struct Seen {
    outcome: HookOutcome,
    input: Value,
    environment: String,
}

fn seen(beside: &Path, state: &Path, root: &Path, count: usize) -> Seen {
    let mut outcome = logged(state, root, count).pop().unwrap();
    outcome.at.clear();
    outcome.took = outcome.took.map(|_| 0);
    let mut input: Value =
        serde_json::from_slice(&fs::read(beside.join("stdin")).unwrap()).unwrap();
    // Each server and each verb is a session of its own; so is each run.
    assert!(input["session_id"].take().is_string());
    let environment = fs::read_to_string(beside.join("env")).unwrap();
    for file in ["stdin", "env"] {
        fs::remove_file(beside.join(file)).unwrap();
    }
    Seen {
        outcome,
        input,
        environment,
    }
}

/// A repository with a hook that waits for `trigger`, one committed file, and one that is staged.
fn project(trigger: &str, matcher: Value) -> Home {
    let home = Home::own();
    home.write("src/a.rs", BEFORE);
    git::run(&home.root(), &["init", "-q", "-b", "main"]);
    git::run(&home.root(), &["add", "-A"]);
    git::run(&home.root(), &["commit", "-q", "-m", "x"]);
    home.write("src/staged file.rs", "");
    git::run(&home.root(), &["add", "src"]);
    let text = command("the hook", trigger, NOTE, &matcher);
    home.write(".rutter/hooks/h.json", text);
    if trigger == "ApiChange" {
        let mark = json!({"matcher": "mark[.]txt$"});
        let text = command("mark", "PostFileSave", "true", &mark);
        home.write(".rutter/hooks/mark.json", text);
    }
    Cli(&home).run(&["hooks", "trust", "--all"]).done();
    home
}

fn files(client: &mut Client, method: &str, entry: Value) {
    client.notify(method, json!({ "files": [entry] }));
}

fn command_of(client: &mut Client, name: &str, argument: Value) {
    let params = json!({"command": name, "arguments": [argument]});
    let answer = client.ask("workspace/executeCommand", params);
    assert!(answer["error"].is_null(), "{answer}");
}

/// How an event comes about in an editor.
type Raise = fn(&mut Client, &Home);

fn save(client: &mut Client, home: &Home) {
    let document = json!({"uri": uri(&home.path("src/a.rs"))});
    client.notify("textDocument/didSave", json!({ "textDocument": document }));
}

fn change(client: &mut Client, home: &Home) {
    let name = uri(&home.path("src/a.rs"));
    let document = json!({"uri": name, "languageId": "rust", "version": 1, "text": BEFORE});
    client.notify("textDocument/didOpen", json!({ "textDocument": document }));
    // What was opened is read before the file that is saved next fires its own hook.
    let document = json!({"uri": uri(&home.path("mark.txt"))});
    client.notify("textDocument/didSave", json!({ "textDocument": document }));
    logged(&home.at("state"), &home.root(), 1);
    home.write("src/a.rs", AFTER);
    save(client, home);
}

fn problems(client: &mut Client, home: &Home, counts: [usize; 2]) {
    let problem = json!({
        "uri": uri(&home.path("src/a.rs")), "severity": 1, "source": "rustc", "message": "no",
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}},
    });
    for count in counts {
        client.notify(
            "rutter/problems",
            json!({"items": vec![problem.clone(); count]}),
        );
    }
}

fn run(client: &mut Client, home: &Home) {
    let argument = json!({"hook": "the hook", "uri": uri(&home.path("src/a.rs"))});
    command_of(client, "rutter.runHook", argument);
}

fn run_alone(client: &mut Client, _: &Home) {
    command_of(client, "rutter.runHook", json!({"hook": "the hook"}));
}

#[test]
fn the_same_hook_fires_the_same_way_in_the_editor_and_on_the_command_line() {
    let rust = || json!({"matcher": "\\.rs$"});
    let table: [(&str, Value, Raise, &[&str]); 13] = [
        (
            "PostFileSave",
            rust(),
            save,
            &["fire", "PostFileSave", "src/a.rs"],
        ),
        (
            "PostFileCreate",
            rust(),
            |client, home| {
                let new = uri(&home.path("src/new one.rs"));
                files(client, "workspace/didCreateFiles", json!({"uri": new}));
            },
            &["fire", "PostFileCreate", "src/new one.rs"],
        ),
        (
            "PostFileDelete",
            rust(),
            |client, home| {
                let old = uri(&home.path("src/gone.rs"));
                files(client, "workspace/didDeleteFiles", json!({"uri": old}));
            },
            &["fire", "PostFileDelete", "src/gone.rs"],
        ),
        (
            "PostFileRename",
            rust(),
            |client, home| {
                let [old, new] = ["src/old.rs", "src/c.rs"].map(|f| uri(&home.path(f)));
                let entry = json!({"oldUri": old, "newUri": new});
                files(client, "workspace/didRenameFiles", entry);
            },
            &["fire", "PostFileRename", "src/c.rs"],
        ),
        ("Manual", json!({}), run, &["run", "the hook", "src/a.rs"]),
        ("Manual", json!({}), run_alone, &["fire", "Manual"]),
        (
            "PostFileSave",
            rust(),
            run,
            &["run", "the hook", "src/a.rs"],
        ),
        ("PreCommit", rust(), run_alone, &["run", "the hook"]),
        ("PreCommit", rust(), run_alone, &["fire", "PreCommit"]),
        ("PrePush", rust(), run_alone, &["run", "the hook"]),
        (
            "ApiChange",
            rust(),
            change,
            &["fire", "ApiChange", "src/a.rs"],
        ),
        (
            "BuildFailed",
            json!({}),
            |client, home| problems(client, home, [0, 2]),
            &["fire", "BuildFailed"],
        ),
        (
            "BuildPassed",
            json!({}),
            |client, home| problems(client, home, [1, 0]),
            &["fire", "BuildPassed"],
        ),
    ];
    for (trigger, matcher, raise, words) in table {
        let home = project(trigger, matcher);
        let beside = home.root().parent().unwrap().to_owned();
        let (_server, mut client) = Server::ready(&home);
        raise(&mut client, &home);
        let first = 1 + usize::from(trigger == "ApiChange");
        let editor = seen(&beside, &home.at("state"), &home.root(), first);
        let ran = Cli(&home).run(&[&["hooks"], words].concat());
        assert_eq!(ran.exit(), 1, "{trigger}: {ran:?}");
        let shell = seen(&beside, &home.at("state"), &home.root(), first + 1);
        assert_eq!(editor, shell, "{trigger} {words:?}");
        assert_eq!(editor.outcome.trigger, trigger);
        assert_eq!(editor.input["hook_event_name"], trigger);
        assert_eq!(editor.outcome.code, Some(3));
        assert_eq!(editor.outcome.detail, "said");
        let event = format!("RUTTER_EVENT={trigger}\n");
        assert!(editor.environment.contains(&event), "{editor:?}");
        let file = words.get(2).filter(|_| words.len() == 3);
        if let Some(file) = file {
            assert_eq!(editor.input["file_paths"], json!([file]));
            let file = format!("RUTTER_FILE={file}\n");
            assert!(editor.environment.contains(&file), "{editor:?}");
        }
        if trigger == "ApiChange" {
            assert_eq!(editor.input["api_changes"].as_array().unwrap().len(), 2);
        }
    }
}

/// A minute passes only where a test holds the clock, so the editor's side is not the binary here.
#[test]
fn a_schedule_too() {
    let note = "cat > ../stdin; env | grep '^RUTTER_[EFH]' | sort > ../env; echo said >&2; exit 3";
    let every_minute = json!({"matcher": "* * * * *"});
    let text = command("the hook", "Schedule", note, &every_minute);
    let clock = Hand::default();
    let setup = Setup {
        clock: Some(clock.clone()),
        ..Setup::of(Kind::Neovim)
    };
    let folder = Folder::with(&[("a.rs", ""), (".rutter/hooks/h.json", &text)]);
    let mut editor = Editor::start(folder, &setup);
    editor.run("rutter.trust", json!({"what": "all"}));
    clock.pass(60_000);
    // Any event wakes the thread that looks at the clock.
    editor.open("a.rs");
    editor.save("a.rs");
    let root = editor.folder.root();
    let mut in_editor = seen(
        root.parent().unwrap(),
        &editor.folder.beside("state"),
        &root,
        1,
    );
    editor.ledger.hushed = true;

    let home = Home::own();
    home.write(".rutter/hooks/h.json", &text);
    let cli = Cli(&home);
    cli.run(&["hooks", "trust", "--all"]).done();
    assert_eq!(cli.run(&["hooks", "fire", "Schedule"]).exit(), 1);
    let root = home.root();
    let mut on_shell = seen(root.parent().unwrap(), &home.at("state"), &root, 1);
    for seen in [&mut in_editor, &mut on_shell] {
        assert!(seen.input["cwd"].take().is_string());
    }
    assert_eq!(in_editor, on_shell);
}

/// A message is given to git's own hook alone; run by hand, the hook is the same in both places.
#[test]
fn the_hook_of_a_message_too() {
    let home = project("CommitMsg", json!({}));
    let beside = home.root().parent().unwrap().to_owned();
    let (_server, mut client) = Server::ready(&home);
    run_alone(&mut client, &home);
    let editor = seen(&beside, &home.at("state"), &home.root(), 1);
    assert_eq!(Cli(&home).run(&["hooks", "run", "the hook"]).exit(), 1);
    let shell = seen(&beside, &home.at("state"), &home.root(), 2);
    assert_eq!(editor, shell);
    assert_eq!(editor.input["file_paths"], json!(["src/staged file.rs"]));
}
