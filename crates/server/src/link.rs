//! `rutter.choose`, `rutter.confirmLink` and `rutter.link`: what they leave open is asked, one question after the other.

use std::ops::Range;
use std::path::Path;

use lsp_types::request::ShowMessageRequest;
use lsp_types::{MessageActionItem, MessageType, ShowMessageRequestParams};
use rutter_commands::trace::likely;
use rutter_commands::trace::question::{self, Choice, Question};
use rutter_commands::{Code, CommandError};
use rutter_text::Source;
use serde_json::Value;

use crate::session::Session;

/// Nobody reads more pages than this.
const MOST: usize = 50;

/// Asks until everything is said; gives the command that the answers lead to, where it is another one.
pub(crate) async fn settle(
    session: &Session,
    name: &str,
    argument: &mut Value,
    range: Option<&Range<usize>>,
) -> Result<Option<&'static str>, CommandError> {
    let mut chosen: Option<&'static str> = None;
    let text = text_of(session, argument);
    for _ in 0..MOST {
        let current = chosen.unwrap_or(name).to_owned();
        if !matches!(
            current.as_str(),
            "rutter.choose" | "rutter.link" | likely::CONFIRM
        ) {
            return Ok(chosen);
        }
        let Some(range) = range else {
            return Err(CommandError::new(
                Code::WrongArgument,
                "Nothing says which place is meant.",
                "Pass `range`.",
            ));
        };
        let asked = next(session, &current, argument, range).await?;
        let Some(asked) = asked else {
            return Ok(chosen);
        };
        let choice = match asked.choices.as_slice() {
            [one] if current == "rutter.choose" => one.clone(),
            _ => ask(session, asked).await?,
        };
        if text_of(session, argument) != text {
            return Err(CommandError::new(
                Code::Conflict,
                "The file changed while you chose.",
                "Choose again.",
            ));
        }
        if let Value::Object(more) = choice.argument {
            for (key, value) in more {
                argument[key] = value;
            }
        }
        chosen = Some(choice.command);
    }
    Ok(chosen)
}

fn text_of(session: &Session, argument: &Value) -> Option<Source> {
    let path = Path::new(argument.get("uri")?.as_str()?);
    let open = session.snapshot().open.get(path).cloned();
    open.map(|open| open.source.clone())
}

async fn next(
    session: &Session,
    name: &str,
    argument: &Value,
    range: &Range<usize>,
) -> Result<Option<Question>, CommandError> {
    let (worker, name) = (session.clone(), name.to_owned());
    let (argument, range) = (argument.clone(), range.clone());
    let runtime = &session.handles().runtime;
    let work = runtime.spawn_blocking(move || {
        worker.with_context(|cx| question::next(cx, &name, &argument, &range))
    });
    work.await.map_err(|error| {
        tracing::error!(%error, "asking about a link panicked");
        CommandError::new(
            Code::Io,
            "The place could not be looked at; the log says more.",
            "Please report it with the log.",
        )
    })?
}

async fn ask(session: &Session, question: Question) -> Result<Choice, CommandError> {
    let labels: Vec<String> = question.choices.iter().map(|c| c.label.clone()).collect();
    if labels.is_empty() {
        return Err(CommandError::new(
            Code::MissingDocument,
            "There is no requirement that could be linked.",
            "Write requirements with acceptance criteria first.",
        ));
    }
    let item = |label: &String| MessageActionItem {
        title: label.clone(),
        properties: Default::default(),
    };
    let params = ShowMessageRequestParams {
        typ: MessageType::INFO,
        message: question.text.clone(),
        actions: Some(labels.iter().map(item).collect()),
    };
    let calls = &session.handles().calls;
    let answer = calls.ask::<ShowMessageRequest>(params).await.ok().flatten();
    let mut choices = question.choices.into_iter();
    answer
        .and_then(|answer| choices.find(|choice| choice.label == answer.title))
        .ok_or_else(|| {
            CommandError::new(
                Code::Question,
                question.text,
                "Choose one, or pass what is asked for.",
            )
            .among(labels)
        })
}
