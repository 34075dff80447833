//! `rutter hooks run` and `rutter hooks fire`: raises an event and waits for every outcome.

use std::io::{IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;

use rutter_automation::{Automation, Limits, Listener, Raising, Runs};
use rutter_commands::builtin::BuiltIn;
use rutter_commands::hooks;
use rutter_commands::{Code, CommandError, git};
use rutter_hooks::{Event, HookFile, Trigger};
use rutter_store::{HookOutcome, OutcomeKind};

use super::event;
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
    let session = Session::open(args)?;
    let mut raised = event::event(&session, word, subjects)?;
    if raised.trigger == Trigger::PrePush && raised.paths.is_empty() {
        let snapshot = session.world.snapshot();
        let root = snapshot.roots.first().cloned().unwrap_or_default();
        raised.paths = git::pushed(&root, &stdin())?;
    }
    let hooks = session.with(hooks::all);
    let files: Vec<HookFile> = hooks.into_iter().flat_map(|(_, h)| h.files).collect();
    raise(args, &session, &files, raised)
}

/// Runs one hook now, whatever it waits for.
pub fn one(args: &Args, name: &str, file: Option<&str>) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let asked = hooks::run::Args {
        hook: name.to_owned(),
        uri: file.map(str::to_owned),
    };
    let run = session.with(|cx| hooks::run::prepare(cx, &asked))?;
    raise(args, &session, &[run.file], run.event)
}

fn raise(
    args: &Args,
    session: &Session,
    files: &[HookFile],
    event: Event,
) -> Result<u8, CommandError> {
    let environment = &session.environment;
    let snapshot = session.world.snapshot();
    let root = snapshot.roots.first().cloned().unwrap_or_default();
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
                files: Arc::clone(&environment.files),
            },
            format!("rutter-{}", std::process::id()),
        )),
        Arc::new(Say {
            human: args.format == Format::Human,
        }),
        runtime.handle().clone(),
        Limits::default(),
    );
    let trigger = event.trigger;
    let outcomes = runtime.block_on(async {
        let raised = automation.raise(&Raising {
            root: &root,
            files,
            event,
        });
        let interrupted = automation.clone();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                interrupted.stop(std::time::Duration::from_secs(2)).await;
            }
        });
        raised.all().await
    });
    if args.format == Format::Json {
        output::value(&outcomes);
    } else if outcomes.is_empty() && !is_git(trigger) {
        output::text(&format!(
            "No hook fires for {}. `rutter hooks match {} --why` says what holds each one back.",
            trigger.as_str(),
            trigger.as_str()
        ));
    }
    let bad = outcomes
        .iter()
        .any(|o| matches!(o.outcome, OutcomeKind::Failed | OutcomeKind::Blocked));
    Ok(u8::from(bad))
}

/// In the middle of a commit or push nobody wants to read that nothing happened.
fn is_git(trigger: Trigger) -> bool {
    matches!(
        trigger,
        Trigger::PreCommit | Trigger::CommitMsg | Trigger::PrePush
    )
}

fn stdin() -> String {
    let mut text = String::new();
    let mut input = std::io::stdin();
    if !input.is_terminal() {
        // What is not there is not pushed.
        let _ = input.read_to_string(&mut text);
    }
    text
}
