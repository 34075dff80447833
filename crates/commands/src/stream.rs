//! Passing a draft through a model that speaks slowly.

use rutter_model::{Message, Request, Role, Stop};
use rutter_spec::Document;

use crate::context::Context;
use crate::error::{Code, CommandError};

/// Lets the configured model speak about each document; without one nothing happens. A model's answer is not yet taken
/// over: the offline draft stands, the model sets the pace, and a cancel stops it.
pub fn through_model(
    cx: &Context<'_>,
    documents: &mut [(Document, String)],
) -> Result<(), CommandError> {
    if cx.cancel.is_cancelled() {
        return Err(cancelled());
    }
    let Some(model) = &cx.model else {
        return Ok(());
    };
    for (document, text) in documents {
        let request = Request {
            messages: vec![Message {
                role: Role::User,
                content: text.clone(),
            }],
            max_tokens: None,
        };
        let mut seen = 0;
        let reply = model
            .chat(&request, cx.cancel, &mut |chunk| {
                seen += chunk.len();
                let percent = u32::try_from(seen * 100 / text.len().max(1))
                    .unwrap_or(100)
                    .min(100);
                cx.progress
                    .report(&format!("Writing {}", document.file_name()), Some(percent));
            })
            .map_err(|e| {
                CommandError::new(
                    Code::Model,
                    e.to_string(),
                    "Nothing was written; try again.",
                )
            })?;
        if reply.stop == Stop::Cancelled {
            return Err(cancelled());
        }
    }
    Ok(())
}

fn cancelled() -> CommandError {
    CommandError::new(
        Code::Cancelled,
        "The draft was cancelled; nothing was written.",
        "",
    )
}
