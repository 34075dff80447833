//! Which criteria a piece of code is likely about, by the words that both use.

use std::collections::HashSet;
use std::sync::Arc;

use rutter_code::search::words::{is_stop, stems};
use rutter_workspace::SpecFolder;

/// A criterion that a link could name.
pub(super) struct Candidate<'a> {
    /// The spec.
    pub folder: &'a Arc<SpecFolder>,
    /// Its id.
    pub label: String,
    /// Its sentence.
    pub text: String,
}

/// The criteria of some specs, the likely ones first; else in order of the documents.
pub(super) fn ranked<'a>(folders: &[&'a Arc<SpecFolder>], about: &str) -> Vec<Candidate<'a>> {
    let words = words_of(about);
    let mut found: Vec<(usize, Candidate<'a>)> = Vec::new();
    for folder in folders {
        let read = folder.unread();
        let Some((_, wanted)) = read.spec().wanted() else {
            continue;
        };
        for (requirement, criterion) in wanted.criteria() {
            let text = format!("{} {} {}", folder.name, requirement.title, criterion.text);
            let shared = words_of(&text).intersection(&words).count();
            let candidate = Candidate {
                folder,
                label: criterion.label.clone(),
                text: criterion.text.clone(),
            };
            found.push((shared, candidate));
        }
    }
    found.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

fn words_of(text: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    stems(text, &mut |stem| {
        if !is_stop(&stem) {
            found.insert(stem);
        }
    });
    found
}
