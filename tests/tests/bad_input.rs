//! Bad input and a hostile system: one clear sentence, the right exit code, and nothing lost or half written. Where root
//! runs these tests, the binary runs as `nobody`, whom permissions bind.

#![cfg(unix)]
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout
)]

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    process::{Command, Stdio},
};

use rutter_tests::binary::{Cli, Home, Server, is_root};
use rutter_tests::lsp::Client;
use rutter_tests::product::{RATE_LIMIT, uri};
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

/// A small disk over a folder of the home; it goes away with this value.
struct SmallDisk(std::path::PathBuf);

impl SmallDisk {
    /// Nothing where the system does not let us have one.
    fn over(home: &Home, below: &str) -> Option<Self> {
        let path = home.at(below);
        fs::create_dir_all(&path).expect("ours");
        let done = is_root()
            && Command::new("mount")
                .args(["-t", "tmpfs", "-o", "size=64k,mode=0777", "tmpfs"])
                .arg(&path)
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success());
        if !done {
            println!(
                "No tmpfs can be mounted here, so no disk was full in this test; only root may."
            );
        }
        done.then_some(Self(path))
    }

    /// Fills it so that about `pages` pages are left.
    fn fill(&self, pages: usize) {
        use std::io::Write;
        let ballast = self.0.join("ballast");
        let _ = fs::remove_file(&ballast);
        let mut file = fs::File::create(&ballast).expect("a new file");
        let page = [b'x'; 4096];
        let mut written: u64 = 0;
        // Up to the end, and then some of it back.
        while file.write_all(&page).is_ok() {
            written += 4096;
        }
        file.set_len(written.saturating_sub(4096 * pages as u64))
            .expect("it gets smaller");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn without_ballast(home: &Home) -> Vec<(String, Vec<u8>)> {
    let mut tree = home.tree();
    tree.retain(|(path, _)| path != "ballast");
    tree
}

/// Each verb is done wholly or refused wholly, whatever room is left.
#[track_caller]
fn wholly(home: &Home, args: &[&str], full: &mut usize) {
    let before = without_ballast(home);
    let ran = Cli(home).json(args);
    if ran.code == Some(0) {
        Cli(home).json(&["undo"]);
        return;
    }
    *full += 1;
    assert_eq!(
        (ran.code, ran.error_code().as_str()),
        (Some(3), "disk-full"),
        "{ran:?}"
    );
    assert!(
        without_ballast(home) == before,
        "{args:?} left something behind: {ran:?}"
    );
}

#[test]
fn a_full_disk_keeps_the_workspace_as_it_was() {
    let home = Home::unprivileged();
    let Some(disk) = SmallDisk::over(&home, "work") else {
        return;
    };
    for (path, text) in RATE_LIMIT {
        home.write(path, text);
    }
    let mut full = 0;
    for pages in 0..=8 {
        for args in [
            &["new", "Add a login page"][..],
            &["new", "Add a login page", "--workflow", "quick"],
            &["approve", "rate-limit", "requirements"],
            &["set", "rate-limit", "2", "done"],
        ] {
            disk.fill(pages);
            wholly(&home, args, &mut full);
            disk.fill(8);
            let rest = without_ballast(&home)
                .iter()
                .any(|(path, _)| path.contains("rutter-tmp"));
            assert!(!rest, "a temporary file stays");
        }
        for (path, text) in RATE_LIMIT {
            home.write(path, text);
        }
        let _ = fs::remove_file(home.path(APPROVALS));
    }
    assert!(full >= 4, "the disk was never full");
    disk.fill(0);
    let ran = Cli(&home).run(&["set", "rate-limit", "2", "done"]);
    assert_eq!(ran.code, Some(3));
    assert_clear(&ran.stderr, "The disk is full");
    let (_server, mut client) = Server::ready(&home);
    let argument = json!({"spec": "rate-limit", "task": "2", "state": "done"});
    let answer = call(&mut client, "rutter.setTask", argument.clone());
    assert_eq!(answer["error"]["data"]["code"], "disk-full", "{answer}");
    disk.fill(8);
    let answer = call(&mut client, "rutter.setTask", argument);
    assert!(answer["result"]["change"].is_string(), "{answer}");
}

#[test]
fn a_full_state_folder_keeps_the_workspace_as_it_was() {
    let home = sample();
    let Some(disk) = SmallDisk::over(&home, "state") else {
        return;
    };
    let mut full = 0;
    for pages in [8, 0, 1, 2, 3] {
        for args in [
            &["new", "Add a login page"][..],
            &["approve", "rate-limit", "requirements"],
            &["set", "rate-limit", "2", "done"],
        ] {
            disk.fill(pages);
            wholly(&home, args, &mut full);
            disk.fill(8);
        }
        for (path, text) in RATE_LIMIT {
            home.write(path, text);
        }
        let _ = fs::remove_file(home.path(APPROVALS));
    }
    assert!(full >= 3, "the disk was never full");
}

#[test]
fn a_limit_on_file_sizes_is_a_sentence_too() {
    let home = sample();
    let line = format!("- [ ] 1. {}\n- [ ] 2. B\n", "word ".repeat(4_000));
    home.write(TASKS, line);
    let before = home.tree();
    let direct = home.command();
    // Limits and ignored signals are handed on; without the latter the signal would end the verb.
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh"])
        .arg(direct.get_program())
        .args(["set", "rate-limit", "2", "done"])
        .env_clear()
        .envs(
            direct
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .current_dir(home.root());
    let output = limited.output().expect("sh starts");
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert_clear(
        &String::from_utf8_lossy(&output.stderr),
        "could not be written",
    );
    assert!(home.tree() == before);
}
