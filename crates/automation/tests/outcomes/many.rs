//! Numbers.

use std::sync::atomic::Ordering;

use rutter_automation::Limits;
use rutter_hooks::{Event, HookFile};
use rutter_store::OutcomeKind;

use super::bench::{Bench, on_save, save};

/// 500 hooks, 10,000 saves (a tenth where nothing is optimised): one outcome for each hook at each save, and every hook has seen what was saved last.
#[test]
fn five_hundred_hooks_and_ten_thousand_saves() {
    const HOOKS: usize = 500;
    const SAVES: usize = if cfg!(debug_assertions) {
        1_000
    } else {
        10_000
    };
    const FILES: usize = 5;
    let bench = Bench::new(Limits {
        rate: usize::MAX,
        ..Limits::default()
    });
    let files: Vec<HookFile> = (0..HOOKS)
        .map(|n| on_save(&format!("h{n}"), "true"))
        .collect();
    for file in &files {
        bench.trust(file);
    }
    let stamped = |save_number: usize| -> Event {
        let mut event = save(&format!("src/{}.rs", save_number % FILES));
        event.prompt = Some(save_number.to_string());
        event
    };
    let mut kept = Vec::new();
    for number in 0..SAVES {
        // Runs end slower than saves come.
        if number % 10 == 0 {
            bench.counter.gate.add_permits(3);
        }
        let raised = bench.raise(&files, stamped(number));
        assert_eq!(raised.matched, HOOKS);
        kept.push(raised);
    }
    bench.counter.gate.add_permits(HOOKS * SAVES);
    let (mut ran, mut superseded) = (0, 0);
    for raised in kept {
        let outcomes = bench.all(raised);
        assert_eq!(outcomes.len(), HOOKS);
        for outcome in outcomes {
            match outcome.outcome {
                OutcomeKind::Ran => ran += 1,
                OutcomeKind::Superseded => superseded += 1,
                other => panic!("{other:?}: {}", outcome.detail),
            }
        }
    }
    assert_eq!(ran + superseded, HOOKS * SAVES);
    assert_eq!(ran, bench.counter.runs.load(Ordering::SeqCst));
    assert!(bench.ear.settled.lock().values().all(|n| *n == SAVES));
    let last = bench.counter.last.lock();
    assert_eq!(last.len(), HOOKS * FILES);
    for ((hook, path), stamp) in last.iter() {
        let file: usize = path["src/".len()..path.len() - 3].parse().unwrap();
        assert_eq!(*stamp, (SAVES - FILES + file).to_string(), "{hook} {path}");
    }
}
