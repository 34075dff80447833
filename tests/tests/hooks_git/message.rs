//! `CommitMsg`.

use serde_json::json;

use crate::repository::{NOTE, Repo, hook};

const HOOKS: &str = ".rutter/hooks/a.json";

#[test]
fn the_message_and_the_files_of_the_commit() {
    let repo = Repo::installed();
    repo.trusted(HOOKS, &hook("note", "CommitMsg", NOTE));
    repo.write("a.txt", "1\n");
    repo.git(&["add", "a.txt"]).done();
    repo.git(&["commit", "-qm", "Add a\n\nWhy \"not\"?"]).done();
    let seen = repo.seen().unwrap();
    assert_eq!(seen["prompt"], "Add a\n\nWhy \"not\"?\n");
    assert_eq!(seen["file_paths"], json!(["a.txt"]));
    // The diff below the message is none of it.
    repo.write("a.txt", "2\n");
    repo.git(&[
        "-c",
        "core.editor=sed -i '1s/^/Change a/'",
        "commit",
        "-qva",
    ])
    .done();
    let prompt = repo.seen().unwrap()["prompt"].as_str().unwrap().to_owned();
    assert!(
        prompt.starts_with("Change a\n") && !prompt.contains("diff --git"),
        "{prompt}"
    );
}

#[test]
fn the_template_refuses_what_does_not_follow_the_convention() {
    let repo = Repo::installed();
    repo.rutter(&["hooks", "new", "--template", "commit-message"])
        .done();
    repo.git(&["add", "-A"]).done();
    let refused = repo.git(&["commit", "-m", "Add a"]);
    assert!(
        refused.exit() == 1
            && refused
                .stderr
                .contains("stopped this commit:\n    The first line"),
        "{refused:?}"
    );
    repo.git(&["commit", "-qm", "feat(a): add it"]).done();
}

#[test]
fn a_merge_has_a_message_too() {
    let repo = Repo::installed();
    repo.trusted(HOOKS, &hook("note", "CommitMsg", NOTE));
    repo.quietly("first");
    repo.git(&["checkout", "-qb", "other"]).done();
    repo.write("b.txt", "1");
    repo.quietly("other");
    repo.git(&["checkout", "-q", "main"]).done();
    repo.git(&["merge", "-q", "--no-ff", "--no-edit", "other"])
        .done();
    let seen = repo.seen().unwrap();
    assert_eq!(seen["prompt"], "Merge branch 'other'");
    assert_eq!(seen["file_paths"], json!(["b.txt"]));
}
