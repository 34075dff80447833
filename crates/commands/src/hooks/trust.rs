//! `rutter.trust`: the user's yes to the exact content of what a repository could execute.

use std::path::PathBuf;

use rutter_store::{Subject, Verdict};
use serde::Deserialize;
use similar::TextDiff;

use super::{all, find, trusted};
use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::Outcome;

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// `hook:file#name`, or `all`.
    pub what: String,
}

/// Something that waits for trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The workspace folder.
    pub root: PathBuf,
    /// What is to be trusted.
    pub subject: Subject,
    /// What it was when it was trusted before; nothing where it is new.
    pub before: Option<String>,
}

impl Asked {
    /// What is new in it, as a unified diff; the whole text where it was never trusted.
    pub fn shown(&self) -> String {
        match &self.before {
            None => self.subject.text.clone(),
            Some(before) => TextDiff::from_lines(before.as_str(), &self.subject.text)
                .unified_diff()
                .header("trusted", "now")
                .to_string(),
        }
    }
}

/// Everything that is not trusted as it stands.
pub fn asked(cx: &Context<'_>) -> Result<Vec<Asked>, CommandError> {
    let mut asked = Vec::new();
    for (root, hooks) in all(cx) {
        for file in &hooks.files {
            for hook in &file.hooks {
                let (subject, verdict) = trusted(cx, &root, file, hook)?;
                let before = match verdict {
                    Verdict::Trusted => continue,
                    Verdict::Unknown => None,
                    Verdict::Changed { before, .. } => before,
                };
                asked.push(Asked {
                    root: root.clone(),
                    subject,
                    before,
                });
            }
        }
    }
    Ok(asked)
}

/// Trusts.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    if args.what == "all" {
        let asked = asked(cx)?;
        for one in &asked {
            cx.store
                .trust(&one.root)
                .trust(cx.clock, std::slice::from_ref(&one.subject))?;
        }
        return Ok(Outcome::nothing(match asked.len() {
            0 => "There is nothing to trust.".to_owned(),
            1 => format!("Trusted as it stands: {}.", asked[0].subject.what),
            n => format!("Trusted as they stand: {n} hooks."),
        }));
    }
    let Some(name) = args.what.strip_prefix("hook:") else {
        return Err(CommandError::new(
            Code::WrongArgument,
            format!("`{}` can't be trusted.", args.what),
            "Use hook:file#name, or all.",
        ));
    };
    let found = find(cx, name)?;
    let (subject, verdict) = trusted(cx, &found.root, &found.file, &found.hook)?;
    if verdict == Verdict::Trusted {
        return Ok(Outcome::nothing(format!(
            "`{}` is trusted already.",
            found.hook.id
        )));
    }
    cx.store.trust(&found.root).trust(cx.clock, &[subject])?;
    Ok(Outcome::nothing(format!(
        "Trusted as it stands: `{}`. If its content changes, you are asked again.",
        found.hook.id
    )))
}
