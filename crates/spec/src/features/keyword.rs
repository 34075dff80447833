//! What an EARS keyword means.

use super::hover::Hover;
use crate::{Criterion, Pattern, ears};

/// Explains the keyword at `offset` of a criterion, with the pattern it belongs to.
pub(super) fn keyword(text: &str, criterion: &Criterion, offset: usize) -> Option<Hover> {
    let body = &criterion.body;
    let sentence = &text[body.clone()];
    let inside = offset.checked_sub(body.start)?;
    let found = ears::read(sentence).keywords.into_iter();
    let range = found
        .into_iter()
        .find(|k| k.start <= inside && inside <= k.end)?;
    let word = sentence[range.clone()].to_ascii_uppercase();
    let (form, says) = explained(&word)?;
    let pattern = match criterion.ears.pattern {
        Pattern::None => String::new(),
        Pattern::Complex => "\n\nThis criterion combines several patterns.".to_owned(),
        pattern => format!(
            "\n\nThis criterion is {}.",
            pattern.as_str().replace('-', " ")
        ),
    };
    Some(Hover {
        range: body.start + range.start..body.start + range.end,
        markdown: format!("**{word}**: {says}\n\n`{form}`{pattern}"),
    })
}

/// The form of a sentence with the keyword, and what it is for.
fn explained(word: &str) -> Option<(&'static str, &'static str)> {
    Some(match word {
        "WHEN" => (
            "WHEN <trigger>, THE <system> SHALL <response>",
            "an event starts it. It holds each time the event happens.",
        ),
        "WHILE" => (
            "WHILE <state>, THE <system> SHALL <response>",
            "a state lasts. It holds all the time that the state does.",
        ),
        "WHERE" => (
            "WHERE <feature>, THE <system> SHALL <response>",
            "a feature is there or an option is on. Without it the criterion says nothing.",
        ),
        "IF" => (
            "IF <condition>, THEN THE <system> SHALL <response>",
            "something unwanted happens: an error, a failure, a misuse.",
        ),
        "THEN" => (
            "IF <condition>, THEN THE <system> SHALL <response>",
            "what the system does about the condition.",
        ),
        "SHALL" | "MUST" | "MUSS" => (
            "THE <system> SHALL <response>",
            "it is binding, and a test can show it. One criterion has one.",
        ),
        _ => return None,
    })
}
