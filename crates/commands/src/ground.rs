//! The ground a draft stands on, as the drafter wants it.

use std::path::Path;

use rutter_draft::Ground;

use crate::context::Context;

/// Looks at the project in `root`. A broken catalogue file of the team is passed over here; `check` names it.
pub fn of(cx: &Context<'_>, root: &Path) -> Ground {
    Ground::new(rutter_workspace::ground(cx.files, root, cx.cancel)).0
}
