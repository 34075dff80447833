//! State folders that work up to a point.

use std::fs;

use rutter_tests::binary::{Cli, Home, Server};
use serde_json::json;

use crate::{call, refused, sample};

/// A home whose workspace can be locked and written, but where no change can be noted.
fn without_journal() -> Home {
    let home = sample();
    Cli(&home).run(&["set", "rate-limit", "2", "done"]).done();
    Cli(&home).run(&["undo"]).done();
    let own = fs::read_dir(home.at("state"))
        .expect("the state folder")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.join("root.txt").exists())
        .expect("the folder of this workspace");
    fs::remove_dir_all(own.join("journal")).expect("ours");
    fs::write(own.join("journal"), "no folder").expect("ours");
    home.hand_over();
    home
}

#[test]
fn what_can_not_be_noted_is_not_done_by_a_verb() {
    let home = without_journal();
    for args in [
        &["set", "rate-limit", "2", "done"][..],
        &["new", "Export invoices as CSV"],
    ] {
        refused(&home, args, 3, "io", "What was written was taken back.");
    }
}

#[test]
fn what_can_not_be_noted_is_not_done_by_the_server() {
    let home = without_journal();
    let before = home.tree();
    let (_server, mut client) = Server::ready(&home);
    for (command, argument) in [
        (
            "rutter.setTask",
            json!({"spec": "rate-limit", "task": "2", "state": "done"}),
        ),
        ("rutter.newSpec", json!({"prompt": "Export invoices"})),
    ] {
        let answer = call(&mut client, command, argument);
        let message = answer["error"]["message"].as_str().expect("a refusal");
        assert!(
            message.ends_with("What was written was taken back."),
            "{answer}"
        );
        assert!(home.tree() == before, "{command} left something behind");
    }
    // The server knows that nothing is there.
    let answer = call(
        &mut client,
        "rutter.nextStage",
        json!({"spec": "export-invoices"}),
    );
    assert_eq!(answer["error"]["data"]["code"], "unknown-spec", "{answer}");
}
