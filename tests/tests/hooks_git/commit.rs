//! `PreCommit`: with exactly what the commit takes.

use serde_json::json;

use crate::repository::{NOTE, Repo, builtin, hook};

const HOOKS: &str = ".rutter/hooks/a.json";

fn noting() -> Repo {
    let repo = Repo::installed();
    repo.trusted(HOOKS, &hook("note", "PreCommit", NOTE));
    repo.write("a.txt", "1\n");
    repo.write("b.txt", "1\n");
    repo.quietly("first");
    repo
}

#[test]
fn the_first_commit_of_all() {
    let repo = Repo::installed();
    repo.trusted(HOOKS, &hook("note", "PreCommit", NOTE));
    repo.write("a.txt", "1\n");
    repo.git(&["add", "a.txt"]).done();
    repo.git(&["commit", "-qm", "x"]).done();
    assert_eq!(repo.seen_files(), ["a.txt"]);
}

#[test]
fn each_way_to_commit_has_its_own_files() {
    let repo = noting();
    repo.write("a.txt", "2\n");
    repo.write("b.txt", "2\n");
    repo.git(&["add", "b.txt"]).done();
    // A commit of named files leaves what else is staged.
    repo.git(&["commit", "-qm", "x", "a.txt"]).done();
    assert_eq!(repo.seen_files(), ["a.txt"]);
    repo.git(&["commit", "-qm", "x"]).done();
    assert_eq!(repo.seen_files(), ["b.txt"]);
    repo.write("a.txt", "3\n");
    repo.write("b.txt", "3\n");
    repo.git(&["commit", "-qam", "x"]).done();
    assert_eq!(repo.seen_files(), ["a.txt", "b.txt"]);
    repo.write("a.txt", "4\n");
    repo.git(&["commit", "-q", "-a", "--amend", "--no-edit"])
        .done();
    assert_eq!(repo.seen_files(), ["a.txt"]);
    let below = repo.home.path("sub");
    repo.write("sub/c.txt", "1\n");
    repo.git_in(&below, &["add", "c.txt"]).done();
    repo.git_in(&below, &["commit", "-qm", "x"]).done();
    assert_eq!(repo.seen_files(), ["sub/c.txt"]);
}

#[test]
fn a_merge_that_had_conflicts() {
    let repo = noting();
    repo.git(&["checkout", "-qb", "other"]).done();
    repo.write("a.txt", "other\n");
    repo.quietly("other");
    repo.git(&["checkout", "-q", "main"]).done();
    repo.write("a.txt", "main\n");
    repo.quietly("main");
    assert_eq!(repo.git(&["merge", "other"]).exit(), 1);
    repo.write("a.txt", "both\n");
    repo.git(&["add", "a.txt"]).done();
    repo.git(&["commit", "--no-edit"]).done();
    assert_eq!(repo.seen_files(), ["a.txt"]);
}

#[test]
fn a_merge_without_conflicts() {
    let repo = noting();
    repo.git(&["checkout", "-qb", "other"]).done();
    repo.write("a.txt", "other\n");
    repo.quietly("other");
    repo.git(&["checkout", "-q", "main"]).done();
    repo.write("b.txt", "main\n");
    repo.quietly("main");
    repo.git(&["merge", "--no-edit", "other"]).done();
    let seen = repo.seen().expect("the hook ran");
    assert_eq!(seen["hook_event_name"], "PreCommit");
    assert_eq!(seen["file_paths"], json!(["a.txt"]));
    // A merge that only moves on commits nothing.
    repo.git(&["checkout", "-q", "-b", "behind", "other"])
        .done();
    repo.git(&["merge", "main"]).done();
    assert_eq!(repo.seen(), None);
    // What stops a commit stops a merge.
    repo.trusted(HOOKS, &hook("bad", "PreCommit", "exit 1"));
    repo.git(&["checkout", "-q", "-f", "-b", "third", "other~1"])
        .done();
    repo.trusted(HOOKS, &hook("bad", "PreCommit", "exit 1"));
    repo.write("c.txt", "third\n");
    repo.git(&["add", "c.txt"]).done();
    repo.git(&["commit", "-q", "--no-verify", "-m", "third"])
        .done();
    assert_eq!(repo.git(&["merge", "--no-edit", "other"]).exit(), 1);
}

#[test]
fn odd_names_and_odd_kinds() {
    let repo = noting();
    let other = Repo::new();
    other.write("x", "1");
    other.quietly("x");
    repo.write("old name.txt", "a long enough text to be seen as renamed\n");
    repo.write("gone.txt", "1");
    repo.quietly("second");
    let source = other.home.root();
    repo.git(&["submodule", "add", "-q", source.to_str().unwrap(), "vendor"])
        .done();
    repo.git(&["mv", "old name.txt", "new 'name'.txt"]).done();
    repo.git(&["rm", "-q", "gone.txt"]).done();
    repo.write("Größe \"x\" $(y).txt", "1");
    repo.write("line\nbreak", "1");
    repo.write("bytes.bin", b"\0\xff\0");
    std::os::unix::fs::symlink("a.txt", repo.home.path("link")).unwrap();
    repo.git(&["add", "-A"]).done();
    repo.git(&["commit", "-qm", "x"]).done();
    assert_eq!(
        repo.seen_files(),
        [
            ".gitmodules",
            "Größe \"x\" $(y).txt",
            "bytes.bin",
            "line\nbreak",
            "link",
            "new 'name'.txt"
        ],
        "a deleted file and a submodule can't be looked at"
    );
}

#[test]
fn what_fails_stops_the_commit_and_says_why() {
    let repo = Repo::installed();
    let command = "echo 'No TODO may stay.' >&2; exit 1";
    repo.trusted(HOOKS, &hook("todo", "PreCommit", command));
    repo.git(&["add", "-A"]).done();
    let refused = repo.git(&["commit", "-m", "x"]);
    assert_eq!((refused.exit(), repo.commits()), (1, 0));
    assert_eq!(
        refused.stderr,
        "rutter: `.rutter/hooks/a.json#todo` stopped this commit:\n    No TODO may stay.\nNothing was committed. Mend it and commit again; `git commit --no-verify` passes over all hooks.\n"
    );
    repo.git(&["commit", "-qm", "x", "--no-verify"]).done();
    assert_eq!(repo.commits(), 1);
}

#[test]
fn an_untrusted_hook_never_stops_anything_and_is_named_once() {
    let repo = Repo::installed();
    repo.write(
        HOOKS,
        hook("bad", "PreCommit", "touch \"$HOME/ran\"; exit 1"),
    );
    repo.git(&["add", "-A"]).done();
    let done = repo.git(&["commit", "-qm", "x"]).done();
    assert_eq!(
        done.stderr,
        "rutter: `.rutter/hooks/a.json#bad` is not trusted as it stands and did not run. To look at it and trust it: rutter hooks trust '.rutter/hooks/a.json#bad'\n"
    );
    assert!(!repo.home.at("home/ran").exists());
    // Trusted content that changes is another content.
    repo.trusted(HOOKS, &hook("bad", "PreCommit", "exit 0"));
    repo.write(HOOKS, hook("bad", "PreCommit", "exit 1"));
    repo.git(&["commit", "-qam", "y"]).done();
}

#[test]
fn what_cannot_be_loaded_is_said() {
    let repo = Repo::installed();
    repo.write(HOOKS, r#"{"version":"v1","hooks":[{"name":"x","trigger":"PreCommit","action":{"type":"command"}}]}"#);
    repo.git(&["add", "-A"]).done();
    let done = repo.git(&["commit", "-qm", "x"]).done();
    assert!(
        done.stderr
            .starts_with("rutter: `.rutter/hooks/a.json#x` can't be loaded: "),
        "{done:?}"
    );
}

#[test]
fn a_project_below_the_top_has_its_own_hooks_and_paths() {
    let repo = Repo::installed();
    repo.write(
        "apps/web ui/.rutter/hooks/a.json",
        hook("note", "PreCommit", NOTE),
    );
    repo.write("apps/web ui/src/a.ts", "1\n");
    repo.write("other.txt", "1\n");
    repo.git(&["add", "-A"]).done();
    let done = repo.git(&["commit", "-qm", "x"]).done();
    assert!(
        done.stderr.contains("rutter -C 'apps/web ui' hooks trust"),
        "{done:?}"
    );
    repo.rutter(&["-C", "apps/web ui", "hooks", "trust", "--all"])
        .done();
    repo.write("apps/web ui/src/a.ts", "2\n");
    repo.write("other.txt", "2\n");
    repo.git(&["commit", "-qam", "x"]).done();
    let seen = repo.seen().unwrap();
    assert_eq!(seen["file_paths"], json!(["src/a.ts"]));
    assert!(seen["cwd"].as_str().unwrap().ends_with("apps/web ui"));
    repo.write("other.txt", "3\n");
    repo.git(&["commit", "-qam", "x"]).done();
    assert_eq!(repo.seen(), None, "the commit does not concern it");
}

#[test]
fn a_worktree_and_a_project_below_its_top() {
    let repo = noting();
    repo.write(
        "sub/.rutter/hooks/a.json",
        hook("bad", "PreCommit", "echo Stop. >&2; exit 1"),
    );
    repo.write("sub/x.txt", "1\n");
    repo.quietly("sub");
    let tree = repo.home.at("a tree");
    repo.git(&[
        "worktree",
        "add",
        "-q",
        "-b",
        "tree",
        tree.to_str().unwrap(),
    ])
    .done();
    let trust = |below: &str| {
        let folder = tree.join(below);
        repo.rutter(&["-C", folder.to_str().unwrap(), "hooks", "trust", "--all"])
            .done();
    };
    // The same words would run what another branch brings: a worktree is trusted by itself.
    let told = repo
        .git_in(&tree, &["commit", "--allow-empty", "-qm", "x"])
        .done();
    assert!(
        told.stderr.contains("is not trusted as it stands"),
        "{told:?}"
    );
    assert_eq!(repo.seen(), None);
    trust("");
    std::fs::write(tree.join("a.txt"), "2\n").unwrap();
    repo.git_in(&tree, &["commit", "-qam", "x"]).done();
    assert_eq!(repo.seen_files(), ["a.txt"]);
    trust("sub");
    std::fs::write(tree.join("sub/x.txt"), "2\n").unwrap();
    let refused = repo.git_in(&tree, &["commit", "-qam", "x"]);
    assert!(
        refused.exit() == 1 && refused.stderr.contains("    Stop.\n"),
        "{refused:?}"
    );
}

#[test]
fn a_submodule_has_hooks_of_its_own() {
    let repo = noting();
    let other = Repo::new();
    other.write(HOOKS, hook("bad", "PreCommit", "exit 1"));
    other.quietly("x");
    let source = other.home.root();
    repo.git(&["submodule", "add", "-q", source.to_str().unwrap(), "vendor"])
        .done();
    let folder = repo.home.path("vendor");
    for verb in [&["hooks", "install-git"][..], &["hooks", "trust", "--all"]] {
        repo.rutter(&[&["-C", folder.to_str().unwrap()], verb].concat())
            .done();
    }
    std::fs::write(folder.join("x.txt"), "1").unwrap();
    repo.git_in(&folder, &["add", "-A"]).done();
    assert_eq!(repo.git_in(&folder, &["commit", "-qm", "x"]).exit(), 1);
}

#[test]
fn built_in_actions_look_at_what_is_staged() {
    // Put together here so that no scanner of this repository finds one.
    let secret = format!(
        "token = \"ghp_{}\"\n",
        "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
    );
    let repo = Repo::installed();
    repo.trusted(HOOKS, &builtin("secret-scan", "PreCommit", json!({})));
    repo.git(&["add", "-A"]).done();
    repo.write("conf.py", format!("# settings\n{secret}"));
    repo.git(&["add", "-A"]).done();
    repo.write("conf.py", "# clean on disk\n");
    let refused = repo.git(&["commit", "-m", "x"]);
    assert_eq!(refused.exit(), 1, "{refused:?}");
    assert!(
        refused
            .stderr
            .contains("    conf.py:2: there may be a secret here ("),
        "{refused:?}"
    );
    assert!(!refused.stderr.contains("ghp_"), "a secret is never shown");
    let log = repo.rutter(&["hooks", "log"]).done();
    assert!(
        log.stdout.contains("conf.py:2") && !log.stdout.contains("ghp_"),
        "{log:?}"
    );
    repo.git(&["add", "-A"]).done();
    repo.write("conf.py", secret);
    repo.git(&["commit", "-qm", "x"]).done();
}

#[test]
fn specs_links_and_headers_as_they_are_staged() {
    let repo = Repo::installed();
    repo.write(HOOKS, builtin("spec-check", "PreCommit", json!({})));
    repo.write(
        ".rutter/hooks/b.json",
        builtin("link-check", "PreCommit", json!({})),
    );
    repo.trusted(
        ".rutter/hooks/c.json",
        &builtin(
            "licence-header",
            "PreCommit",
            json!({"header": "Copyright Ada"}),
        ),
    );
    repo.quietly("hooks");
    let tasks = ".kiro/specs/x/tasks.md";
    repo.write(".kiro/specs/x/requirements.md", "<!-- Copyright Ada -->\n# Requirements Document\n\n## Requirements\n\n### Requirement 1: A\n\n**User Story:** As a user, I want a, so that b.\n\n#### Acceptance Criteria\n\n1. WHEN a THEN THE system SHALL b.\n");
    repo.write(
        tasks,
        "<!-- Copyright Ada -->\n# Implementation Plan\n\n- [ ] 1. Do a\n  - _Requirements: 9.9_\n",
    );
    repo.write(
        "docs/a.md",
        "<!-- Copyright Ada -->\n[here](../a.txt) [there](none.md) [out](https://x.org)\n",
    );
    repo.write("a.txt", "// COPYRIGHT Ada\n");
    repo.write("b.txt", "nothing\n");
    repo.git(&["add", "-A"]).done();
    let on_disk = std::fs::read_to_string(repo.home.path(tasks))
        .unwrap()
        .replace("9.9", "1.1");
    repo.write(tasks, on_disk);
    repo.write("b.txt", "Copyright Ada\n");
    let refused = repo.git(&["commit", "-m", "x"]);
    assert_eq!(refused.exit(), 1, "{refused:?}");
    for line in [
        "    .kiro/specs/x/tasks.md:5: ",
        "    docs/a.md:2: `none.md` does not exist.\n",
        "    b.txt: has no licence header.\n",
    ] {
        assert!(refused.stderr.contains(line), "{line}: {}", refused.stderr);
    }
    assert_eq!(
        refused.stderr.matches("    ").count(),
        3,
        "{}",
        refused.stderr
    );
    repo.git(&["add", "-A"]).done();
    repo.write("docs/none.md", "Copyright Ada\n");
    repo.git(&["commit", "-qm", "x"]).done();
}
