//! `rutter hooks` as a stranger uses it: new, templates, toggle, migrate, and undoing each.

#![cfg(unix)]
#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::binary::{Cli, Home, Ran};
use serde_json::{Value, json};

const LINT: &str = r#"{
  "name": "Lint on Save",
  "version": "1",
  "when": { "type": "fileEdited", "patterns": ["*.py"] },
  "then": { "type": "runCommand", "command": "ruff check --fix {file}" }
}
"#;

fn hooks(home: &Home, words: &[&str]) -> Ran {
    Cli(home).run(&[&["hooks"], words].concat())
}

fn rows(home: &Home) -> Value {
    Cli(home).json(&["hooks", "list"]).json()
}

#[test]
fn a_sentence_is_a_hook_that_may_run() {
    let home = Home::own();
    let made = hooks(
        &home,
        &["new", "run", "`true`", "when a rust file is saved"],
    )
    .done()
    .stdout;
    let path = ".kiro/hooks/run-true-when-a-rust-file-is-saved.json";
    assert!(made.contains(&format!("wrote {path}\n")), "{made}");
    assert!(made.contains("take it back with: rutter undo "), "{made}");
    let row = &rows(&home)[0];
    assert_eq!(row["trusted"], true);
    assert_eq!(row["matcher"], r"(?:^|/)[^/]*\.rs$");
    assert_eq!(row["action"], json!({"type": "command", "command": "true"}));
    hooks(&home, &["fire", "save", "a.rs"]).done();
    let twice = hooks(&home, &["new", "run `true` when a rust file is saved"]);
    assert_eq!(twice.exit(), 2);
    assert!(
        twice
            .stderr
            .contains("is there already.\nGive the hook another name."),
        "{twice:?}"
    );
    hooks(&home, &["new", "--name", "Two words", "run `true` by hand"]).done();
    hooks(&home, &["run", "Two words"]).done();
    Cli(&home).run(&["undo"]).done();
    assert_eq!(rows(&home).as_array().unwrap().len(), 1);
}

#[test]
fn what_a_sentence_leaves_open_is_asked_with_what_was_understood() {
    let home = Home::own();
    let asked = hooks(&home, &["new", "run `make x`"]);
    assert_eq!(asked.exit(), 2);
    assert!(
        asked
            .stderr
            .starts_with("error: When shall this be done? Understood so far: runs `make x`.\n"),
        "{asked:?}"
    );
    assert!(
        asked.stderr.contains("\n  run `make x` before a commit\n"),
        "{asked:?}"
    );
    let asked = Cli(&home).json(&["hooks", "new", "run ruff on save of *.py except in tests"]);
    assert_eq!(asked.error_code(), "question");
    let error = &asked.json()["error"];
    assert_eq!(error["candidates"], json!(["run ruff on save of *.py"]));
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("Understood without “except in tests”"),
        "{error}"
    );
    assert_eq!(hooks(&home, &["new"]).exit(), 2);
    assert_eq!(rows(&home), json!([]));
}

#[test]
fn every_template_makes_a_hook() {
    let home = Home::own();
    home.write("src/main.rs", "fn main() {}\n");
    home.write("Cargo.toml", "[package]\nname = \"a\"\n");
    let listed = hooks(&home, &["templates"]).done().stdout;
    assert!(
        listed.ends_with("Make one of them with: rutter hooks new --template NAME\n"),
        "{listed}"
    );
    let templates = Cli(&home).json(&["hooks", "templates"]).json();
    for template in templates.as_array().unwrap() {
        let id = template["template"].as_str().unwrap();
        assert!(listed.contains(&format!("{id}\n    ")), "{listed}");
        hooks(&home, &["new", "--template", id]).done();
    }
    let made = rows(&home);
    assert_eq!(
        made.as_array().unwrap().len(),
        templates.as_array().unwrap().len()
    );
    assert!(
        made.as_array()
            .unwrap()
            .iter()
            .all(|row| row["trusted"] == true)
    );
    let findings = Cli(&home).json(&["check"]).json();
    assert_eq!(findings, json!([]));
    let wrong = hooks(&home, &["new", "--template", "nope"]);
    assert_eq!(wrong.exit(), 2);
    assert!(
        wrong.stderr.contains("There is no template `nope`.")
            && wrong.stderr.contains("\n  type-check\n"),
        "{wrong:?}"
    );
}

#[test]
fn a_hook_is_switched_by_the_smallest_edit_and_back() {
    let home = Home::own();
    home.write(".kiro/hooks/lint.kiro.hook", LINT);
    let off = hooks(&home, &["toggle", "Lint on Save"]).done().stdout;
    assert!(
        off.starts_with("`.kiro/hooks/lint.kiro.hook#Lint on Save` is off.\n"),
        "{off}"
    );
    assert_eq!(
        home.read(".kiro/hooks/lint.kiro.hook"),
        LINT.replacen("{\n", "{\n  \"enabled\": false,\n", 1)
    );
    let again = hooks(&home, &["toggle", "Lint on Save", "--off"])
        .done()
        .stdout;
    assert!(again.contains("is off already."), "{again}");
    hooks(&home, &["toggle", "Lint on Save", "--on"]).done();
    assert_eq!(rows(&home)[0]["enabled"], true);
    Cli(&home).run(&["undo"]).done();
    Cli(&home).run(&["undo"]).done();
    assert_eq!(home.read(".kiro/hooks/lint.kiro.hook"), LINT);
}

#[test]
fn an_old_file_is_migrated_and_what_was_trusted_stays_so() {
    let home = Home::own();
    home.write(".kiro/hooks/lint.kiro.hook", LINT);
    home.write(
        ".kiro/hooks/team.yaml",
        "hooks:\n  - trigger: on_commit\n    action: look for secrets\n",
    );
    hooks(&home, &["trust", "Lint on Save"]).done();
    let told = hooks(&home, &["migrate", ".kiro/hooks/lint.kiro.hook"])
        .done()
        .stdout;
    assert!(
        told.contains(".kiro/hooks/lint.kiro.hook is now in .kiro/hooks/lint.json.\nwrote .kiro/hooks/lint.json\nremoved .kiro/hooks/lint.kiro.hook\n"),
        "{told}"
    );
    hooks(&home, &["migrate", ".kiro/hooks/team.yaml"]).done();
    let rows = rows(&home);
    let seen: Vec<(&str, bool)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["path"].as_str().unwrap(), row["trusted"] == true))
        .collect();
    assert_eq!(
        seen,
        [
            (".kiro/hooks/lint.json", true),
            (".rutter/hooks/team.json", false)
        ]
    );
    let nothing = hooks(&home, &["migrate", ".kiro/hooks/lint.json"])
        .done()
        .stdout;
    assert!(nothing.contains("needs no migration."), "{nothing}");
    Cli(&home).run(&["undo"]).done();
    Cli(&home).run(&["undo"]).done();
    assert_eq!(home.read(".kiro/hooks/lint.kiro.hook"), LINT);
    assert!(!home.path(".kiro/hooks/lint.json").exists());
    for (file, words) in [
        (".kiro/hooks/gone.kiro.hook", "does not exist"),
        (".kiro/hooks", "is no file of hooks that can be read"),
    ] {
        let wrong = hooks(&home, &["migrate", file]);
        assert!(
            wrong.exit() >= 2 && wrong.stderr.contains(words),
            "{wrong:?}"
        );
    }
}

/// Of two hooks of one name, one trusted: the other does not become trusted on the way.
#[test]
fn a_migration_trusts_nothing_new() {
    let home = Home::own();
    let hook =
        |command: &str| format!("  - trigger: on_save\n    name: same\n    action: {command}\n");
    home.write(
        ".kiro/hooks/a.yaml",
        format!("hooks:\n{}{}", hook("one"), hook("two")),
    );
    let first = rows(&home)[0]["id"].as_str().unwrap().to_owned();
    hooks(&home, &["trust", &first]).done();
    hooks(&home, &["migrate", ".kiro/hooks/a.yaml"]).done();
    for row in rows(&home).as_array().unwrap() {
        if row["action"]["prompt"] == "two" {
            assert_eq!(row["trusted"], false, "{row}");
        }
    }
}
