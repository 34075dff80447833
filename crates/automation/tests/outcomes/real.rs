//! Real processes.

use std::sync::Arc;

use rutter_automation::{Builtins, Limits, Report, Runs};
use rutter_hooks::{Event, HookFile};
use rutter_store::OutcomeKind;
use serde_json::{Map, Value};

use super::bench::{Bench, on_save, save};

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
    let files: Vec<HookFile> = (0..10)
        .map(|n| {
            let mut file = on_save(&format!("h{n}"), "true");
            // The user's own: they are about processes here, not about trust.
            file.path = format!("~/{}", file.path);
            file
        })
        .collect();
    let raise = |n: usize| {
        bench.automation.raise(&rutter_automation::Raising {
            root: root.path(),
            files: &files,
            event: save(&format!("{n}.rs")),
        })
    };
    // The first brings up what stays, such as the signal pipe.
    bench.all(raise(EACH));
    let before = held();
    let raised: Vec<_> = (0..EACH).map(raise).collect();
    let outcomes: Vec<_> = raised.into_iter().flat_map(|r| bench.all(r)).collect();
    assert_eq!(outcomes.len(), 10 * EACH);
    for outcome in &outcomes {
        assert_eq!(outcome.outcome, OutcomeKind::Ran, "{outcome:?}");
    }
    bench
        .runtime
        .block_on(bench.automation.stop(std::time::Duration::from_secs(5)));
    assert_eq!(held(), before);
}
