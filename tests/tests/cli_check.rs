//! `rutter check`: what it finds where, for people and machines, and what its exit code says.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used
)]

use rutter_tests::binary::{Cli, Home};
use rutter_tests::product::RATE_LIMIT;
use serde_json::{Value, json};

const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";
const DESIGN: &str = ".kiro/specs/rate-limit/design.md";

fn sample() -> Home {
    let home = Home::own();
    for (path, text) in RATE_LIMIT {
        home.write(path, text);
    }
    home
}

/// A sample with one warning behind an emoji, and another spec with none.
fn faulty() -> Home {
    let home = sample();
    home.write(
        TASKS,
        home.read(TASKS)
            .replace("1.1, 1.2, 1.4_", "1.1 😀, 1.2, 1.4, 1.9_"),
    );
    home.write(
        ".kiro/specs/team/other/tasks.md",
        "# Implementation Plan\n\n- [ ] 1. Do it\n",
    );
    home
}

fn rows(home: &Home, paths: &[&str]) -> Vec<Value> {
    Cli(home)
        .run(&[&["check", "--format", "json"], paths].concat())
        .json()
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn rows_for_machines() {
    let home = faulty();
    let rows = rows(&home, &[]);
    let row = rows
        .iter()
        .find(|r| r["code"] == "task/unknown-requirement")
        .unwrap_or_else(|| panic!("{rows:?}"));
    let keys: Vec<&String> = row.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["path", "range", "severity", "code", "message"]);
    assert_eq!(row["path"], TASKS);
    // Lines from 0; characters in UTF-16, in which the emoji is two.
    let line = "    - _Requirements: 1.1 😀, 1.2, 1.4, ";
    let character = line.encode_utf16().count();
    assert_eq!(
        row["range"]["start"],
        json!({"line": 7, "character": character})
    );
    assert_eq!(
        row["range"]["end"],
        json!({"line": 7, "character": character + 3})
    );
    assert!(["error", "warning", "info", "hint"].contains(&row["severity"].as_str().unwrap()));
}

#[test]
fn lines_for_people() {
    let home = faulty();
    let ran = Cli(&home).run(&["check"]);
    assert_eq!((ran.exit(), ran.stderr.as_str()), (1, ""));
    let column = "    - _Requirements: 1.1 😀, 1.2, 1.4, "
        .encode_utf16()
        .count()
        + 1;
    assert!(
        ran.stdout.contains(&format!("{TASKS}:8:{column}: ")),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("[task/unknown-requirement]"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.ends_with("2 specs checked, 1 finding.\n"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn files_homes_and_what_lies_outside() {
    let home = faulty();
    for (paths, expected) in [
        (vec!["."], 1),
        (vec![".kiro/specs"], 1),
        (vec![".kiro/specs/rate-limit"], 1),
        (vec![TASKS], 1),
        (vec![DESIGN], 0),
        (vec![".kiro/specs/team"], 0),
        (vec![".kiro/specs/team", TASKS], 1),
        (vec![".kiro/specs/../specs/rate-limit/"], 1),
    ] {
        assert_eq!(rows(&home, &paths).len(), expected, "{paths:?}");
    }
    // From another home, paths below it are relative, others are as they are.
    home.write("else/where.txt", "");
    let outside = Cli(&home)
        .run(&["-C", "else", "check", "--format", "json", "../.kiro/specs"])
        .json();
    assert_eq!(outside[0]["path"], home.path(TASKS).display().to_string());
    for (path, code) in [
        ("else/where.txt", "wrong-argument"),
        ("nowhere", "not-found"),
    ] {
        let ran = Cli(&home).run(&["check", path, "--format", "json"]);
        assert_eq!(ran.json()["error"]["code"], code, "{path}");
        assert!(ran.exit() >= 2, "{path}");
    }
    assert_eq!(
        Cli(&home).run(&["check", "else"]).stdout,
        "0 specs checked, nothing found.\n"
    );
}

#[test]
fn the_exit_code_follows_fail_on() {
    let home = faulty();
    let severity = rows(&home, &[])[0]["severity"].clone();
    assert_eq!(severity, "warning");
    for (fail_on, code) in [
        ("error", 0),
        ("warning", 1),
        ("info", 1),
        ("hint", 1),
        ("never", 0),
    ] {
        assert_eq!(
            Cli(&home).run(&["check", "--fail-on", fail_on]).exit(),
            code,
            "{fail_on}"
        );
    }
    home.write(
        ".rutter/config.toml",
        "[rules]\n\"task/unknown-requirement\" = \"hint\"\n",
    );
    assert_eq!(Cli(&home).run(&["check"]).exit(), 0);
    assert_eq!(Cli(&home).run(&["check", "--fail-on", "hint"]).exit(), 1);
}

#[test]
fn what_a_repository_may_not_set_is_a_finding() {
    let home = sample();
    home.write(
        ".rutter/config.toml",
        "[model]\nuse = \"evil/model\"\nbase_url = \"http://evil\"\n[proxy]\nurl = \"x\"\n",
    );
    let rows = rows(&home, &[]);
    assert!(
        rows.iter()
            .any(|r| r["path"] == ".rutter/config.toml" && r["severity"] == "warning"),
        "{rows:?}"
    );
    home.write(".rutter/config.toml", "[rules\n");
    let broken = Cli(&home).run(&["check", "--format", "json"]);
    assert!(
        broken
            .json()
            .as_array()
            .unwrap()
            .iter()
            .any(|r| r["path"] == ".rutter/config.toml"),
        "{broken:?}"
    );
    assert_eq!(broken.exit(), 1);
}

#[test]
fn an_unusual_but_legal_file_gets_no_warning() {
    let home = Home::own();
    for (path, text) in [
        (".kiro/specs/a/requirements.md", ""),
        (
            ".kiro/specs/b/tasks.md",
            "\u{feff}- [x.] 1. A\r\n- [ ]* 1.1 B\r\n- [~] C",
        ),
        (".kiro/specs/d/e/f/tasks.md", "# Plan\n"),
        (".kiro/specs/tasks.md", "- [ ] 1. Flat\n"),
        (".kiro/specs/README.md", "# Notes\n\n- [ ] 1. No task\n"),
        (".kiro/specs/g/spec.json", "{}"),
    ] {
        home.write(path, text);
    }
    assert_eq!(
        Cli(&home).run(&["check"]).exit(),
        0,
        "{}",
        Cli(&home).run(&["check"]).stdout
    );
}

#[test]
fn drift_and_dead_links_are_found_as_in_an_editor() {
    let home = sample();
    let git = |arguments: &[&str]| rutter_tests::git::run(&home.root(), arguments);
    let tasks = home.read(TASKS);
    home.write(TASKS, tasks.replace("- [x] 1.1", "- [ ] 1.1"));
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "Plan"]);
    home.write(TASKS, &tasks);
    home.write(
        "src/limit.rs",
        "// Requirements 1.1\nfn rejects(n: u32) -> bool {\n    n > 5\n}\n\n// spec:rate-limit#9.9\nfn other() {}\n",
    );
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "Reject"]);
    let traced = |home: &Home, paths: &[&str]| -> Vec<String> {
        let all = rows(home, paths).into_iter();
        let traced = all.filter(|row| row["code"].as_str().unwrap().starts_with("trace/"));
        traced
            .map(|row| {
                let line = row["range"]["start"]["line"].as_u64().unwrap();
                let (code, path) = (&row["code"], &row["path"]);
                format!(
                    "{} {}:{line}",
                    code.as_str().unwrap(),
                    path.as_str().unwrap()
                )
            })
            .collect()
    };
    let dead = "trace/unknown-requirement src/limit.rs:5";
    assert_eq!(traced(&home, &[]), [dead]);
    let code = home.read("src/limit.rs");
    home.write("src/limit.rs", code.replace("n > 5", "n > 9"));
    let on_task = format!("trace/drift {TASKS}:5");
    assert_eq!(
        traced(&home, &[]),
        [on_task.as_str(), dead, "trace/drift src/limit.rs:0"]
    );
    assert_eq!(
        traced(&home, &[".kiro/specs/rate-limit"]),
        [on_task.as_str()]
    );
    let sarif = Cli(&home).run(&["check", "--format", "sarif"]).stdout;
    assert!(
        sarif.contains("\"ruleId\":\"trace/drift\"")
            || sarif.contains("\"ruleId\": \"trace/drift\"")
    );
    home.write(
        ".rutter/config.toml",
        "[rules]\n\"trace/drift\" = \"off\"\n\"trace/unknown-requirement\" = \"warning\"\n",
    );
    assert_eq!(traced(&home, &[]), [dead]);
    assert_eq!(Cli(&home).run(&["check"]).exit(), 1);
}
