//! Approvals over the projects that `RUTTER_CORPUS` names, or those of `fixtures/corpus-mini`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests; they read the corpus from disk"
)]

mod common;

use std::path::{Path, PathBuf};

use common::*;
use rutter_spec::approvals::Approvals;
use rutter_spec::stages::{self, State};
use rutter_spec::{Config, Document, Spec, hash};

fn specs(folder: &Path, found: &mut Vec<(PathBuf, Spec)>) {
    let mut spec = Spec::default();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            specs(&path, found);
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        if name == ".config.kiro" {
            spec.config = Some(Config::parse(&text));
        } else if let Some(document) = Document::of_file_name(&name) {
            put(&mut spec, document, &text);
        }
    }
    if spec.documents().next().is_some() {
        found.push((folder.to_owned(), spec));
    }
}

fn corpus() -> Vec<(PathBuf, Spec)> {
    let root = std::env::var_os("RUTTER_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/corpus-mini"),
        PathBuf::from,
    );
    let mut found = Vec::new();
    specs(&root, &mut found);
    // What is open waits for an answer: it can't be approved.
    found.retain(|(_, spec)| spec.decisions().is_empty());
    assert!(!found.is_empty(), "no spec below {}", root.display());
    found
}

/// Approves what is there; decisions keep nothing open here.
fn all(spec: &Spec) -> Approvals {
    stages::order(spec)
        .into_iter()
        .filter(|&s| spec.source(spec.document_of(s)).is_some())
        .fold(Approvals::default(), |a, stage| approve(spec, &a, stage))
}

#[test]
fn real_specs_are_approved_as_they_stand_and_stay_so() {
    for (path, spec) in &corpus() {
        let approvals = all(spec);
        assert_eq!(Approvals::read(&approvals.render()), approvals, "{path:?}");
        for status in stages::status(spec, &approvals) {
            assert!(
                matches!(status.state, State::Approved | State::Missing),
                "{path:?} {status:?}"
            );
        }
        let mut after = spec.clone();
        for (document, source) in spec.documents() {
            let mut text = source.text().replace("\r\n", "\n");
            if document == Document::Tasks {
                text = text.replace("- [x]", "- [ ]");
            }
            let text = text.trim_start_matches('\u{feff}').trim_end();
            put(&mut after, document, &text.replace('\n', "\r\n"));
        }
        assert_eq!(stale(&after, &approvals), Vec::<String>::new(), "{path:?}");
        for (document, source) in spec.documents() {
            let canonical = hash::canonical(document, source.text());
            assert_eq!(hash::canonical(document, &canonical), canonical, "{path:?}");
        }
    }
}

#[test]
fn a_changed_word_of_a_real_item_is_always_seen() {
    for (n, (path, spec)) in corpus().iter().enumerate() {
        let approvals = all(spec);
        for (document, source) in spec.documents() {
            if spec.document_of(document.stage()) != document {
                continue;
            }
            let items = hash::items(spec, document);
            let item = &items[(n * 7) % items.len()];
            let text = source.text();
            let words: Vec<&str> = text[item.range.clone()]
                .split(|c: char| !c.is_alphabetic())
                .filter(|w| w.chars().count() > 3)
                .collect();
            let Some(word) = words.get(words.len() / 2) else {
                continue;
            };
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            let changed = format!("{}zzz{}", &text[..at], &text[at + word.len()..]);
            let mut after = spec.clone();
            put(&mut after, document, &changed);
            assert!(
                !stale(&after, &approvals).is_empty(),
                "{path:?} {document:?} {} {word}",
                item.id
            );
        }
    }
}
