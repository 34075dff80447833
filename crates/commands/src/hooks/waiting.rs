//! The prompts of hooks that wait for a person: what they ask, for which files; `rutter.dismissHook` puts them aside.

use std::path::PathBuf;

use rutter_store::Pending;
use serde::Deserialize;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::Outcome;

/// The argument of `rutter.dismissHook`.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// `file#name`, or its name.
    pub hook: String,
}

/// What waits in every root, the oldest first.
pub fn all(cx: &Context<'_>) -> Result<Vec<(PathBuf, Pending)>, CommandError> {
    let mut all = Vec::new();
    for root in cx.snapshot.roots.iter() {
        let waiting = cx.store.pending(root).list()?;
        all.extend(waiting.into_iter().map(|pending| (root.clone(), pending)));
    }
    Ok(all)
}

/// Puts aside what a hook asked for. The hook need not be there any more.
pub fn dismiss(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let waiting = all(cx)?;
    let is_meant = |id: &str| {
        let name = id.rsplit_once('#').map_or(id, |(_, name)| name);
        id == args.hook || name == args.hook || id.ends_with(&format!("/{}", args.hook))
    };
    let mut ids: Vec<&str> = waiting
        .iter()
        .map(|(_, pending)| pending.hook.as_str())
        .filter(|id| is_meant(id))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let id = match ids[..] {
        [id] => id,
        [] => {
            return Err(CommandError::new(
                Code::UnknownHook,
                format!("No prompt of `{}` waits.", args.hook),
                "`rutter hooks list` shows which hooks wait.",
            )
            .among(waiting.iter().map(|(_, p)| p.hook.clone()).collect()));
        }
        _ => {
            return Err(CommandError::new(
                Code::Ambiguous,
                format!("`{}` could mean several hooks.", args.hook),
                "Name it as file#name.",
            )
            .among(ids.into_iter().map(str::to_owned).collect()));
        }
    };
    for root in cx.snapshot.roots.iter() {
        cx.store.pending(root).take(id)?;
    }
    Ok(Outcome::nothing(format!("`{id}` waits no more.")))
}
