//! `rutter.toggleServer`: switches a tool server on or off in its file.

use std::path::{Path, PathBuf};

use rutter_text::edit::apply;
use rutter_tools::settings::switch;
use serde::Deserialize;

use super::check::Around;
use super::{Declaring, View, find};
use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::Outcome;

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// The name of the server.
    pub server: String,
    /// The file that declares it, where not the one that counts is meant.
    pub uri: Option<String>,
    /// What it shall be; the other of what it is where nothing is said.
    pub enabled: Option<bool>,
}

/// Makes the edit.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let (root, path, declaring) = match &args.uri {
        Some(path) => in_file(cx, Path::new(path))?,
        None => {
            let found = find(cx, &args.server)?;
            let around = Around::of(cx, &found.root, View::Open);
            let declaring = around.named(&found.path).cloned();
            let declaring = declaring.ok_or_else(|| unknown(&args.server))?;
            let path = path_of(cx, &found.root, &declaring.path);
            (found.root, path, declaring)
        }
    };
    let server = declaring.file.server(&args.server);
    let server = server.ok_or_else(|| unknown(&args.server))?;
    let enabled = args.enabled.unwrap_or(server.disabled);
    let word = if enabled { "on" } else { "off" };
    if enabled != server.disabled {
        return Ok(Outcome::nothing(format!(
            "`{}` is {word} already.",
            args.server
        )));
    }
    let edit = match &declaring.text {
        Ok(text) if declaring.is_as_written() => switch(text, server, enabled),
        _ => None,
    };
    let (Some(edit), Ok(before)) = (edit, declaring.text.clone()) else {
        return Err(CommandError::new(
            Code::BrokenFile,
            format!(
                "`{}` can't be switched {word} in {}.",
                args.server, declaring.path
            ),
            "Set `disabled` there yourself.",
        ));
    };
    let after = apply(&before, std::slice::from_ref(&edit));
    let mut outcome = Outcome {
        title: format!("Switch {} {word}", args.server),
        root,
        message: Some(format!("`{}` is {word}.", args.server)),
        ..Outcome::default()
    };
    outcome.change(path, Some(before), Some(after));
    Ok(outcome)
}

fn in_file(cx: &Context<'_>, path: &Path) -> Result<(PathBuf, PathBuf, Declaring), CommandError> {
    let found = cx.snapshot.agent_file(path).and_then(|(base, _, file)| {
        let around = Around::of(cx, base, View::Open);
        Some((
            base.clone(),
            path.to_owned(),
            around.named(&file.name)?.clone(),
        ))
    });
    found.ok_or_else(|| {
        CommandError::new(
            Code::NotFound,
            format!("{} names no tool servers.", path.display()),
            "Open the file that does, or leave `uri` out.",
        )
    })
}

fn path_of(cx: &Context<'_>, root: &Path, name: &str) -> PathBuf {
    match (name.strip_prefix("~/"), cx.home) {
        (Some(own), Some(home)) => home.path(own),
        _ => root.join(name),
    }
}

fn unknown(name: &str) -> CommandError {
    CommandError::new(
        Code::UnknownServer,
        format!("There is no tool server `{name}`."),
        "`rutter mcp list` shows those there are.",
    )
}
