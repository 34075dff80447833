//! `PrePush`: with the files of what is pushed.

use serde_json::json;

use crate::repository::{NOTE, Repo, builtin, hook};

fn with_remote() -> (Repo, Repo) {
    let remote = Repo {
        home: rutter_tests::binary::Home::own(),
    };
    remote.git(&["init", "-q", "--bare", "-b", "main"]).done();
    let repo = Repo::installed();
    let path = remote.home.root();
    repo.git(&["remote", "add", "origin", path.to_str().unwrap()])
        .done();
    repo.trusted(".rutter/hooks/a.json", &hook("note", "PrePush", NOTE));
    repo.quietly("hooks");
    (repo, remote)
}

fn commit(repo: &Repo, path: &str, text: &str) {
    repo.write(path, text);
    repo.quietly(path);
}

#[test]
fn new_branches_later_commits_and_rewritten_ones() {
    let (repo, _remote) = with_remote();
    commit(&repo, "a.txt", "1");
    repo.git(&["push", "-q", "-u", "origin", "main"]).done();
    assert_eq!(
        repo.seen_files(),
        [".rutter/hooks/a.json", "a.txt"],
        "nothing is there yet"
    );
    commit(&repo, "b.txt", "1");
    commit(&repo, "c.txt", "1");
    repo.git(&["rm", "-q", "c.txt"]).done();
    repo.git(&["commit", "-q", "--no-verify", "-m", "x"]).done();
    repo.git(&["push", "-q"]).done();
    assert_eq!(
        repo.seen_files(),
        ["b.txt"],
        "what is gone in the end can't be looked at"
    );
    repo.git(&["checkout", "-qb", "feature"]).done();
    commit(&repo, "d.txt", "1");
    repo.git(&["push", "-q", "origin", "feature"]).done();
    assert_eq!(repo.seen_files(), ["d.txt"]);
    repo.git(&["reset", "-q", "--hard", "main"]).done();
    commit(&repo, "e.txt", "1");
    repo.git(&["push", "-q", "--force", "origin", "feature"])
        .done();
    assert_eq!(repo.seen_files(), ["e.txt"]);
    repo.git(&["push", "-q", "origin", ":feature"]).done();
    let files = repo.seen().map(|seen| seen["file_paths"].clone());
    assert_eq!(files, Some(json!(null)), "a deleted branch brings nothing");
}

#[test]
fn what_somebody_else_pushed_meanwhile_is_not_ours() {
    let (repo, remote) = with_remote();
    repo.git(&["push", "-q", "-u", "origin", "main"]).done();
    let other = repo.home.at("other");
    let path = remote.home.root();
    repo.git(&[
        "clone",
        "-q",
        path.to_str().unwrap(),
        other.to_str().unwrap(),
    ])
    .done();
    std::fs::write(other.join("theirs.txt"), "1").unwrap();
    repo.git_in(&other, &["add", "-A"]).done();
    repo.git_in(&other, &["commit", "-qm", "x"]).done();
    repo.git_in(&other, &["push", "-q"]).done();
    repo.seen();
    commit(&repo, "ours.txt", "1");
    // Git tells the id of a commit that was never fetched.
    repo.git(&["push", "-q", "--force"]).done();
    assert_eq!(repo.seen_files(), ["ours.txt"]);
}

#[test]
fn a_secret_in_a_pushed_commit_stops_the_push_whatever_is_on_disk() {
    let (repo, remote) = with_remote();
    repo.trusted(
        ".rutter/hooks/b.json",
        &builtin("secret-scan", "PrePush", json!({})),
    );
    let secret = format!("x\ny\nghp_{}\n", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8");
    commit(&repo, "a.txt", &secret);
    repo.write("a.txt", "clean\n");
    let refused = repo.git(&["push", "origin", "main"]);
    assert_eq!((refused.exit(), remote.commits()), (1, 0), "{refused:?}");
    assert!(
        refused
            .stderr
            .contains("`.rutter/hooks/b.json#secret-scan` stopped this push:\n    a.txt:3: ")
            && refused.stderr.contains("Nothing was pushed."),
        "{refused:?}"
    );
    repo.git(&["push", "-q", "--no-verify", "origin", "main"])
        .done();
}

#[test]
fn the_users_own_hook_reads_the_same_refs() {
    let (repo, _remote) = with_remote();
    repo.rutter(&["hooks", "install-git", "--remove"]).done();
    repo.program(
        ".git/hooks/pre-push",
        "#!/bin/sh\ncat > \"$HOME/refs\"; echo \"$@\" >> \"$HOME/refs\"\nexit 0\n",
    );
    repo.rutter(&["hooks", "install-git"]).done();
    repo.git(&["push", "-q", "origin", "main"]).done();
    let refs = std::fs::read_to_string(repo.home.at("home/refs")).unwrap();
    let lines: Vec<&str> = refs.lines().collect();
    assert!(
        lines[0].starts_with("refs/heads/main ") && lines[1].starts_with("origin "),
        "{refs}"
    );
    assert_eq!(lines.len(), 2);
    assert!(repo.seen().is_some());
}
