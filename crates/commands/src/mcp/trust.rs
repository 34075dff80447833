//! Trust of tool servers: the repository's need it, the user's own are the user's word.

use rutter_store::Verdict;
use rutter_tools::trust::subject;

use super::{Found, all, find};
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
    if !found.server.place.in_repository() {
        return Ok(None);
    }
    let subject = subject(&found.server);
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
