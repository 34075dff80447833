//! `rutter.toggleHook`: switches a hook on or off in its file.

use rutter_text::edit::apply;
use serde::Deserialize;

use super::{Found, find, path_of};
use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::Outcome;

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// `file#name`.
    pub hook: String,
    /// What it shall be; the other of what it is where nothing is said.
    pub enabled: Option<bool>,
}

/// Makes the edit.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let found = match in_editor(cx, &args.hook) {
        Some(found) => found,
        None => find(cx, &args.hook)?,
    };
    let enabled = args.enabled.unwrap_or(!found.hook.enabled);
    let word = if enabled { "on" } else { "off" };
    if enabled == found.hook.enabled {
        return Ok(Outcome::nothing(format!(
            "`{}` is {word} already.",
            found.hook.id
        )));
    }
    let edit = rutter_hooks::toggle(&found.file, &found.hook, enabled).ok_or_else(|| {
        CommandError::new(
            Code::BrokenFile,
            format!(
                "`{}` can't be switched {word} in its format.",
                found.hook.id
            ),
            "Migrate it to the newer format first: its file offers that as a quick fix.",
        )
    })?;
    let before = found.file.text().to_owned();
    let after = apply(&before, std::slice::from_ref(&edit));
    let mut outcome = Outcome {
        title: format!("Switch {} {word}", found.hook.name),
        root: found.root.clone(),
        message: Some(format!("`{}` is {word}.", found.hook.id)),
        ..Outcome::default()
    };
    outcome.change(
        path_of(cx, &found.root, &found.file),
        Some(before),
        Some(after),
    );
    Ok(outcome)
}

/// The hook as the editor has it: what is switched is what the user sees.
fn in_editor(cx: &Context<'_>, asked: &str) -> Option<Found> {
    cx.snapshot.agents.iter().find_map(|(base, agents)| {
        let open = agents
            .iter()
            .filter(|file| cx.snapshot.open.contains_key(&file.path));
        open.filter_map(|file| file.hooks()).find_map(|file| {
            let hook = file.hooks.iter().find(|hook| hook.id == asked)?;
            Some(Found {
                root: base.clone(),
                file: file.clone(),
                hook: hook.clone(),
            })
        })
    })
}
