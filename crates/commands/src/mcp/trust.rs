//! Trust of tool servers: those that somebody else wrote need it, and those that run a script of the project.

use rutter_store::Verdict;

use super::{Found, all, find, needs_trust, subject};
use crate::context::Context;
use crate::error::CommandError;
use crate::trust::Asked;

/// Every server that counts and is not trusted as it stands.
pub fn asked(cx: &Context<'_>) -> Result<Vec<Asked>, CommandError> {
    let mut asked = Vec::new();
    for found in all(cx) {
        asked.extend(one(cx, &found)?);
    }
    Ok(asked)
}

/// What is to be trusted of the server of this name; nothing where it may run already.
pub fn asked_for(cx: &Context<'_>, name: &str) -> Result<Option<Asked>, CommandError> {
    one(cx, &find(cx, name)?)
}

fn one(cx: &Context<'_>, found: &Found) -> Result<Option<Asked>, CommandError> {
    if !needs_trust(cx, &found.root, &found.server) {
        return Ok(None);
    }
    let subject = subject(cx, &found.root, &found.server);
    let verdicts = cx
        .store
        .trust(&found.root)
        .verdicts(std::slice::from_ref(&subject))?;
    let before = match verdicts.into_iter().next() {
        Some(Verdict::Trusted) => return Ok(None),
        Some(Verdict::Changed { before, .. }) => before,
        Some(Verdict::Unknown) | None => None,
    };
    Ok(Some(Asked {
        root: found.root.clone(),
        subject,
        before,
    }))
}
