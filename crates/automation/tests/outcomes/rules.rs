//! One rule a test.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use rutter_automation::Limits;
use rutter_hooks::HookFile;
use rutter_store::OutcomeKind::{Blocked, Failed, Ran, Superseded, Untrusted, Waiting};

use super::bench::{Bench, ROOT, hook, kinds, on_save, save};

#[test]
fn nothing_runs_untrusted_and_a_changed_script_asks_again() {
    let bench = Bench::new(Limits::default());
    bench
        .files
        .write(format!("{ROOT}/check.sh").as_ref(), b"true")
        .unwrap();
    let file = on_save("Check", "./check.sh");
    let event = || save("a.rs");
    let fired = |kind| {
        bench.counter.gate.add_permits(1);
        let outcomes = bench.all(bench.raise(std::slice::from_ref(&file), event()));
        assert_eq!(kinds(&outcomes), [kind]);
        bench.counter.gate.forget_permits(9);
    };
    fired(Untrusted);
    bench.trust(&file);
    fired(Ran);
    bench
        .files
        .write(format!("{ROOT}/check.sh").as_ref(), b"rm -rf /")
        .unwrap();
    fired(Untrusted);
    assert_eq!(bench.counter.runs.load(Ordering::SeqCst), 1);
    assert_eq!(kinds(&bench.log()), [Untrusted, Ran, Untrusted]);
}

#[test]
fn what_waits_is_looked_at_again_before_it_starts() {
    let bench = Bench::new(Limits::default());
    bench
        .files
        .write(format!("{ROOT}/check.sh").as_ref(), b"true")
        .unwrap();
    let files = [on_save("Check", "./check.sh")];
    bench.trust(&files[0]);
    let first = bench.raise(&files, save("a"));
    let second = bench.raise(&files, save("a"));
    bench
        .files
        .write(format!("{ROOT}/check.sh").as_ref(), b"rm -rf /")
        .unwrap();
    bench.counter.gate.add_permits(2);
    assert_eq!(kinds(&bench.all(first)), [Ran]);
    assert_eq!(kinds(&bench.all(second)), [Untrusted]);
    assert_eq!(bench.counter.runs.load(Ordering::SeqCst), 1);
}

#[test]
fn the_first_save_runs_at_once_then_the_latest_of_each_file() {
    let bench = Bench::new(Limits::default());
    let files = [on_save("Check", "true")];
    bench.trust(&files[0]);
    let stamped = |path: &str, stamp: &str| {
        let mut event = save(path);
        event.prompt = Some(stamp.to_owned());
        bench.raise(&files, event)
    };
    let raised = [
        stamped("a", "1"),
        stamped("a", "2"),
        stamped("b", "3"),
        stamped("a", "4"),
    ];
    bench.counter.gate.add_permits(9);
    let seen: Vec<_> = raised
        .into_iter()
        .flat_map(|r| kinds(&bench.all(r)))
        .collect();
    assert_eq!(seen, [Ran, Superseded, Ran, Ran]);
    let last: Vec<String> = bench.counter.last.lock().values().cloned().collect();
    assert_eq!(last, ["4", "3"]);
}

#[test]
fn a_change_while_it_runs_or_just_after_is_its_own() {
    let bench = Bench::new(Limits::default());
    let outside = r#","fromOutside":true"#;
    let files = [
        hook("Format", "PostFileSave", "fmt", outside),
        hook(
            "Lint",
            "PostFileSave",
            "lint",
            &format!(r#"{outside},"matcher":"never""#),
        ),
    ];
    for file in &files {
        bench.trust(file);
    }
    let changed = || {
        let mut event = save("a");
        event.outside = true;
        bench.raise(&files, event)
    };
    let first = bench.raise(&files, save("a"));
    assert_eq!(kinds(&bench.all(changed())), [Blocked]);
    bench.counter.gate.add_permits(9);
    assert_eq!(kinds(&bench.all(first)), [Ran]);
    bench.clock.0.store(900, Ordering::SeqCst);
    assert_eq!(kinds(&bench.all(changed())), [Blocked]);
    bench.clock.0.store(1_000, Ordering::SeqCst);
    assert_eq!(kinds(&bench.all(changed())), [Ran]);
}

#[test]
fn what_somebody_else_changes_just_after_a_run_fires() {
    let bench = Bench::new(Limits::default());
    let outside = r#","fromOutside":true"#;
    let files = [hook("Format", "PostFileSave", "fmt", outside)];
    bench.trust(&files[0]);
    bench.counter.gate.add_permits(9);
    bench.clock.0.store(1_000, Ordering::SeqCst);
    assert_eq!(kinds(&bench.all(bench.raise(&files, save("a")))), [Ran]);
    bench.clock.0.store(1_500, Ordering::SeqCst);
    let changed = |path: &str, at: u64| {
        let full = std::path::Path::new(super::bench::ROOT).join(path);
        bench.disk.changed.lock().insert(full, at);
        let mut event = save(path);
        event.outside = true;
        kinds(&bench.all(bench.raise(&files, event)))
    };
    assert_eq!(changed("own", 1_000), [Blocked]);
    assert_eq!(changed("foreign", 1_400), [Ran]);
    // What is gone has no time: within a second it counts as its own.
    let mut gone = save("gone");
    gone.outside = true;
    assert_eq!(kinds(&bench.all(bench.raise(&files, gone))), [Blocked]);
}

#[test]
fn a_prompt_waits_once_with_all_its_files() {
    let bench = Bench::new(Limits::default());
    let text = r#"{"version":"v1","hooks":[{"name":"Docs","trigger":"PostFileSave","action":{"type":"agent","prompt":"Update the docs."}}]}"#;
    let files = [HookFile::parse(".kiro/hooks/docs.json", text)];
    assert_eq!(
        kinds(&bench.all(bench.raise(&files, save("a")))),
        [Untrusted]
    );
    bench.trust(&files[0]);
    for path in ["a", "b", "a"] {
        assert_eq!(
            kinds(&bench.all(bench.raise(&files, save(path)))),
            [Waiting]
        );
    }
    let waiting = bench.store.pending(ROOT.as_ref()).list().unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].paths, ["a", "b"]);
}

#[test]
fn a_runner_that_breaks_leaves_an_outcome_and_a_hook_that_fires_again() {
    let bench = Bench::new(Limits::default());
    let files = [on_save("Check", "true")];
    bench.trust(&files[0]);
    bench.counter.gate.add_permits(9);
    *bench.counter.fails.lock() = Some("panic".into());
    assert_eq!(kinds(&bench.all(bench.raise(&files, save("a")))), [Failed]);
    *bench.counter.fails.lock() = None;
    assert_eq!(kinds(&bench.all(bench.raise(&files, save("a")))), [Ran]);
    assert_eq!(bench.automation.running(), [""; 0]);
}

#[test]
fn secrets_do_not_reach_the_log() {
    let bench = Bench::new(Limits::default());
    let files = [on_save("Check", "true")];
    bench.trust(&files[0]);
    bench.counter.gate.add_permits(1);
    let secret = concat!("ghp_", "x7Kq2mZp9LwR4tVb8NcY3sHd6FgJ1aQe5UiO");
    *bench.counter.fails.lock() = Some(format!("no access with {secret}"));
    let outcomes = bench.all(bench.raise(&files, save("a")));
    assert!(outcomes[0].detail.contains("redacted"), "{outcomes:?}");
    assert!(!bench.log()[0].detail.contains(secret));
}

#[test]
fn a_damaged_trust_store_lets_nothing_run() {
    let bench = Bench::new(Limits::default());
    let files = [on_save("Check", "true"), on_save("Lint", "true")];
    bench.trust(&files[0]);
    let store = bench.store.workspace(ROOT.as_ref()).join("trust.json");
    bench.files.write(&store, b"{").unwrap();
    let outcomes = bench.all(bench.raise(&files, save("a")));
    assert_eq!(kinds(&outcomes), [Failed, Failed]);
    assert!(outcomes[0].detail.contains("trust.json"), "{outcomes:?}");
    assert_eq!(bench.counter.runs.load(Ordering::SeqCst), 0);
}

#[test]
fn stopping_ends_what_runs_and_starts_nothing_that_waits() {
    let bench = Bench::new(Limits::default());
    let files: Vec<HookFile> = (0..9).map(|n| on_save(&format!("h{n}"), "true")).collect();
    for file in &files {
        bench.trust(file);
    }
    let first = bench.raise(&files, save("a"));
    let second = bench.raise(&files, save("a"));
    assert_eq!(bench.automation.running().len(), 8);
    let begun = Instant::now();
    bench
        .runtime
        .block_on(bench.automation.stop(Duration::from_secs(5)));
    assert!(begun.elapsed() < Duration::from_millis(300));
    assert_eq!(bench.automation.running(), [""; 0]);
    let mut seen = kinds(&bench.all(first));
    seen.extend(kinds(&bench.all(second)));
    seen.extend(kinds(&bench.all(bench.raise(&files, save("a")))));
    let failed = seen.iter().filter(|kind| **kind == Failed).count();
    assert_eq!((seen.len(), failed), (27, 26), "the ninth was superseded");
    assert!(bench.counter.runs.load(Ordering::SeqCst) <= 8);
    assert_eq!(bench.log().len(), 27);
}

#[test]
fn what_cannot_be_logged_does_not_run() {
    let bench = Bench::new(Limits::default());
    let files = [on_save("Check", "true")];
    bench.trust(&files[0]);
    bench.counter.gate.add_permits(9);
    bench.disk.full.store(true, Ordering::SeqCst);
    assert_eq!(kinds(&bench.all(bench.raise(&files, save("a")))), [Ran]);
    let outcomes = bench.all(bench.raise(&files, save("a")));
    assert_eq!(kinds(&outcomes), [Failed]);
    assert!(outcomes[0].detail.contains("did not run"), "{outcomes:?}");
    assert_eq!(bench.counter.runs.load(Ordering::SeqCst), 1);
    bench.disk.full.store(false, Ordering::SeqCst);
    assert_eq!(kinds(&bench.all(bench.raise(&files, save("a")))), [Ran]);
    assert_eq!(kinds(&bench.log()), [Ran, Failed, Ran]);
}
