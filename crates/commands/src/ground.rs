//! The ground a draft stands on, as the drafter wants it.

use std::path::Path;

use rutter_draft::{Catalogue, Ground};

use crate::context::Context;

/// Looks at the project in `root`. A broken catalogue file of the team is passed over here; `check` names it.
pub fn of(cx: &Context<'_>, root: &Path) -> Ground {
    let seen = rutter_workspace::ground(cx.files, root, cx.cancel);
    let files: Vec<(&str, &str)> = seen.catalogue.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let (catalogue, _) = Catalogue::builtin().with_team(&files);
    Ground { project: seen.project, index: seen.index, steering: seen.statements, catalogue }
}
