use super::*;
use crate::Reading;
use rutter_text::{Source, edit};

const DESIGN: &str = "# D\n\n## Correctness Properties\n\n### Property 1: Reject\n\n*For any* series, the sixth is rejected.\n\n**Validates: Requirements 1.1**\n\n### Property 2: Log\n\n*For any* rejection, one line is written.\n\n**Validates: Requirements 1.2**\n\n## Error Handling\n\nx\n";
const TASKS: &str = "# Implementation Plan\n\n- [x] 1. Reject the sixth attempt\n  - done so\n  - _Requirements: 1.1_\n\n- [ ] 2. Write the audit log\n  - _Requirements: 1.2_\n\n- [ ] 3. Answer 429\n  - _Requirements: 1.3_\n\n- [ ] 4. Final checkpoint\n\n## Task Dependency Graph\n\n```json\n{\"waves\": [{\"id\": 0, \"tasks\": [\"1\", \"2\"]}, {\"id\": 1, \"tasks\": [\"3\"]}, {\"id\": 2, \"tasks\": [\"4\"]}]}\n```\n";
const A: &str = "WHEN five attempts fail, THE Limiter SHALL reject the sixth";
const B: &str = "THE Limiter SHALL write one line to the audit log";
const C: &str = "WHILE an account is blocked, THE Limiter SHALL answer 429";
const NEW: &str = "IF the store is down, THEN THE Limiter SHALL allow the attempt";

fn requirements(criteria: &[&str]) -> String {
    let mut text =
        String::from("## Requirements\n\n### Requirement 1: Limit\n\n#### Acceptance Criteria\n\n");
    for (i, c) in criteria.iter().enumerate() {
        text += &format!("{}. {c}\n", i + 1);
    }
    text
}

fn spec(requirements: &str, design: &str, tasks: &str) -> Spec {
    let mut spec = Spec::default();
    for (document, text) in [
        (Document::Requirements, requirements),
        (Document::Design, design),
        (Document::Tasks, tasks),
    ] {
        spec.set(document, Some(Reading::new(document, Source::new(text))));
    }
    spec
}

/// Syncs, checks that a second sync does nothing, and gives design and tasks.
fn synced(old: &[&str], new: &[&str], design: &str, tasks: &str) -> (String, String, Vec<String>) {
    let previous = Requirements::parse(&requirements(old));
    let wanted = requirements(new);
    let plan = sync(&spec(&wanted, design, tasks), Some(&previous));
    let apply = |d: Document, text: &str| {
        plan.edits
            .get(&d)
            .map_or_else(|| text.to_owned(), |e| edit::apply(text, e))
    };
    let (design, tasks) = (
        apply(Document::Design, design),
        apply(Document::Tasks, tasks),
    );
    let again = spec(&wanted, &design, &tasks);
    for previous in [&previous, &Requirements::parse(&wanted)] {
        let second = sync(&again, Some(previous));
        assert!(second.edits.is_empty(), "{tasks}\n{:?}", second.edits);
    }
    (design, tasks, plan.notes)
}

#[test]
fn nothing_to_do_is_an_empty_plan() {
    let wanted = requirements(&[A, B, C]);
    let spec = spec(&wanted, DESIGN, TASKS);
    assert!(sync(&spec, Some(&Requirements::parse(&wanted))).is_empty());
    assert!(sync(&spec, None).is_empty());
    assert!(sync(&Spec::default(), None).is_empty());
}

#[test]
fn a_new_criterion_brings_a_task_and_a_property() {
    let (design, tasks, notes) = synced(&[A, B, C], &[A, NEW, B, C], DESIGN, TASKS);
    assert_eq!(
        tasks,
        TASKS
            .replace("_Requirements: 1.3_", "_Requirements: 1.4_")
            .replace("_Requirements: 1.2_", "_Requirements: 1.3_")
            .replace(
                "- [ ] 4. Final",
                &format!("- [ ] 5. Allow the attempt\n  - Files: not known yet, name them before you start\n  - Done when: a test shows that {NEW}\n  - _Requirements: 1.2_\n\n- [ ] 4. Final")
            )
            .replace("[\"3\"]", "[\"3\", \"5\"]")
    );
    assert_eq!(
        design,
        DESIGN.replace("Requirements 1.2", "Requirements 1.3").replace(
            "\n\n## Error",
            "\n\n### Property 3: Allow the attempt\n\n*For any* case where the store is down, THE Limiter SHALL allow the attempt\n\n**Validates: Requirements 1.2**\n\n## Error"
        )
    );
    assert_eq!(notes.len(), 4, "{notes:?}");
}

#[test]
fn a_removed_criterion_leaves_a_mark() {
    let (design, tasks, notes) = synced(&[A, B, C], &[A, C], DESIGN, TASKS);
    assert_eq!(
        tasks,
        TASKS
            .replace(
                "_Requirements: 1.2_",
                "_Orphaned: requirement 1.2 was removed_"
            )
            .replace("_Requirements: 1.3_", "_Requirements: 1.2_")
    );
    assert_eq!(
        design,
        DESIGN.replace(
            "**Validates: Requirements 1.2**",
            "_Orphaned: requirement 1.2 was removed_"
        )
    );
    assert!(
        notes.iter().any(|n| n.contains("property 2, task 2")),
        "{notes:?}"
    );
}

#[test]
fn a_task_whose_property_is_orphaned_is_orphaned_too() {
    let tasks = "- [ ] 1. A\n  - _Requirements: 1.1, 1.3_\n- [ ] 2. Test\n  - **Property 2: Log**\n- [ ] 3. Both\n  - **Property 1: Reject**\n  - **Validates: Requirements 1.2**\n";
    let (_, tasks, _) = synced(&[A, B, C], &[A, C], DESIGN, tasks);
    assert_eq!(
        tasks,
        "- [ ] 1. A\n  - _Requirements: 1.1, 1.2_\n- [ ] 2. Test\n  - **Property 2: Log**\n  - _Orphaned: its property has no requirement any more_\n- [ ] 3. Both\n  - **Property 1: Reject**\n"
    );
}

#[test]
fn moved_and_edited_criteria_keep_their_tasks() {
    let edited = "WHEN three attempts fail, THE Limiter SHALL reject the fourth";
    let (_, tasks, notes) = synced(&[A, B, C], &[B, edited, C], DESIGN, TASKS);
    assert_eq!(
        tasks,
        TASKS
            .replace("_Requirements: 1.1_", "_Requirements: X_")
            .replace("_Requirements: 1.2_", "_Requirements: 1.1_")
            .replace("_Requirements: X_", "_Requirements: 1.2_")
    );
    assert!(
        notes.contains(&"1.2 was changed: check property 1, task 1.".to_owned()),
        "{notes:?}"
    );
}

#[test]
fn without_a_previous_text_uncovered_criteria_get_tasks() {
    let tasks = "- [ ] 1. A\r\n  - _要件: 1.1, 9.9_";
    let wanted = requirements(&[A, B]);
    let plan = sync(&spec(&wanted, DESIGN, tasks), None);
    let new = edit::apply(tasks, &plan.edits[&Document::Tasks]);
    assert!(
        new.starts_with(tasks) && new.ends_with("\r\n  - _要件: 1.2_"),
        "{new}"
    );
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    assert!(plan.notes.iter().any(|n| n.contains("9.9")));
    assert_eq!(plan.edits.len(), 1);
    let again = sync(&spec(&wanted, DESIGN, &new), None);
    assert!(again.edits.is_empty());
}

#[test]
fn many_new_criteria_of_one_requirement_share_a_task() {
    let more = [
        A,
        B,
        C,
        NEW,
        "THE Limiter SHALL a",
        "THE Limiter SHALL b",
        "THE Limiter SHALL c",
    ];
    let (_, tasks, _) = synced(&[A, B, C], &more, DESIGN, TASKS);
    assert!(
        tasks.contains("- [ ] 5. Limit\n") && tasks.contains("_Requirements: 1.4, 1.5, 1.6, 1.7_"),
        "{tasks}"
    );
}

#[test]
fn unreadable_requirements_change_nothing() {
    let previous = Requirements::parse(&requirements(&[A]));
    let plan = sync(&spec("```\n", DESIGN, TASKS), Some(&previous));
    assert!(plan.edits.is_empty() && plan.notes.len() == 1);
}

#[test]
fn what_only_moved_keeps_its_approval() {
    let design = "## Error Handling\n\n- Locked: refuse (1.1)\n- As requirement 1.2 says\n\n## Correctness Properties\n\n### Property 1: Reject\n\n*For any* series, the sixth is rejected (1.1).\n\n**Validates: Requirements 1.1**\n";
    let tasks = "- [ ] 1. Reject the sixth (Req 1.1)\n  - Tests: a case for 1.1\n  - Done when: a test for each of 1.1, 1.2 passes\n  - _Requirements: 1.1, 1.2_\n- [ ] 2. Answer 429\n  - _Requirements: 1.3_\n";
    let (new_design, new_tasks, _) = synced(&[A, B, C], &[NEW, A, B, C], design, tasks);
    assert!(new_design.contains("refuse (1.2)") && new_tasks.contains("each of 1.2, 1.3 passes"));
    let hashes = |criteria: &[&str], design: &str, tasks: &str| -> Vec<(String, String)> {
        let spec = spec(&requirements(criteria), design, tasks);
        [Document::Design, Document::Tasks]
            .into_iter()
            .flat_map(|d| crate::hash::items(&spec, d))
            .map(|item| (item.id, item.sha256))
            .collect()
    };
    let after = hashes(&[NEW, A, B, C], &new_design, &new_tasks);
    for item in hashes(&[A, B, C], design, tasks) {
        let section = "section:Correctness Properties";
        assert!(
            item.0 == section || after.contains(&item),
            "{item:?}\n{after:?}"
        );
    }
}
