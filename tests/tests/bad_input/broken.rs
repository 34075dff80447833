//! Files that hold what they should not.

use std::fs;
use std::os::unix::fs::symlink;

use rutter_tests::binary::{Cli, Server};
use serde_json::json;

use crate::{APPROVALS, REQUIREMENTS, call, findings, finds, refused, sample, still_serves};

#[test]
fn a_document_that_is_no_text_is_named_and_left_alone() {
    let home = sample();
    home.write(REQUIREMENTS, b"# Requirements\n\ncaf\xe9\n");
    finds(&home, REQUIREMENTS, "not UTF-8");
    Cli(&home).run(&["status"]).done();
    for args in [
        &["approve", "rate-limit", "requirements"][..],
        &["next", "rate-limit"],
        &["sync", "rate-limit"],
    ] {
        refused(&home, args, 3, "not-text", "not UTF-8");
    }
    let (_server, mut client) = Server::ready(&home);
    let answer = call(
        &mut client,
        "rutter.approve",
        json!({"spec": "rate-limit", "stage": "requirements"}),
    );
    assert_eq!(answer["error"]["data"]["code"], "not-text", "{answer}");
    still_serves(&mut client, &home, "after");
    assert_eq!(
        fs::read(home.path(REQUIREMENTS)).expect("it is there"),
        b"# Requirements\n\ncaf\xe9\n"
    );
}

#[test]
fn a_document_that_is_a_folder_or_leads_to_itself_is_named() {
    let home = sample();
    fs::remove_file(home.path(REQUIREMENTS)).expect("ours");
    fs::create_dir(home.path(REQUIREMENTS)).expect("ours");
    symlink("design.md", home.path(".kiro/specs/rate-limit/loop.md")).expect("ours");
    fs::remove_file(home.path(".kiro/specs/rate-limit/design.md")).expect("ours");
    symlink("loop.md", home.path(".kiro/specs/rate-limit/design.md")).expect("ours");
    symlink("..", home.path(".kiro/specs/rate-limit/up")).expect("ours");
    home.hand_over();
    finds(&home, REQUIREMENTS, "could not be read");
    finds(
        &home,
        ".kiro/specs/rate-limit/design.md",
        "could not be read",
    );
    refused(
        &home,
        &["approve", "rate-limit", "requirements"],
        3,
        "io",
        "could not be read",
    );
    refused(
        &home,
        &["approve", "rate-limit", "design"],
        3,
        "io",
        "could not be read",
    );
    refused(&home, &["next", "rate-limit"], 3, "io", "could not be read");
    let names = Cli(&home).json(&["status"]).done().json();
    assert_eq!(
        names.as_array().map(Vec::len),
        Some(1),
        "a loop of folders is not followed: {names:#}"
    );
    let (_server, mut client) = Server::ready(&home);
    still_serves(&mut client, &home, "after");
}

#[test]
fn broken_approvals_approve_nothing_and_are_not_overwritten() {
    let home = sample();
    Cli(&home)
        .run(&["approve", "rate-limit", "requirements"])
        .done();
    let good = home.read(APPROVALS);
    let conflicted = format!("<<<<<<< ours\n{good}=======\n{good}>>>>>>> theirs\n");
    for broken in [
        &conflicted,
        "",
        "{",
        "[]",
        "{\"version\": 1, \"approvals\": 5}",
        "{\"version\":99,\"approvals\":[]}",
    ] {
        home.write(APPROVALS, broken);
        let status = Cli(&home).json(&["status", "rate-limit"]).done().json();
        assert_eq!(
            status[0]["stages"][0]["state"], "draft",
            "{broken:?}: {status}"
        );
        finds(&home, APPROVALS, "");
        refused(
            &home,
            &["next", "rate-limit"],
            3,
            "broken-file",
            "approvals.json",
        );
        refused(
            &home,
            &["approve", "rate-limit", "design"],
            3,
            "broken-file",
            "approvals.json",
        );
    }
}

#[test]
fn a_broken_kiro_config_is_a_finding_and_stays() {
    let home = sample();
    let config = ".kiro/specs/rate-limit/.config.kiro";
    for broken in [&b"{"[..], b"", b"[1]", b"\xff\xfe"] {
        home.write(config, broken);
        let found = findings(&home);
        assert!(
            found.iter().any(|f| f["path"] == config),
            "{broken:?}: {found:#?}"
        );
        Cli(&home).run(&["status"]).done();
        Cli(&home).run(&["set", "rate-limit", "2", "done"]).done();
        Cli(&home)
            .run(&["set", "rate-limit", "2", "pending"])
            .done();
        assert_eq!(fs::read(home.path(config)).expect("there"), broken);
    }
}

#[test]
fn broken_settings_of_the_user_stop_a_verb_and_not_the_server() {
    let home = sample();
    for broken in [&b"[model"[..], b"caf\xe9", b"model = 5\n"] {
        home.write_at("config/config.toml", broken);
        let code = if broken == b"caf\xe9" {
            "not-text"
        } else {
            "broken-file"
        };
        refused(&home, &["status"], 3, code, "config.toml");
        refused(&home, &["new", "Export invoices"], 3, code, "config.toml");
    }
    let (_server, mut client) = Server::ready(&home);
    let told = client.called("window/showMessage");
    let message = told["params"]["message"].as_str().expect("a message");
    assert!(message.contains("config.toml"), "{message}");
    still_serves(&mut client, &home, "after");
}

#[test]
fn broken_settings_of_a_repository_are_a_finding() {
    let home = sample();
    for broken in [&b"[rules"[..], b"caf\xe9", b"rules = 5\n"] {
        home.write(".rutter/config.toml", broken);
        let found = findings(&home);
        assert!(
            found.iter().any(|f| f["path"] == ".rutter/config.toml"),
            "{broken:?}: {found:#?}"
        );
        Cli(&home).run(&["status"]).done();
        Cli(&home).run(&["trace", "rate-limit"]).done();
    }
    home.write(
        ".rutter/config.toml",
        "[model]\nuse = \"x/y\"\nkey = \"env:SECRET\"\n",
    );
    let found = findings(&home);
    assert!(
        found
            .iter()
            .any(|f| f["path"] == ".rutter/config.toml" && f["code"] == "config/ignored"),
        "{found:#?}"
    );
}

#[test]
fn a_broken_catalogue_is_a_finding_and_drafting_goes_on() {
    let home = sample();
    let team = ".rutter/catalogue/team.toml";
    for (broken, line) in [
        (&b"[[class]]\nid = \"refund\n"[..], 1),
        (b"caf\xe9", 0),
        (b"class = 5\n", 0),
    ] {
        home.write(team, broken);
        let found = findings(&home);
        assert!(
            found.iter().any(|f| f["path"] == team
                && f["range"]["start"]["line"] == line
                && f["message"].as_str().is_some_and(|m| m.contains(' '))),
            "{broken:?}: {found:#?}"
        );
        let made = Cli(&home).json(&["new", "Export invoices"]).done().json();
        let message = made["message"].as_str().expect("a message");
        assert!(message.contains(team), "{message}");
        Cli(&home).run(&["undo"]).done();
    }
}
