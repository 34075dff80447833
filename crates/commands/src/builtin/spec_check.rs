//! Checks the specs that the files belong to, by our own rules.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use rutter_text::{Encoding, Severity, Source};
use rutter_workspace::{OpenDocument, World, locate};

use super::{Look, line};
use crate::check;

pub(super) fn run(look: &Look<'_>) -> Vec<String> {
    let root = look.root;
    let folders: BTreeSet<PathBuf> = look
        .texts
        .iter()
        .filter_map(|(path, _)| locate(&root.join(path)))
        .map(|location| location.folder)
        .collect();
    if folders.is_empty() {
        return Vec::new();
    }
    let mut world = World::new(
        Arc::clone(look.files),
        vec![root.to_owned()],
        Encoding::Utf8,
    );
    world.load();
    // What a commit takes may differ from what is on disk.
    for (path, text) in &look.texts {
        let path = root.join(path);
        if locate(&path).is_some_and(|found| found.document.is_some()) {
            world.open(path, OpenDocument::new(0, "markdown".to_owned(), text));
        }
    }
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
