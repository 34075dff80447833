//! Real processes.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rutter_automation::{Builtins, Limits, Report, Runs};
use rutter_hooks::{Event, HookFile};
use rutter_store::OutcomeKind;
use serde_json::{Map, Value};

use super::bench::{Bench, hook, on_save, save};

struct None;

impl Builtins for None {
    fn run(
        &self,
        name: &str,
        _: &Map<String, Value>,
        _: &std::path::Path,
        _: &Event,
        _: &[String],
    ) -> Result<Report, String> {
        Err(format!("no {name} here"))
    }
}

/// What this process has open, and its children that nobody has waited for.
fn held() -> (usize, usize) {
    let open = std::fs::read_dir("/proc/self/fd").unwrap().count();
    let me = std::process::id();
    let children = std::fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter(|entry| {
            std::fs::read_to_string(entry.path().join("stat"))
                .ok()
                .and_then(|stat| {
                    let rest = stat.rsplit_once(") ")?.1.to_owned();
                    rest.split(' ').nth(1)?.parse::<u32>().ok()
                })
                .is_some_and(|parent| parent == me)
        });
    (open, children.count())
}

/// What the commands do, and what comes of it.
const COMMANDS: [(&str, OutcomeKind); 10] = [
    ("true", OutcomeKind::Ran),
    ("cat", OutcomeKind::Ran),
    // Far more than is kept, on both streams.
    (
        "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2",
        OutcomeKind::Ran,
    ),
    // More input than a pipe holds, and nobody who reads it.
    ("exec <&-; true", OutcomeKind::Ran),
    ("exec >&- 2>&-; true", OutcomeKind::Ran),
    ("exec sleep 600", OutcomeKind::Failed),
    ("sleep 600 & exit 0", OutcomeKind::Ran),
    (
        "setsid sleep 600 > /dev/null 2>&1 & exit 0",
        OutcomeKind::Ran,
    ),
    ("echo no >&2; exit 1", OutcomeKind::Failed),
    ("kill -9 $$", OutcomeKind::Failed),
];

/// The commands run where the workspace is, so it has to be there.
#[test]
#[cfg(target_os = "linux")]
fn a_thousand_processes_leave_a_thousand_outcomes_and_nothing_else() {
    const EACH: usize = 100;
    let root = tempfile::tempdir().unwrap();
    let bench = Bench::with(
        Limits {
            rate: usize::MAX,
            ..Limits::default()
        },
        Arc::default(),
        Arc::new(Runs::new(None, "test")),
    );
    let files: Vec<HookFile> = COMMANDS
        .iter()
        .enumerate()
        .map(|(n, (command, _))| {
            let mut file = hook(&format!("h{n}"), "PostFileSave", command, "");
            // The user's own: they are about processes here, not about trust.
            file.path = format!("~/{}", file.path);
            if command.starts_with("exec sleep") {
                file.hooks[0].timeout = Some(Duration::from_millis(20));
            }
            file
        })
        .collect();
    let raise = |n: usize| {
        let mut event = save(&format!("{n}.rs"));
        event.prompt = Some("x".repeat(100_000));
        bench.automation.raise(&rutter_automation::Raising {
            root: root.path(),
            files: &files,
            event,
        })
    };
    // The first brings up what stays, such as the signal pipe.
    bench.all(raise(EACH));
    let before = held();
    let raised: Vec<_> = (0..EACH).map(raise).collect();
    let outcomes: Vec<_> = raised.into_iter().flat_map(|r| bench.all(r)).collect();
    assert_eq!(outcomes.len(), COMMANDS.len() * EACH);
    for outcome in &outcomes {
        let number = outcome.hook.rsplit_once("#h").unwrap().1;
        let (command, expected) = COMMANDS[number.parse::<usize>().unwrap()];
        assert_eq!(outcome.outcome, expected, "{command}: {outcome:?}");
    }
    bench
        .runtime
        .block_on(bench.automation.stop(Duration::from_secs(5)));
    assert_eq!(held(), before);
    assert_eq!(at_work_in(root.path()), 0, "something was left running");
}

/// How many processes have this as their folder.
fn at_work_in(folder: &Path) -> usize {
    std::fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter(|entry| std::fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd == folder))
        .count()
}

/// Each name arrives as it is, in every place where a name is put, and none of it is run.
#[test]
#[cfg(unix)]
fn a_name_of_a_file_is_never_run() {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("x.txt"), "").unwrap();
    let bench = Bench::with(
        Limits::default(),
        Arc::default(),
        Arc::new(Runs::new(None, "test")),
    );
    let hook = |command: &str| {
        let command = serde_json::Value::from(command).to_string();
        let mut file = on_save("h", command.trim_matches('"'));
        file.path = format!("~/{}", file.path);
        file
    };
    let names = [
        "a; rm -rf x.txt",
        "two words.rs",
        "it's \"quoted\".rs",
        "$(rm x.txt) `rm x.txt` ${HOME} * !!",
        "a\nrm x.txt\n",
        "-rf",
        "'; rm x.txt; '",
        "\\\" ; rm x.txt #",
    ];
    let commands = [
        "printf '%s\\0' {file} > out",
        "printf '%s\\0' \"{file}\" > out",
        "printf '%s\\0' '{{file}}' > out",
        "printf '%s\\0' \"$RUTTER_FILE\" > out",
        "f() { printf '%s\\0' \"$1\"; }; cat <(f {filePath}) > out",
    ];
    for command in commands {
        for name in names {
            let files = [hook(command)];
            let outcomes = bench.all(bench.automation.raise(&rutter_automation::Raising {
                root: root.path(),
                files: &files,
                event: save(name),
            }));
            assert_eq!(outcomes[0].outcome, OutcomeKind::Ran, "{outcomes:?}");
            let out = std::fs::read_to_string(root.path().join("out")).unwrap();
            let out = out.trim_end_matches('\0');
            assert_eq!(out.strip_prefix("./").unwrap_or(out), name, "{command}");
            assert!(root.path().join("x.txt").exists(), "{command} {name}");
        }
    }
    let files = [hook("printf '%s\\0' {file} > out")];
    let all = |paths: &[&str]| {
        bench.all(bench.automation.raise(&rutter_automation::Raising {
            root: root.path(),
            files: &files,
            event: Event::new(rutter_hooks::Trigger::PostFileSave).paths(paths.iter().copied()),
        }))
    };
    assert_eq!(all(&names)[0].outcome, OutcomeKind::Ran);
    let out = std::fs::read_to_string(root.path().join("out")).unwrap();
    let seen: Vec<&str> = out.split_terminator('\0').collect();
    assert_eq!(seen.len(), names.len(), "{seen:?}");
    let none = all(&[]);
    assert_eq!(none[0].outcome, OutcomeKind::Failed);
    assert!(none[0].detail.contains("run it for a file"), "{none:?}");
}

/// What somebody changes when a run has ended fires, however soon; what the run wrote does not.
#[test]
#[cfg(unix)]
fn only_what_a_run_wrote_is_its_own() {
    use rutter_host::{Clock, Disk, Files, SystemClock};
    use rutter_store::Store;

    let root = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let disk: Arc<dyn Files> = Arc::new(Disk);
    let automation = rutter_automation::Automation::new(
        Store::in_memory(Arc::new(rutter_host::Memory::default()), "/state"),
        Arc::clone(&disk),
        Arc::new(SystemClock),
        Arc::new(Runs::new(None, "test")),
        Arc::new(super::bench::Ear::default()),
        runtime.handle().clone(),
        Limits {
            echo: u64::MAX / 2,
            ..Limits::default()
        },
    );
    let mut file = hook(
        "h",
        "PostFileSave",
        "touch own.rs",
        r#","fromOutside":true"#,
    );
    file.path = format!("~/{}", file.path);
    let files = [file];
    let raise = |path: &str, outside: bool| {
        let mut event = save(path);
        event.outside = outside;
        let raised = automation.raise(&rutter_automation::Raising {
            root: root.path(),
            files: &files,
            event,
        });
        runtime.block_on(raised.all()).remove(0).outcome
    };
    assert_eq!(raise("saved.rs", false), OutcomeKind::Ran);
    let ended = SystemClock.millis();
    assert_eq!(raise("own.rs", true), OutcomeKind::Blocked);
    let foreign = root.path().join("foreign.rs");
    // File systems count in ticks: written until the tick after the end has come.
    while disk.changed(&foreign).is_none_or(|at| at <= ended) {
        std::fs::write(&foreign, "").unwrap();
    }
    assert_eq!(raise("foreign.rs", true), OutcomeKind::Ran);
}
