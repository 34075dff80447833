//! Checks the specs that the files belong to, by our own rules.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rutter_host::Files;
use rutter_text::{Encoding, Severity, Source};
use rutter_workspace::{World, locate};

use super::line;
use crate::check;

pub(super) fn run(files: &Arc<dyn Files>, root: &Path, paths: &[String]) -> Vec<String> {
    let folders: BTreeSet<PathBuf> = paths
        .iter()
        .filter_map(|path| locate(&root.join(path)))
        .map(|location| location.folder)
        .collect();
    if folders.is_empty() {
        return Vec::new();
    }
    let mut world = World::new(Arc::clone(files), vec![root.to_owned()], Encoding::Utf8);
    world.load();
    let snapshot = world.snapshot();
    let settings = snapshot.settings_of(root);
    let mut problems = Vec::new();
    for folder in folders.iter().filter_map(|f| snapshot.folders.get(f)) {
        for (name, findings) in check::folder(folder, &settings, &|_| None) {
            let source = folder
                .source(&name)
                .cloned()
                .unwrap_or_else(|| Source::new(""));
            problems.extend(
                findings
                    .iter()
                    .filter(|f| f.severity <= Severity::Warning)
                    .map(|f| {
                        format!(
                            "{}:{}: {} ({})",
                            folder.relative(&folder.path.join(&name)),
                            line(source.text(), f.range.start),
                            f.message,
                            f.code
                        )
                    }),
            );
        }
    }
    problems
}
