//! Arguments and texts that nobody should write: empty, huge, leading out of the workspace.

use rutter_tests::binary::{Cli, Home, Server};
use rutter_tests::product::{RATE_LIMIT, uri};
use serde_json::json;

use crate::{REQUIREMENTS, TASKS, call, refused, sample, still_serves};

#[test]
fn an_empty_prompt_makes_nothing() {
    let home = Home::unprivileged();
    for words in ["", "   ", "\n\t", "…"] {
        refused(&home, &["new", words], 2, "empty-prompt", "");
    }
    let ran = Cli(&home).fed(&["new", "-"], b"");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let ran = Cli(&home).fed(&["new", "-", "--format", "json"], b"caf\xe9");
    assert_eq!((ran.code, ran.error_code().as_str()), (Some(3), "not-text"));
    assert_eq!(home.tree(), []);
}

#[test]
fn names_never_lead_out_of_the_specs() {
    let home = sample();
    for name in [
        "..",
        "../up",
        "a/../../up",
        "/tmp/up",
        ".hidden",
        "a\nb",
        "a\\b",
        "",
    ] {
        refused(
            &home,
            &["new", "Export invoices", "--name", name],
            2,
            "bad-name",
            "name",
        );
    }
    for spec in ["..", "../../work", "/", "/etc/passwd", "", "no\nsuch"] {
        refused(&home, &["next", spec], 2, "unknown-spec", "spec");
        refused(&home, &["trace", spec], 2, "unknown-spec", "spec");
    }
    refused(
        &home,
        &["undo", "../../etc/passwd"],
        2,
        "unknown-change",
        "change",
    );
    refused(
        &home,
        &["new", "Export invoices", "--name", "rate-limit"],
        2,
        "exists",
        "already",
    );

    let (_server, mut client) = Server::ready(&home);
    let before = home.tree();
    for name in ["a\0b", "..", "../up", "/up", "a/\u{202e}b"] {
        let answer = call(
            &mut client,
            "rutter.newSpec",
            json!({"prompt": "Export invoices", "name": name}),
        );
        assert_eq!(
            answer["error"]["data"]["code"], "bad-name",
            "{name:?}: {answer}"
        );
    }
    for spec in ["a\0b", "../..", "file:///etc/passwd", "file://%00", "C:\\x"] {
        let answer = call(&mut client, "rutter.nextStage", json!({"spec": spec}));
        assert_eq!(
            answer["error"]["data"]["code"], "unknown-spec",
            "{spec:?}: {answer}"
        );
    }
    assert_eq!(home.tree(), before);
    still_serves(&mut client, &home, "after");
}

#[test]
fn a_huge_line_is_read_like_any_other() {
    let home = sample();
    let line = "word ".repeat(400_000);
    home.write(
        REQUIREMENTS,
        format!("{}5. THE Limiter SHALL {line}", RATE_LIMIT[1].1),
    );
    home.write(
        TASKS,
        format!(
            "- [ ] 1. {line}\n  - _Requirements: {}_",
            "1.1, ".repeat(20_000)
        ),
    );
    home.write(".kiro/specs/brackets/requirements.md", "[".repeat(200_000));
    home.write(".kiro/specs/brackets/design.md", "> ".repeat(100_000));
    home.write(
        ".kiro/specs/brackets/tasks.md",
        format!("{}- [ ] 1. deep", "  ".repeat(50_000)),
    );
    let ran = Cli(&home).json(&["check"]);
    assert!(matches!(ran.code, Some(0 | 1)), "{:?}", ran.stderr);
    let trace = Cli(&home).json(&["trace", "rate-limit"]).done().json();
    assert_eq!(
        trace["requirements"][0]["criteria"]
            .as_array()
            .map(Vec::len),
        Some(5)
    );
    let before = home.tree();
    Cli(&home).run(&["set", "rate-limit", "1", "done"]).done();
    Cli(&home).run(&["undo"]).done();
    assert!(home.tree() == before, "undo restores it");
}

#[test]
fn a_prompt_of_a_megabyte_is_drafted_or_refused_in_a_sentence() {
    let home = Home::unprivileged();
    let prompt = "Export invoices as CSV. ".repeat(40_000);
    let ran = Cli(&home).fed(&["new", "-", "--format", "json"], prompt.as_bytes());
    assert!(matches!(ran.code, Some(0 | 2)), "{:?}", ran.stderr);
}

#[test]
fn a_folder_that_is_none_and_wrong_words_are_wrong_use() {
    let home = sample();
    refused(
        &home,
        &["status", "-C", "/no/such/folder"],
        2,
        "wrong-argument",
        "no folder",
    );
    refused(
        &home,
        &["approve", "rate-limit", "poetry"],
        2,
        "wrong-argument",
        "poetry",
    );
    refused(
        &home,
        &["new", "Export invoices", "--workflow", "waterfall"],
        2,
        "wrong-argument",
        "waterfall",
    );
    refused(
        &home,
        &["set", "rate-limit", "2", "finished"],
        2,
        "wrong-argument",
        "finished",
    );
    refused(
        &home,
        &["set", "rate-limit", "9.9", "done"],
        2,
        "unknown-task",
        "9.9",
    );
    refused(
        &home,
        &["decide", "rate-limit", "D9", "1"],
        2,
        "unknown-decision",
        "D9",
    );
    refused(
        &home,
        &["approve", "rate-limit", "requirements", "--ids", "9.9"],
        2,
        "unknown-item",
        "9.9",
    );
    refused(
        &home,
        &["check", "no/such/file"],
        3,
        "not-found",
        "does not exist",
    );
    refused(&home, &["next", "rate-limit"], 1, "not-approved", "approve");
    let ran = Cli(&home).run(&["dance"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let answer = uri(&home.path(REQUIREMENTS));
    Cli(&home).json(&["status", &answer]).done();
}

/// Machines read JSON, also where the words mean nothing.
#[test]
fn wrong_words_are_told_as_json_where_json_is_asked_for() {
    let home = sample();
    for args in [
        &["dance", "--format", "json"][..],
        &["--format=json", "approve"],
        &["decide", "rate-limit", "D1", "-1", "--format", "json"],
        &["check", "--fail-on", "nothing", "--format", "json"],
    ] {
        let ran = Cli(&home).run(args);
        assert_eq!(
            (ran.code, ran.error_code().as_str()),
            (Some(2), "wrong-argument"),
            "{ran:?}"
        );
        assert_eq!(ran.stderr, "", "{args:?}");
    }
    let ran = Cli(&home).run(&["dance"]);
    assert!(
        ran.stdout.is_empty() && ran.stderr.contains("dance"),
        "{ran:?}"
    );
    let ran = Cli(&home).run(&["--help", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("Usage: rutter"), "{ran:?}");
}

#[test]
fn a_command_that_is_proposed_can_be_typed() {
    let home = Home::unprivileged();
    let ran = Cli(&home).run(&["new", "Add a login page", "--name", "log in"]);
    assert!(
        ran.stdout.contains("rutter decide 'log in' D1 1"),
        "{ran:?}"
    );
}
