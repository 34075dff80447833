//! `trace/unknown-requirement`: a link in source names an id that its spec does not have.

use std::path::Path;

use rutter_host::Settings;
use rutter_text::Finding;
use rutter_text::rule::{About, Level};
use rutter_workspace::trace::{Meant, meant};
use rutter_workspace::{Snapshot, SourceFile};

use crate::check;

/// The rule as the user knows it.
pub const ABOUT: About = About {
    code: "trace/unknown-requirement",
    default: Level::Hint,
    docs: "A comment or test names a requirement that its spec does not have.\n\nThe criterion was removed or has another number now, so the link says nothing any more. Only links that name their spec\nare looked at.\n\n```rust\n// spec:login#9.9\nfn lock() {}\n```",
};

/// The findings in a source file.
pub fn findings(
    snapshot: &Snapshot,
    root: &Path,
    file: &SourceFile,
    settings: &Settings,
) -> Vec<Finding> {
    let Some(severity) = check::levels(settings).of(&ABOUT).severity() else {
        return Vec::new();
    };
    let folders = snapshot.folders_in(root);
    let mut found = Vec::new();
    for link in file.links.iter().filter(|link| link.spec.is_some()) {
        let Meant::One(folder) = meant(&folders, link) else {
            continue;
        };
        let unknown = super::unknown(folder.spec(), link);
        let written = link.written.iter();
        for id in written.filter(|id| unknown.contains(&id.id.as_str())) {
            let message = format!("{} has no requirement {}.", folder.name, id.id);
            found.push(Finding::new(
                ABOUT.code,
                severity,
                id.range.clone(),
                message,
            ));
        }
    }
    found
}
