//! Files and folders that may not be read or written.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rutter_tests::binary::{Cli, Home, Server};
use rutter_tests::product::RATE_LIMIT;
use serde_json::json;

use crate::{
    REQUIREMENTS, SPEC, TASKS, assert_clear, call, findings, finds, refused, sample, still_serves,
};

/// Changes the rights of a place until it is dropped, so that the folder can be removed.
struct Rights(std::path::PathBuf);

impl Rights {
    fn set(home: &Home, below: &str, mode: u32) -> Self {
        let path = home.path(below);
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("it is ours");
        Self(path)
    }
}

impl Drop for Rights {
    fn drop(&mut self) {
        let _ = fs::set_permissions(&self.0, fs::Permissions::from_mode(0o755));
    }
}

#[test]
fn a_document_that_may_not_be_read_is_named_and_left_alone() {
    let home = sample();
    let (_server, mut client) = Server::ready(&home);
    let closed = Rights::set(&home, REQUIREMENTS, 0o000);
    finds(&home, REQUIREMENTS, "may not be read");
    Cli(&home).run(&["status"]).done();
    for args in [
        &["approve", "rate-limit", "requirements"][..],
        &["approve", "rate-limit", "requirements", "--accept-defaults"],
        &["next", "rate-limit"],
        &["sync", "rate-limit"],
    ] {
        refused(&home, args, 3, "denied", "may not be read");
    }
    Cli(&home).run(&["set", "rate-limit", "2", "done"]).done();
    drop(closed);
    let _closed = Rights::set(&home, TASKS, 0o000);
    refused(
        &home,
        &["set", "rate-limit", "2", "done"],
        3,
        "denied",
        "may not be read",
    );
    still_serves(&mut client, &home, "after");
}

#[test]
fn a_spec_folder_without_rights_is_a_finding_and_the_rest_works() {
    let home = sample();
    home.write(".kiro/specs/other/requirements.md", RATE_LIMIT[1].1);
    let _closed = Rights::set(&home, SPEC, 0o000);
    let found = findings(&home);
    let said = found.iter().any(|f| {
        f["path"].as_str().is_some_and(|p| p.starts_with(SPEC)) && f["severity"] == "error"
    });
    assert!(said, "{found:#?}");
    let ran = Cli(&home).run(&["approve", "rate-limit", "requirements"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert_clear(&ran.stderr, "may not be read");
    Cli(&home).run(&["approve", "other", "requirements"]).done();
    let (_server, mut client) = Server::ready(&home);
    still_serves(&mut client, &home, "after");
}

#[test]
fn a_spec_folder_that_may_not_be_written_keeps_its_documents() {
    let home = sample();
    let _closed = Rights::set(&home, SPEC, 0o555);
    refused(
        &home,
        &["approve", "rate-limit", "requirements"],
        3,
        "denied",
        "may not be written",
    );
    refused(
        &home,
        &["set", "rate-limit", "2", "done"],
        3,
        "denied",
        "may not be written",
    );
}

#[test]
fn a_document_that_may_not_be_written_keeps_its_text() {
    let home = sample();
    let _closed = Rights::set(&home, TASKS, 0o444);
    refused(
        &home,
        &["set", "rate-limit", "2", "done"],
        3,
        "denied",
        "may not be written",
    );
}

#[test]
fn a_read_only_workspace_gets_no_spec() {
    let home = Home::unprivileged();
    let closed = Rights::set(&home, "", 0o555);
    refused(
        &home,
        &["new", "Export invoices as CSV"],
        3,
        "denied",
        "may not be written",
    );
    let (_server, mut client) = Server::ready(&home);
    let answer = call(
        &mut client,
        "rutter.newSpec",
        json!({"prompt": "Export invoices"}),
    );
    assert_eq!(answer["error"]["data"]["code"], "denied", "{answer}");
    assert_eq!(home.tree(), []);
    drop(closed);
    still_serves(&mut client, &home, "after");
}

#[test]
fn a_state_folder_that_may_not_be_written_stops_every_write_before_it_begins() {
    let home = sample();
    fs::create_dir(home.at("state")).expect("ours");
    home.hand_over();
    let _closed = Rights::set(&home, "../state", 0o555);
    refused(
        &home,
        &["new", "Export invoices as CSV"],
        3,
        "denied",
        "may not be written",
    );
    refused(
        &home,
        &["approve", "rate-limit", "requirements"],
        3,
        "denied",
        "may not be written",
    );
    Cli(&home).run(&["status"]).done();
    Cli(&home).run(&["trace", "rate-limit"]).done();
}
