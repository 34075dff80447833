//! Events in, exactly one outcome for each hook that matches: logged, told to whoever listens, and given to whoever raised
//! the event.

use std::collections::{BTreeMap, VecDeque};
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use parking_lot::Mutex;
use rutter_hooks::{Action, Event, Hook, Match, matching};
use rutter_host::{Clock, Files, Grounds, Permit};
use rutter_secrets::redact;
use rutter_store::{HookOutcome, OutcomeKind, Store, StoreError};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, watch};

use crate::engine::{Call, Cause, Engine, Held, Key, Limits, RunId, Step};
use crate::job::Job;
use crate::ledger::Ledger;
use crate::prompt::pending;
use crate::raising::{Listener, Raised, Raising};
use crate::run::{Ended, Runner, Work};
use crate::subject::subject;

/// The engine with the world around it. Cheap to clone.
#[derive(Clone)]
pub struct Automation(Arc<Inner>);

struct Inner {
    engine: Mutex<Engine<Job>>,
    running: Mutex<BTreeMap<Key, watch::Sender<bool>>>,
    /// How many runs have not been settled yet.
    active: watch::Sender<usize>,
    ledger: Ledger,
    store: Store,
    files: Arc<dyn Files>,
    clock: Arc<dyn Clock>,
    runner: Arc<dyn Runner>,
    listener: Arc<dyn Listener>,
    runtime: Handle,
}

/// An outcome and who waits for it.
type Settled = (HookOutcome, mpsc::UnboundedSender<HookOutcome>);

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
            active: watch::Sender::new(0),
            ledger: Ledger::new(store.clone()),
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
        let matched = matches.len();
        if matched > 0 {
            self.fire(raising, matches, &teller);
        }
        Raised { matched, outcomes }
    }

    fn fire(
        &self,
        raising: &Raising<'_>,
        matches: Vec<Match<'_>>,
        teller: &mpsc::UnboundedSender<HookOutcome>,
    ) {
        let root = raising.root;
        let event = Arc::new(raising.event.clone());
        let millis = self.0.clock.millis();
        let mut told = Told::new(self.0.clock.now());
        // What can't be logged does not run.
        if let Err(error) = self.0.ledger.write(root) {
            let detail = format!("It did not run, because its log can't be written. {error}");
            told.all_failed(&matches, &event, &detail, teller);
            return self.tell(root, told);
        }
        let key = |found: &Match<'_>| Key {
            root: root.to_owned(),
            id: found.hook.id.clone(),
        };
        let changed = self.changed(root, &event);
        let (cause, busy): (Cause, Vec<bool>) = {
            let mut engine = self.0.engine.lock();
            let cause = match event.outside {
                true => engine.cause(millis, root, changed),
                false => Cause::default(),
            };
            // What waits for its turn is looked at then.
            let busy = matches
                .iter()
                .map(|found| !is_prompt(found.hook) && engine.is_busy(&key(found)))
                .collect();
            (cause, busy)
        };
        let asked: Vec<(&Hook, bool)> = matches
            .iter()
            .zip(&busy)
            .filter(|(_, busy)| !**busy)
            .map(|(found, _)| (found.hook, is_own(found)))
            .collect();
        let mut permits = match self.permits(root, &asked) {
            Ok(permits) => permits.into_iter(),
            Err(error) => {
                told.all_failed(&matches, &event, &error.to_string(), teller);
                return self.tell(root, told);
            }
        };
        for (found, busy) in matches.iter().zip(busy) {
            let permit = if busy { None } else { permits.next().flatten() };
            if !busy && permit.is_none() {
                let detail = untrusted(found.hook);
                told.add(
                    found.hook,
                    &event,
                    &found.paths,
                    OutcomeKind::Untrusted,
                    &detail,
                    teller,
                );
                continue;
            }
            if let Action::Agent { prompt } = &found.hook.action {
                let waits = pending(found.hook, prompt, &event, &found.paths, &told.now);
                let (kind, detail) = match self.0.store.pending(root).add(waits) {
                    Ok(()) => (
                        OutcomeKind::Waiting,
                        "Its prompt waits for you, or for a model.".to_owned(),
                    ),
                    Err(error) => (OutcomeKind::Failed, error.to_string()),
                };
                told.add(found.hook, &event, &found.paths, kind, &detail, teller);
                continue;
            }
            let call = Call {
                hook: key(found),
                paths: found.paths.clone(),
                cause: cause.clone(),
                work: Job {
                    hook: found.hook.clone(),
                    own: is_own(found),
                    event: Arc::clone(&event),
                    permit,
                    teller: teller.clone(),
                },
            };
            let steps = self.0.engine.lock().call(millis, call);
            self.carry_out(steps, &mut told);
        }
        self.tell(root, told);
    }

    /// When the file of a change from outside was changed, in milliseconds; nothing where it is gone.
    fn changed(&self, root: &Path, event: &Event) -> Option<u64> {
        match &event.paths[..] {
            [path] if event.outside => self.0.files.changed(&root.join(path)),
            _ => None,
        }
    }

    /// What lies below the user's own home is the user's word; of a repository only what was trusted.
    fn permits(
        &self,
        root: &Path,
        hooks: &[(&Hook, bool)],
    ) -> Result<Vec<Option<Permit>>, StoreError> {
        let subjects: Vec<_> = hooks
            .iter()
            .filter(|(_, own)| !own)
            .map(|(hook, _)| subject(self.0.files.as_ref(), root, hook))
            .collect();
        let mut known = match subjects[..] {
            [] => Vec::new(),
            _ => self.0.store.trust(root).permits(&subjects)?,
        }
        .into_iter();
        let permit = |(hook, own): &(&Hook, bool)| {
            if !own {
                return known.next().flatten();
            }
            #[expect(
                clippy::disallowed_methods,
                reason = "the user's own hook, outside of every repository"
            )]
            Some(Permit::grant(Grounds::Asked {
                what: format!("the user's own hook {}", hook.id),
            }))
        };
        Ok(hooks.iter().map(permit).collect())
    }

    /// Does what the engine wants; runs that may not start after all are settled, and what follows them is done too.
    fn carry_out(&self, steps: Vec<Step<Job>>, told: &mut Told) {
        let mut steps = VecDeque::from(steps);
        while let Some(step) = steps.pop_front() {
            match step {
                Step::Settled(call, held) => {
                    let (kind, detail) = held_back(held);
                    let Job {
                        hook,
                        event,
                        teller,
                        ..
                    } = &call.work;
                    told.add(hook, event, &call.paths, kind, detail, teller);
                }
                Step::Start(run, mut call) => match self.leave(&mut call) {
                    Ok(permit) => self.start(run, call, permit),
                    Err((kind, detail)) => {
                        let Job {
                            hook,
                            event,
                            teller,
                            ..
                        } = &call.work;
                        told.add(hook, event, &call.paths, kind, &detail, teller);
                        let millis = self.0.clock.millis();
                        steps.extend(self.0.engine.lock().finished(millis, run));
                    }
                },
            }
        }
    }

    /// Leave to run what is about to start: as given when it was raised, or asked for now that it has waited.
    fn leave(&self, call: &mut Call<Job>) -> Result<Permit, (OutcomeKind, String)> {
        if let Some(permit) = call.work.permit.take() {
            return Ok(permit);
        }
        let hook = &call.work.hook;
        match self.permits(&call.hook.root, &[(hook, call.work.own)]) {
            Ok(permits) => permits
                .into_iter()
                .next()
                .flatten()
                .ok_or_else(|| (OutcomeKind::Untrusted, untrusted(hook))),
            Err(error) => Err((OutcomeKind::Failed, error.to_string())),
        }
    }

    fn start(&self, run: RunId, call: Call<Job>, permit: Permit) {
        let Job {
            hook,
            event,
            teller,
            ..
        } = call.work;
        let (key, paths) = (call.hook, call.paths);
        let (cancel, mut cancelled) = watch::channel(false);
        self.0.active.send_modify(|active| *active += 1);
        self.0.running.lock().insert(key.clone(), cancel);
        self.0.listener.started(&key.root, &key.id);
        let cancelled = Box::pin(async move {
            // Without a sender nobody can cancel any more.
            if cancelled.wait_for(|c| *c).await.is_err() {
                std::future::pending::<()>().await;
            }
        });
        let running = self.0.runner.run(
            Work {
                root: key.root.clone(),
                hook: hook.clone(),
                event: Event::clone(&event),
                paths: paths.clone(),
                permit,
            },
            cancelled,
        );
        let automation = self.clone();
        self.0.runtime.spawn(async move {
            let ended: Ended = AssertUnwindSafe(running)
                .catch_unwind()
                .await
                .unwrap_or_else(|_| Ended::broken());
            automation.0.running.lock().remove(&key);
            let mut told = Told::new(automation.0.clock.now());
            let detail = redact(&ended.detail);
            told.add(&hook, &event, &paths, ended.outcome, &detail, &teller);
            if let Some((outcome, _)) = told.all.last_mut() {
                outcome.code = ended.code;
                outcome.took = Some(ended.took);
            }
            drop(teller);
            let millis = automation.0.clock.millis();
            let steps = automation.0.engine.lock().finished(millis, run);
            // What waited starts before anything is written.
            automation.carry_out(steps, &mut told);
            automation.tell(&key.root, told);
            automation.0.active.send_modify(|active| *active -= 1);
        });
    }

    /// Logs outcomes, then tells of them.
    fn tell(&self, root: &Path, told: Told) {
        if told.all.is_empty() {
            return;
        }
        let (outcomes, tellers): (Vec<_>, Vec<_>) = told.all.into_iter().unzip();
        if let Err(error) = self.0.ledger.note(root, &outcomes) {
            tracing::warn!(%error, "outcomes of hooks could not be logged");
        }
        self.0.listener.settled(root, &outcomes);
        for (outcome, teller) in outcomes.into_iter().zip(tellers) {
            // Who raised the event may not care.
            let _ = teller.send(outcome);
        }
    }

    /// The hooks that run now.
    pub fn running(&self) -> Vec<String> {
        self.0
            .running
            .lock()
            .keys()
            .map(|key| key.id.clone())
            .collect()
    }

    /// Ends the run of a hook, in whichever folder it runs; gives whether it ran.
    pub fn cancel(&self, hook: &str) -> bool {
        let running = self.0.running.lock();
        let mut found = false;
        for (_, cancel) in running.iter().filter(|(key, _)| key.id == hook) {
            found |= cancel.send(true).is_ok();
        }
        found
    }

    /// Ends every run, starts nothing any more, and waits until nothing is left, at most `patience`.
    pub async fn stop(&self, patience: Duration) {
        let steps = self.0.engine.lock().stop();
        let mut by_root: BTreeMap<std::path::PathBuf, Vec<Step<Job>>> = BTreeMap::new();
        for step in steps {
            if let Step::Settled(call, _) = &step {
                by_root
                    .entry(call.hook.root.clone())
                    .or_default()
                    .push(step);
            }
        }
        for cancel in self.0.running.lock().values() {
            cancel.send_replace(true);
        }
        for (root, steps) in by_root {
            let mut told = Told::new(self.0.clock.now());
            self.carry_out(steps, &mut told);
            self.tell(&root, told);
        }
        let mut active = self.0.active.subscribe();
        let _ = tokio::time::timeout(patience, active.wait_for(|active| *active == 0)).await;
        self.0.ledger.write_all();
    }
}

/// Outcomes on their way to the log.
struct Told {
    now: String,
    all: Vec<Settled>,
}

impl Told {
    fn new(now: String) -> Self {
        Self {
            now,
            all: Vec::new(),
        }
    }

    fn add(
        &mut self,
        hook: &Hook,
        event: &Event,
        paths: &[String],
        outcome: OutcomeKind,
        detail: &str,
        teller: &mpsc::UnboundedSender<HookOutcome>,
    ) {
        let outcome = HookOutcome {
            at: self.now.clone(),
            hook: hook.id.clone(),
            trigger: event.trigger.as_str().to_owned(),
            paths: paths.to_vec(),
            outcome,
            code: None,
            took: None,
            detail: detail.to_owned(),
        };
        self.all.push((outcome, teller.clone()));
    }

    /// None of the hooks ran, all for one reason.
    fn all_failed(
        &mut self,
        matches: &[Match<'_>],
        event: &Event,
        detail: &str,
        teller: &mpsc::UnboundedSender<HookOutcome>,
    ) {
        for found in matches {
            self.add(
                found.hook,
                event,
                &found.paths,
                OutcomeKind::Failed,
                detail,
                teller,
            );
        }
    }
}

fn is_prompt(hook: &Hook) -> bool {
    matches!(hook.action, Action::Agent { .. })
}

fn is_own(found: &Match<'_>) -> bool {
    found.file.path.starts_with("~/")
}

fn untrusted(hook: &Hook) -> String {
    format!("Nobody has trusted this content of `{}` yet.", hook.id)
}

fn held_back(held: Held) -> (OutcomeKind, &'static str) {
    match held {
        Held::Superseded => (
            OutcomeKind::Superseded,
            "A later event for the same files took its place.",
        ),
        Held::Own => (
            OutcomeKind::Blocked,
            "The file changed while it ran, so that counts as its own, and a hook does not fire itself.",
        ),
        Held::Depth => (
            OutcomeKind::Blocked,
            "Too many hooks fired each other in a row: look for a circle among them.",
        ),
        Held::Rate => (
            OutcomeKind::Blocked,
            "It fired more often than anybody can save: look for a circle, and save again.",
        ),
        Held::Stopped => (OutcomeKind::Failed, "Rutter ended before its turn came."),
    }
}
