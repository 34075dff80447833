//! A clause without a verb: "CSV export", "max 5 attempts", "within 200 ms".

use super::say::{Said, lower_first};
use super::wish::after;

/// "CSV export", "max 5 attempts", "within 200 ms".
pub(super) fn fragment(text: &str) -> Said {
    let lower = text.to_lowercase();
    let shall = if let Some(rest) = after(
        text,
        &[
            "max. ",
            "max ",
            "maximum of ",
            "maximum ",
            "up to ",
            "at most ",
            "no more than ",
            "not more than ",
            "limited to ",
        ],
    ) {
        format!("allow at most {rest}")
    } else if let Some(rest) = after(
        text,
        &[
            "min. ",
            "min ",
            "minimum of ",
            "minimum ",
            "at least ",
            "no less than ",
        ],
    ) {
        format!("require at least {rest}")
    } else if let Some(rest) = after(text, &["only "]) {
        format!("accept only {rest}")
    } else if let Some(rest) = after(text, &["optionally ", "optional "]) {
        format!("offer {rest} as an option")
    } else if let Some(rest) = after(text, &["including "]) {
        format!("include {rest}")
    } else if let Some(rest) = after(text, &["with "]) {
        format!("provide {rest}")
    } else if ["within ", "in under ", "under ", "in less than "]
        .iter()
        .any(|cue| lower.starts_with(cue))
    {
        format!("finish {lower}")
    } else if [
        "for ", "on ", "in ", "by ", "via ", "from ", "at ", "after ", "before ", "every ", "per ",
    ]
    .iter()
    .any(|cue| lower.starts_with(cue))
    {
        format!("do this {}", lower_first(text))
    } else if [" under ", " below ", " above ", " within "]
        .iter()
        .any(|cue| {
            text.split_once(cue).is_some_and(|(what, amount)| {
                what.split(' ').count() <= 4 && amount.starts_with(|c: char| c.is_ascii_digit())
            })
        })
    {
        format!("keep {}", lower_first(text))
    } else if text.starts_with(|c: char| c.is_ascii_digit()) {
        format!("keep to {text}")
    } else {
        format!("provide {}", super::verbs::with_article(&lower_first(text)))
    };
    Said {
        fragment: true,
        ..Said::will(shall)
    }
}
