//! `rutter.newHook`: what a sentence leaves open is asked.

use lsp_types::request::ShowMessageRequest;
use lsp_types::{MessageActionItem, MessageType, ShowMessageRequestParams};
use rutter_commands::{Code, CommandError};
use serde_json::Value;

use crate::messages::{Input, InputParams};
use crate::session::Session;

/// Sees to it that the argument has a template, or a sentence that leaves nothing open. Where
/// nobody answers, the question is the command's error.
pub(crate) async fn settle(session: &Session, argument: &mut Value) -> Result<(), CommandError> {
    let is_given = |key: &str| argument.get(key).is_some_and(Value::is_string);
    if is_given("template") {
        return Ok(());
    }
    if !is_given("text") {
        if !session.client().input {
            return Ok(());
        }
        let question = InputParams {
            title: "What shall be done, and when?".to_owned(),
            placeholder: Some("Run `cargo check` when a Rust file is saved".to_owned()),
            value: None,
        };
        match session.handles().calls.ask::<Input>(question).await {
            Ok(Some(text)) if !text.trim().is_empty() => argument["text"] = text.into(),
            _ => {
                return Err(CommandError::new(
                    Code::Cancelled,
                    "No sentence was given, so no hook was made.",
                    "",
                ));
            }
        }
    }
    // When and what may both be open.
    for _ in 0..2 {
        let text = argument["text"].as_str().unwrap_or_default();
        let Err(question) = rutter_hooks::from_sentence(text) else {
            return Ok(());
        };
        let params = ShowMessageRequestParams {
            typ: MessageType::INFO,
            message: question.text,
            actions: Some(
                question
                    .choices
                    .iter()
                    .map(|(label, _)| MessageActionItem {
                        title: label.clone(),
                        properties: Default::default(),
                    })
                    .collect(),
            ),
        };
        let chosen = session
            .handles()
            .calls
            .ask::<ShowMessageRequest>(params)
            .await;
        let sentence = chosen.ok().flatten().and_then(|chosen| {
            let mut choices = question.choices.iter();
            choices.find(|(label, _)| *label == chosen.title)
        });
        match sentence {
            Some((_, sentence)) => argument["text"] = sentence.clone().into(),
            None => return Ok(()),
        }
    }
    Ok(())
}
