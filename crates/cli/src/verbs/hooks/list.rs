//! `rutter hooks list` and `rutter hooks match`.

use rutter_commands::CommandError;
use rutter_commands::hooks::{explain, list};

use super::event;
use crate::args::{Args, Format};
use crate::output::{self, Paint};
use crate::verbs::command::Session;

/// Every hook.
pub fn all(args: &Args) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let rows = session.with(list::list)?;
    print(
        args,
        &rows,
        "There are no hooks here. Make one with `rutter hooks new \"what it shall do\"`.",
    );
    let broken = session.with(rutter_commands::hooks::problems);
    for problem in &broken {
        match args.format {
            Format::Human | Format::Sarif => output::text(&output::paint(Paint::Warning, problem)),
            // The hooks are a list of one shape; what is wrong is in `rutter check` too.
            Format::Json => output::diagnostics(&format!("{problem}\n")),
        }
    }
    Ok(0)
}

/// The hooks that an event fires; with `why`, what it means to each hook.
pub fn matching(
    args: &Args,
    word: &str,
    subject: Option<&str>,
    why: bool,
) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let subjects: Vec<String> = subject.map(str::to_owned).into_iter().collect();
    let event = event::event(&session, word, &subjects)?;
    if why {
        let answers = session.with(|cx| explain::explain(cx, &event))?;
        match args.format {
            Format::Json => output::value(&answers),
            Format::Human | Format::Sarif => {
                for answer in &answers {
                    let mark = if answer.fires {
                        "fires"
                    } else {
                        "does not fire"
                    };
                    output::text(&format!("{} {mark}: {}", answer.hook, answer.why));
                }
            }
        }
        return Ok(0);
    }
    let rows = session.with(|cx| list::matching(cx, &event))?;
    print(
        args,
        &rows,
        "No hook fires for this. `--why` says what holds each one back.",
    );
    Ok(0)
}

fn print(args: &Args, rows: &[list::Row], none: &str) {
    if args.format == Format::Json {
        return output::value(&rows);
    }
    if rows.is_empty() {
        return output::text(none);
    }
    for row in rows {
        let state = match (row.enabled, row.trusted) {
            (false, _) => output::paint(Paint::Quiet, "off"),
            (true, true) => "on".to_owned(),
            (true, false) => output::paint(Paint::Warning, "not trusted"),
        };
        let waiting = match row.waiting {
            None => String::new(),
            Some(0) => "  waiting".to_owned(),
            Some(1) => "  waiting for 1 file".to_owned(),
            Some(files) => format!("  waiting for {files} files"),
        };
        let matcher = row
            .matcher
            .as_ref()
            .map(|m| format!(" {m}"))
            .unwrap_or_default();
        output::text(&format!(
            "{}  {state}{}\n    {}{matcher} → {}",
            output::paint(Paint::Strong, &row.id),
            output::paint(Paint::Warning, &waiting),
            row.trigger,
            action(&row.action)
        ));
    }
}

fn action(action: &serde_json::Value) -> String {
    let text = |key: &str| action[key].as_str().unwrap_or_default();
    match text("type") {
        "command" => format!("`{}`", short(text("command"))),
        "agent" => format!("asks: {}", short(text("prompt"))),
        _ => format!("built in: {}", text("name")),
    }
}

/// The first line, cut where it gets long.
fn short(text: &str) -> String {
    const LONGEST: usize = 100;
    let text = text.trim();
    let first = text.lines().next().unwrap_or_default().trim_end();
    let cut: String = first.chars().take(LONGEST).collect();
    if cut.len() < text.len() {
        format!("{}…", cut.trim_end())
    } else {
        cut
    }
}
