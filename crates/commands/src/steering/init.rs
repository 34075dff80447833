//! `rutter.newSteering`: writes product.md, tech.md and structure.md from what the code shows.

use std::path::PathBuf;

use rutter_steering::starter::Part;
use serde::Deserialize;

use super::{facts, tools};
use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::new_spec;
use crate::outcome::{Outcome, Show};

/// The argument.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Args {
    /// `product`, `tech`, `structure`; all of them where nothing is said.
    pub files: Option<Vec<String>>,
    /// A file of the folder that it is for.
    pub uri: Option<String>,
}

/// Writes those that are not there yet.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let parts = parts(args.files.as_deref())?;
    let at = args.uri.as_ref().map(PathBuf::from);
    let root = new_spec::root(cx, at.as_deref())?;
    let folder = root.join(".kiro").join("steering");
    let (there, wanted): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(|part| {
        let path = folder.join(part.file());
        cx.files.exists(&path) || cx.snapshot.open.contains_key(&path)
    });
    let mut outcome = Outcome {
        title: "New steering".to_owned(),
        root: root.clone(),
        ..Outcome::default()
    };
    let mut notes = Vec::new();
    if !there.is_empty() {
        notes.push(format!(
            "Left as {}: {}.",
            if there.len() == 1 {
                "it is"
            } else {
                "they are"
            },
            names(&there)
        ));
    }
    if !wanted.is_empty() {
        cx.progress.report("Reading the project", None);
        let project = facts::of(cx, &root);
        for part in wanted {
            let Some(text) = part.text(&project.facts) else {
                notes.push(format!(
                    "{} was not written: {}.",
                    part.file(),
                    part.needs()
                ));
                continue;
            };
            let path = folder.join(part.file());
            if outcome.show.is_none() {
                outcome.show = Some(Show {
                    path: path.clone(),
                    selection: None,
                });
            }
            outcome.change(path, None, Some(text));
        }
        notes.extend(tools::offers(&project));
    }
    outcome.message = (!notes.is_empty()).then(|| notes.join("\n"));
    Ok(outcome)
}

fn names(parts: &[Part]) -> String {
    let names: Vec<&str> = parts.iter().map(|p| p.file()).collect();
    names.join(", ")
}

fn parts(asked: Option<&[String]>) -> Result<Vec<Part>, CommandError> {
    let Some(asked) = asked else {
        return Ok(Part::ALL.to_vec());
    };
    let mut parts = Vec::new();
    for name in asked {
        let part = Part::named(name.trim()).ok_or_else(|| {
            CommandError::new(
                Code::WrongArgument,
                format!("There is no steering file `{name}` to make."),
                "Use product, tech and structure.",
            )
        })?;
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    Ok(parts)
}
