use std::path::Path;

use rutter_host::Cancel;

use super::testing::Fixture;
use super::*;

const TASKS: &str = ".kiro/specs/login/tasks.md";

fn read(root: &Path) -> Option<History> {
    Repository::open(root)?.history(&Cancel::new())
}

/// `number title tie short-subject: files` of all mentions.
fn shown(history: &History) -> Vec<String> {
    let all = history
        .specs
        .iter()
        .flat_map(|(spec, all)| all.iter().map(move |m| (spec, m)));
    all.map(|(spec, m)| {
        let files: Vec<&str> = m.commit.files.iter().map(|f| f.path.as_str()).collect();
        let number = m.task.number.as_deref().unwrap_or("-");
        format!(
            "{spec} {number} {:?} {}: {}",
            m.tie,
            m.commit.subject,
            files.join(" ")
        )
    })
    .collect()
}

#[test]
fn ticks_and_trailers_are_found() {
    let mut repo = Fixture::new();
    repo.commit(
        "Plan",
        &[(
            TASKS,
            "- [ ] 1. One\n- [x] 2. Done from the start\n- [ ] 3. Three\n- [ ] Loose\n",
        )],
    );
    let first = repo.commit(
        "Do one",
        &[
            (
                TASKS,
                "- [x] 1. One\n- [x] 2. Done from the start\n- [ ] 3. Three\n- [ ] Loose\n",
            ),
            ("src/a.rs", "fn a() {}\n"),
        ],
    );
    repo.commit(
        "Fix a\n\nSpec-Task: login#1",
        &[("src/a.rs", "fn a() { b() }\n")],
    );
    repo.commit(
        "Two at once\n\nWhy and how.\n\nSpec-Task: shop/cart#2.1, 2.2\nSigned-off-by: Ada\n",
        &[],
    );
    repo.commit(
        "Renumber and tick",
        &[(TASKS, "- [x] 1. One\n- [ ] 2. New\n- [x] 3. Done from the start\n- [x] 4. Three\n- [x] Loose\n")],
    );
    repo.commit("Talk of Spec-Task: login#9 in passing", &[]);
    let history = read(&repo.root()).unwrap();
    assert_eq!(
        shown(&history),
        [
            "login 4 Tick Renumber and tick: .kiro/specs/login/tasks.md",
            "login - Tick Renumber and tick: .kiro/specs/login/tasks.md",
            "login 1 Trailer Fix a: src/a.rs",
            "login 1 Tick Do one: .kiro/specs/login/tasks.md src/a.rs",
            "shop/cart 2.1 Trailer Two at once: ",
            "shop/cart 2.2 Trailer Two at once: ",
        ]
    );
    let of_one: Vec<&Mention> = history
        .of("login", Some("1"), "One", &["New", "Three"])
        .collect();
    assert_eq!(of_one.len(), 2);
    assert_eq!(of_one[1].commit.id, first);
    let of_four: Vec<&Mention> = history.of("login", Some("4"), "Three", &["One"]).collect();
    assert_eq!(of_four.len(), 1);
    assert_eq!(
        history
            .of("login", Some("1"), "Moved here", &["One"])
            .count(),
        1
    );

    let repository = Repository::open(&repo.root()).unwrap();
    assert_eq!(
        repository.text_at(&first, "src/a.rs").as_deref(),
        Some("fn a() {}\n")
    );
    let changed = &of_one[0].commit.files[0];
    assert_eq!(
        (
            changed.before.and_then(|b| repository.text(b)),
            changed.after.and_then(|b| repository.text(b))
        ),
        (Some("fn a() {}\n".into()), Some("fn a() { b() }\n".into()))
    );
}

#[test]
fn a_folder_inside_the_repository_has_its_own_paths() {
    let mut repo = Fixture::new();
    repo.commit(
        "Plan",
        &[("web/.kiro/specs/login/tasks.md", "- [ ] 1. One\n")],
    );
    repo.commit(
        "Do",
        &[
            ("web/.kiro/specs/login/tasks.md", "- [x] 1. One\n"),
            ("web/src/a.ts", "a\n"),
            ("other/b.ts", "b\n"),
        ],
    );
    let history = read(&repo.root().join("web")).unwrap();
    assert_eq!(
        shown(&history),
        ["login 1 Tick Do: .kiro/specs/login/tasks.md src/a.ts"]
    );
    assert_eq!(shown(&read(&repo.root()).unwrap()), [""; 0]);
}

#[test]
fn linked_worktrees_merges_and_reverted_ticks() {
    let mut repo = Fixture::new();
    repo.commit("Plan", &[(TASKS, "- [ ] 1. One\n- [ ] 2. Two\n")]);
    repo.git(&["switch", "-q", "-c", "side"]);
    repo.commit("Side", &[(TASKS, "- [ ] 1. One\n- [x] 2. Two\n")]);
    repo.git(&["switch", "-q", "main"]);
    repo.commit("Main", &[("a.txt", "a")]);
    repo.git(&["merge", "-q", "--no-ff", "-m", "Merge", "side"]);
    let linked = repo.root().with_file_name("linked");
    let path = linked.to_string_lossy().into_owned();
    repo.git(&["worktree", "add", "-q", "-b", "linked", &path]);
    assert_eq!(
        shown(&read(&linked).unwrap()),
        ["login 2 Tick Side: .kiro/specs/login/tasks.md"]
    );
}

#[test]
fn where_there_is_no_past_there_is_no_history() {
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(read(empty.path()), None);
    let mut repo = Fixture::new();
    assert_eq!(read(&repo.root()).unwrap(), History::default());
    repo.commit("A", &[("a", "a")]);
    repo.commit("B", &[("a", "b")]);
    let shallow = repo.root().with_file_name("shallow");
    let (from, to) = (
        format!("file://{}", repo.root().display()),
        shallow.to_string_lossy(),
    );
    repo.git(&["clone", "-q", "--depth", "1", &from, &to]);
    assert_eq!(read(&shallow), None);
    let stopped = Cancel::new();
    stopped.cancel();
    assert_eq!(
        Repository::open(&repo.root()).unwrap().history(&stopped),
        None
    );
    repo.write(".git/HEAD", "nonsense");
    let broken = read(&repo.root());
    assert!(broken.is_none_or(|history| history == History::default()));
}
