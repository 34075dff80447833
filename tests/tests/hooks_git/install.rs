//! `rutter hooks install-git`: beside what is there, and back.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::repository::{NOTE, Repo, hook};

const HOOKS: &str = ".rutter/hooks/a.json";
const BLOCK: &str = "# >>> rutter\n";

fn with_hook() -> Repo {
    let repo = Repo::new();
    repo.trusted(HOOKS, &hook("note", "PreCommit", NOTE));
    repo.git(&["add", "-A"]).done();
    repo
}

fn install(repo: &Repo) {
    repo.rutter(&["hooks", "install-git"]).done();
}

#[test]
fn twice_changes_nothing_and_remove_brings_back_what_was() {
    let repo = with_hook();
    repo.program(".git/hooks/commit-msg", "#!/bin/bash\ngrep -q . \"$1\"");
    fs::remove_file(repo.home.path(".git/hooks/pre-commit.sample")).unwrap();
    let before = repo.home.tree();
    install(&repo);
    for name in ["pre-commit", "pre-merge-commit", "commit-msg", "pre-push"] {
        let path = repo.home.path(&format!(".git/hooks/{name}"));
        assert_eq!(
            fs::metadata(path).unwrap().permissions().mode() & 0o111,
            0o111,
            "{name}"
        );
    }
    let installed = repo.home.tree();
    let again = repo.rutter(&["hooks", "install-git"]).done();
    assert!(
        again
            .stdout
            .starts_with("Git calls Rutter already; nothing changed.\n"),
        "{again:?}"
    );
    assert_eq!(repo.home.tree(), installed);
    repo.rutter(&["hooks", "install-git", "--remove"]).done();
    assert_eq!(repo.home.tree(), before);
    let none = repo.rutter(&["hooks", "install-git", "--remove"]).done();
    assert!(
        none.stdout.contains("nothing was to be taken out"),
        "{none:?}"
    );
    // The removal can be taken back, and what comes back is a program again.
    repo.rutter(&["undo"]).done();
    assert_eq!(repo.home.tree(), installed);
    repo.git(&["commit", "-qm", "x"]).done();
    assert!(repo.seen().is_some());
    repo.rutter(&["undo"]).done();
    assert!(!repo.home.path(".git/hooks/pre-commit").exists());
}

#[test]
fn own_checks_come_first_and_their_exit_code_counts() {
    let repo = with_hook();
    for (own, code, fires) in [
        ("#!/bin/sh\necho own >&2\nexit 3\n", 1, false),
        ("#!/bin/sh\nfalse\n", 1, false),
        ("#!/bin/sh -e\nfalse\ntrue\n", 1, false),
        ("#!/bin/sh\nexit 0\n", 0, true),
        ("#!/bin/sh\nexec true\n", 0, true),
        (
            "#!/usr/bin/env bash\nset -euo pipefail\n[[ $# -eq 0 ]]\n",
            0,
            true,
        ),
        ("echo own\n", 0, true),
        ("#!/bin/sh", 0, true),
    ] {
        repo.program(".git/hooks/pre-commit", own);
        install(&repo);
        let done = repo.git(&["commit", "--allow-empty", "-m", "x"]);
        assert_eq!(
            (done.exit(), repo.seen().is_some()),
            (code, fires),
            "{own}: {done:?}"
        );
        repo.rutter(&["hooks", "install-git", "--remove"]).done();
        assert_eq!(repo.home.read(".git/hooks/pre-commit"), own);
    }
}

#[test]
fn where_there_is_no_rutter_nothing_happens() {
    let repo = Repo::installed();
    repo.trusted(HOOKS, &hook("bad", "PreCommit", "exit 1"));
    repo.git(&["add", "-A"]).done();
    let done = repo.git_alone(&["commit", "-qm", "x"]).done();
    assert_eq!(done.stderr, "");
    assert_eq!(repo.git(&["commit", "--allow-empty", "-qm", "x"]).exit(), 1);
    repo.program(".git/hooks/pre-push", "#!/bin/sh\nexit 4\n");
    install(&repo);
    repo.git(&["init", "-q", "--bare", "../bare"]).done();
    assert_eq!(repo.git_alone(&["push", "-q", "../bare", "main"]).exit(), 1);
}

#[test]
fn what_is_no_shell_script_is_left_alone() {
    let repo = Repo::new();
    let python = "#!/usr/bin/env python3\nprint('own')\n";
    repo.program(".git/hooks/pre-commit", python);
    repo.program(".git/hooks/commit-msg", "#!/bin/sh\n");
    fs::set_permissions(
        repo.home.path(".git/hooks/commit-msg"),
        fs::Permissions::from_mode(0o644),
    )
    .unwrap();
    repo.write(".git/hooks/pre-push", b"\x7fELF\xff");
    let told = repo.rutter(&["hooks", "install-git"]);
    assert_eq!(told.exit(), 1);
    assert_eq!(
        told.stdout.lines().take(3).collect::<Vec<_>>(),
        [
            ".git/hooks/pre-commit was left alone: it is no shell script. Let it call at its end: rutter hooks fire PreCommit",
            ".git/hooks/commit-msg was left alone: it may not be run, so git passes over it. Make it executable, or remove it, and install again.",
            ".git/hooks/pre-push was left alone: it is no shell script. Let it call at its end: rutter hooks fire PrePush",
        ]
    );
    assert_eq!(repo.home.read(".git/hooks/pre-commit"), python);
    let json = repo.rutter(&["hooks", "install-git", "--format", "json"]);
    assert_eq!(
        (json.exit(), json.json()["left"].as_array().unwrap().len()),
        (1, 3)
    );
}

#[test]
fn without_a_folder_of_hooks_and_with_odd_paths() {
    let repo = with_hook();
    let odd = repo.home.path("it's a \"dir\" $x");
    let template = repo.home.at("empty");
    fs::create_dir_all(&template).unwrap();
    let template = format!("--template={}", template.display());
    repo.git(&["init", "-q", &template, odd.to_str().unwrap()])
        .done();
    fs::create_dir_all(odd.join(".rutter/hooks")).unwrap();
    fs::write(odd.join(HOOKS), hook("note", "PreCommit", NOTE)).unwrap();
    for verb in [&["hooks", "install-git"][..], &["hooks", "trust", "--all"]] {
        repo.rutter(&[&["-C", odd.to_str().unwrap()], verb].concat())
            .done();
    }
    repo.git_in(&odd, &["add", "-A"]).done();
    repo.git_in(&odd, &["commit", "-qm", "x"]).done();
    assert_eq!(repo.seen_files(), [HOOKS]);
}

#[test]
fn outside_of_a_repository_it_says_so() {
    let home = rutter_tests::binary::Home::own();
    let repo = Repo { home };
    let error = repo.rutter(&["hooks", "install-git"]);
    assert_eq!(error.exit(), 3);
    assert!(
        error.stderr.contains("There is no git working tree around"),
        "{error:?}"
    );
}

/// What husky 9 writes.
const HUSKY: &str = "#!/usr/bin/env sh\nn=$(basename \"$0\")\ns=$(dirname \"$(dirname \"$0\")\")/$n\n[ ! -f \"$s\" ] && exit 0\n[ \"${HUSKY-}\" = \"0\" ] && exit 0\nexport PATH=\"node_modules/.bin:$PATH\"\nsh -e \"$s\" \"$@\"\nc=$?\n[ $c != 0 ] && echo \"husky - $n script failed (code $c)\"\nexit $c\n";

#[test]
fn beside_husky_9() {
    let repo = with_hook();
    repo.write(".husky/_/h", HUSKY);
    for name in ["pre-commit", "pre-merge-commit", "commit-msg", "pre-push"] {
        repo.program(
            &format!(".husky/_/{name}"),
            "#!/usr/bin/env sh\n. \"$(dirname \"$0\")/h\"",
        );
    }
    repo.write(".husky/pre-commit", "echo own\nexit $OWN\n");
    repo.git(&["config", "core.hooksPath", ".husky/_"]).done();
    let before = repo.home.tree();
    let asked = repo.rutter(&["hooks", "install-git"]);
    assert_eq!(asked.exit(), 1);
    assert!(
        asked.stderr.starts_with("error: husky keeps this repository's hooks in .husky, which is committed: everybody who works here gets the block. It does nothing where `rutter` is not installed. Nothing was done; this would be: add a block to .husky/pre-commit, write .husky/pre-merge-commit, write .husky/commit-msg, write .husky/pre-push.\nSay --yes to do it."),
        "{asked:?}"
    );
    let json = repo.rutter(&["hooks", "install-git", "--format", "json"]);
    assert_eq!(
        (json.exit(), json.error_code().as_str()),
        (1, "unconfirmed")
    );
    assert_eq!(repo.home.tree(), before);
    repo.rutter(&["hooks", "install-git", "--yes"]).done();
    assert!(repo.home.read(".husky/pre-commit").starts_with(BLOCK));
    assert!(!repo.home.read(".husky/_/pre-commit").contains(BLOCK));
    // A clone without the permission to run them works the same: husky reads them by `sh`.
    fs::set_permissions(
        repo.home.path(".husky/commit-msg"),
        fs::Permissions::from_mode(0o644),
    )
    .unwrap();
    let done = repo.git(&["commit", "-m", "x"]).done();
    assert!(done.stderr.contains("own"), "{done:?}");
    assert_eq!(repo.seen_files(), [HOOKS]);
    repo.trusted(HOOKS, &hook("bad", "PreCommit", "exit 1"));
    let refused = repo.git(&["commit", "--allow-empty", "-m", "x"]);
    assert!(
        refused.exit() == 1
            && refused
                .stderr
                .contains("husky - pre-commit script failed (code 1)"),
        "{refused:?}"
    );
    fs::set_permissions(
        repo.home.path(".husky/commit-msg"),
        fs::Permissions::from_mode(0o755),
    )
    .unwrap();
    repo.write(HOOKS, hook("note", "PreCommit", NOTE));
    repo.rutter(&["hooks", "install-git", "--remove"]).done();
    let work = |tree: Vec<(String, Vec<u8>)>| -> Vec<_> {
        tree.into_iter()
            .filter(|(path, _)| !path.starts_with(".git/"))
            .collect()
    };
    assert_eq!(work(repo.home.tree()), work(before));
}

/// What husky 8 writes: the hook reads it, and it runs the hook once more.
const HUSKY_8: &str = "if [ -z \"$husky_skip_init\" ]; then\n  readonly hook_name=\"$(basename -- \"$0\")\"\n  readonly husky_skip_init=1\n  export husky_skip_init\n  sh -e \"$0\" \"$@\"\n  exitCode=\"$?\"\n  exit $exitCode\nfi\n";

#[test]
fn beside_husky_8() {
    let repo = with_hook();
    repo.trusted(
        HOOKS,
        &hook("note", "PreCommit", "echo ran >> \"$HOME/ran\""),
    );
    repo.write(".husky/_/husky.sh", HUSKY_8);
    repo.program(
        ".husky/pre-commit",
        "#!/usr/bin/env sh\n. \"$(dirname -- \"$0\")/_/husky.sh\"\n\necho own >> \"$HOME/ran\"\n",
    );
    repo.git(&["config", "core.hooksPath", ".husky"]).done();
    assert_eq!(repo.rutter(&["hooks", "install-git"]).exit(), 1);
    repo.rutter(&["hooks", "install-git", "--yes"]).done();
    repo.git(&["commit", "-qm", "x"]).done();
    assert_eq!(
        fs::read_to_string(repo.home.at("home/ran")).unwrap(),
        "own\nran\n"
    );
}

#[test]
fn beside_lefthook() {
    let repo = with_hook();
    repo.write("lefthook.yml", "pre-commit:\n  commands: {}\n");
    let own = "#!/bin/sh\n\nif [ \"$LEFTHOOK\" = \"0\" ]; then\n  exit 0\nfi\n\ncall_lefthook()\n{\n  echo \"lefthook $@\" >&2\n}\n\ncall_lefthook run \"pre-commit\" \"$@\"\n";
    repo.program(".git/hooks/pre-commit", own);
    let asked = repo.rutter(&["hooks", "install-git"]);
    assert!(
        asked.exit() == 1
            && asked
                .stderr
                .contains("lefthook keeps this repository's hooks"),
        "{asked:?}"
    );
    assert!(
        asked
            .stderr
            .contains("`rutter hooks fire CommitMsg {1}` below commit-msg"),
        "{asked:?}"
    );
    repo.rutter(&["hooks", "install-git", "--yes"]).done();
    let done = repo.git(&["commit", "-m", "x"]).done();
    assert!(done.stderr.contains("lefthook run pre-commit"), "{done:?}");
    assert!(repo.seen().is_some());
    repo.rutter(&["hooks", "install-git", "--remove"]).done();
    assert_eq!(repo.home.read(".git/hooks/pre-commit"), own);
}

#[test]
fn a_folder_of_hooks_elsewhere_is_asked_for() {
    let repo = with_hook();
    repo.git(&["config", "core.hooksPath", "tools/hooks"])
        .done();
    let asked = repo.rutter(&["hooks", "install-git"]);
    assert!(
        asked.exit() == 1
            && asked
                .stderr
                .contains("`core.hooksPath` names tools/hooks (local settings of git)"),
        "{asked:?}"
    );
    repo.rutter(&["hooks", "install-git", "--yes"]).done();
    repo.git(&["commit", "-qm", "x"]).done();
    assert!(repo.seen().is_some());
    assert!(repo.home.path("tools/hooks/pre-commit").exists());
}

#[test]
fn from_a_worktree_it_is_for_all_of_them() {
    let repo = with_hook();
    repo.quietly("x");
    let tree = repo.home.at("tree");
    repo.git(&["worktree", "add", "-q", tree.to_str().unwrap()])
        .done();
    repo.rutter(&["-C", tree.to_str().unwrap(), "hooks", "install-git"])
        .done();
    assert!(repo.home.path(".git/hooks/pre-commit").exists());
    repo.git(&["commit", "--allow-empty", "-qm", "x"]).done();
    assert!(repo.seen().is_some());
}
