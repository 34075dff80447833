//! `workspace/executeCommand`: reads the argument, asks the user where it must, runs the command and carries out what it
//! wants.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::{ExecuteCommandParams, MessageType};
use rutter_commands::from_code;
use rutter_commands::trace::{likely, link};
use rutter_commands::{Code, Command, CommandError, Context, Outcome};
use rutter_host::{Cancel, NoProgress, Progress};
use rutter_model::Chat;
use serde_json::{Value, json};
use tower_lsp::jsonrpc;

use crate::carry_out::{self, Done};
use crate::convert;
use crate::front::{CancelToken, JobContext, JobError, JobOptions};
use crate::messages::{Input, InputParams};
use crate::session::Session;

/// The commands that the server takes: those of the registry and those that are the server's own.
pub fn names() -> impl Iterator<Item = &'static str> {
    rutter_commands::COMMANDS.iter().map(|c| c.name).chain([
        "rutter.cancel",
        "rutter.choose",
        likely::CONFIRM,
        "rutter.runHook",
        "rutter.mcpTools",
    ])
}

/// Answers `workspace/executeCommand`.
pub async fn execute(
    session: Session,
    params: ExecuteCommandParams,
) -> jsonrpc::Result<Option<Value>> {
    let mut argument = params
        .arguments
        .into_iter()
        .next()
        .unwrap_or_else(|| json!({}));
    if argument.is_null() {
        argument = json!({});
    }
    match run(&session, &params.command, argument).await {
        Ok(answer) => Ok(Some(answer)),
        Err(error) => Err(to_rpc(&error)),
    }
}

async fn run(session: &Session, name: &str, mut argument: Value) -> Result<Value, CommandError> {
    if name == "rutter.cancel" {
        return cancel(session, &argument);
    }
    if name == "rutter.runHook" {
        return run_hook(session, argument).await;
    }
    if name == "rutter.mcpTools" {
        return crate::tools::ask(session, &argument).await;
    }
    localise(&mut argument);
    let place = place(session, &argument);
    let range = place.as_ref().and_then(|place| place.range.as_ref());
    let settled = crate::link::settle(session, name, &mut argument, range).await?;
    let name = settled.unwrap_or(name);
    let Some(command) = rutter_commands::find(name) else {
        return Err(CommandError::new(
            Code::WrongArgument,
            format!("There is no command `{name}`."),
            "Use one that the server offers.",
        ));
    };
    if name == "rutter.newSpec" {
        ask_for_prompt(session, &mut argument, place.as_ref()).await?;
    }
    if name == "rutter.newHook" {
        crate::hooks::new::settle(session, &mut argument).await?;
    }
    let model = chosen_model(session, command);
    if let Some(model) = model {
        return start_job(session, command, argument, place, model);
    }
    let (worker, cancel) = (session.clone(), Cancel::new());
    let token = CancelToken::current();
    let stop = cancel.clone();
    let _listener = token.on_cancel(move || stop.cancel());
    let work = session.handles().runtime.spawn_blocking(move || {
        let _turn = worker.turn();
        let outcome = evaluate(
            &worker,
            command,
            &argument,
            place.as_ref(),
            None,
            &cancel,
            &NoProgress,
        )?;
        let done = carry_out::carry_out(&worker, command, outcome);
        worker.hooks_changed();
        done
    });
    let done = work.await.map_err(|error| {
        tracing::error!(%error, command = name, "a command panicked");
        CommandError::new(
            Code::Io,
            format!("`{name}` failed inside; the log says more."),
            "Please report it with the log.",
        )
    })??;
    if name == "rutter.trust" {
        // What is trusted stands in no document, and yet lenses tell it.
        session.refresh_views();
    }
    Ok(answer(&done))
}

/// A file and a selection that an argument points at.
#[derive(Clone, Debug)]
struct Place {
    path: PathBuf,
    range: Option<std::ops::Range<usize>>,
}

/// Turns URIs that name specs into paths, which is how the commands know them.
fn localise(argument: &mut Value) {
    for key in ["spec", "uri"] {
        if let Some(Value::String(text)) = argument.get(key) {
            let path = convert::name_or_path(text);
            argument[key] = Value::String(path);
        }
    }
}

fn place(session: &Session, argument: &Value) -> Option<Place> {
    let path = PathBuf::from(argument.get("uri")?.as_str()?);
    let snapshot = session.snapshot();
    let range = argument
        .get("range")
        .and_then(|r| serde_json::from_value::<lsp_types::Range>(r.clone()).ok());
    let range = range.and_then(|range| {
        let source = snapshot.source(&path).or_else(|| {
            session
                .environment()
                .files
                .read_text(&path)
                .ok()
                .map(rutter_text::Source::new)
        })?;
        Some(convert::bytes(&source, range, snapshot.encoding))
    });
    Some(Place { path, range })
}

/// A new spec needs a sentence: from the argument, the selection or comment, or the user.
async fn ask_for_prompt(
    session: &Session,
    argument: &mut Value,
    place: Option<&Place>,
) -> Result<(), CommandError> {
    if argument.get("prompt").is_some_and(Value::is_string) {
        return Ok(());
    }
    if let Some(Place {
        path,
        range: Some(range),
    }) = place
    {
        let snapshot = session.snapshot();
        let source = snapshot.source(path).or_else(|| {
            session
                .environment()
                .files
                .read_text(path)
                .ok()
                .map(rutter_text::Source::new)
        });
        let found = source
            .map(|s| rutter_commands::prompt::at(&path.to_string_lossy(), s.text(), range.clone()));
        if let Some(found) = found.filter(|f| !f.is_empty()) {
            argument["prompt"] = Value::String(found);
            return Ok(());
        }
    }
    if !session.client().input {
        return Ok(());
    }
    let question = InputParams {
        title: "What do you want to build or change?".to_owned(),
        placeholder: Some("Let customers cancel an order within an hour".to_owned()),
        value: None,
    };
    let answer = session.handles().calls.ask::<Input>(question).await;
    match answer {
        Ok(Some(text)) if !text.trim().is_empty() => argument["prompt"] = Value::String(text),
        Ok(_) => {
            return Err(CommandError::new(
                Code::Cancelled,
                "No sentence was given, so nothing was made.",
                "",
            ));
        }
        Err(error) => {
            return Err(CommandError::new(
                Code::Cancelled,
                format!("The editor did not ask for a sentence: {}.", error.message),
                "Pass `prompt`.",
            ));
        }
    }
    Ok(())
}

/// The model that the settings name, for a command that drafts.
fn chosen_model(session: &Session, command: &Command) -> Option<Arc<dyn Chat>> {
    if !command.drafts {
        return None;
    }
    let snapshot = session.snapshot();
    let name = snapshot.settings.values().find_map(|s| s.model.clone())?;
    (session.environment().model)(&name)
}

/// Runs the command itself on a snapshot taken now.
fn evaluate(
    session: &Session,
    command: &Command,
    argument: &Value,
    place: Option<&Place>,
    model: Option<Arc<dyn Chat>>,
    cancel: &Cancel,
    progress: &dyn Progress,
) -> Result<Outcome, CommandError> {
    if let Some(spec) = argument.get("spec").and_then(Value::as_str) {
        session.change(|world| world.refresh_spec(spec));
    }
    let snapshot = session.snapshot();
    let environment = session.environment();
    let context = Context {
        snapshot: &snapshot,
        files: environment.files.as_ref(),
        store: &environment.store,
        clock: environment.clock.as_ref(),
        who: environment.who.as_ref(),
        home: environment.home.as_ref(),
        model,
        cancel,
        progress,
    };
    if command.name == "rutter.newSpec" {
        let mut args: rutter_commands::new_spec::Args = rutter_commands::registry::args(argument)?;
        args.path = place.map(|p| p.path.clone());
        args.range = place.and_then(|p| p.range.clone());
        return rutter_commands::new_spec::run(&context, &args);
    }
    if command.name == "rutter.specFromCode" {
        let mut args: from_code::Args = rutter_commands::registry::args(argument)?;
        args.range = place
            .and_then(|p| p.range.clone())
            .map(|range| from_code::around(&context, &args.uri, range));
        return from_code::run(&context, &args);
    }
    if command.name == "rutter.link" {
        let mut args: link::Args = rutter_commands::registry::args(argument)?;
        args.range = place.and_then(|p| p.range.clone());
        return link::run(&context, &args);
    }
    (command.run)(&context, argument)
}

struct JobProgress(JobContext);

impl Progress for JobProgress {
    fn report(&self, message: &str, percent: Option<u32>) {
        self.0.report(message, percent);
    }
}

/// Long work: answers with the job, tells its end by progress, state or a message.
fn start_job(
    session: &Session,
    command: &'static Command,
    argument: Value,
    place: Option<Place>,
    model: Arc<dyn Chat>,
) -> Result<Value, CommandError> {
    let title = if command.name == "rutter.newSpec" {
        "Drafting a spec".to_owned()
    } else {
        "Drafting the next document".to_owned()
    };
    let data = argument
        .get("spec")
        .map_or_else(|| json!({}), |s| json!({"spec": s}));
    let worker = session.clone();
    let started = session.handles().jobs.start(
        title,
        JobOptions {
            data,
            ..JobOptions::default()
        },
        move |job: JobContext| {
            let cancel = Cancel::new();
            let stop = cancel.clone();
            let _listener = job.cancel_token().on_cancel(move || stop.cancel());
            let progress = JobProgress(job.clone());
            let outcome = evaluate(
                &worker,
                command,
                &argument,
                place.as_ref(),
                Some(model),
                &cancel,
                &progress,
            );
            let done = outcome.and_then(|outcome| {
                if cancel.is_cancelled() {
                    return Err(CommandError::new(
                        Code::Cancelled,
                        "The draft was cancelled; nothing was written.",
                        "",
                    ));
                }
                let _turn = worker.turn();
                carry_out::carry_out(&worker, command, outcome)
            });
            match done {
                Ok(done) => {
                    let client = worker.client();
                    if !client.progress && !client.state && done.message.is_none() {
                        let message = format!("{} is done.", done.title);
                        worker.handles().outbox.show(MessageType::INFO, message);
                    }
                    Ok(done.message.unwrap_or(done.title))
                }
                Err(error) if error.code == Code::Cancelled => Err(JobError::Cancelled),
                Err(error) => {
                    worker.handles().outbox.show(
                        MessageType::ERROR,
                        format!("{} {}", error.message, error.hint).trim_end(),
                    );
                    Err(JobError::Failed(error.message))
                }
            }
        },
    );
    let id = started.map_err(|e| {
        CommandError::new(
            Code::Io,
            format!("The job could not be started: {e}."),
            "Try again.",
        )
    })?;
    Ok(json!({"uris": [], "job": id.as_str()}))
}

/// Runs a hook now; its end is told as the ends of all hooks are.
async fn run_hook(session: &Session, mut argument: Value) -> Result<Value, CommandError> {
    localise(&mut argument);
    let worker = session.clone();
    let work = session.handles().runtime.spawn_blocking(move || {
        let args: rutter_commands::hooks::run::Args = rutter_commands::registry::args(&argument)?;
        let run = worker.with_context(|cx| rutter_commands::hooks::run::prepare(cx, &args))?;
        let id = run.event.hook.clone().unwrap_or_default();
        let hooks = worker.hooks().ok_or_else(|| {
            CommandError::new(Code::Busy, "The server is not ready yet.", "Try again.")
        })?;
        hooks.tell(crate::hooks::Happened::Run(
            run.root,
            Box::new(run.file),
            Box::new(run.event),
        ));
        Ok(json!({"uris": [], "job": format!("hook:{id}"), "message": format!("`{id}` runs.")}))
    });
    work.await.map_err(|error| {
        tracing::error!(%error, "running a hook panicked");
        CommandError::new(
            Code::Io,
            "The hook could not be run; the log says more.",
            "Please report it with the log.",
        )
    })?
}

fn cancel(session: &Session, argument: &Value) -> Result<Value, CommandError> {
    let id = argument
        .get("job")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let hook = id
        .strip_prefix("hook:")
        .is_some_and(|hook| session.hooks().is_some_and(|hooks| hooks.cancel(hook)));
    if !hook && !session.handles().jobs.cancel(id) {
        return Err(CommandError::new(
            Code::UnknownJob,
            format!("There is no job `{id}`."),
            "Name a job as the command answered it.",
        ));
    }
    Ok(json!({"uris": [], "job": id}))
}

fn answer(done: &Done) -> Value {
    let mut answer: BTreeMap<&str, Value> = BTreeMap::new();
    answer.insert(
        "uris",
        done.uris
            .iter()
            .map(|u| u.as_str())
            .collect::<Vec<_>>()
            .into(),
    );
    if let Some(change) = &done.change {
        answer.insert("change", change.clone().into());
    }
    if let Some(message) = &done.message {
        answer.insert("message", message.clone().into());
    }
    json!(answer)
}

/// The codes −32899 and below are free for servers (LSP 3.17, *Error Codes*); `data.code` says which of ours it is.
fn to_rpc(error: &CommandError) -> jsonrpc::Error {
    let code = match error.code {
        Code::Cancelled => jsonrpc::ErrorCode::RequestCancelled,
        Code::WrongArgument => jsonrpc::ErrorCode::InvalidParams,
        // RequestFailed: the request was right and could not be done.
        _ => jsonrpc::ErrorCode::ServerError(-32803),
    };
    jsonrpc::Error {
        code,
        message: error.message.clone().into(),
        data: Some(error.data()),
    }
}
