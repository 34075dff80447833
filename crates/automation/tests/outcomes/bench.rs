//! A workspace in memory with an automation over it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use futures::future::BoxFuture;
use parking_lot::Mutex;
use rutter_automation::{
    Automation, Ended, Limits, Listener, Raised, Raising, Runner, Work, subject,
};
use rutter_hooks::{Event, HookFile, Trigger};
use rutter_host::{Clock, Files, FixedClock, WallMinute};
use rutter_store::{HookOutcome, OutcomeKind, Store};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

use super::full::Disk;

pub const ROOT: &str = "/w";

/// A clock that a test moves.
#[derive(Default)]
pub struct Hand(pub AtomicU64);

impl Clock for Hand {
    fn now(&self) -> String {
        "2026-11-21T09:30:00Z".to_owned()
    }

    fn millis(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }

    fn wall(&self) -> WallMinute {
        FixedClock(self.now()).wall()
    }
}

/// Counts what it is told to run; each run waits for a permit of the gate, or for its cancel.
pub struct Counter {
    pub gate: Semaphore,
    pub runs: AtomicUsize,
    /// By hook and file: the tool name of the event that was run last, which tests use as a number.
    pub last: Mutex<BTreeMap<(String, String), String>>,
    /// What a run prints and fails with.
    pub fails: Mutex<Option<String>>,
}

impl Default for Counter {
    fn default() -> Self {
        Self {
            gate: Semaphore::new(0),
            runs: AtomicUsize::new(0),
            last: Mutex::default(),
            fails: Mutex::default(),
        }
    }
}

pub struct Gated(pub Arc<Counter>);

impl Runner for Gated {
    fn run(&self, work: Work, cancelled: BoxFuture<'static, ()>) -> BoxFuture<'static, Ended> {
        let counter = Arc::clone(&self.0);
        Box::pin(async move {
            counter.runs.fetch_add(1, Ordering::SeqCst);
            let stamp = work.event.prompt.clone().unwrap_or_default();
            let key = (
                work.hook.id.clone(),
                work.paths.first().cloned().unwrap_or_default(),
            );
            counter.last.lock().insert(key, stamp);
            let fails = counter.fails.lock().clone();
            assert_ne!(fails.as_deref(), Some("panic"), "as the test asked");
            let detail = tokio::select! {
                permit = counter.gate.acquire() => {
                    permit.unwrap().forget();
                    fails
                }
                () = cancelled => Some("It was cancelled.".to_owned()),
            };
            Ended {
                outcome: match detail {
                    Some(_) => OutcomeKind::Failed,
                    None => OutcomeKind::Ran,
                },
                code: None,
                took: 1,
                detail: detail.unwrap_or_default(),
                stdout: String::new(),
            }
        })
    }
}

/// Hears nothing but numbers.
#[derive(Default)]
pub struct Ear {
    pub settled: Mutex<BTreeMap<String, usize>>,
}

impl Listener for Ear {
    fn started(&self, _: &Path, _: &str) {}

    fn settled(&self, _: &Path, outcomes: &[HookOutcome]) {
        let mut settled = self.settled.lock();
        for outcome in outcomes {
            *settled.entry(outcome.hook.clone()).or_default() += 1;
        }
    }
}

pub struct Bench {
    pub runtime: Runtime,
    pub files: Arc<dyn Files>,
    pub disk: Arc<Disk>,
    pub store: Store,
    pub clock: Arc<Hand>,
    pub counter: Arc<Counter>,
    pub ear: Arc<Ear>,
    pub automation: Automation,
}

impl Bench {
    pub fn new(limits: Limits) -> Self {
        let counter = Arc::new(Counter::default());
        Self::with(limits, Arc::clone(&counter), Arc::new(Gated(counter)))
    }

    pub fn with(limits: Limits, counter: Arc<Counter>, runner: Arc<dyn Runner>) -> Self {
        let runtime = Runtime::new().unwrap();
        let disk = Arc::new(Disk::default());
        let files: Arc<dyn Files> = Arc::clone(&disk) as Arc<dyn Files>;
        let store = Store::in_memory(Arc::clone(&files), "/state");
        let (clock, ear) = (Arc::new(Hand::default()), Arc::new(Ear::default()));
        let automation = Automation::new(
            store.clone(),
            Arc::clone(&files),
            Arc::clone(&clock) as Arc<dyn Clock>,
            runner,
            Arc::clone(&ear) as Arc<dyn Listener>,
            runtime.handle().clone(),
            limits,
        );
        Self {
            runtime,
            files,
            disk,
            store,
            clock,
            counter,
            ear,
            automation,
        }
    }

    /// Trusts all hooks of a file.
    pub fn trust(&self, file: &HookFile) {
        let subjects: Vec<_> = file
            .hooks
            .iter()
            .map(|hook| subject(self.files.as_ref(), Path::new(ROOT), hook))
            .collect();
        self.store
            .trust(Path::new(ROOT))
            .trust(self.clock.as_ref(), &subjects)
            .unwrap();
    }

    pub fn raise(&self, files: &[HookFile], event: Event) -> Raised {
        self.automation.raise(&Raising {
            root: Path::new(ROOT),
            files,
            event,
        })
    }

    pub fn all(&self, raised: Raised) -> Vec<HookOutcome> {
        self.runtime.block_on(raised.all())
    }

    pub fn log(&self) -> Vec<HookOutcome> {
        self.store.hook_log(Path::new(ROOT)).read().unwrap()
    }
}

/// A file of one hook that runs a command on every save.
pub fn on_save(name: &str, command: &str) -> HookFile {
    hook(name, "PostFileSave", command, "")
}

pub fn hook(name: &str, trigger: &str, command: &str, more: &str) -> HookFile {
    let text = format!(
        r#"{{"version":"v1","hooks":[{{"name":"{name}","trigger":"{trigger}"{more},"action":{{"type":"command","command":"{command}"}}}}]}}"#
    );
    let file = HookFile::parse(&format!(".rutter/hooks/{name}.json"), &text);
    assert_eq!(file.hooks.len(), 1, "{:?}", file.findings);
    file
}

pub fn save(path: &str) -> Event {
    Event::new(Trigger::PostFileSave).paths([path])
}

pub fn kinds(outcomes: &[HookOutcome]) -> Vec<OutcomeKind> {
    outcomes.iter().map(|o| o.outcome).collect()
}
