//! `rutter new`: drafts a spec from a sentence and shows it.

use std::io::Read;

use rutter_commands::{Code, CommandError, new_spec};

use super::command::{Session, answer, shown};
use crate::args::{Args, Format, NewArgs};
use crate::output::{self, Paint};

/// Drafts it.
pub fn run(args: &Args, new: &NewArgs) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let request = new_spec::Args {
        prompt: Some(prompt(&new.prompt)?),
        name: new.name.clone(),
        workflow: new.workflow.clone(),
        ..new_spec::Args::default()
    };
    let outcome = session.with(|cx| new_spec::run(cx, &request))?;
    let change = session.carry_out(&outcome)?;
    if args.format == Format::Json {
        output::value(&answer(&outcome, change.as_deref()));
        return Ok(0);
    }
    for file in &outcome.changes {
        let Some(text) = &file.after else { continue };
        let name = shown(&session, &file.path);
        if name.ends_with(".md") {
            output::text(&format!(
                "{}\n\n{}",
                output::paint(Paint::Strong, &name),
                text.trim_end()
            ));
            output::text("");
        }
    }
    if let Some(message) = &outcome.message {
        output::text(message);
    }
    say_next(&outcome);
    if let Some(change) = change {
        output::text(&output::paint(
            Paint::Quiet,
            &format!("take it back with: rutter undo {change}"),
        ));
    }
    Ok(0)
}

/// What to do now: answer the first decision, or approve.
fn say_next(outcome: &rutter_commands::Outcome) {
    let Some(show) = &outcome.show else { return };
    let Some(location) = rutter_workspace::locate(&show.path) else {
        return;
    };
    let text = outcome
        .changes
        .iter()
        .find(|c| c.path == show.path)
        .and_then(|c| c.after.as_deref())
        .unwrap_or_default();
    let outline = rutter_text::markdown::Outline::new(text);
    let open = rutter_spec::decisions::decisions(text, &outline);
    match open.first() {
        Some(first) => {
            let count = if open.len() == 1 {
                "1 decision is".to_owned()
            } else {
                format!("{} decisions are", open.len())
            };
            output::text(&format!(
                "{count} open. Answer with: rutter decide {} {} 1",
                output::shell_word(&location.name),
                first.id
            ));
        }
        None => output::text(&format!(
            "Read it, edit it, then: rutter approve {} requirements",
            output::shell_word(&location.name)
        )),
    }
}

/// The sentence: the words as given, or stdin for `-`.
fn prompt(words: &[String]) -> Result<String, CommandError> {
    if words != ["-"] {
        return Ok(words.join(" "));
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|e| {
        CommandError::new(
            Code::Io,
            format!("The prompt could not be read from stdin: {e}."),
            "Pass it as an argument.",
        )
    })?;
    String::from_utf8(bytes).map_err(|_| {
        CommandError::new(
            Code::NotText,
            "The prompt on stdin is not UTF-8 text.",
            "Send it as UTF-8.",
        )
    })
}
