//! Why a hook fires or not: the answer in one step.

use rutter_hooks::{Event, fires};
use rutter_store::Verdict;
use serde::Serialize;

use super::{all, label, trusted};
use crate::context::Context;
use crate::error::CommandError;

/// What an event means to one hook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The hook's id.
    pub hook: String,
    /// Whether it would run.
    pub fires: bool,
    /// Why, in a sentence or two.
    pub why: String,
}

/// What an event means to every hook, and what hook files could not be read.
pub fn explain(cx: &Context<'_>, event: &Event) -> Result<Vec<Answer>, CommandError> {
    let mut answers = Vec::new();
    for (root, hooks) in all(cx) {
        for file in &hooks.files {
            for hook in &file.hooks {
                let (fires, why) = match fires(hook, event) {
                    Err(reason) => (false, reason.to_string()),
                    Ok(_) => match trusted(cx, &root, file, hook)?.1 {
                        Verdict::Trusted => {
                            (true, "It matches, is enabled and trusted.".to_owned())
                        }
                        Verdict::Unknown => (
                            false,
                            format!(
                                "It matches, but nobody has trusted it yet: `rutter hooks trust '{}'`.",
                                hook.id
                            ),
                        ),
                        Verdict::Changed { at, .. } => (
                            false,
                            format!(
                                "It matches, but it changed since it was trusted at {at}: look at it, then `rutter hooks trust '{}'`.",
                                hook.id
                            ),
                        ),
                    },
                };
                answers.push(Answer {
                    hook: hook.id.clone(),
                    fires,
                    why,
                });
            }
            for broken in &file.broken {
                answers.push(Answer {
                    hook: label(file, broken),
                    fires: false,
                    why: format!("It can't be loaded: {}", broken.why),
                });
            }
        }
        for unread in hooks.unread {
            answers.push(Answer {
                hook: unread.path.display().to_string(),
                fires: false,
                why: unread.message,
            });
        }
    }
    Ok(answers)
}
