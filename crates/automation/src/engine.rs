//! What runs when. A state machine without clock, files or processes: events go in, what to start and what is settled
//! comes out. Each event of a hook is started or settled exactly once.
//!
//! A hook runs once at a time. The first event starts it at once; what comes while it runs waits, and of the same files
//! only the last, so that the hook has seen what was saved last. What a hook wrote itself does not fire it again.

use std::collections::{HashMap, VecDeque};

/// What bounds the engine.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Runs at once, over all hooks.
    pub at_once: usize,
    /// Hooks that may fire each other in a row.
    pub depth: usize,
    /// Starts of one hook for the same files within [`Self::window`].
    pub rate: usize,
    /// Milliseconds.
    pub window: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            at_once: 4,
            depth: 3,
            rate: 60,
            window: 10_000,
        }
    }
}

/// An event, as one hook that matches sees it. `T` is what the caller needs to run it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call<T> {
    /// The hook's id.
    pub hook: String,
    /// The files that matched.
    pub paths: Vec<String>,
    /// The hooks whose writes led here, the first cause first.
    pub chain: Vec<String>,
    /// The caller's own.
    pub work: T,
}

/// Names a run until it is finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RunId(u64);

/// Why a call is not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A later event for the same files took its place.
    Superseded,
    /// The hook's own write led to it.
    Own,
    /// Too many hooks fired each other in a row.
    Depth,
    /// It fires faster than anybody can save.
    Rate,
}

/// What the engine wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<T> {
    /// Start it, and tell when it is finished.
    Start(RunId, Call<T>),
    /// It will not run.
    Settled(Call<T>, Held),
}

/// The state.
pub struct Engine<T> {
    limits: Limits,
    hooks: HashMap<String, Hook<T>>,
    running: HashMap<RunId, Vec<String>>,
    ready: VecDeque<String>,
    runs: u64,
}

struct Hook<T> {
    runs: Option<RunId>,
    queue: VecDeque<Call<T>>,
    starts: HashMap<Vec<String>, VecDeque<u64>>,
}

impl<T> Default for Hook<T> {
    fn default() -> Self {
        Self {
            runs: None,
            queue: VecDeque::new(),
            starts: HashMap::new(),
        }
    }
}

impl<T> Engine<T> {
    /// An engine at rest.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            hooks: HashMap::new(),
            running: HashMap::new(),
            ready: VecDeque::new(),
            runs: 0,
        }
    }

    /// A hook shall run. `now` in milliseconds, never going back.
    pub fn call(&mut self, now: u64, call: Call<T>) -> Vec<Step<T>> {
        if call.chain.contains(&call.hook) {
            return vec![Step::Settled(call, Held::Own)];
        }
        if call.chain.len() >= self.limits.depth {
            return vec![Step::Settled(call, Held::Depth)];
        }
        let mut steps = Vec::new();
        let name = call.hook.clone();
        let hook = self.hooks.entry(name.clone()).or_default();
        match hook.queue.iter_mut().find(|old| old.paths == call.paths) {
            Some(old) => {
                let old = std::mem::replace(old, call);
                steps.push(Step::Settled(old, Held::Superseded));
            }
            None => {
                if hook.queue.is_empty() && hook.runs.is_none() {
                    self.ready.push_back(name);
                }
                hook.queue.push_back(call);
            }
        }
        self.start(now, &mut steps);
        steps
    }

    /// A run is over.
    pub fn finished(&mut self, now: u64, run: RunId) -> Vec<Step<T>> {
        let mut steps = Vec::new();
        if self.running.remove(&run).is_none() {
            return steps;
        }
        let ended = self
            .hooks
            .iter_mut()
            .find(|(_, hook)| hook.runs == Some(run));
        if let Some((name, hook)) = ended {
            hook.runs = None;
            if !hook.queue.is_empty() {
                self.ready.push_back(name.clone());
            }
        }
        self.start(now, &mut steps);
        steps
    }

    /// The hooks that run now, each with those that led to it: whose writes a change from outside may be.
    pub fn writers(&self) -> Vec<String> {
        let mut all: Vec<String> = self.running.values().flatten().cloned().collect();
        all.sort();
        all.dedup();
        all
    }

    /// Whether nothing runs and nothing waits.
    pub fn is_idle(&self) -> bool {
        self.running.is_empty() && self.ready.is_empty()
    }

    fn start(&mut self, now: u64, steps: &mut Vec<Step<T>>) {
        while self.running.len() < self.limits.at_once
            && let Some(name) = self.ready.pop_front()
        {
            let Some(hook) = self.hooks.get_mut(&name) else {
                continue;
            };
            while let Some(call) = hook.queue.pop_front() {
                if !hook.may_start(now, &call.paths, self.limits) {
                    steps.push(Step::Settled(call, Held::Rate));
                    continue;
                }
                self.runs += 1;
                let id = RunId(self.runs);
                hook.runs = Some(id);
                let mut writers = call.chain.clone();
                writers.push(name.clone());
                self.running.insert(id, writers);
                steps.push(Step::Start(id, call));
                break;
            }
        }
    }
}

impl<T> Hook<T> {
    fn may_start(&mut self, now: u64, paths: &[String], limits: Limits) -> bool {
        let since = now.saturating_sub(limits.window);
        // What is past is forgotten, also of files that are not saved any more.
        self.starts.retain(|_, starts| {
            while starts.front().is_some_and(|at| *at < since) {
                starts.pop_front();
            }
            !starts.is_empty()
        });
        let starts = self.starts.entry(paths.to_vec()).or_default();
        if starts.len() >= limits.rate {
            return false;
        }
        starts.push_back(now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(hook: &str, path: &str, work: u32) -> Call<u32> {
        Call {
            hook: hook.into(),
            paths: vec![path.into()],
            chain: vec![],
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
        assert!(engine.is_idle());
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

    #[test]
    fn loops_end() {
        let mut engine = Engine::new(Limits::default());
        let with = |chain: &[&str], hook: &str, work| Call {
            chain: chain.iter().map(|c| (*c).to_owned()).collect(),
            ..call(hook, "a", work)
        };
        assert_eq!(started(&engine.call(0, call("h", "a", 1))), [1]);
        assert_eq!(engine.writers(), ["h"]);
        assert_eq!(
            held(&engine.call(0, with(&["h"], "h", 2))),
            [(2, Held::Own)]
        );
        assert_eq!(started(&engine.call(0, with(&["h"], "i", 3))), [3]);
        assert_eq!(engine.writers(), ["h", "i"]);
        assert_eq!(
            held(&engine.call(0, with(&["x", "y", "z"], "w", 4))),
            [(4, Held::Depth)]
        );
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
                        last.insert((call.hook, call.paths[0].clone()), call.work / hooks);
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
        assert!(engine.is_idle());
        assert!(settled.iter().all(|n| *n == 1));
        for ((_, path), save) in &last {
            let file: u32 = path.parse().expect("a number");
            let newest = (0..saves).rev().find(|s| s % files == file);
            assert_eq!(Some(*save), newest, "{path}");
        }
        assert_eq!(last.len(), (hooks * files) as usize);
    }
}
