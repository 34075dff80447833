//! `rutter.decide`: answers an open decision wherever it stands.

use rutter_spec::decisions;
use rutter_text::edit;
use serde::Deserialize;
use serde_json::Value;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::{Outcome, Show};

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// The spec.
    pub spec: String,
    /// The decision's id.
    pub decision: String,
    /// Its number from 1, or its text.
    pub choice: Value,
}

/// Answers it.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let folder = cx.folder(&args.spec)?;
    cx.refuse_unreadable_spec(&folder)?;
    let spec = folder.spec();
    let open = spec.decisions();
    let Some((_, decision)) = open
        .iter()
        .find(|(_, d)| d.id.eq_ignore_ascii_case(args.decision.trim()))
    else {
        let ids: Vec<String> = open.iter().map(|(_, d)| d.id.clone()).collect();
        let message = match ids.as_slice() {
            [] => format!(
                "`{}` is not open: {} has no open decisions.",
                args.decision, folder.name
            ),
            some => format!(
                "There is no open decision `{}` in {}; open are {}.",
                args.decision,
                folder.name,
                some.join(", ")
            ),
        };
        return Err(CommandError::new(
            Code::UnknownDecision,
            message,
            "Name a decision by its id, such as D1.",
        )
        .among(ids));
    };
    let choice = choose(&decision.choices, &args.choice).ok_or_else(|| {
        let listed: Vec<String> = decision.choices.iter().enumerate().map(|(i, c)| format!("{} `{c}`", i + 1)).collect();
        CommandError::new(
            Code::UnknownChoice,
            format!("{} has no choice {}; it has {}.", decision.id, args.choice, listed.join(", ")),
            "Name a choice by its number from 1 or by its text; to use another value, write it into the document.",
        )
        .among(decision.choices.clone())
    })?;
    let mut outcome = Outcome {
        title: format!("Decide {} in {}", decision.id, folder.name),
        root: folder.root.clone(),
        message: Some(format!("{}: {choice}.", decision.id)),
        ..Outcome::default()
    };
    for (document, source) in spec.documents() {
        let edits = decisions::answer(source.text(), &decision.id, choice);
        if edits.is_empty() {
            continue;
        }
        let after = edit::apply(source.text(), &edits);
        if outcome.show.is_none() {
            outcome.show = next_decision(&after).map(|at| Show {
                path: folder.path_of(document),
                selection: Some(at..at),
            });
        }
        outcome.change(
            folder.path_of(document),
            Some(source.text().to_owned()),
            Some(after),
        );
    }
    Ok(outcome)
}

/// The choice that a number from 1 or a text means. A text that is itself a choice wins over its number.
fn choose<'a>(choices: &'a [String], wanted: &Value) -> Option<&'a str> {
    let text = match wanted {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => return nth(choices, &number.to_string()),
        _ => return None,
    };
    let exact = choices
        .iter()
        .find(|c| c.trim().eq_ignore_ascii_case(&text));
    exact.map(String::as_str).or_else(|| nth(choices, &text))
}

fn nth<'a>(choices: &'a [String], number: &str) -> Option<&'a str> {
    let index = number.parse::<usize>().ok()?.checked_sub(1)?;
    choices.get(index).map(String::as_str)
}

fn next_decision(text: &str) -> Option<usize> {
    let outline = rutter_text::markdown::Outline::new(text);
    decisions::decisions(text, &outline)
        .first()
        .map(|d| d.id_range.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_a_number_or_a_text() {
        let choices = [
            "5 attempts".to_owned(),
            "3 attempts".to_owned(),
            "1".to_owned(),
        ];
        assert_eq!(choose(&choices, &2.into()), Some("3 attempts"));
        assert_eq!(choose(&choices, &"2".into()), Some("3 attempts"));
        assert_eq!(choose(&choices, &"3 Attempts".into()), Some("3 attempts"));
        assert_eq!(choose(&choices, &"1".into()), Some("1"));
        assert_eq!(choose(&choices, &"0".into()), None);
        assert_eq!(choose(&choices, &9.into()), None);
        assert_eq!(choose(&choices, &"seven".into()), None);
    }
}
