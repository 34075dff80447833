//! What the engine promises, by itself.

use super::*;

impl Absorb for u32 {
    fn absorb(&mut self, _: &Self) {}
}

fn key(hook: &str) -> Key {
    Key {
        root: "/w".into(),
        id: hook.into(),
    }
}

fn call(hook: &str, path: &str, work: u32) -> Call<u32> {
    Call {
        hook: key(hook),
        paths: vec![path.into()],
        cause: Cause::default(),
        work,
    }
}

fn started(steps: &[Step<u32>]) -> Vec<u32> {
    steps
        .iter()
        .filter_map(|s| match s {
            Step::Start(_, call) => Some(call.work),
            Step::Settled(..) => None,
        })
        .collect()
}

fn held(steps: &[Step<u32>]) -> Vec<(u32, Held)> {
    steps
        .iter()
        .filter_map(|s| match s {
            Step::Settled(call, why) => Some((call.work, *why)),
            Step::Start(..) => None,
        })
        .collect()
}

fn run_of(steps: &[Step<u32>]) -> RunId {
    match steps {
        [Step::Start(run, _), ..] => *run,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_starts_at_once_and_then_the_last_of_each_file() {
    let mut engine = Engine::new(Limits::default());
    let first = engine.call(0, call("h", "a", 1));
    assert_eq!(started(&first), [1]);
    assert_eq!(engine.call(1, call("h", "a", 2)), []);
    assert_eq!(engine.call(2, call("h", "b", 3)), []);
    assert_eq!(
        held(&engine.call(3, call("h", "a", 4))),
        [(2, Held::Superseded)]
    );
    let second = engine.finished(4, run_of(&first));
    assert_eq!(started(&second), [4]);
    let third = engine.finished(5, run_of(&second));
    assert_eq!(started(&third), [3]);
    assert_eq!(engine.finished(6, run_of(&third)), []);
    assert!(!engine.is_busy(&key("h")));
    assert_eq!(engine.finished(7, run_of(&third)), []);
}

#[test]
fn hooks_run_beside_each_other_up_to_the_limit() {
    let mut engine = Engine::new(Limits {
        at_once: 2,
        ..Limits::default()
    });
    let first = engine.call(0, call("h1", "a", 1));
    assert_eq!(started(&engine.call(0, call("h2", "a", 2))), [2]);
    assert_eq!(engine.call(0, call("h3", "a", 3)), []);
    assert_eq!(started(&engine.finished(1, run_of(&first))), [3]);
}

fn caused(hooks: &[&str], depth: usize) -> Cause {
    Cause {
        hooks: hooks.iter().map(|h| (*h).to_owned()).collect(),
        depth,
    }
}

#[test]
fn loops_end() {
    let mut engine = Engine::new(Limits::default());
    let root = Path::new("/w");
    let with = |cause: &Cause, hook: &str, work| Call {
        cause: cause.clone(),
        ..call(hook, "a", work)
    };
    let first = engine.call(0, call("h", "a", 1));
    assert_eq!(started(&first), [1]);
    let by_h = engine.cause(0, root, None);
    assert_eq!(by_h, caused(&["h"], 1));
    assert_eq!(held(&engine.call(0, with(&by_h, "h", 2))), [(2, Held::Own)]);
    let second = engine.call(0, with(&by_h, "i", 3));
    assert_eq!(started(&second), [3]);
    assert_eq!(engine.cause(0, root, None), caused(&["h", "i"], 2));
    assert_eq!(
        held(&engine.call(0, with(&caused(&["x", "y", "z"], 3), "w", 4))),
        [(4, Held::Depth)]
    );
    // A watcher is late: for a while after its end a run may still be the cause.
    engine.finished(100, run_of(&first));
    engine.finished(100, run_of(&second));
    assert_eq!(engine.cause(1_000, root, None), caused(&["h", "i"], 2));
    assert_eq!(engine.cause(1_100, root, None), Cause::default());
}

#[test]
fn what_changed_outside_of_a_run_is_not_its_own() {
    let mut engine = Engine::new(Limits::default());
    let root = Path::new("/w");
    let first = engine.call(1_000, call("h", "a", 1));
    let own = caused(&["h"], 1);
    let mut at = |now, changed| engine.cause(now, root, Some(changed));
    assert_eq!(at(1_100, 900), Cause::default(), "before it began");
    assert_eq!(at(1_100, 990), own, "file systems count in ticks");
    assert_eq!(at(1_100, 1_050), own);
    engine.finished(1_200, run_of(&first));
    let mut at = |now, changed| engine.cause(now, root, Some(changed));
    assert_eq!(at(1_300, 1_150), own, "a watcher is late");
    assert_eq!(at(1_300, 1_201), Cause::default(), "somebody else's");
    assert_eq!(at(2_200, 1_150), Cause::default(), "nobody is that late");
}

#[test]
fn hooks_that_run_beside_each_other_did_not_fire_each_other() {
    let mut engine = Engine::new(Limits::default());
    for hook in ["a", "b", "c", "d"] {
        engine.call(0, call(hook, "x", 0));
    }
    let cause = engine.cause(0, Path::new("/w"), None);
    assert_eq!(cause, caused(&["a", "b", "c", "d"], 1));
    let other = Call {
        cause,
        ..call("e", "x", 5)
    };
    assert_eq!(started(&engine.call(0, other)), [5]);
}

#[test]
fn folders_with_a_hook_of_one_name_do_not_disturb_each_other() {
    let mut engine = Engine::new(Limits::default());
    let elsewhere = |work| Call {
        hook: Key {
            root: "/v".into(),
            ..key("h")
        },
        ..call("h", "a", work)
    };
    assert_eq!(started(&engine.call(0, call("h", "a", 1))), [1]);
    assert_eq!(started(&engine.call(0, elsewhere(2))), [2]);
    assert_eq!(engine.call(0, call("h", "a", 3)), []);
    assert_eq!(engine.call(0, elsewhere(4)), []);
    assert_eq!(engine.cause(0, Path::new("/u"), None), Cause::default());
}

#[test]
fn a_stopped_engine_starts_nothing_and_loses_nothing() {
    let mut engine = Engine::new(Limits::default());
    let first = engine.call(0, call("h", "a", 1));
    engine.call(0, call("h", "a", 2));
    assert_eq!(held(&engine.stop()), [(2, Held::Stopped)]);
    assert_eq!(engine.finished(1, run_of(&first)), []);
    assert_eq!(
        held(&engine.call(2, call("i", "a", 3))),
        [(3, Held::Stopped)]
    );
}

#[test]
fn what_fires_too_often_is_held() {
    let mut fast = Engine::new(Limits {
        rate: 3,
        ..Limits::default()
    });
    let mut seen = Vec::new();
    for n in 0..5 {
        let steps = fast.call(n, call("h", "a", 0));
        seen.push((started(&steps).len(), held(&steps).len()));
        if let [Step::Start(run, _), ..] = steps[..] {
            fast.finished(n, run);
        }
    }
    assert_eq!(seen, [(1, 0), (1, 0), (1, 0), (0, 1), (0, 1)]);
    assert_eq!(started(&fast.call(20_000, call("h", "a", 9))), [9]);
}

/// 500 hooks, 10,000 saves: every call is started or settled once, and every hook has seen the last save of each file.
#[test]
fn nothing_is_lost_and_nothing_runs_twice() {
    let mut engine = Engine::new(Limits {
        rate: usize::MAX,
        ..Limits::default()
    });
    let (hooks, saves, files) = (500_u32, 10_000_u32, 7_u32);
    let mut settled = vec![0_u8; (hooks * saves) as usize];
    let mut last: HashMap<(String, String), u32> = HashMap::new();
    let mut running: VecDeque<RunId> = VecDeque::new();
    let take = |steps: Vec<Step<u32>>,
                running: &mut VecDeque<RunId>,
                settled: &mut Vec<u8>,
                last: &mut HashMap<(String, String), u32>| {
        for step in steps {
            match step {
                Step::Start(run, call) => {
                    settled[call.work as usize] += 1;
                    last.insert((call.hook.id, call.paths[0].clone()), call.work / hooks);
                    running.push_back(run);
                }
                Step::Settled(call, why) => {
                    assert_eq!(why, Held::Superseded);
                    settled[call.work as usize] += 1;
                }
            }
        }
    };
    for save in 0..saves {
        let path = (save % files).to_string();
        for hook in 0..hooks {
            let steps = engine.call(
                u64::from(save),
                call(&hook.to_string(), &path, save * hooks + hook),
            );
            take(steps, &mut running, &mut settled, &mut last);
        }
        // Runs end slower than saves come.
        for _ in 0..save % 3 {
            if let Some(run) = running.pop_front() {
                let steps = engine.finished(u64::from(save), run);
                take(steps, &mut running, &mut settled, &mut last);
            }
        }
    }
    while let Some(run) = running.pop_front() {
        let steps = engine.finished(u64::from(saves), run);
        take(steps, &mut running, &mut settled, &mut last);
    }
    assert!((0..hooks).all(|hook| !engine.is_busy(&key(&hook.to_string()))));
    assert!(settled.iter().all(|n| *n == 1));
    for ((_, path), save) in &last {
        let file: u32 = path.parse().expect("a number");
        let newest = (0..saves).rev().find(|s| s % files == file);
        assert_eq!(Some(*save), newest, "{path}");
    }
    assert_eq!(last.len(), (hooks * files) as usize);
}
