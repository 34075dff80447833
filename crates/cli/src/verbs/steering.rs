//! `rutter steering`: what applies to a file and why, and a first set of steering files.

use std::path::PathBuf;

use rutter_commands::CommandError;
use rutter_commands::steering::effective;
use rutter_server::name_or_path;
use serde_json::json;

use super::command::{self, Session};
use crate::args::{Args, Format, SteeringVerb};
use crate::output::{self, Paint};
use crate::world;

/// Runs the verb; gives the exit code.
pub fn run(args: &Args, verb: &SteeringVerb) -> Result<u8, CommandError> {
    match verb {
        SteeringVerb::For {
            file,
            why_not,
            message,
        } => of(args, file, *why_not, message.as_deref()),
        SteeringVerb::Init { files } => {
            command::run(args, "rutter.newSteering", &json!({"files": files}))
        }
    }
}

/// A path below the workspace folder, or as the shell completes it.
fn path(args: &Args, word: &str) -> Result<PathBuf, CommandError> {
    let word = name_or_path(word);
    let root = world::absolute(&args.dir)?;
    let below = world::absolute(&root.join(&word))?;
    let here = world::absolute(word.as_ref())?;
    let meant_here = !below.exists() && here.exists() && here.starts_with(&root);
    Ok(if meant_here { here } else { below })
}

fn of(args: &Args, file: &str, why_not: bool, message: Option<&str>) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let path = path(args, file)?;
    let found = session.with(|cx| effective::of(cx, &path, message))?;
    match args.format {
        Format::Json if why_not => {
            output::value(&json!({"applies": found.applied, "left_out": found.left_out}));
        }
        Format::Json => output::value(&found.applied),
        Format::Human | Format::Sarif => print(&found, why_not),
    }
    for problem in &found.problems {
        output::diagnostics(&format!(
            "{} {problem}\n",
            output::paint(Paint::Warning, "not read:")
        ));
    }
    Ok(u8::from(!found.problems.is_empty()))
}

fn print(found: &effective::Effective, why_not: bool) {
    if !found.exists {
        output::text(&format!(
            "{} is not there yet; this would apply to it.",
            found.file
        ));
    }
    if let Some(by) = found.ignored {
        output::text(by.sentence());
    }
    for row in &found.applied {
        output::text(&format!(
            "{}  ({}, {}, about {} tokens)\n    {}",
            output::paint(Paint::Strong, &row.path),
            row.scope,
            row.inclusion,
            row.tokens,
            row.why
        ));
    }
    match found.applied.len() {
        0 if why_not => output::text("No steering applies to it."),
        0 => output::text("No steering applies to it; --why-not says what was left out, and why."),
        1 => {}
        _ => output::text(&format!(
            "Strongest first; together {}.",
            effective::total(&found.applied)
        )),
    }
    if why_not {
        let none = "Nothing was left out.";
        output::text(if found.left_out.is_empty() {
            none
        } else {
            "Left out:"
        });
        for row in &found.left_out {
            output::text(&format!("{}\n    {}", row.path, row.why));
        }
    }
}
