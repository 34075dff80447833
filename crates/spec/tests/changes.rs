//! What changed since a yes, old beside new.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use common::*;
use rutter_spec::stages::{self, Change, Why};
use rutter_spec::{Document, Spec, Stage};

fn changes(before: &Spec, after: &Spec, stage: Stage) -> Vec<Change> {
    let text = before.source(before.document_of(stage)).unwrap().text();
    stages::changes(after, &approved(before), stage, Some(text))
}

fn citing(change: &Change) -> Vec<(Document, &str)> {
    let cited_by = change.cited_by.iter();
    cited_by.map(|c| (c.document, c.id.as_str())).collect()
}

#[test]
fn a_changed_item_shows_old_new_and_what_cites_it() {
    let spec = spec();
    let after = edited(
        &spec,
        Document::Requirements,
        "reject the sixth",
        "reject the tenth",
    );
    let found = changes(&spec, &after, Stage::Requirements);
    assert_eq!(found.len(), 1);
    let change = &found[0];
    assert_eq!((change.id.as_str(), &change.why), ("1.1", &Why::Changed));
    assert_eq!(
        change.old.as_deref(),
        Some("1. WHEN five attempts fail, THE Limiter SHALL reject the sixth")
    );
    assert_eq!(
        change.new.as_deref(),
        Some("1. WHEN five attempts fail, THE Limiter SHALL reject the tenth")
    );
    let text = after.source(Document::Requirements).unwrap().text();
    assert_eq!(
        Some(&text[change.range.clone().unwrap()]),
        change.new.as_deref()
    );
    assert_eq!(
        citing(change),
        [
            (Document::Design, "property:1"),
            (Document::Tasks, "task:1.1")
        ]
    );
}

#[test]
fn without_the_approved_text_the_new_one_is_shown() {
    let spec = spec();
    let after = edited(
        &spec,
        Document::Requirements,
        "reject the sixth",
        "reject the tenth",
    );
    for text in [None, Some("# Something else\n")] {
        let found = stages::changes(&after, &approved(&spec), Stage::Requirements, text);
        assert_eq!(found[0].old, None);
        assert!(found[0].new.is_some());
    }
    assert_eq!(
        stages::changes(&after, &approved(&spec), Stage::Design, None).len(),
        1
    );
    assert!(stages::changes(&spec, &approved(&spec), Stage::Design, None).is_empty());
}

#[test]
fn a_change_below_an_insertion_is_told_as_such() {
    let spec = spec();
    let after = edited(
        &spec,
        Document::Requirements,
        "1. WHEN five attempts fail, THE Limiter SHALL reject the sixth\n2. WHEN an attempt succeeds, THE Limiter SHALL forget the failures\n3. IF",
        "1. WHILE the shop is closed, nobody comes in at all\n2. WHEN five attempts fail, THE Limiter SHALL reject the sixth\n3. WHEN an attempt succeeds, THE Limiter SHALL forget all the failures\n4. IF",
    );
    let found: Vec<_> = changes(&spec, &after, Stage::Requirements)
        .into_iter()
        .map(|c| (c.id, c.why, c.old))
        .collect();
    assert_eq!(
        found,
        [
            ("1.1".to_owned(), Why::Added, None),
            (
                "1.3".to_owned(),
                Why::Changed,
                Some(
                    "2. WHEN an attempt succeeds, THE Limiter SHALL forget the failures".to_owned()
                )
            )
        ]
    );
}

#[test]
fn removed_and_citing_items_are_told() {
    let spec = spec();
    let after = edited(
        &spec,
        Document::Requirements,
        "3. IF the Store is down, THEN THE Limiter SHALL let people in\n",
        "",
    );
    let found = changes(&spec, &after, Stage::Requirements);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].why.clone(), found[0].range.clone()),
        (Why::Removed, None)
    );
    assert!(
        found[0]
            .old
            .as_deref()
            .unwrap()
            .contains("the Store is down")
    );
    assert_eq!(citing(&found[0]), [(Document::Tasks, "task:1.3")]);
    let tasks = changes(&spec, &after, Stage::Tasks);
    assert_eq!(tasks[0].why, Why::Cites(vec!["1.3".to_owned()]));
    assert_eq!(tasks[0].old, tasks[0].new);
}
