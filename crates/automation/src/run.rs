//! One run of one hook.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use futures::future::BoxFuture;
use rutter_hooks::{Action, Event, Hook, Trigger, fill};
use rutter_host::Permit;
use rutter_process::{Captured, End, Environment, Output, Program, Request};
use rutter_store::OutcomeKind;
use serde_json::{Map, Value};

/// A hook at work.
#[derive(Debug)]
pub struct Work {
    /// The project.
    pub root: PathBuf,
    /// The hook.
    pub hook: Hook,
    /// What happened.
    pub event: Event,
    /// The files that matched, relative with `/`.
    pub paths: Vec<String>,
    /// Leave to run it.
    pub permit: Permit,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// What became of it.
    pub outcome: OutcomeKind,
    /// The exit code, where it has one.
    pub code: Option<i32>,
    /// Milliseconds from the start to the end.
    pub took: u64,
    /// One sentence, or the last of what it printed.
    pub detail: String,
    /// What it printed for the agent.
    pub stdout: String,
}

impl Ended {
    /// What runs it panicked.
    pub(crate) fn broken() -> Self {
        Self {
            outcome: OutcomeKind::Failed,
            code: None,
            took: 0,
            detail: "Running it broke off inside: please report it with the log.".to_owned(),
            stdout: String::new(),
        }
    }
}

/// What runs hooks: processes, or a counter in tests.
pub trait Runner: Send + Sync {
    /// Runs to the end, or until `cancelled` resolves.
    fn run(&self, work: Work, cancelled: BoxFuture<'static, ()>) -> BoxFuture<'static, Ended>;
}

/// What a built-in action found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// One line a problem; none means all is well.
    pub problems: Vec<String>,
}

/// The actions that need no command: secret scan, spec check and the like.
pub trait Builtins: Send + Sync {
    /// Does one; an error is a sentence.
    fn run(
        &self,
        name: &str,
        options: &Map<String, Value>,
        root: &Path,
        event: &Event,
        paths: &[String],
    ) -> Result<Report, String>;
}

/// Runs commands as processes and the built-in actions here.
pub struct Runs<B> {
    builtins: std::sync::Arc<B>,
    session: String,
}

impl<B: Builtins + 'static> Runs<B> {
    /// `session` names this server or command to the hooks.
    pub fn new(builtins: B, session: impl Into<String>) -> Self {
        Self {
            builtins: std::sync::Arc::new(builtins),
            session: session.into(),
        }
    }
}

impl<B: Builtins + 'static> Runner for Runs<B> {
    fn run(&self, work: Work, cancelled: BoxFuture<'static, ()>) -> BoxFuture<'static, Ended> {
        match &work.hook.action {
            Action::Command { command } => {
                let request = request(&work, command, &self.session);
                let trigger = work.hook.trigger;
                Box::pin(async move {
                    let request = match request {
                        Ok(request) => request,
                        Err(why) => return refused(trigger, why),
                    };
                    match rutter_process::run(work.permit, request, cancelled).await {
                        Ok(output) => ended(trigger, &output),
                        Err(error) => refused(trigger, error.to_string()),
                    }
                })
            }
            Action::Builtin { .. } => {
                let builtins = std::sync::Arc::clone(&self.builtins);
                Box::pin(async move {
                    let trigger = work.hook.trigger;
                    tokio::task::spawn_blocking(move || builtin(builtins.as_ref(), &work))
                        .await
                        .unwrap_or_else(|_| {
                            refused(
                                trigger,
                                "The built-in action broke off: please report it.".into(),
                            )
                        })
                })
            }
            Action::Agent { .. } => {
                let trigger = work.hook.trigger;
                Box::pin(async move {
                    refused(
                        trigger,
                        "A prompt is no process: it waits for a person or a model.".into(),
                    )
                })
            }
        }
    }
}

/// The error is a sentence.
fn request(work: &Work, command: &str, session: &str) -> Result<Request, String> {
    let command =
        fill(command, &work.paths, quoted).ok_or_else(|| match work.paths.is_empty() {
            true => {
                "Its command names `{file}`, and there is none here: run it for a file.".to_owned()
            }
            false => {
                "The name of a file can't be given to a shell here: use %RUTTER_FILE% in a script."
                    .to_owned()
            }
        })?;
    let mut request = Request::new(Program::Shell(command), &work.root);
    let folder = work.root.to_string_lossy();
    request.stdin = work
        .event
        .input(session, &folder, &work.paths)
        .to_string()
        .into_bytes();
    let variables: BTreeMap<String, String> = work
        .event
        .environment(&work.hook, &work.paths)
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    request.environment = Environment::Inherited(variables);
    request.time_limit = work.hook.timeout;
    if let Some(bytes) = work.hook.max_output {
        request.output_limit = usize::try_from(bytes).unwrap_or(usize::MAX);
    }
    Ok(request)
}

/// A name as one word of the shell that runs commands here; nothing where that can't be.
fn quoted(name: &str) -> Option<String> {
    if cfg!(windows) {
        // Nothing in quotes escapes these from `cmd`.
        return (!name.contains(['%', '!', '"', '^', '\n'])).then(|| format!("\"{name}\""));
    }
    shlex::try_quote(name)
        .ok()
        .map(|quoted| quoted.into_owned())
}

/// Whether a code other than 0 stops what is about to happen. Exit code 2 does where the formats say so; git itself stops
/// at any, so the hooks of commits and pushes do too.
fn blocks(trigger: Trigger, code: i32) -> bool {
    trigger.can_block() && (code == 2 || trigger.is_git())
}

fn ended(trigger: Trigger, output: &Output) -> Ended {
    let took = u64::try_from(output.took.as_millis()).unwrap_or(u64::MAX);
    let code = match output.end {
        End::Exited(code) => Some(code),
        _ => None,
    };
    let (outcome, detail) = match output.end {
        End::Exited(0) => (OutcomeKind::Ran, String::new()),
        End::Exited(code) => {
            let outcome = if blocks(trigger, code) {
                OutcomeKind::Blocked
            } else {
                OutcomeKind::Failed
            };
            (
                outcome,
                said(output)
                    .unwrap_or_else(|| format!("It ended with exit code {code} and said nothing.")),
            )
        }
        End::Killed => (OutcomeKind::Failed, "It was killed by a signal.".to_owned()),
        End::TimedOut => (
            OutcomeKind::Failed,
            format!(
                "It was ended after {} s: its time was up. Raise `timeout`, or make it quicker.",
                took / 1000
            ),
        ),
        End::Cancelled => (OutcomeKind::Failed, "It was cancelled.".to_owned()),
    };
    Ended {
        outcome,
        code,
        took,
        detail,
        stdout: output.stdout.text(),
    }
}

/// The last of what a failed command said.
fn said(output: &Output) -> Option<String> {
    const LONGEST: usize = 2_000;
    let speaks = |stream: &Captured| {
        let text = stream.text();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let text = speaks(&output.stderr).or_else(|| speaks(&output.stdout))?;
    let mut start = text.len().saturating_sub(LONGEST);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    Some(if start == 0 {
        text
    } else {
        format!("…{}", &text[start..])
    })
}

fn refused(trigger: Trigger, detail: String) -> Ended {
    Ended {
        outcome: if blocks(trigger, 1) {
            OutcomeKind::Blocked
        } else {
            OutcomeKind::Failed
        },
        code: None,
        took: 0,
        detail,
        stdout: String::new(),
    }
}

fn builtin(builtins: &dyn Builtins, work: &Work) -> Ended {
    let Action::Builtin { name, options } = &work.hook.action else {
        return refused(work.hook.trigger, "It is no built-in action.".into());
    };
    let started = std::time::Instant::now();
    let mut ended = match builtins.run(name, options, &work.root, &work.event, &work.paths) {
        Ok(report) if report.problems.is_empty() => Ended {
            outcome: OutcomeKind::Ran,
            code: None,
            took: 0,
            detail: String::new(),
            stdout: String::new(),
        },
        Ok(report) => refused(work.hook.trigger, report.problems.join("\n")),
        Err(message) => refused(work.hook.trigger, message),
    };
    ended.took = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    ended
}
