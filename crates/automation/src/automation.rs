//! Events in, exactly one outcome for each hook that matches: logged, told to whoever listens, and given to whoever raised
//! the event.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rutter_hooks::{Action, Event, HookFile, Match, matching};
use rutter_host::{Clock, Files, Grounds, Permit};
use rutter_store::{HookOutcome, OutcomeKind, Pending, Store, StoreError};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, watch};

use crate::engine::{Call, Engine, Held, Limits, RunId, Step};
use crate::run::{Ended, Runner, Work};
use crate::subject::subject;

/// Hears what hooks do: the editor's messages and state.
pub trait Listener: Send + Sync {
    /// A hook was started.
    fn started(&self, root: &Path, hook: &str);
    /// An event is settled for a hook.
    fn settled(&self, root: &Path, outcome: &HookOutcome);
}

/// An event and the hooks it is for.
pub struct Raising<'a> {
    /// The project.
    pub root: &'a Path,
    /// Its hooks, and the user's own.
    pub files: &'a [HookFile],
    /// What happened.
    pub event: Event,
}

/// What came of an event.
pub struct Raised {
    /// How many hooks match.
    pub matched: usize,
    /// One outcome for each, as they come; ends with the last.
    pub outcomes: mpsc::UnboundedReceiver<HookOutcome>,
}

impl Raised {
    /// Waits for every outcome.
    pub async fn all(mut self) -> Vec<HookOutcome> {
        let mut all = Vec::with_capacity(self.matched);
        while let Some(outcome) = self.outcomes.recv().await {
            all.push(outcome);
        }
        all
    }
}

struct Job {
    work: Work,
    teller: mpsc::UnboundedSender<HookOutcome>,
}

/// The engine with the world around it. Cheap to clone.
#[derive(Clone)]
pub struct Automation(Arc<Inner>);

struct Inner {
    engine: Mutex<Engine<Job>>,
    running: Mutex<BTreeMap<String, watch::Sender<bool>>>,
    idle: watch::Sender<bool>,
    store: Store,
    files: Arc<dyn Files>,
    clock: Arc<dyn Clock>,
    runner: Arc<dyn Runner>,
    listener: Arc<dyn Listener>,
    runtime: Handle,
}

impl Automation {
    /// An engine at rest.
    pub fn new(
        store: Store,
        files: Arc<dyn Files>,
        clock: Arc<dyn Clock>,
        runner: Arc<dyn Runner>,
        listener: Arc<dyn Listener>,
        runtime: Handle,
        limits: Limits,
    ) -> Self {
        Self(Arc::new(Inner {
            engine: Mutex::new(Engine::new(limits)),
            running: Mutex::default(),
            idle: watch::Sender::new(true),
            store,
            files,
            clock,
            runner,
            listener,
            runtime,
        }))
    }

    /// Raises an event. What may run is started before this returns.
    pub fn raise(&self, raising: &Raising<'_>) -> Raised {
        let (teller, outcomes) = mpsc::unbounded_channel();
        let matches = matching(raising.files, &raising.event);
        let chain = if raising.event.outside {
            self.0.engine.lock().writers()
        } else {
            Vec::new()
        };
        for found in &matches {
            self.call(raising, found, &chain, &teller);
        }
        Raised {
            matched: matches.len(),
            outcomes,
        }
    }

    fn call(
        &self,
        raising: &Raising<'_>,
        found: &Match<'_>,
        chain: &[String],
        teller: &mpsc::UnboundedSender<HookOutcome>,
    ) {
        let settle = |outcome: OutcomeKind, detail: String| {
            let outcome = HookOutcome {
                at: self.0.clock.now(),
                hook: found.hook.id.clone(),
                trigger: raising.event.trigger.as_str().to_owned(),
                paths: found.paths.clone(),
                outcome,
                code: None,
                took: None,
                detail,
            };
            self.settle(raising.root, outcome, teller);
        };
        let permit = match self.permit(raising.root, found) {
            Ok(Some(permit)) => permit,
            Ok(None) => {
                return settle(
                    OutcomeKind::Untrusted,
                    format!(
                        "Nobody has trusted this content of `{}` yet.",
                        found.hook.id
                    ),
                );
            }
            Err(error) => return settle(OutcomeKind::Failed, error.to_string()),
        };
        if let Action::Agent { prompt } = &found.hook.action {
            let pending = Pending {
                hook: found.hook.id.clone(),
                prompt: prompt.clone(),
                trigger: raising.event.trigger.as_str().to_owned(),
                paths: found.paths.clone(),
                context: context(&raising.event, &found.paths),
                since: self.0.clock.now(),
            };
            return match self.0.store.pending(raising.root).add(pending) {
                Ok(()) => settle(
                    OutcomeKind::Waiting,
                    "Its prompt waits for you, or for a model.".into(),
                ),
                Err(error) => settle(OutcomeKind::Failed, error.to_string()),
            };
        }
        let call = Call {
            hook: found.hook.id.clone(),
            paths: found.paths.clone(),
            chain: chain.to_vec(),
            work: Job {
                work: Work {
                    root: raising.root.to_owned(),
                    hook: found.hook.clone(),
                    event: raising.event.clone(),
                    paths: found.paths.clone(),
                    permit,
                },
                teller: teller.clone(),
            },
        };
        let steps = self.0.engine.lock().call(self.0.clock.millis(), call);
        self.carry_out(steps);
    }

    /// What lies below the user's own home is the user's word; of a repository only what was trusted.
    fn permit(&self, root: &Path, found: &Match<'_>) -> Result<Option<Permit>, StoreError> {
        if found.file.path.starts_with("~/") {
            #[expect(
                clippy::disallowed_methods,
                reason = "the user's own hook, outside of every repository"
            )]
            return Ok(Some(Permit::grant(Grounds::Asked {
                what: format!("the user's own hook {}", found.hook.id),
            })));
        }
        let subject = subject(self.0.files.as_ref(), root, found.hook);
        self.0.store.trust(root).permit(&subject)
    }

    fn carry_out(&self, steps: Vec<Step<Job>>) {
        for step in steps {
            match step {
                Step::Start(run, call) => self.start(run, call),
                Step::Settled(call, held) => {
                    let (outcome, detail) = match held {
                        Held::Superseded => (
                            OutcomeKind::Superseded,
                            "A later event for the same files took its place.",
                        ),
                        Held::Own => (
                            OutcomeKind::Blocked,
                            "The change was its own, and a hook does not fire itself.",
                        ),
                        Held::Depth => (
                            OutcomeKind::Blocked,
                            "Too many hooks fired each other in a row: look for a circle among them.",
                        ),
                        Held::Rate => (
                            OutcomeKind::Blocked,
                            "It fired more often than anybody can save: look for a circle, and save again.",
                        ),
                    };
                    let Job { work, teller } = call.work;
                    let outcome = self.outcome(&work.hook.id, &work.event, call.paths, outcome);
                    self.settle(
                        &work.root,
                        HookOutcome {
                            detail: detail.to_owned(),
                            ..outcome
                        },
                        &teller,
                    );
                }
            }
        }
    }

    fn start(&self, run: RunId, call: Call<Job>) {
        let Job { work, teller } = call.work;
        let (cancel, mut cancelled) = watch::channel(false);
        self.0.idle.send_replace(false);
        self.0.running.lock().insert(call.hook.clone(), cancel);
        self.0.listener.started(&work.root, &call.hook);
        let (root, event, id) = (work.root.clone(), work.event.clone(), work.hook.id.clone());
        let cancelled = Box::pin(async move {
            // Without a sender nobody can cancel any more.
            if cancelled.wait_for(|c| *c).await.is_err() {
                std::future::pending::<()>().await;
            }
        });
        let running = self.0.runner.run(work, cancelled);
        let automation = self.clone();
        self.0.runtime.spawn(async move {
            let ended: Ended = running.await;
            automation.0.running.lock().remove(&call.hook);
            let outcome = HookOutcome {
                code: ended.code,
                took: Some(ended.took),
                detail: ended.detail,
                ..automation.outcome(&id, &event, call.paths, ended.outcome)
            };
            automation.settle(&root, outcome, &teller);
            drop(teller);
            let (steps, idle) = {
                let mut engine = automation.0.engine.lock();
                let steps = engine.finished(automation.0.clock.millis(), run);
                (steps, engine.is_idle())
            };
            automation.carry_out(steps);
            if idle {
                automation.0.idle.send_replace(true);
            }
        });
    }

    fn outcome(
        &self,
        hook: &str,
        event: &Event,
        paths: Vec<String>,
        outcome: OutcomeKind,
    ) -> HookOutcome {
        HookOutcome {
            at: self.0.clock.now(),
            hook: hook.to_owned(),
            trigger: event.trigger.as_str().to_owned(),
            paths,
            outcome,
            code: None,
            took: None,
            detail: String::new(),
        }
    }

    fn settle(
        &self,
        root: &Path,
        outcome: HookOutcome,
        teller: &mpsc::UnboundedSender<HookOutcome>,
    ) {
        if let Err(error) = self
            .0
            .store
            .hook_log(root)
            .note(std::slice::from_ref(&outcome))
        {
            tracing::warn!(%error, "an outcome of a hook could not be logged");
        }
        self.0.listener.settled(root, &outcome);
        // Who raised the event may not care.
        let _ = teller.send(outcome);
    }

    /// The hooks that run now.
    pub fn running(&self) -> Vec<String> {
        self.0.running.lock().keys().cloned().collect()
    }

    /// Ends the run of a hook; gives whether it ran.
    pub fn cancel(&self, hook: &str) -> bool {
        self.0
            .running
            .lock()
            .get(hook)
            .is_some_and(|cancel| cancel.send(true).is_ok())
    }

    /// Ends every run and waits until nothing of them is left, at most `patience`.
    pub async fn stop(&self, patience: Duration) {
        for cancel in self.0.running.lock().values() {
            cancel.send_replace(true);
        }
        let mut idle = self.0.idle.subscribe();
        let _ = tokio::time::timeout(patience, idle.wait_for(|i| *i)).await;
    }
}

/// What an event brings along for whoever answers a prompt.
fn context(event: &Event, paths: &[String]) -> Vec<String> {
    let mut context: Vec<String> = event
        .api
        .iter()
        .filter(|change| paths.contains(&change.path))
        .map(|change| match (&change.before, &change.after) {
            (None, Some(after)) => format!("{}: added `{after}`", change.path),
            (Some(before), None) => format!("{}: removed `{before}`", change.path),
            (Some(before), Some(after)) => {
                format!("{}: `{before}` became `{after}`", change.path)
            }
            (None, None) => format!("{}: {}", change.path, change.name),
        })
        .collect();
    context.extend(event.command.as_ref().map(|c| format!("build: `{c}`")));
    context.extend(event.prompt.clone());
    context
}
