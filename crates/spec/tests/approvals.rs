//! What DESIGN says about approvals, sentence by sentence.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use common::*;
use rutter_spec::approvals::Approvals;
use rutter_spec::hash;
use rutter_spec::stages::{self, State};
use rutter_spec::{Document, Stage};

#[test]
fn items_are_criteria_terms_sections_properties_and_tasks() {
    let spec = spec();
    let ids = |document| -> Vec<String> {
        hash::items(&spec, document)
            .into_iter()
            .map(|i| i.id)
            .collect()
    };
    assert_eq!(
        ids(Document::Requirements),
        ["term:Limiter", "term:Store", "1.1", "1.2", "1.3", "2.1"]
    );
    assert_eq!(
        ids(Document::Design),
        [
            "section:Overview",
            "section:Components",
            "section:Correctness Properties",
            "property:1",
            "property:2"
        ]
    );
    assert_eq!(
        ids(Document::Tasks),
        [
            "task:1",
            "task:1.1",
            "task:1.2",
            "task:1.3",
            "task:2",
            "task:#tell-the-team"
        ]
    );
}

#[test]
fn a_spec_without_the_file_is_all_drafts_and_no_finding() {
    let spec = spec();
    let none = Approvals::default();
    assert_eq!(
        states(&spec, &none),
        Stage::ALL.map(|s| (s, State::Draft)).to_vec()
    );
    assert_eq!(stale(&spec, &none), Vec::<String>::new());
    assert_eq!(none.problem(), None);
}

#[test]
fn an_approved_spec_is_approved_by_somebody() {
    let spec = spec();
    let approvals = approved(&spec);
    for status in stages::status(&spec, &approvals) {
        assert_eq!(status.state, State::Approved, "{status:?}");
        assert_eq!(status.approved_by, Some(ada()));
        assert_eq!(status.at.as_deref(), Some("2026-11-21T09:30:00Z"));
    }
    let tasks = approvals.get(Stage::Tasks).unwrap();
    assert_eq!(
        tasks.upstream.keys().collect::<Vec<_>>(),
        ["design", "requirements"]
    );
    assert_eq!(
        tasks.upstream["requirements"],
        hash::document(&spec, Document::Requirements).unwrap()
    );
}

#[test]
fn a_changed_item_makes_stale_itself_and_what_cites_it() {
    let spec = spec();
    let approvals = approved(&spec);
    let after = edited(
        &spec,
        Document::Requirements,
        "forget the failures",
        "forget them",
    );
    assert_eq!(
        stale(&after, &approvals),
        [
            "requirements 1.2 changed",
            "design property:1 cites 1.2",
            "tasks task:1.2 cites 1.2"
        ]
    );
    let after = edited(
        &spec,
        Document::Design,
        "SHALL be a time",
        "SHALL be a date",
    );
    assert_eq!(
        stale(&after, &approvals),
        [
            "design property:2 changed",
            "tasks task:1.3 cites property:2"
        ]
    );
    let place = stages::stage_status(&after, &approvals, Stage::Design).stale[0]
        .range
        .clone()
        .unwrap();
    let design = after.source(Document::Design).unwrap().text();
    assert_eq!(&design[place], "Property 2: Always a reason");
}

#[test]
fn what_cites_a_changed_item_stays_stale_until_it_is_approved_itself() {
    let spec = spec();
    let approvals = approved(&spec);
    let after = edited(
        &spec,
        Document::Requirements,
        "forget the failures",
        "forget them",
    );
    let approvals = approve(&after, &approvals, Stage::Requirements);
    assert_eq!(
        stale(&after, &approvals),
        ["design property:1 cites 1.2", "tasks task:1.2 cites 1.2"]
    );
    let approvals = approve(&after, &approvals, Stage::Design);
    let approvals = approve(&after, &approvals, Stage::Tasks);
    assert_eq!(stale(&after, &approvals), Vec::<String>::new());
}

#[test]
fn every_kind_of_item_goes_stale() {
    let spec = spec();
    let approvals = approved(&spec);
    for (document, from, to, expected) in [
        (
            Document::Requirements,
            "keeps the counts",
            "keeps all counts",
            "requirements term:Store changed",
        ),
        (
            Document::Design,
            "in front of",
            "behind",
            "design section:Overview changed",
        ),
        (
            Document::Design,
            "count > 5",
            "count > 6",
            "design section:Components changed",
        ),
        (
            Document::Design,
            "These hold always",
            "These may hold",
            "design section:Correctness Properties changed",
        ),
        (
            Document::Design,
            "Property 1: Never",
            "Property 1: Seldom",
            "design property:1 changed",
        ),
        (
            Document::Design,
            "Requirements 2.1",
            "Requirements 1.3",
            "design property:2 cites 1.3",
        ),
        (
            Document::Tasks,
            "1. Limiter",
            "1. Limit",
            "tasks task:1 changed",
        ),
        (
            Document::Tasks,
            "- in `limiter.ts`",
            "- in `store.ts`",
            "tasks task:1.1 changed",
        ),
        (
            Document::Tasks,
            "[ ]* 1.3",
            "[ ] 1.3",
            "tasks task:1.3 changed",
        ),
        (
            Document::Tasks,
            "_Requirements: 2.1_",
            "_Requirements: 2.1, 1.3_",
            "tasks task:2 changed",
        ),
    ] {
        let after = edited(&spec, document, from, to);
        let found = stale(&after, &approvals);
        assert_eq!(
            found.first().map(String::as_str),
            Some(expected),
            "{from}: {found:?}"
        );
    }
}

#[test]
fn an_item_that_only_moved_stays_approved() {
    let spec = spec();
    let approvals = approved(&spec);
    // 1.2 and 1.3 change places, and the references follow.
    let after = edited(
        &spec,
        Document::Requirements,
        "2. WHEN an attempt succeeds, THE Limiter SHALL forget the failures\n3. IF the Store is down, THEN THE Limiter SHALL let people in",
        "2. IF the Store is down, THEN THE Limiter SHALL let people in\n3. WHEN an attempt succeeds, THE Limiter SHALL forget the failures",
    );
    let after = edited(&after, Document::Design, "1.1, 1.2", "1.1, 1.3");
    let after = edited(
        &after,
        Document::Tasks,
        "Requirements: 1.3",
        "Requirements: MOVED",
    );
    let after = edited(
        &after,
        Document::Tasks,
        "Requirements: 1.2",
        "Requirements: 1.3",
    );
    let after = edited(
        &after,
        Document::Tasks,
        "Requirements: MOVED",
        "Requirements: 1.2",
    );
    assert_eq!(stale(&after, &approvals), Vec::<String>::new());
    assert!(
        states(&after, &approvals)
            .iter()
            .all(|(_, s)| *s == State::Approved)
    );
    // A section and a property that move, and a task that gets another number.
    let after = edited(
        &spec,
        Document::Design,
        "## Overview\n\nA counter in front of the sign-in.\n\n",
        "",
    );
    let after = edited(
        &after,
        Document::Design,
        "## Correctness",
        "## Overview\n\nA counter in front of the sign-in.\n\n## Correctness",
    );
    let after = edited(
        &after,
        Document::Tasks,
        "- [ ] 2. Message",
        "- [ ] 7. Message",
    );
    assert_eq!(stale(&after, &approvals), Vec::<String>::new());
}

#[test]
fn references_that_did_not_follow_are_stale() {
    let spec = spec();
    let approvals = approved(&spec);
    let after = edited(
        &spec,
        Document::Requirements,
        "1. WHEN five",
        "1. WHILE closed, THE Limiter SHALL reject all\n2. WHEN five",
    );
    let after = edited(&after, Document::Requirements, "2. WHEN an", "3. WHEN an");
    let after = edited(&after, Document::Requirements, "3. IF", "4. IF");
    assert_eq!(
        stale(&after, &approvals),
        [
            "requirements 1.1 added",
            "design property:1 cites 1.1",
            "tasks task:1.1 cites 1.1",
            "tasks task:1.2 cites 1.2",
            "tasks task:1.3 cites 1.3"
        ]
    );
}

#[test]
fn added_and_removed_items_make_the_stage_stale() {
    let spec = spec();
    let approvals = approved(&spec);
    let after = edited(
        &spec,
        Document::Tasks,
        "- [ ] Tell the team",
        "- [ ] 3. Tell everybody",
    );
    assert_eq!(
        stale(&after, &approvals),
        ["tasks task:3 added", "tasks task:#tell-the-team removed"]
    );
    let after = edited(
        &spec,
        Document::Requirements,
        "3. IF the Store is down, THEN THE Limiter SHALL let people in\n",
        "",
    );
    assert_eq!(
        stale(&after, &approvals),
        ["requirements 1.3 removed", "tasks task:1.3 cites 1.3"]
    );
    assert_eq!(
        states(&after, &approvals)[0],
        (Stage::Requirements, State::Stale)
    );
}

#[test]
fn introduction_and_notes_never_block() {
    let spec = spec();
    let approvals = approved(&spec);
    let after = edited(
        &spec,
        Document::Requirements,
        "Slow down people",
        "Annoy people",
    );
    let after = edited(&after, Document::Requirements, "As an owner", "As a guest");
    let after = edited(
        &after,
        Document::Design,
        "A word before.",
        "Two words before.",
    );
    let after = edited(
        &after,
        Document::Tasks,
        "Nothing here counts.",
        "Still nothing.",
    );
    assert_eq!(stale(&after, &approvals), Vec::<String>::new());
}

#[test]
fn a_document_without_items_is_one_item() {
    let mut spec = spec();
    put(
        &mut spec,
        Document::Requirements,
        "# Notes\n\nWe want it to be fast.\n",
    );
    put(
        &mut spec,
        Document::Design,
        "# Design\n\nJust do it.\n\n### Property 1: P\n\nx\n",
    );
    put(&mut spec, Document::Tasks, "");
    let approvals = approved(&spec);
    let after = edited(&spec, Document::Requirements, "fast", "slow");
    let after = edited(&after, Document::Design, "do it", "leave it");
    assert_eq!(
        stale(&after, &approvals),
        ["requirements document changed", "design document changed"]
    );
}

#[test]
fn marks_never_make_anything_stale() {
    let spec = spec();
    let approvals = approved(&spec);
    let text = TASKS
        .replacen("[ ]", "[x]", 2)
        .replacen("[ ]", "[-]", 1)
        .replacen("[ ]", "[~]", 1);
    let mut after = spec.clone();
    put(&mut after, Document::Tasks, &text);
    assert_eq!(stale(&after, &approvals), Vec::<String>::new());
    assert_eq!(
        hash::document(&after, Document::Tasks),
        hash::document(&spec, Document::Tasks)
    );
}
