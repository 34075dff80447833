//! `rutter hooks` as a stranger uses it: list, match, run, fire, log, trust and done.

#![cfg(unix)]
#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::binary::{Cli, Home, Ran};
use rutter_tests::product::command;
use serde_json::{Value, json};

const LINT: &str = r#"{"name": "Lint on Save", "version": "1.0.0",
 "when": {"type": "fileEdited", "patterns": ["*.py"]},
 "then": {"type": "runCommand", "command": "echo checked {file}; exit 1"}}"#;
const DOCS: &str = r#"{"name": "Docs", "version": "1",
 "when": {"type": "fileCreated", "patterns": ["**/*.md"]},
 "then": {"type": "askAgent", "prompt": "Look at the new page.\nThen fix its links."}}"#;

/// A project with an old hook that runs a command, and one that asks.
fn project() -> Home {
    let home = Home::own();
    home.write("src/a b.py", "x = 1\n");
    home.write(".kiro/hooks/lint.json", LINT);
    home.write(".kiro/hooks/docs.kiro.hook", DOCS);
    home
}

fn hooks(home: &Home, words: &[&str]) -> Ran {
    Cli(home).run(&[&["hooks"], words].concat())
}

fn json_of(home: &Home, words: &[&str]) -> Value {
    Cli(home).json(&[&["hooks"], words].concat()).json()
}

#[test]
fn the_list_says_what_each_hook_waits_for_and_does_in_two_lines() {
    let home = project();
    home.write(
        ".rutter/hooks/long.json",
        command(
            "Long",
            "PreCommit",
            "true\nfalse",
            &json!({"enabled": false}),
        ),
    );
    assert_eq!(
        hooks(&home, &["list"]).done().stdout,
        ".kiro/hooks/docs.kiro.hook#Docs  not trusted\n    \
         PostFileCreate **/*.md → asks: Look at the new page.…\n\
         .kiro/hooks/lint.json#Lint on Save  not trusted\n    \
         PostFileSave *.py → `echo checked {file}; exit 1`\n\
         .rutter/hooks/long.json#Long  off\n    \
         PreCommit → `true…`\n"
    );
    let rows = json_of(&home, &["list"]);
    assert_eq!(
        rows[1],
        json!({
            "id": ".kiro/hooks/lint.json#Lint on Save", "name": "Lint on Save",
            "path": ".kiro/hooks/lint.json", "trigger": "PostFileSave", "matcher": "*.py",
            "action": {"type": "command", "command": "echo checked {file}; exit 1"},
            "enabled": true, "trusted": false, "format": "legacy",
        })
    );
}

#[test]
fn a_project_without_hooks_and_one_with_broken_ones() {
    let home = Home::own();
    let none = hooks(&home, &["list"]).done();
    assert!(
        none.stdout.starts_with("There are no hooks here."),
        "{none:?}"
    );
    assert_eq!(json_of(&home, &["list"]), json!([]));
    assert_eq!(
        hooks(&home, &["log"]).done().stdout,
        "No hook has fired here yet.\n"
    );
    let none = hooks(&home, &["fire", "save", "a.py"]).done();
    assert!(
        none.stdout.starts_with("No hook fires for PostFileSave."),
        "{none:?}"
    );

    home.write(
        ".kiro/hooks/broken.json",
        "{\"version\": \"v1\", \"hooks\": [{]}",
    );
    home.write(
        ".kiro/hooks/half.json",
        r#"{"version":"v1","hooks":[{"name":"no action","trigger":"Stop"}]}"#,
    );
    let listed = hooks(&home, &["list"]).done().stdout;
    assert!(
        listed.contains(".kiro/hooks/broken.json can't be loaded: "),
        "{listed}"
    );
    assert!(
        listed.contains(".kiro/hooks/half.json#no action can't be loaded: It has no action."),
        "{listed}"
    );
    let machine = Cli(&home).json(&["hooks", "list"]).done();
    assert_eq!(machine.json(), json!([]));
    assert!(
        machine.stderr.contains("broken.json can't be loaded"),
        "{machine:?}"
    );
    let why = json_of(&home, &["match", "Stop", "--why"]);
    assert_eq!(why[0]["hook"], ".kiro/hooks/broken.json");
    assert_eq!(why[1]["why"], "It can't be loaded: It has no action.");
}

#[test]
fn an_event_may_be_named_in_every_way_and_a_wrong_name_has_a_suggestion() {
    let home = project();
    for word in [
        "PostFileSave",
        "postfilesave",
        "fileEdited",
        "on_save",
        "save",
    ] {
        let rows = json_of(&home, &["match", word, "src/a b.py"]);
        assert_eq!(rows.as_array().unwrap().len(), 1, "{word}");
        assert_eq!(rows[0]["name"], "Lint on Save");
    }
    let none = hooks(&home, &["match", "save", "src/a.rs"]).done().stdout;
    assert!(none.starts_with("No hook fires for this."), "{none}");
    let why = hooks(&home, &["match", "save", "src/a b.py", "--why"])
        .done()
        .stdout;
    assert_eq!(
        why,
        ".kiro/hooks/docs.kiro.hook#Docs does not fire: It waits for PostFileCreate, and this is PostFileSave.\n\
         .kiro/hooks/lint.json#Lint on Save does not fire: It matches, but nobody has trusted it yet: `rutter hooks trust '.kiro/hooks/lint.json#Lint on Save'`.\n"
    );
    let wrong = hooks(&home, &["fire", "PostFileSaved"]);
    assert_eq!(wrong.exit(), 2);
    assert!(
        wrong
            .stderr
            .contains("There is no event `PostFileSaved`.\nDid you mean PostFileSave? Use one of "),
        "{wrong:?}"
    );
}

#[test]
fn a_hook_is_shown_trusted_run_and_logged() {
    let home = project();
    let refused = hooks(&home, &["run", "Lint on Save", "src/a b.py"]);
    assert_eq!(refused.exit(), 1);
    assert!(
        refused
            .stderr
            .contains("rutter hooks trust '.kiro/hooks/lint.json#Lint on Save'"),
        "{refused:?}"
    );
    let trusted = hooks(&home, &["trust", "lint.json#Lint on Save"])
        .done()
        .stdout;
    assert!(
        trusted.contains("    command: echo checked {file}; exit 1\nTrusted as it stands: "),
        "{trusted}"
    );
    let ran = hooks(&home, &["run", "Lint on Save", "src/a b.py"]);
    assert_eq!(ran.exit(), 1, "it failed: {ran:?}");
    assert!(
        ran.stdout
            .contains(".kiro/hooks/lint.json#Lint on Save failed in ")
            && ran
                .stdout
                .ends_with("(PostFileSave for src/a b.py)\n    checked src/a b.py\n"),
        "{ran:?}"
    );
    // The same by its event, for machines.
    let fired = Cli(&home).json(&["hooks", "fire", "save", "src/a b.py"]);
    assert_eq!(fired.exit(), 1);
    let fired = fired.json();
    assert_eq!(fired[0]["outcome"], "failed");
    assert_eq!(fired[0]["code"], 1);
    assert_eq!(fired[0]["paths"], json!(["src/a b.py"]));
    let log = json_of(&home, &["log"]);
    assert_eq!(log.as_array().unwrap().len(), 2);
    assert_eq!(log[1], fired[0]);
    let one = hooks(&home, &["log", "Lint on Save", "--limit", "1"])
        .done()
        .stdout;
    assert_eq!(one.lines().count(), 2, "{one}");
    let never = hooks(&home, &["log", "Docs"]).done().stdout;
    assert_eq!(never, "`Docs` has not fired here yet.\n");
    assert_eq!(hooks(&home, &["log", "Nothing"]).exit(), 2);
}

#[test]
fn names_that_mean_none_or_several() {
    let home = project();
    for (word, meant) in [
        ("lint", "Lint on Save"),
        ("Lint on Safe", "Lint on Save"),
        ("Doc", "Docs"),
    ] {
        let unknown = hooks(&home, &["run", word]);
        assert_eq!(unknown.exit(), 2);
        let lines: Vec<&str> = unknown.stderr.lines().collect();
        assert_eq!(lines[0], format!("error: There is no hook `{word}`."));
        assert!(
            lines[1].starts_with("Did you mean `.kiro/hooks/")
                && lines[1].contains(&format!("#{meant}`?")),
            "{unknown:?}"
        );
    }
    let far = hooks(&home, &["toggle", "zzzzzz"]);
    assert!(!far.stderr.contains("Did you mean"), "{far:?}");
    home.write(
        ".rutter/hooks/b.json",
        command("Docs", "Manual", "true", &Value::Null),
    );
    let several = hooks(&home, &["trust", "Docs"]);
    assert_eq!(
        several.stderr,
        "error: `Docs` could mean several hooks.\nName it as file#name.\n  \
         .kiro/hooks/docs.kiro.hook#Docs\n  .rutter/hooks/b.json#Docs\n"
    );
    let several = Cli(&home).json(&["hooks", "run", "Docs"]);
    assert_eq!(several.error_code(), "ambiguous");
    hooks(&home, &["trust", "b.json#Docs"]).done();
    hooks(&home, &["run", "b.json#Docs"]).done();
    assert_eq!(hooks(&home, &["run", "b.json#Docs", "../x"]).exit(), 2);
}

#[test]
fn a_prompt_waits_until_it_is_done() {
    let home = project();
    hooks(&home, &["trust", "--all"]).done();
    for page in ["docs/a.md", "docs/b.md"] {
        let fired = hooks(&home, &["fire", "create", page]).done().stdout;
        assert!(
            fired.contains(&format!("waiting (PostFileCreate for {page})")),
            "{fired}"
        );
    }
    let listed = hooks(&home, &["list"]).done().stdout;
    assert!(
        listed.contains("#Docs  on  waiting for 2 files\n"),
        "{listed}"
    );
    let done = hooks(&home, &["done", "Docs"]).done().stdout;
    assert_eq!(done, "`.kiro/hooks/docs.kiro.hook#Docs` waits no more.\n");
    assert_eq!(json_of(&home, &["list"])[0]["waiting"], Value::Null);
    let again = hooks(&home, &["done", "Docs"]);
    assert_eq!(again.exit(), 2);
}

#[test]
fn trust_of_all_is_one_step_and_a_change_is_shown_as_a_difference() {
    let home = project();
    let all = hooks(&home, &["trust", "--all"]).done().stdout;
    assert!(
        all.contains("    Then fix its links.\n"),
        "prompts are shown whole: {all}"
    );
    let again = hooks(&home, &["trust", "--all"]).done().stdout;
    assert_eq!(again, "There is nothing to trust.\n");
    home.write(".kiro/hooks/lint.json", LINT.replace("exit 1", "exit 0"));
    let changed = hooks(&home, &["match", "save", "a.py", "--why"])
        .done()
        .stdout;
    assert!(
        changed.contains("It matches, but it changed since it was trusted at "),
        "{changed}"
    );
    let shown = hooks(&home, &["trust", "Lint on Save"]).done().stdout;
    assert!(
        shown.contains(
            "    -command: echo checked {file}; exit 1\n    +command: echo checked {file}; exit 0\n"
        ),
        "{shown}"
    );
    let wrong = hooks(&home, &["trust"]);
    assert_eq!(wrong.exit(), 2);
}

/// No name of a file is taken for a command, and a hook that names its file needs one.
#[test]
fn a_name_of_a_file_stays_a_name() {
    let home = project();
    home.write("x.txt", "");
    hooks(&home, &["trust", "--all"]).done();
    for name in [
        "a; rm -rf x.txt #.py",
        "it's `rm x.txt`.py",
        "$(rm x.txt).py",
    ] {
        let ran = hooks(&home, &["fire", "save", name]);
        assert!(
            ran.stdout.ends_with(&format!("    checked {name}\n")),
            "{ran:?}"
        );
        assert!(home.path("x.txt").exists(), "{name}");
    }
    let none = hooks(&home, &["run", "Lint on Save"]);
    assert_eq!(none.exit(), 1);
    assert!(
        none.stdout
            .contains("there is none here: run it for a file"),
        "{none:?}"
    );
}

/// Every level that a repository sets for a rule about hooks counts; JSON has no place for a comment that could.
#[test]
fn findings_in_hook_files_are_silenced_by_their_rule() {
    let home = project();
    home.write(".kiro/hooks/broken.json", "{");
    home.write(
        ".kiro/hooks/odd.json",
        r#"{"version": "v1", "hooks": [
 {"name": "a", "trigger": "Wrong", "action": {"type": "command", "command": "true"}},
 {"name": "b", "trigger": "Stop", "matcher": "x", "action": {"type": "command", "command": "sh -c 'x {file}'"}},
 {"name": "b", "trigger": "PreCommit", "matcher": "(", "timeout": "1", "action": {"type": "command", "command": "true"}},
 {"name": "c", "trigger": "Stop", "what": 1, "action": {"type": "other"}},
 {"name": "Docs", "trigger": "PreCommit", "timeout": 99999, "action": {"type": "agent", "prompt": "x"}},
 {"trigger": "Stop", "action": {"type": "command", "command": "true"}}
]}"#,
    );
    let codes = |home: &Home| -> Vec<String> {
        let found = Cli(home).json(&["check"]).json();
        let mut codes: Vec<String> = found
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["code"].as_str().unwrap().to_owned())
            .filter(|code| code.starts_with("hook/"))
            .collect();
        codes.sort();
        codes.dedup();
        codes
    };
    let before = codes(&home);
    assert!(before.len() >= 9, "{before:?}");
    let mut config = String::from("[rules]\n");
    for (n, code) in before.iter().enumerate() {
        config.push_str(&format!("\"{code}\" = \"off\"\n"));
        home.write(".rutter/config.toml", &config);
        assert_eq!(codes(&home), before[n + 1..], "{code}");
    }
}
