//! `approvals.json` as a file: what is read, what is kept, what merges.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use common::*;
use rutter_spec::approvals::{Approvals, ProblemKind};
use rutter_spec::stages::{self, ApproveError, Gate, State};
use rutter_spec::{Document, Stage};

#[test]
fn what_is_written_is_read_back_and_written_the_same() {
    let approvals = approved(&spec());
    let text = approvals.render();
    assert_eq!(Approvals::read(&text), approvals);
    assert_eq!(Approvals::read(&text).render(), text);
    assert!(text.ends_with("}\n") && !text.ends_with("\n\n"));
    assert_eq!(
        Approvals::read(&format!("\u{feff}{}", text.replace('\n', "\r\n"))),
        approvals
    );
    assert_eq!(
        Approvals::default().render(),
        "{\n  \"version\": 1,\n  \"approvals\": []\n}\n"
    );
}

#[test]
fn items_are_sorted_one_a_line() {
    let text = approved(&spec()).render();
    let ids: Vec<&str> = text
        .lines()
        .filter_map(|l| l.trim().strip_prefix("{\"id\":\""))
        .filter_map(|l| l.split('"').next())
        .collect();
    assert_eq!(
        ids,
        [
            "1.1",
            "1.2",
            "1.3",
            "2.1",
            "term:Limiter",
            "term:Store",
            "property:1",
            "property:2",
            "section:Components",
            "section:Correctness Properties",
            "section:Overview",
            "task:1",
            "task:1.1",
            "task:1.2",
            "task:1.3",
            "task:2",
            "task:#tell-the-team"
        ]
    );
    let shape: Vec<&str> = text
        .lines()
        .take(6)
        .map(|l| l.split(": \"").next().unwrap())
        .collect();
    assert_eq!(
        shape,
        [
            "{",
            "  \"version\": 1,",
            "  \"approvals\": [",
            "    {",
            "      \"stage\"",
            "      \"document\""
        ]
    );
}

/// The places of the lines that differ, of two texts with the same number of lines.
fn differing(a: &str, b: &str) -> Vec<usize> {
    assert_eq!(a.lines().count(), b.lines().count());
    a.lines()
        .zip(b.lines())
        .enumerate()
        .filter(|(_, (a, b))| a != b)
        .map(|(i, _)| i)
        .collect()
}

#[test]
fn two_branches_touch_different_lines() {
    let spec = spec();
    let base = approved(&spec);
    let ours = edited(
        &spec,
        Document::Requirements,
        "reject the sixth",
        "reject the tenth",
    );
    let ours = approve(&ours, &base, Stage::Requirements).render();
    let theirs = edited(
        &spec,
        Document::Design,
        "Property 2: Always",
        "Property 2: Ever",
    );
    let theirs = approve(&theirs, &base, Stage::Design).render();
    let (ours, theirs) = (
        differing(&base.render(), &ours),
        differing(&base.render(), &theirs),
    );
    assert!(!ours.is_empty() && !theirs.is_empty());
    // Git merges hunks that have a line between them.
    for a in &ours {
        assert!(
            theirs.iter().all(|b| a.abs_diff(*b) > 1),
            "{ours:?} {theirs:?}"
        );
    }
    // In one stage each item has its own line; beside them only the document's hash differs.
    let one = edited(
        &spec,
        Document::Requirements,
        "reject the sixth",
        "reject the tenth",
    );
    let two = edited(
        &spec,
        Document::Requirements,
        "how long to wait",
        "when to come back",
    );
    let one = differing(
        &base.render(),
        &approve(&one, &base, Stage::Requirements).render(),
    );
    let two = differing(
        &base.render(),
        &approve(&two, &base, Stage::Requirements).render(),
    );
    assert_eq!((one.len(), two.len()), (2, 2));
    assert_eq!(one[0], two[0]);
    assert!(one[1].abs_diff(two[1]) > 1);
}

#[test]
fn unknown_fields_are_kept() {
    let spec = spec();
    let text = approved(&spec)
        .render()
        .replacen(
            "\"version\": 1,",
            "\"version\": 1,\n  \"policy\": {\"b\": 1, \"a\": 2},",
            1,
        )
        .replacen(
            "\"stage\": \"requirements\",",
            "\"stage\": \"requirements\", \"ticket\": \"T-1\",",
            1,
        )
        .replacen(
            "\"email\":\"ada@example.org\"",
            "\"email\":\"ada@example.org\",\"team\":\"core\"",
            1,
        )
        .replacen("{\"id\":\"1.1\"", "{\"seen\":true,\"id\":\"1.1\"", 1)
        .replacen(
            "  \"approvals\": [",
            "  \"approvals\": [\n{\"stage\": \"launch\", \"x\": [1]},",
            1,
        );
    let approvals = Approvals::read(&text);
    assert_eq!(approvals.problem(), None);
    let again = approve(&spec, &approvals, Stage::Requirements);
    let again = approve(&spec, &again, Stage::Design).render();
    for kept in [
        "\"policy\": {\"b\":1,\"a\":2}",
        "\"ticket\": \"T-1\"",
        "\"seen\":true",
        "{\"stage\":\"launch\",\"x\":[1]}",
    ] {
        assert!(again.contains(kept), "{kept}\n{again}");
    }
    assert!(
        Approvals::read(&text)
            .render()
            .contains("\"team\":\"core\"")
    );
}

#[test]
fn a_new_yes_has_no_old_signature() {
    let spec = spec();
    let text = approved(&spec)
        .render()
        .replacen("\"at\":", "\"signature\": \"sig\", \"at\":", 1);
    let signed = Approvals::read(&text);
    assert!(signed.get(Stage::Requirements).unwrap().signature.is_some());
    let again = approve(&spec, &signed, Stage::Requirements);
    assert_eq!(again.get(Stage::Requirements).unwrap().signature, None);
}

#[test]
fn a_file_that_cannot_be_read_is_no_approval() {
    let spec = spec();
    let good = approved(&spec).render();
    let conflicted = good.replacen(
        "      \"document\"",
        "<<<<<<< HEAD\n      \"document\": \"a\",\n=======\n>>>>>>> theirs\n      \"document\"",
        1,
    );
    let twice = good.replacen("\"stage\": \"design\"", "\"stage\": \"requirements\"", 1);
    for (text, kind, at) in [
        (conflicted.as_str(), ProblemKind::Conflict, "<<<<<<<"),
        (
            &good.replacen("\"version\": 1", "\"version\": 2", 1),
            ProblemKind::Newer,
            "\"version\": 2",
        ),
        (
            &good.replacen("\"version\": 1", "\"version\": \"1\"", 1),
            ProblemKind::Broken,
            "\"version\"",
        ),
        (&good[..good.len() / 2], ProblemKind::Broken, ""),
        (
            &good.replacen("\"document\"", "\"documents\"", 1),
            ProblemKind::Broken,
            "{\n      \"stage\": \"requirements\"",
        ),
        (
            &twice,
            ProblemKind::Broken,
            "{\n      \"stage\": \"requirements\"",
        ),
        ("", ProblemKind::Broken, ""),
        ("[]", ProblemKind::Broken, "[]"),
        ("{\"approvals\": []}", ProblemKind::Broken, "{"),
        (
            "{\"version\": 1, \"approvals\": {}}",
            ProblemKind::Broken,
            "\"approvals\": {}",
        ),
        (
            "{\"version\": 1, \"approvals\": [7]}",
            ProblemKind::Broken,
            "7",
        ),
        ("{\n  \"é\": oops}", ProblemKind::Broken, "o"),
    ] {
        let approvals = Approvals::read(text);
        let problem = approvals.problem().unwrap_or_else(|| panic!("{text}"));
        assert_eq!(problem.kind, kind, "{text}");
        assert!(
            text[problem.range.clone()].starts_with(at),
            "{problem:?}\n{text}"
        );
        assert!(approvals.is_empty());
        assert_eq!(states(&spec, &approvals)[0].1, State::Draft);
        assert!(matches!(
            stages::may_continue(&spec, &approvals, Stage::Design),
            Err(Gate::Unreadable(_))
        ));
        assert!(stages::may_run_task(&spec, &approvals).is_err());
        // Writing over it would lose what others approved.
        assert!(matches!(
            stages::approve(&spec, &approvals, Stage::Requirements, None, ada(), "t"),
            Err(ApproveError::Unreadable(_))
        ));
    }
}

#[test]
fn messages_say_what_to_do() {
    let conflicted = Approvals::read("<<<<<<< HEAD\n{}\n>>>>>>> b\n");
    assert_eq!(
        conflicted.problem().unwrap().to_string(),
        "approvals.json has merge conflicts, so nothing counts as approved. Resolve them, or delete the file and approve again."
    );
    let broken = Approvals::read("{\"version\": 1,}");
    assert_eq!(
        broken.problem().unwrap().to_string(),
        "approvals.json can't be read: trailing comma. Repair it or take it from version control; until then nothing counts as approved."
    );
}
