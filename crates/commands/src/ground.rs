//! The ground a draft stands on, as the drafter wants it.

use std::path::Path;

use rutter_draft::Ground;
use rutter_workspace::OwnFiles;

use crate::check_own;
use crate::context::Context;

/// Looks at the project in `root`. What is broken in the team's catalogue is left out, and told in a sentence each.
pub fn of(cx: &Context<'_>, root: &Path) -> (Ground, Vec<String>) {
    let (ground, _) = Ground::new(rutter_workspace::ground(cx.files, root, cx.cancel));
    let left_out = check_own::left_out(&OwnFiles::read(cx.files, root));
    (ground, left_out)
}
