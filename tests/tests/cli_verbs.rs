//! The whole way on the command line, from a sentence to approved tasks, and what each verb says to people and machines.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used
)]

use rutter_tests::binary::{Cli, Home, Ran};
use rutter_tests::product::RATE_LIMIT;
use serde_json::{Value, json};

const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";
const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";

fn sample() -> Home {
    let home = Home::own();
    for (path, text) in RATE_LIMIT {
        home.write(path, text);
    }
    home
}

fn ok(ran: Ran) -> Ran {
    assert_eq!(ran.exit(), 0, "{ran:?}");
    assert_eq!(ran.stderr, "", "nothing to complain of");
    ran
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap_or_else(|| panic!("{value}"))
        .keys()
        .map(String::as_str)
        .collect()
}

/// The shape of what a command answers: `{uris, change?, message?}`.
fn assert_answer(answer: &Value) {
    for key in keys(answer) {
        assert!(
            ["uris", "change", "job", "proposal", "pending", "message"].contains(&key),
            "{answer}"
        );
    }
    for uri in answer["uris"].as_array().unwrap() {
        assert!(uri.as_str().unwrap().starts_with("file:///"), "{answer}");
    }
}

#[test]
fn from_a_sentence_to_approved_tasks_and_back() {
    let home = Home::own();
    let made = ok(Cli(&home).run(&["new", "Add", "a", "login", "page", "--name", "login"]));
    assert!(
        made.stdout.contains("# Requirements Document")
            && made.stdout.contains("decisions are open"),
        "{}",
        made.stdout
    );
    let refused = Cli(&home).run(&["approve", "login", "requirements"]);
    assert_eq!((refused.exit(), refused.stdout.as_str()), (1, ""));
    assert!(
        refused.stderr.starts_with("error: ") && refused.stderr.contains("open decisions"),
        "{}",
        refused.stderr
    );
    let decided = ok(Cli(&home).run(&["decide", "login", "D1", "2"]));
    assert!(
        decided
            .stdout
            .contains("changed .kiro/specs/login/requirements.md"),
        "{}",
        decided.stdout
    );
    assert_eq!(Cli(&home).run(&["next", "login"]).exit(), 1);
    let approved = ok(Cli(&home).run(&["approve", "login", "requirements", "--accept-defaults"]));
    assert!(
        approved.stdout.contains("next: rutter next login"),
        "{}",
        approved.stdout
    );
    for stage in ["design", "tasks"] {
        ok(Cli(&home).run(&["next", "login"]));
        ok(Cli(&home).run(&["approve", "login", stage, "--accept-defaults"]));
    }
    assert_eq!(Cli(&home).run(&["next", "login"]).exit(), 2);
    let check = ok(Cli(&home).run(&["check"]));
    assert_eq!(check.stdout, "1 spec checked, nothing found.\n");
    ok(Cli(&home).run(&["set", "login", "1", "done"]));
    let all = home.tree();
    let documents = all.iter().filter(|(path, _)| !path.ends_with('/'));
    let (spec, beside): (Vec<&String>, Vec<&String>) = documents
        .map(|(path, _)| path)
        .partition(|path| path.starts_with(".kiro/specs/login/"));
    assert_eq!(spec.len(), 5, "{spec:?}");
    assert_eq!(beside, [".rutter/evidence/login/1.json"]);
    for _ in 0..9 {
        if Cli(&home).run(&["undo"]).exit() != 0 {
            break;
        }
    }
    assert_eq!(home.tree(), [], "everything can be taken back");
    let nothing = Cli(&home).run(&["undo"]);
    assert_eq!(nothing.exit(), 2);
    assert!(nothing.stderr.contains("nothing to undo"), "{nothing:?}");
}

#[test]
fn answers_for_machines() {
    let home = Home::own();
    let json = |arguments: &[&str]| {
        ok(Cli(&home).run(&[&["--format", "json"], arguments].concat())).json()
    };
    for arguments in [
        vec!["new", "Add a login page", "--name", "login"],
        vec!["decide", "login", "D1", "1"],
        vec!["approve", "login", "requirements", "--accept-defaults"],
        vec!["next", "login"],
        vec!["approve", "login", "design", "--accept-defaults"],
        vec!["next", "login"],
        vec!["set", "login", "1", "running"],
        vec!["sync", "login", "--dry-run"],
        vec!["sync", "login"],
        vec!["undo"],
    ] {
        let answer = json(&arguments);
        assert_answer(&answer);
    }
}

#[test]
fn status_for_machines() {
    let home = sample();
    ok(Cli(&home).run(&["approve", "rate-limit", "requirements"]));
    let text = home.read(REQUIREMENTS);
    home.write(REQUIREMENTS, text.replace("return 429", "return 503"));
    let status = ok(Cli(&home).run(&["status", "--format", "json"])).json();
    let spec = &status[0];
    assert_eq!(
        keys(spec),
        ["spec", "workflow", "stages", "decisions", "tasks"]
    );
    assert_eq!(
        (spec["spec"].as_str(), spec["workflow"].as_str()),
        (Some("rate-limit"), Some("requirements-first"))
    );
    let stages = spec["stages"].as_array().unwrap();
    assert_eq!(
        stages
            .iter()
            .map(|s| s["stage"].as_str().unwrap())
            .collect::<Vec<_>>(),
        ["requirements", "design", "tasks"]
    );
    assert_eq!(stages[0]["state"], "stale");
    assert_eq!(stages[0]["items"], json!(["1.3"]));
    assert_eq!(stages[0]["approved_by"], "Ada");
    assert!(
        stages[0]["at"].as_str().unwrap().ends_with('Z'),
        "{}",
        stages[0]
    );
    assert_eq!(stages[1]["state"], "draft");
    assert_eq!(
        spec["tasks"],
        json!({"total": 4, "done": 1, "running": 1, "optional": 1})
    );
    let one = ok(Cli(&home).run(&["status", "rate-limit", "--format", "json"])).json();
    assert_eq!(one, status);
}

#[test]
fn decisions_in_the_status() {
    let home = Home::own();
    ok(Cli(&home).run(&["new", "Add a login page", "--name", "login"]));
    let status = ok(Cli(&home).run(&["status", "--format", "json"])).json();
    let decisions = status[0]["decisions"].as_array().unwrap();
    assert!(!decisions.is_empty());
    for decision in decisions {
        assert_eq!(keys(decision), ["id", "text", "choices", "ids"]);
        let choices = decision["choices"].as_array().unwrap();
        assert!((2..=4).contains(&choices.len()), "{decision}");
        assert!(
            !decision["ids"].as_array().unwrap().is_empty(),
            "{decision}"
        );
    }
}

#[test]
fn trace_for_machines() {
    let home = sample();
    home.write(
        TASKS,
        home.read(TASKS).replace("1.1, 1.2, 1.4_", "1.1-1.4_"),
    );
    let trace = ok(Cli(&home).run(&["trace", "rate-limit", "--format", "json"])).json();
    assert_eq!(keys(&trace), ["spec", "requirements", "tasks"]);
    let requirement = &trace["requirements"][0];
    assert_eq!(keys(requirement), ["id", "title", "criteria"]);
    assert_eq!(
        (requirement["id"].as_str(), requirement["title"].as_str()),
        (Some("1"), Some("Block repeated failures"))
    );
    let criteria = requirement["criteria"].as_array().unwrap();
    assert_eq!(criteria.len(), 4);
    for criterion in criteria {
        assert_eq!(
            keys(criterion),
            [
                "id",
                "text",
                "pattern",
                "tasks",
                "properties",
                "code",
                "tests"
            ]
        );
        assert!(
            criterion["tasks"]
                .as_array()
                .unwrap()
                .contains(&json!("1.1")),
            "the range is expanded: {criterion}"
        );
    }
    assert_eq!(criteria[0]["properties"], json!(["1"]));
    let tasks = trace["tasks"].as_array().unwrap();
    assert_eq!(tasks.len(), 4);
    for task in tasks {
        assert_eq!(
            keys(task),
            [
                "number",
                "title",
                "state",
                "optional",
                "requirements",
                "properties",
                "wave"
            ]
        );
    }
    assert_eq!(
        tasks[1]["requirements"],
        json!(["1.1", "1.2", "1.3", "1.4"])
    );
    assert_eq!(
        (tasks[1]["state"].as_str(), tasks[1]["wave"].as_i64()),
        (Some("done"), Some(0))
    );
    assert_eq!(
        (
            tasks[2]["optional"].as_bool(),
            tasks[2]["properties"].clone()
        ),
        (Some(true), json!(["1"]))
    );
    ok(Cli(&home).run(&["trace", "rate-limit"]));
}

#[test]
fn a_dry_run_writes_nothing_and_shows_a_diff() {
    let home = sample();
    ok(Cli(&home).run(&["approve", "rate-limit", "all"]));
    let text = home.read(REQUIREMENTS);
    home.write(
        REQUIREMENTS,
        format!("{text}5. WHEN an account is unblocked, THE Limiter SHALL tell its owner\n"),
    );
    let before = home.tree();
    let shown = ok(Cli(&home).run(&["sync", "rate-limit", "--dry-run"]));
    assert!(
        shown.stdout.contains("+++") && shown.stdout.contains("1.5"),
        "{}",
        shown.stdout
    );
    assert_eq!(home.tree(), before);
    ok(Cli(&home).run(&["sync", "rate-limit"]));
    assert_ne!(home.tree(), before);
}

#[test]
fn the_prompt_from_stdin() {
    let home = Home::own();
    let ran = Cli(&home).fed(
        &["new", "-", "--name", "cancel"],
        "Let customers cancel an order\nwithin an hour".as_bytes(),
    );
    assert_eq!(ran.exit(), 0, "{ran:?}");
    assert!(
        home.read(".kiro/specs/cancel/requirements.md")
            .contains("cancel")
    );
    for (input, code) in [
        (&b""[..], "empty-prompt"),
        (b" \n", "empty-prompt"),
        (b"a\xff", "not-text"),
    ] {
        let ran = Cli(&home).fed(&["new", "-", "--format", "json"], input);
        assert_eq!(ran.json()["error"]["code"], code, "{ran:?}");
    }
}

#[test]
fn another_folder_by_dash_c() {
    let home = sample();
    home.write("sub/deep/x.txt", "");
    let here = Cli(&home).run(&["status", "--format", "json", "-C", "sub/.."]);
    assert_eq!(ok(here).json()[0]["spec"], "rate-limit");
    let empty = ok(Cli(&home).run(&["-C", "sub", "status"]));
    assert!(
        empty.stdout.contains("no specs here yet"),
        "{}",
        empty.stdout
    );
    let ran = Cli(&home).run(&["-C", "nowhere", "status"]);
    assert_eq!((ran.exit(), ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("is no folder"), "{}", ran.stderr);
}

/// Errors for machines: `{"error": {code, hint, message, candidates?}}` on stdout, and the exit code.
#[test]
fn errors_for_machines() {
    let home = sample();
    for (arguments, exit, code) in [
        (vec!["next", "rate-limit"], 1, "not-approved"),
        (vec!["next", "nobody"], 2, "unknown-spec"),
        (
            vec!["decide", "rate-limit", "D1", "1"],
            2,
            "unknown-decision",
        ),
        (vec!["approve", "rate-limit", "code"], 2, "wrong-argument"),
        (
            vec!["approve", "rate-limit", "requirements", "--ids", "9.9"],
            2,
            "unknown-item",
        ),
        (vec!["set", "rate-limit", "77", "done"], 2, "unknown-task"),
        (
            vec!["set", "rate-limit", "1", "perhaps"],
            2,
            "wrong-argument",
        ),
        (vec!["undo", "nothing"], 2, "unknown-change"),
        (vec!["new", "x", "--name", ".."], 2, "bad-name"),
        (
            vec!["new", "Limit attempts", "--name", "rate-limit"],
            2,
            "exists",
        ),
        (vec!["new", ""], 2, "empty-prompt"),
        (
            vec!["new", "x", "--workflow", "sideways"],
            2,
            "wrong-argument",
        ),
        (vec!["trace", "nobody"], 2, "unknown-spec"),
        (vec!["status", "nobody"], 2, "unknown-spec"),
        (vec!["take-in", "rate-limit", "1"], 2, "unknown-item"),
        (vec!["check", "nowhere"], 3, "not-found"),
    ] {
        let ran = Cli(&home).run(&[&arguments[..], &["--format", "json"]].concat());
        let error = ran.json()["error"].clone();
        assert_eq!(
            (ran.exit(), error["code"].as_str()),
            (exit, Some(code)),
            "{arguments:?}: {error}"
        );
        assert_eq!(ran.stderr, "", "{arguments:?}");
        let (message, hint) = (
            error["message"].as_str().unwrap(),
            error["hint"].as_str().unwrap(),
        );
        assert!(
            message.ends_with(['.', ':']) && !message.contains('\n'),
            "{message}"
        );
        assert!(hint.is_empty() || hint.ends_with('.'), "{hint}");
        let human = Cli(&home).run(&arguments);
        assert_eq!(
            (human.exit(), human.stdout.as_str()),
            (exit, ""),
            "{arguments:?}"
        );
        assert!(
            human.stderr.starts_with(&format!("error: {message}\n")),
            "{}",
            human.stderr
        );
    }
}

#[test]
fn wrong_use_is_2_and_help_is_0() {
    let home = Home::own();
    for arguments in [
        vec!["fly"],
        vec![],
        vec!["approve"],
        vec!["new"],
        vec!["status", "--format", "xml"],
        vec!["check", "--fail-on", "never-ever"],
    ] {
        assert_eq!(Cli(&home).run(&arguments).exit(), 2, "{arguments:?}");
    }
    for arguments in [
        vec!["--help"],
        vec!["--version"],
        vec!["new", "--help"],
        vec!["help", "check"],
    ] {
        let ran = ok(Cli(&home).run(&arguments));
        assert!(!ran.stdout.is_empty());
    }
}

#[test]
fn doctor_says_what_it_sees() {
    let home = sample();
    let seen = ok(Cli(&home).run(&["doctor", "--format", "json"])).json();
    for key in [
        "version",
        "workspace",
        "specs",
        "settings",
        "settingsFound",
        "state",
        "who",
        "model",
        "problems",
    ] {
        assert!(!seen[key].is_null(), "{key}");
    }
    assert_eq!(
        (seen["specs"].as_u64(), seen["model"].as_str()),
        (Some(1), Some("offline"))
    );
    home.write(".kiro/specs/rate-limit/design.md", "x");
    std::fs::write(home.path(".kiro/specs/rate-limit/design.md"), b"a\xffb").unwrap();
    let ran = Cli(&home).run(&["doctor"]);
    assert_eq!(ran.exit(), 1);
    assert!(
        ran.stdout.contains("problem: ") && ran.stdout.contains("not UTF-8"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_closed_pipe_is_no_disaster() {
    let home = sample();
    let mut child = home
        .command()
        .args(["trace", "rate-limit"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// The requirements are not approved anew between two syncs: what the first one noted counts, not a guess.
#[test]
fn a_sync_knows_what_the_one_before_did() {
    let home = sample();
    Cli(&home).run(&["approve", "rate-limit", "all"]).done();
    let first = "1. WHEN five attempts fail within a minute, THE Limiter SHALL reject the sixth\n";
    // What stands beside the references is no help here.
    let text = home.read(REQUIREMENTS);
    home.write(
        REQUIREMENTS,
        text.replace(first, "")
            .replace("\n2. ", "\n1. ")
            .replace("\n3. ", "\n2. ")
            .replace("\n4. ", "\n3. "),
    );
    let before = home.read(TASKS);
    let preview = Cli(&home).run(&["sync", "rate-limit", "--dry-run"]).done();
    assert!(preview.stdout.contains("+"), "{preview:?}");
    let change = Cli(&home).json(&["sync", "rate-limit"]).done().json();
    assert!(change["change"].is_string(), "{change}");
    let after = home.read(TASKS);
    assert_ne!(after, before);
    for _ in 0..2 {
        let again = Cli(&home).json(&["sync", "rate-limit"]).done().json();
        assert!(again["change"].is_null(), "{again}");
        assert_eq!(home.read(TASKS), after);
    }
    // Taken back, it is due again.
    Cli(&home).run(&["undo"]).done();
    assert_eq!(home.read(TASKS), before);
    let again = Cli(&home).json(&["sync", "rate-limit"]).done().json();
    let message = again["message"].as_str().unwrap_or_default();
    assert!(!message.contains("No earlier sync is noted"), "{message}");
    assert_eq!(home.read(TASKS), after);
}
