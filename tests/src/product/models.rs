//! Models that tests steer.

use std::sync::Arc;
use std::time::Duration;

use rutter_host::Cancel;
use rutter_model::{Chat, ChatError, Echo, Reply, Request, Stop};

use crate::lsp::Gate;

/// The models of a test: `scripted/slow` speaks soon, `scripted/held` says one word and then nothing until it is
/// cancelled, `scripted/broken` fails.
pub fn find(name: &str, held: &Hold) -> Option<Arc<dyn Chat>> {
    match name {
        "scripted/slow" => Some(Arc::new(Echo::new(64, Duration::from_millis(1)))),
        "scripted/held" => Some(Arc::new(Held(held.clone()))),
        "scripted/broken" => Some(Arc::new(Broken)),
        _ => None,
    }
}

/// Steers `scripted/held`; a cheap clone.
#[derive(Clone, Default)]
pub struct Hold {
    /// Opens when the model was asked.
    pub asked: Gate,
    /// Lets it answer.
    pub open: Gate,
}

struct Held(Hold);

impl Chat for Held {
    fn name(&self) -> &str {
        "scripted/held"
    }

    fn chat(
        &self,
        request: &Request,
        cancel: &Cancel,
        chunk: &mut dyn FnMut(&str),
    ) -> Result<Reply, ChatError> {
        chunk("word");
        self.0.asked.set(true);
        while !cancel.is_cancelled() {
            if self.0.open.pass_within(Duration::from_millis(2)) {
                let text = request
                    .messages
                    .last()
                    .map(|m| m.content.clone())
                    .unwrap_or_default();
                return Ok(Reply {
                    text,
                    stop: Stop::End,
                });
            }
        }
        Ok(Reply {
            text: String::new(),
            stop: Stop::Cancelled,
        })
    }
}

struct Broken;

impl Chat for Broken {
    fn name(&self) -> &str {
        "scripted/broken"
    }

    fn chat(&self, _: &Request, _: &Cancel, _: &mut dyn FnMut(&str)) -> Result<Reply, ChatError> {
        Err(ChatError::Failed("The model said no.".to_owned()))
    }
}
