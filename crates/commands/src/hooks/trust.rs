//! Trust of hooks.

use std::path::Path;

use rutter_hooks::{Hook, HookFile};
use rutter_store::Verdict;

use super::{all, find, trusted};
use crate::context::Context;
use crate::error::CommandError;
pub use crate::trust::Asked;

/// Every hook that is not trusted as it stands.
pub fn asked(cx: &Context<'_>) -> Result<Vec<Asked>, CommandError> {
    let mut asked = Vec::new();
    for (root, hooks) in all(cx) {
        for file in &hooks.files {
            for hook in &file.hooks {
                asked.extend(one(cx, &root, file, hook)?);
            }
        }
    }
    Ok(asked)
}

/// What is to be trusted of the hook of this name; nothing where it may run already.
pub fn asked_for(cx: &Context<'_>, name: &str) -> Result<Option<Asked>, CommandError> {
    let found = find(cx, name)?;
    one(cx, &found.root, &found.file, &found.hook)
}

fn one(
    cx: &Context<'_>,
    root: &Path,
    file: &HookFile,
    hook: &Hook,
) -> Result<Option<Asked>, CommandError> {
    let (subject, verdict) = trusted(cx, root, file, hook)?;
    let before = match verdict {
        Verdict::Trusted => return Ok(None),
        Verdict::Unknown => None,
        Verdict::Changed { before, .. } => before,
    };
    Ok(Some(Asked {
        root: root.to_owned(),
        subject,
        before,
    }))
}
