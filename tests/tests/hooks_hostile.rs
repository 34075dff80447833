//! A project that carries a command wherever one could stand: opening it and working in it runs none of them.

#![cfg(unix)]
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rutter_store::OutcomeKind;
use rutter_tests::binary::{Cli, Home, Server, greet};
use rutter_tests::product::{logged, uri};
use serde_json::{Value, json};

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.is_symlink() {
            files(&path, into);
        } else {
            into.push(path);
        }
    }
}

fn git(home: &Home, arguments: &[&str]) {
    let status = Command::new("git")
        .args([
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
        ])
        .args(arguments)
        .current_dir(home.root())
        .env("HOME", home.at("home"))
        .status()
        .unwrap();
    assert!(status.success(), "git {arguments:?}");
}

/// The fixture as a repository whose own configuration is hostile too.
fn hostile() -> Home {
    let home = Home::own();
    fs::create_dir_all(home.at("home")).unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/projects/hostile");
    let mut found = Vec::new();
    files(&fixture, &mut found);
    for path in found {
        let below = path.strip_prefix(&fixture).unwrap();
        home.write(below.to_str().unwrap(), fs::read(&path).unwrap());
    }
    for script in ["scripts/evil.sh", ".husky/pre-commit"] {
        executable(&home.path(script));
    }
    fs::write(home.at("secret"), "root:x:0: outside").unwrap();
    std::os::unix::fs::symlink(home.at("secret"), home.path("linked")).unwrap();
    git(&home, &["init", "--quiet"]);
    git(&home, &["add", "src", ".kiro"]);
    git(&home, &["commit", "--quiet", "--message", "All"]);
    let mut config = String::from(
        "[core]\n\tfsmonitor = touch canary-fsmonitor\n\thooksPath = .husky\n\tpager = touch canary-pager\n\tsshCommand = touch canary-ssh\n\teditor = touch canary-editor\n",
    );
    config.push_str("[diff]\n\texternal = touch canary-diff\n[diff \"evil\"]\n\ttextconv = touch canary-textconv\n\tcommand = touch canary-diff-command\n");
    config.push_str("[filter \"evil\"]\n\tclean = touch canary-clean\n\tsmudge = touch canary-smudge\n\tprocess = touch canary-process\n");
    config.push_str("[credential]\n\thelper = \"!touch canary-credential\"\n[gpg]\n\tprogram = touch canary-gpg\n[alias]\n\tstatus = \"!touch canary-alias\"\n");
    let path = home.path(".git/config");
    let before = fs::read_to_string(&path).unwrap();
    fs::write(&path, before + &config).unwrap();
    for hook in [
        "pre-commit",
        "post-checkout",
        "post-index-change",
        "fsmonitor-watchman",
    ] {
        let path = home.path(".git/hooks").join(hook);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "#!/bin/sh\ntouch canary-git-hook\n").unwrap();
        executable(&path);
    }
    home
}

fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// What a command that ran would have left, anywhere.
fn canaries(home: &Home) -> Vec<String> {
    let mut found = Vec::new();
    files(&home.at(""), &mut found);
    found
        .iter()
        .map(|path| path.to_string_lossy().into_owned())
        .filter(|path| path.contains("canary"))
        .collect()
}

#[test]
fn opening_a_hostile_project_runs_nothing() {
    let home = hostile();
    let (server, mut client) = Server::start(&home);
    let offered = greet(&mut client, &home, Value::Null)["capabilities"].clone();
    let mut asked = vec!["textDocument/hover", "textDocument/definition"];
    if offered["completionProvider"].is_object() {
        asked.push("textDocument/completion");
    }
    let mut all = Vec::new();
    files(&home.root(), &mut all);
    let mut heard = String::new();
    for path in all
        .iter()
        .filter(|path| !path.starts_with(home.path(".git")))
    {
        let text = fs::read_to_string(path).unwrap();
        let document = json!({"uri": uri(path)});
        let opened = json!({"uri": uri(path), "languageId": "any", "version": 1, "text": text});
        client.notify("textDocument/didOpen", json!({ "textDocument": opened }));
        for method in [
            "textDocument/codeLens",
            "textDocument/documentSymbol",
            "textDocument/diagnostic",
        ] {
            heard += &client
                .ask(method, json!({ "textDocument": document }))
                .to_string();
        }
        for line in 0..text.lines().count().min(12) {
            for character in [0, 12] {
                let place = json!({"textDocument": document, "position": {"line": line, "character": character}});
                for method in &asked {
                    heard += &client.ask(method, place.clone()).to_string();
                }
            }
        }
        client.notify("textDocument/didSave", json!({ "textDocument": document }));
    }
    let lib = uri(&home.path("src/lib.rs"));
    let new = uri(&home.path("src/new.rs"));
    let note = |method: &str, files: Value| (method.to_owned(), json!({ "files": files }));
    for (method, params) in [
        note("workspace/didCreateFiles", json!([{"uri": new}])),
        note(
            "workspace/didRenameFiles",
            json!([{"oldUri": new, "newUri": lib}]),
        ),
        note("workspace/didDeleteFiles", json!([{"uri": new}])),
    ] {
        client.notify(&method, params);
    }
    let problem = json!({"uri": lib, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}, "severity": 1, "message": "no"});
    for items in [json!([]), json!([problem]), json!([])] {
        client.notify("rutter/problems", json!({ "items": items }));
    }
    for hook in ["Manual", "v1 PostFileSave", "script"] {
        let call = json!({"command": "rutter.runHook", "arguments": [{"hook": hook}]});
        let answer = client.ask("workspace/executeCommand", call);
        assert!(answer["error"].is_object(), "{answer}");
    }
    client.shut_down();
    assert_eq!(server.exit_code().0, Some(0));

    let cli = Cli(&home);
    for words in [
        &["check"][..],
        &["status"],
        &["trace", "evil"],
        &["doctor"],
        &["hooks", "list"],
        &["hooks", "match", "PostFileSave", "src/lib.rs", "--why"],
        &["hooks", "fire", "PostFileSave", "src/lib.rs"],
        &["hooks", "fire", "PreCommit"],
        &["hooks", "fire", "ApiChange", "src/lib.rs"],
        &["hooks", "log"],
        &["steering", "for", "src/lib.rs"],
        &["powers", "list"],
        &["mcp", "list"],
        &["mcp", "tools"],
    ] {
        let ran = cli.run(words);
        assert!(ran.code.is_some(), "{words:?}: {ran:?}");
        heard += &ran.stdout;
        heard += &ran.stderr;
    }
    assert_eq!(canaries(&home), [""; 0]);
    assert!(!heard.contains("root:x:0"), "a file outside was read");
    let store = rutter_store::Store::new(std::sync::Arc::new(rutter_host::Disk), home.at("state"));
    let outcomes = store.hook_log(&home.root()).read().unwrap();
    assert!(outcomes.len() > 100, "{}", outcomes.len());
    for outcome in &outcomes {
        assert_eq!(outcome.outcome, OutcomeKind::Untrusted, "{outcome:?}");
    }
    assert_eq!(
        logged(&home.at("state"), &home.root(), outcomes.len()).len(),
        outcomes.len()
    );
}

/// The test would see a command that runs: trusted, the same project leaves its canaries.
#[test]
fn the_same_project_trusted_does_run() {
    let home = hostile();
    let cli = Cli(&home);
    cli.run(&["hooks", "trust", "--all"]).done();
    cli.run(&["hooks", "fire", "PostFileSave", "src/lib.rs"]);
    let canaries = canaries(&home);
    assert!(
        canaries
            .iter()
            .any(|path| path.ends_with("/home/canary-v1-PostFileSave")),
        "{canaries:?}"
    );
    assert!(
        canaries.iter().any(|path| path.ends_with("/canary-script")),
        "{canaries:?}"
    );
}
