//! What the command line takes and gives back to the byte, held against DESIGN 4; `cli_verbs` has the rest of each shape.

#![allow(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

use rutter_tests::binary::{Cli, Home};
use rutter_tests::product::{RATE_LIMIT, uri};
use serde_json::json;

const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";
const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";

fn sample() -> Home {
    let home = Home::own();
    for (path, text) in RATE_LIMIT {
        home.write(path, text);
    }
    home
}

#[test]
fn a_folder_without_specs_has_no_status() {
    let home = Home::own();
    assert_eq!(Cli(&home).json(&["status"]).done().json(), json!([]));
}

#[test]
fn a_spec_is_named_by_its_name_a_path_or_any_uri_inside_it() {
    let home = sample();
    let folder = home.path(".kiro/specs/rate-limit");
    let names = [
        "rate-limit".to_owned(),
        ".kiro/specs/rate-limit".to_owned(),
        "./.kiro/specs/rate-limit/".to_owned(),
        TASKS.to_owned(),
        folder.display().to_string(),
        uri(&folder),
        uri(&home.path(TASKS)),
        uri(&home.path(".kiro/specs/rate-limit/.config.kiro")),
    ];
    for name in &names {
        let status = Cli(&home).json(&["status", name]).done().json();
        assert_eq!(status[0]["spec"], "rate-limit", "{name}");
        let trace = Cli(&home).json(&["trace", name]).done().json();
        assert_eq!(trace["spec"], "rate-limit", "{name}");
        Cli(&home).json(&["set", name, "2", "done"]).done();
        Cli(&home).json(&["undo"]).done();
    }
    assert_eq!(home.read(TASKS), RATE_LIMIT[3].1);
}

#[test]
fn a_name_that_fits_two_specs_is_ambiguous_and_names_both() {
    let home = Home::own();
    for folder in ["a/login", "b/login"] {
        home.write(
            &format!(".kiro/specs/{folder}/requirements.md"),
            RATE_LIMIT[1].1,
        );
    }
    let ran = Cli(&home).json(&["trace", "login"]);
    assert_eq!(
        (ran.code, ran.error_code().as_str()),
        (Some(2), "ambiguous")
    );
    let candidates = &ran.json()["error"]["candidates"];
    assert_eq!(candidates.as_array().map(Vec::len), Some(2), "{ran:?}");
    Cli(&home).json(&["trace", "b/login"]).done();
}

#[test]
fn trace_expands_all_and_ranges_and_counts_every_checkbox_outside_fences() {
    let home = sample();
    let tasks = "# Plan\r\n\r\n- [ ] 1. One\r\n  - _Requirements: 1.2-1.4_\r\n- [x]* 2. Two\r\n  - _Requirements: All_\r\n  \
        - [~] 2.1 Sub\r\n* [-] loose\r\n\r\n```\r\n- [ ] 9. in a fence\r\n```\r\n- [X] 3. Three";
    home.write(TASKS, tasks);
    let trace = Cli(&home).json(&["trace", "rate-limit"]).done().json();
    let rows = trace["tasks"].as_array().expect("a list");
    let numbers: Vec<&str> = rows.iter().filter_map(|t| t["number"].as_str()).collect();
    assert_eq!(numbers, ["1", "2", "2.1", "#8", "3"], "{trace:#}");
    assert_eq!(rows[0]["requirements"], json!(["1.2", "1.3", "1.4"]));
    assert_eq!(rows[1]["requirements"], json!(["1.1", "1.2", "1.3", "1.4"]));
    let states: Vec<&str> = rows.iter().filter_map(|t| t["state"].as_str()).collect();
    assert_eq!(states, ["pending", "done", "queued", "running", "done"]);
    assert_eq!(rows[1]["optional"], true);
    let status = Cli(&home).json(&["status", "rate-limit"]).done().json();
    assert_eq!(
        status[0]["tasks"],
        json!({"total": 5, "done": 2, "running": 1, "optional": 1})
    );
}

#[test]
fn undo_restores_every_byte() {
    for (before, after) in [("\n", "\r\n"), ("\n", "\n"), ("# Imp", "\u{feff}# Imp")] {
        let home = sample();
        let text = RATE_LIMIT[3].1.replace(before, after);
        let text = text.trim_end();
        home.write(TASKS, text);
        let tree = home.tree();
        let answer = Cli(&home)
            .json(&["set", "rate-limit", "2", "done"])
            .done()
            .json();
        assert_eq!(home.read(TASKS), text.replace("- [ ] 2.", "- [x] 2."));
        let change = answer["change"].as_str().expect("an id").to_owned();
        let approved = Cli(&home)
            .json(&["approve", "rate-limit", "requirements"])
            .done()
            .json();
        let approval = approved["change"].as_str().expect("an id").to_owned();
        // Not only the latest: any change whose files are as it left them.
        Cli(&home).json(&["undo", &change]).done();
        Cli(&home).json(&["undo", &approval]).done();
        assert!(home.tree() == tree, "every byte is back");
    }
}

#[test]
fn undo_of_what_was_edited_since_is_refused_and_changes_nothing() {
    let home = sample();
    Cli(&home).run(&["set", "rate-limit", "2", "done"]).done();
    home.write(TASKS, format!("{}\nmine\n", home.read(TASKS)));
    let tree = home.tree();
    let ran = Cli(&home).json(&["undo"]);
    assert_eq!((ran.code, ran.error_code().as_str()), (Some(3), "conflict"));
    assert!(home.tree() == tree);
}

#[test]
fn reading_verbs_write_nothing() {
    let home = sample();
    home.write(
        REQUIREMENTS,
        format!("{}5. THE Limiter SHALL tell\n", RATE_LIMIT[1].1),
    );
    let tree = home.tree();
    for verb in [
        &["status"][..],
        &["check"],
        &["trace", "rate-limit"],
        &["sync", "rate-limit", "--dry-run"],
        &["doctor"],
    ] {
        Cli(&home).json(verb);
        Cli(&home).run(verb);
        assert!(home.tree() == tree, "{verb:?} wrote");
    }
}
