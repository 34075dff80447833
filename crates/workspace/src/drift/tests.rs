#![allow(clippy::disallowed_methods)]

use std::path::Path;

use rutter_host::{Cancel, Disk};

use super::*;
use crate::baseline::{Origin, baselines};
use crate::evidence::Record;
use crate::folder::SpecFolder;
use crate::history::testing::Fixture;
use crate::history::{History, Repository, Tie};
use crate::past::Past;
use crate::sources::Sources;
use crate::trace::uses;
use crate::user::Who;

mod harmless;
mod seeded;
mod seeds;

const REQUIREMENTS: &str = ".kiro/specs/login/requirements.md";
const TASKS: &str = ".kiro/specs/login/tasks.md";
const WANTED: &str = "### Requirement 1: Limit\n#### Acceptance Criteria\n1. WHEN 5 sign-ins fail, THE Login SHALL refuse the next\n2. THE Login SHALL wait 60 seconds\n\n### Requirement 2: Log\n#### Acceptance Criteria\n1. THE Login SHALL write a line\n";
const OPEN: &str = "- [ ] 1. Limit sign-ins\n  - _Requirements: 1.1, 1.2_\n- [ ] 2. Log\n  - _Requirements: 2.1_\n";

const RUST: &str = "/// Requirements 1.1\npub fn allowed(fails: u32, names: &[&str]) -> bool {\n    fails < 5 && !names.is_empty()\n}\n\n/// Requirements 1.2\npub fn wait() -> u64 {\n    60\n}\n";
const PYTHON: &str = "# Requirements 1.1\ndef allowed(fails, names):\n    if fails < 5:\n        return len(names) > 0\n    return False\n\n# Requirements 1.2\ndef wait():\n    return 60\n";
const TYPESCRIPT: &str = "// Requirements 1.1\nexport function allowed(fails: number, names: string[]): boolean {\n  return fails < 5 && names.length > 0;\n}\n\n// Requirements 1.2\nexport const wait = () => { return 60; };\n";
const GO: &str = "package login\n\n// Requirements 1.1\nfunc allowed(fails int, names []string) bool {\n\treturn fails < 5 && len(names) > 0\n}\n\n// Requirements 1.2\nfunc wait() int {\n\treturn 60\n}\n";

struct Checked {
    tasks: Vec<String>,
    wanted: Vec<String>,
    source: Vec<String>,
}

impl Checked {
    fn is_silent(&self) -> bool {
        self.tasks.is_empty() && self.wanted.is_empty() && self.source.is_empty()
    }
}

fn folder(root: &Path, name: &str) -> Arc<SpecFolder> {
    let path = root.join(".kiro/specs").join(name);
    Arc::new(SpecFolder::load(&Disk, name.into(), root.into(), path))
}

fn measured(root: &Path, name: &str, records: &[Record]) -> Vec<Baseline> {
    let repository = Repository::open(root);
    let history = match Repository::open(root) {
        Some(mut repository) => repository.history(&Cancel::new()).unwrap(),
        None => History::default(),
    };
    let folders = [folder(root, name)];
    baselines(
        &folders,
        records,
        &history,
        &mut Past::new(repository.as_ref()),
        &Cancel::new(),
    )
    .unwrap()
}

fn check(root: &Path, measured: &[Baseline]) -> Checked {
    let folder = folder(root, "login");
    let sources = Sources::read(&Disk, root, &BTreeMap::new(), &|| false);
    let mut code = CodeNow::default();
    for file in sources.files() {
        code.put(&file.name, Some(file.source.text()));
    }
    for unit in measured.iter().flat_map(|b| &b.units) {
        let text = std::fs::read_to_string(root.join(&unit.path)).ok();
        code.put(&unit.path, text.as_deref());
    }
    let spec = folder.spec();
    let drifts = drift(spec, measured, &code);
    let of = |wanted: bool| {
        in_spec(spec, &drifts, Severity::Hint)
            .into_iter()
            .filter(move |(document, _)| (*document == Document::Requirements) == wanted)
            .map(|(_, finding)| finding.message)
            .collect()
    };
    let uses = uses(&sources, &[&folder], &folder);
    let source = in_source(spec, &drifts, &uses, Severity::Hint).into_iter();
    let source = source.flat_map(|(name, all)| {
        all.into_iter()
            .map(move |f| format!("{name} {}: {}", f.range.start, f.message))
    });
    Checked {
        tasks: of(false),
        wanted: of(true),
        source: source.collect(),
    }
}

fn planned() -> Fixture {
    let mut repo = Fixture::new();
    repo.commit("Plan", &[(REQUIREMENTS, WANTED), (TASKS, OPEN)]);
    repo
}

fn done(tasks: &str, number: usize) -> String {
    tasks.replace(&format!("- [ ] {number}."), &format!("- [x] {number}."))
}

#[test]
fn a_changed_number_in_a_requirement_shows_at_both_ends() {
    let mut repo = planned();
    repo.commit("Limit", &[(TASKS, &done(OPEN, 1)), ("src/login.rs", RUST)]);
    let all = measured(&repo.root(), "login", &[]);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].origin, Origin::Commit(Tie::Tick));
    assert!(check(&repo.root(), &all).is_silent());
    repo.write(REQUIREMENTS, &WANTED.replace("WHEN 5", "WHEN 3"));
    let seen = check(&repo.root(), &all);
    let changed = "requirement 1.1 changed: “WHEN 5 sign-ins fail, THE Login SHALL refuse the next” → “WHEN 3 sign-ins fail, THE Login SHALL refuse the next”";
    assert_eq!(
        seen.tasks,
        [format!(
            "Since task 1 was done, {changed}. See whether it still holds, and set it to done again if so."
        )]
    );
    assert_eq!(
        seen.wanted,
        [format!(
            "Since task 1 was done, {changed}. The code made for it may not follow."
        )]
    );
    assert_eq!(
        seen.source,
        [format!(
            "src/login.rs 4: Since task 1 of login was done, {changed}."
        )]
    );
}

#[test]
fn a_task_that_is_open_or_has_no_baseline_gives_no_hint() {
    let mut repo = planned();
    repo.commit("Code first", &[("src/login.rs", RUST)]);
    repo.commit(
        "Only the tick",
        &[(TASKS, &done(OPEN, 1)), ("notes.txt", "x")],
    );
    assert_eq!(measured(&repo.root(), "login", &[]), []);
    repo.commit(
        "Log\n\nSpec-Task: login#2",
        &[("src/log.rs", "fn log() {}\n")],
    );
    let all = measured(&repo.root(), "login", &[]);
    assert_eq!(all[0].origin, Origin::Commit(Tie::Trailer));
    repo.write("src/log.rs", "fn log() { line() }\n");
    assert!(check(&repo.root(), &all).is_silent(), "task 2 is open");
    repo.write(TASKS, &done(OPEN, 2));
    assert_eq!(
        check(&repo.root(), &all).tasks,
        [
            "Since task 2 was done, `log` in src/log.rs changed. See whether it still holds, and set it to done again if so."
        ]
    );
}

#[test]
fn a_record_counts_before_commits_and_what_a_later_task_did_is_no_drift() {
    let mut repo = planned();
    repo.commit("Limit", &[(TASKS, &done(OPEN, 1)), ("src/login.rs", RUST)]);
    let changed = RUST.replace("fails < 5", "fails < 6");
    repo.write("src/login.rs", &changed);
    assert_eq!(
        check(&repo.root(), &measured(&repo.root(), "login", &[]))
            .source
            .len(),
        1
    );

    let folder = folder(&repo.root(), "login");
    let sources = Sources::read(&Disk, &repo.root(), &BTreeMap::new(), &|| false);
    let who = Who {
        name: "Ada".into(),
        email: String::new(),
    };
    let task = &folder.spec().tasks.as_ref().unwrap().tasks[0];
    let uses = uses(&sources, &[&folder], &folder);
    let record = Record::new(
        folder.spec(),
        task,
        &uses,
        &who,
        "2030-01-01T00:00:00Z".into(),
    );
    let read = Record::parse(&record.render()).unwrap();
    let all = measured(&repo.root(), "login", &[read]);
    assert_eq!(all[0].origin, Origin::Record);
    assert!(check(&repo.root(), &all).is_silent());

    let mut repo = planned();
    repo.commit("Limit", &[(TASKS, &done(OPEN, 1)), ("src/login.rs", RUST)]);
    let both = done(&done(OPEN, 1), 2);
    let logged = RUST.replace("    60\n", "    log();\n    60\n");
    repo.commit(
        "Log\n\nSpec-Task: login#2\n",
        &[(TASKS, &both), ("src/login.rs", &logged)],
    );
    let all = measured(&repo.root(), "login", &[]);
    assert_eq!(all.len(), 2);
    assert!(check(&repo.root(), &all).is_silent());
}

/// Every change is made to a history of its own; what matters must be told, what does not must not.
#[test]
fn seeded_changes_are_told_and_harmless_ones_are_not() {
    let codes = [
        ("src/login.rs", RUST),
        ("src/login.py", PYTHON),
        ("src/login.ts", TYPESCRIPT),
        ("src/login.go", GO),
    ];
    type Change = (&'static str, fn(&str, &str) -> String);
    let logic: [Change; 6] = [
        ("a number", |_, code| code.replace("fails < 5", "fails < 3")),
        ("an operator", |_, code| {
            code.replace("fails < 5", "fails <= 5")
        }),
        ("another number", |_, code| code.replace("60", "30")),
        ("a name", |_, code| code.replace("fails <", "tries <")),
        ("a call", |_, code| {
            code.replace("return 60", "return f(60)")
                .replace("    60\n", "    f(60)\n")
        }),
        ("the function", |_, code| code.replace("wait", "pause")),
    ];
    let harmless: [Change; 7] = [
        ("a comment behind", |path, code| {
            let mark = if path.ends_with(".py") { "#" } else { "//" };
            code.replace("60", &format!("60 {mark} seconds\n"))
        }),
        ("a comment on top", |path, code| {
            let mark = if path.ends_with(".py") { "#" } else { "//" };
            format!("{mark} Limits.\n{code}")
        }),
        ("blank lines", |_, code| code.replace("\n\n", "\n\n\n\n")),
        ("CRLF", |_, code| code.replace('\n', "\r\n")),
        ("space", |_, code| {
            code.replace("(fails", "( fails").replace("< 5", "<  5")
        }),
        ("another function", |path, code| {
            let other = match path.rsplit('.').next() {
                Some("rs") => "fn other() {}\n",
                Some("py") => "def other():\n    pass\n",
                Some("go") => "func other() {}\n",
                _ => "function other() {}\n",
            };
            format!("{code}\n{other}")
        }),
        ("wider indentation", |path, code| {
            if path.ends_with(".py") {
                code.replace("    ", "        ")
            } else {
                code.replace("    ", "\t\t")
            }
        }),
    ];
    let (mut told, mut missed, mut wrong, mut silent) = (0, Vec::new(), Vec::new(), 0);
    for (path, code) in codes {
        let mut repo = planned();
        repo.commit("Limit", &[(TASKS, &done(OPEN, 1)), (path, code)]);
        let all = measured(&repo.root(), "login", &[]);
        assert_eq!(all.len(), 1, "{path}");
        for (what, change) in logic {
            let changed = change(path, code);
            assert_ne!(changed, code, "{path} {what}");
            repo.write(path, &changed);
            let seen = check(&repo.root(), &all);
            match seen.tasks.len() {
                1 => told += 1,
                _ => missed.push(format!("{path} {what}")),
            }
        }
        for (what, change) in harmless {
            repo.write(path, &change(path, code));
            let seen = check(&repo.root(), &all);
            match seen.is_silent() {
                true => silent += 1,
                false => wrong.push(format!("{path} {what}: {:?}", seen.tasks)),
            }
        }
        repo.write(path, code);
        let requirements: [(&str, String, bool); 5] = [
            ("number", WANTED.replace("60", "30"), true),
            ("word", WANTED.replace("refuse", "delay"), true),
            (
                "gone",
                WANTED.replace("2. THE Login SHALL wait 60 seconds\n", ""),
                true,
            ),
            (
                "wrapped",
                WANTED.replace("fail, THE", "fail,\n   THE"),
                false,
            ),
            (
                "another",
                WANTED.replace("write a line", "write two lines"),
                false,
            ),
        ];
        for (what, text, matters) in requirements {
            repo.write(REQUIREMENTS, &text);
            let seen = check(&repo.root(), &all);
            match (matters, seen.is_silent()) {
                (true, false) => told += 1,
                (true, true) => missed.push(format!("{path} requirement {what}")),
                (false, true) => silent += 1,
                (false, false) => wrong.push(format!("{path} requirement {what}")),
            }
        }
    }
    let none: [String; 0] = [];
    assert_eq!((&missed[..], &wrong[..]), (&none[..], &none[..]));
    assert_eq!((told, silent), (36, 36));
}
