//! Bad input and a hostile system: one clear sentence, the right exit code, and nothing lost or half written. Where root
//! runs these tests, the binary runs as `nobody`, whom permissions bind.

#![cfg(unix)]
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout
)]

mod broken;
mod full;
mod rights;
mod state;
mod words;

use rutter_tests::binary::{Cli, Home};
use rutter_tests::lsp::Client;
use rutter_tests::product::RATE_LIMIT;
use serde_json::{Value, json};

const SPEC: &str = ".kiro/specs/rate-limit";
const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";
const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";
const APPROVALS: &str = ".kiro/specs/rate-limit/approvals.json";

fn sample() -> Home {
    let home = Home::unprivileged();
    for (path, text) in RATE_LIMIT {
        home.write(path, text);
    }
    home
}

/// What a person reads: a sentence that says what happened, maybe a second line that says what to do.
#[track_caller]
fn assert_clear(stderr: &str, says: &str) {
    let lines: Vec<&str> = stderr.lines().collect();
    assert!(matches!(lines.len(), 1 | 2), "{stderr:?}");
    let sentence = lines[0].strip_prefix("error: ");
    let sentence = sentence.unwrap_or_else(|| panic!("no error: {stderr:?}"));
    assert!(sentence.contains(says), "{says:?} is not in {stderr:?}");
    assert!(lines.iter().all(|line| line.ends_with('.')), "{stderr:?}");
    for raw in ["panicked", "Error {", "os error 2)", "Some("] {
        assert!(!stderr.contains(raw), "{stderr:?}");
    }
}

/// The verb is refused in words and in JSON, and leaves the workspace as it was.
#[track_caller]
fn refused(home: &Home, args: &[&str], exit: i32, code: &str, says: &str) {
    let before = home.tree();
    let ran = Cli(home).run(args);
    assert_eq!(ran.code, Some(exit), "{args:?}: {ran:?}");
    assert_clear(&ran.stderr, says);
    assert_eq!(ran.stdout, "", "{args:?}");
    let ran = Cli(home).json(args);
    assert_eq!(
        (ran.code, ran.error_code().as_str()),
        (Some(exit), code),
        "{ran:?}"
    );
    assert_eq!(ran.stderr, "", "{args:?}");
    assert!(home.tree() == before, "{args:?} changed the workspace");
}

/// The findings of `check`, which ends with 1.
#[track_caller]
fn findings(home: &Home) -> Vec<Value> {
    let ran = Cli(home).json(&["check"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    ran.json().as_array().expect("a list").clone()
}

/// `check` has an error on a file.
#[track_caller]
fn finds(home: &Home, path: &str, says: &str) {
    let found = findings(home);
    let hit = found.iter().any(|f| {
        f["path"] == path
            && f["severity"] == "error"
            && f["message"].as_str().is_some_and(|m| m.contains(says))
    });
    assert!(hit, "no error on {path} that says {says:?}: {found:#?}");
}

fn call(client: &mut Client, command: &str, argument: Value) -> Value {
    client.ask(
        "workspace/executeCommand",
        json!({"command": command, "arguments": [argument]}),
    )
}

/// A server on this home still makes a spec.
#[track_caller]
fn still_serves(client: &mut Client, home: &Home, name: &str) {
    let answer = call(
        client,
        "rutter.newSpec",
        json!({"prompt": "Export invoices as CSV", "name": name}),
    );
    assert!(answer["result"]["change"].is_string(), "{answer}");
    assert!(
        home.path(&format!(".kiro/specs/{name}/requirements.md"))
            .exists()
    );
}
