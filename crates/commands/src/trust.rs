//! `rutter.trust`: the user's yes to the exact content of what a repository could execute.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rutter_store::Subject;
use serde::Deserialize;
use similar::TextDiff;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::Outcome;
use crate::{hooks, mcp};

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// `hook:file#name`, `mcp:name`, or `all`.
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
    /// What is new in it, as a unified diff; the whole text where it was never trusted, or where what changed is hidden.
    pub fn shown(&self) -> String {
        let now = &self.subject.text;
        match &self.before {
            None => now.clone(),
            Some(before) if before == now => {
                format!("What changed looks like a secret and is not shown.\n{now}")
            }
            Some(before) => TextDiff::from_lines(before.as_str(), now)
                .unified_diff()
                .header("trusted", "now")
                .to_string(),
        }
    }
}

/// Everything that is not trusted as it stands.
pub fn asked(cx: &Context<'_>) -> Result<Vec<Asked>, CommandError> {
    let mut all = hooks::trust::asked(cx)?;
    all.extend(mcp::trust::asked(cx)?);
    Ok(all)
}

/// Trusts.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let what = args.what.as_str();
    if what == "all" {
        return grant(cx, &asked(cx)?);
    }
    let one = if let Some(name) = what.strip_prefix("hook:") {
        hooks::trust::asked_for(cx, name)?
    } else if let Some(name) = what.strip_prefix("mcp:") {
        mcp::trust::asked_for(cx, name)?
    } else {
        return Err(CommandError::new(
            Code::WrongArgument,
            format!("`{what}` can't be trusted."),
            "Use hook:file#name, mcp:name, or all.",
        ));
    };
    match one {
        Some(one) => grant(cx, &[one]),
        None => Ok(Outcome::nothing(format!("`{what}` is trusted already."))),
    }
}

/// Trusts exactly these contents, as they were shown.
pub fn grant(cx: &Context<'_>, asked: &[Asked]) -> Result<Outcome, CommandError> {
    let mut folders: BTreeMap<&Path, Vec<Subject>> = BTreeMap::new();
    for one in asked {
        if let Some(server) = one.subject.what.strip_prefix("mcp:") {
            // What its tools say at their next listing is what the user trusts now.
            cx.store.pins(&one.root).forget(server)?;
        }
        let subjects = folders.entry(&one.root).or_default();
        subjects.push(one.subject.clone());
    }
    for (root, subjects) in folders {
        cx.store.trust(root).trust(cx.clock, &subjects)?;
    }
    let names: Vec<String> = asked
        .iter()
        .map(|a| format!("`{}`", a.subject.what))
        .collect();
    Ok(Outcome::nothing(match names.as_slice() {
        [] => "There is nothing to trust.".to_owned(),
        [one] => {
            format!("Trusted as it stands: {one}. If its content changes, you are asked again.")
        }
        many if many.len() > 5 => format!("Trusted as they stand: all {}.", many.len()),
        many => format!("Trusted as they stand: {}.", many.join(", ")),
    }))
}
