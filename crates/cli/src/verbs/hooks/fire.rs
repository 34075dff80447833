//! `rutter hooks run` and `rutter hooks fire`: raises an event and waits for every outcome.

use std::path::Path;
use std::sync::Arc;

use rutter_automation::{Automation, Limits, Listener, Raising, Runs};
use rutter_commands::builtin::BuiltIn;
use rutter_commands::git::Version;
use rutter_commands::hooks;
use rutter_commands::{Code, CommandError};
use rutter_hooks::{Event, HookFile, Trigger};
use rutter_store::{HookOutcome, OutcomeKind};

use super::{commit, event};
use crate::args::{Args, Format};
use crate::output::{self, Paint};
use crate::verbs::command::Session;

/// Says what hooks do while they do it.
struct Say {
    human: bool,
}

impl Listener for Say {
    fn started(&self, _: &Path, _: &str) {}

    fn settled(&self, _: &Path, outcomes: &[HookOutcome]) {
        if self.human {
            for outcome in outcomes {
                output::text(&line(outcome));
            }
        }
    }
}

/// An outcome as a line for people, with what it said below.
pub fn line(outcome: &HookOutcome) -> String {
    let word = match outcome.outcome {
        OutcomeKind::Ran => "ran".to_owned(),
        OutcomeKind::Failed => output::paint(Paint::Error, "failed"),
        OutcomeKind::Blocked => output::paint(Paint::Error, "blocked"),
        OutcomeKind::Waiting => output::paint(Paint::Warning, "waiting"),
        OutcomeKind::Untrusted => output::paint(Paint::Warning, "untrusted"),
        OutcomeKind::Superseded => output::paint(Paint::Quiet, "superseded"),
    };
    let took = outcome
        .took
        .map(|ms| format!(" in {ms} ms"))
        .unwrap_or_default();
    let paths = match &outcome.paths[..] {
        [] => String::new(),
        [path] => format!(" for {path}"),
        [path, rest @ ..] => format!(" for {path} and {} more", rest.len()),
    };
    let mut line = format!(
        "{} {} {word}{took} ({}{paths})",
        output::paint(Paint::Quiet, &outcome.at),
        outcome.hook,
        outcome.trigger
    );
    for said in outcome.detail.lines() {
        line.push_str("\n    ");
        line.push_str(said);
    }
    line
}

/// Raises an event as an editor or git would.
pub fn event(args: &Args, word: &str, subjects: &[String]) -> Result<u8, CommandError> {
    let trigger = event::trigger(word)?;
    if trigger.is_git() && (subjects.is_empty() || trigger == Trigger::CommitMsg) {
        return commit::fire(args, trigger, subjects.first().map(String::as_str));
    }
    let session = Session::open(args)?;
    let event = event::event(&session, word, subjects)?;
    let hooks = session.with(hooks::all);
    let files: Vec<HookFile> = hooks.into_iter().flat_map(|(_, h)| h.files).collect();
    one_folder(args, &session, &files, event)
}

/// Runs one hook now, whatever it waits for.
pub fn one(args: &Args, name: &str, file: Option<&str>) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let asked = hooks::run::Args {
        hook: name.to_owned(),
        uri: file.map(str::to_owned),
    };
    let run = session.with(|cx| hooks::run::prepare(cx, &asked))?;
    one_folder(args, &session, &[run.file], run.event)
}

fn one_folder(
    args: &Args,
    session: &Session,
    files: &[HookFile],
    event: Event,
) -> Result<u8, CommandError> {
    let snapshot = session.world.snapshot();
    let root = snapshot.roots.first().cloned().unwrap_or_default();
    let trigger = event.trigger.as_str();
    let raising = Raising {
        root: &root,
        files,
        event,
    };
    let human = args.format == Format::Human;
    let outcomes = raise(session, vec![raising], Vec::new(), human)?.concat();
    if !human {
        output::value(&outcomes);
    } else if outcomes.is_empty() {
        output::text(&format!(
            "No hook fires for {trigger}. `rutter hooks match {trigger} --why` says what holds each one back.",
        ));
    }
    Ok(u8::from(outcomes.iter().any(is_bad)))
}

/// Whether the event is not to go on.
pub fn is_bad(outcome: &HookOutcome) -> bool {
    matches!(outcome.outcome, OutcomeKind::Failed | OutcomeKind::Blocked)
}

/// Raises events and waits for every outcome: for each event its own. `speak` tells them as they come.
pub fn raise(
    session: &Session,
    events: Vec<Raising<'_>>,
    pushed: Vec<Version>,
    speak: bool,
) -> Result<Vec<Vec<HookOutcome>>, CommandError> {
    let environment = &session.environment;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|e| {
            CommandError::new(Code::Io, format!("No thread could be started: {e}."), "")
        })?;
    let automation = Automation::new(
        environment.store.as_ref().clone(),
        Arc::clone(&environment.files),
        Arc::clone(&environment.clock),
        Arc::new(Runs::new(
            BuiltIn {
                pushed,
                ..BuiltIn::new(Arc::clone(&environment.files))
            },
            format!("rutter-{}", std::process::id()),
        )),
        Arc::new(Say { human: speak }),
        runtime.handle().clone(),
        Limits::default(),
    );
    Ok(runtime.block_on(async {
        let raised: Vec<_> = events.iter().map(|event| automation.raise(event)).collect();
        let interrupted = automation.clone();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                interrupted.stop(std::time::Duration::from_secs(2)).await;
            }
        });
        let mut outcomes = Vec::with_capacity(raised.len());
        for one in raised {
            outcomes.push(one.all().await);
        }
        outcomes
    }))
}
