//! What runs when. A state machine without clock, files or processes: events go in, what to start and what is settled
//! comes out. Each event of a hook is started or settled exactly once.
//!
//! A hook runs once at a time. The first event starts it at once; what comes while it runs waits, and of the same files
//! only the last, so that the hook has seen what was saved last. What a hook wrote itself does not fire it again.

mod queue;
mod rate;

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::path::{Path, PathBuf};

use queue::Queue;
use rate::Rate;

/// Milliseconds by which the times of files may be behind the clock: a file system counts in ticks.
const TICK: u64 = 20;

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
    /// Milliseconds after the end of a run in which a watcher may still tell of what it changed.
    pub echo: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            at_once: 8,
            depth: 3,
            rate: 60,
            window: 10_000,
            echo: 1_000,
        }
    }
}

/// A hook of a workspace folder: other folders may have one of the same id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The workspace folder.
    pub root: PathBuf,
    /// The hook's id.
    pub id: String,
}

/// What led to an event, as far as it can be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cause {
    /// The ids of the hooks whose write it may be, and of those that led to them.
    pub hooks: BTreeSet<String>,
    /// How many hooks fired each other in a row.
    pub depth: usize,
}

/// An event, as one hook that matches sees it. `T` is what the caller needs to run it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call<T> {
    /// The hook.
    pub hook: Key,
    /// The files that matched.
    pub paths: Vec<String>,
    /// What led to it.
    pub cause: Cause,
    /// The caller's own.
    pub work: T,
}

/// What a later call keeps of the earlier one whose place it takes.
pub trait Absorb {
    /// Takes over what would be lost with `earlier`.
    fn absorb(&mut self, earlier: &Self);
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
    /// The engine was stopped.
    Stopped,
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
    hooks: HashMap<Key, Hook<T>>,
    running: HashMap<RunId, Running>,
    /// What ended lately, with when.
    ended: VecDeque<(u64, Running)>,
    ready: VecDeque<Key>,
    runs: u64,
    stopped: bool,
}

struct Hook<T> {
    runs: bool,
    queue: Queue<T>,
    rate: Rate,
}

struct Running {
    hook: Key,
    /// When it was started.
    since: u64,
    /// What a change is caused by that it makes.
    makes: Cause,
}

impl<T> Default for Hook<T> {
    fn default() -> Self {
        Self {
            runs: false,
            queue: Queue::default(),
            rate: Rate::default(),
        }
    }
}

impl<T: Absorb> Engine<T> {
    /// An engine at rest.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            hooks: HashMap::new(),
            running: HashMap::new(),
            ended: VecDeque::new(),
            ready: VecDeque::new(),
            runs: 0,
            stopped: false,
        }
    }

    /// A hook shall run. `now` in milliseconds.
    pub fn call(&mut self, now: u64, call: Call<T>) -> Vec<Step<T>> {
        let held = if self.stopped {
            Some(Held::Stopped)
        } else if call.cause.hooks.contains(&call.hook.id) {
            Some(Held::Own)
        } else if call.cause.depth >= self.limits.depth {
            Some(Held::Depth)
        } else {
            None
        };
        if let Some(held) = held {
            return vec![Step::Settled(call, held)];
        }
        let mut steps = Vec::new();
        let hook = self.hooks.entry(call.hook.clone()).or_default();
        if hook.queue.is_empty() && !hook.runs {
            self.ready.push_back(call.hook.clone());
        }
        if let Some(old) = hook.queue.put(call) {
            steps.push(Step::Settled(old, Held::Superseded));
        }
        self.start(now, &mut steps);
        steps
    }

    /// A run is over.
    pub fn finished(&mut self, now: u64, run: RunId) -> Vec<Step<T>> {
        let mut steps = Vec::new();
        let Some(running) = self.running.remove(&run) else {
            return steps;
        };
        if let Some(hook) = self.hooks.get_mut(&running.hook) {
            hook.runs = false;
            if !hook.queue.is_empty() {
                self.ready.push_back(running.hook.clone());
            }
        }
        self.forget(now);
        self.ended.push_back((now, running));
        self.start(now, &mut steps);
        steps
    }

    /// Starts nothing from now on; gives what waited.
    pub fn stop(&mut self) -> Vec<Step<T>> {
        self.stopped = true;
        self.ready.clear();
        self.hooks
            .values_mut()
            .flat_map(|hook| std::mem::take(&mut hook.queue).into_calls())
            .map(|call| Step::Settled(call, Held::Stopped))
            .collect()
    }

    /// Whether a hook runs or waits to run.
    pub fn is_busy(&self, hook: &Key) -> bool {
        self.hooks
            .get(hook)
            .is_some_and(|hook| hook.runs || !hook.queue.is_empty())
    }

    /// What a change from outside may be caused by: the hooks of the folder that ran when the file was changed. `changed`
    /// is when that was; where nobody knows, as of a file that is gone, those that run now or ended just now.
    pub fn cause(&mut self, now: u64, root: &Path, changed: Option<u64>) -> Cause {
        self.forget(now);
        let running = self.running.values().map(|running| (u64::MAX, running));
        let ended = self.ended.iter().map(|(end, running)| (*end, running));
        let mut cause = Cause::default();
        for (end, running) in running.chain(ended) {
            let since = running.since.saturating_sub(TICK);
            let then = changed.is_none_or(|at| since <= at && at <= end);
            if then && running.hook.root == root {
                cause.hooks.extend(running.makes.hooks.iter().cloned());
                cause.depth = cause.depth.max(running.makes.depth);
            }
        }
        cause
    }

    fn forget(&mut self, now: u64) {
        // They ended in this order.
        let echo = self.limits.echo;
        while self
            .ended
            .front()
            .is_some_and(|(end, _)| end.saturating_add(echo) <= now)
        {
            self.ended.pop_front();
        }
    }

    fn start(&mut self, now: u64, steps: &mut Vec<Step<T>>) {
        while self.running.len() < self.limits.at_once
            && let Some(key) = self.ready.pop_front()
        {
            let Some(hook) = self.hooks.get_mut(&key) else {
                continue;
            };
            while let Some(call) = hook.queue.take_first() {
                if !hook.rate.may_start(now, &call.paths, self.limits) {
                    steps.push(Step::Settled(call, Held::Rate));
                    continue;
                }
                self.runs += 1;
                let id = RunId(self.runs);
                hook.runs = true;
                let mut makes = call.cause.clone();
                makes.hooks.insert(key.id.clone());
                makes.depth += 1;
                self.running.insert(
                    id,
                    Running {
                        hook: key,
                        since: now,
                        makes,
                    },
                );
                steps.push(Step::Start(id, call));
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests;
