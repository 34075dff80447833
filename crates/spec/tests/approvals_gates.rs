//! What an approval opens: the next stage and runs; and what can be approved.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use common::*;
use rutter_spec::approvals::Approvals;
use rutter_spec::hash;
use rutter_spec::stages::{self, ApproveError, Gate, State};
use rutter_spec::{Document, Stage, Workflow};

#[test]
fn the_next_stage_needs_a_valid_approval_of_the_one_before() {
    let mut spec = spec();
    spec.set(Document::Tasks, None);
    let none = Approvals::default();
    assert_eq!(
        stages::may_continue(&spec, &none, Stage::Requirements),
        Ok(())
    );
    assert!(matches!(
        stages::may_continue(&spec, &none, Stage::Design),
        Err(Gate::Draft {
            stage: Stage::Requirements,
            ..
        })
    ));
    assert_eq!(stages::next(&spec, &none), Some(Stage::Requirements));
    assert_eq!(stages::next_document(&spec), Some(Stage::Tasks));
    let approvals = approve(&spec, &none, Stage::Requirements);
    assert_eq!(
        stages::may_continue(&spec, &approvals, Stage::Design),
        Ok(())
    );
    assert!(matches!(
        stages::may_continue(&spec, &approvals, Stage::Tasks),
        Err(Gate::Draft {
            stage: Stage::Design,
            ..
        })
    ));
    let approvals = approve(&spec, &approvals, Stage::Design);
    assert_eq!(
        stages::may_continue(&spec, &approvals, Stage::Tasks),
        Ok(())
    );
    assert_eq!(stages::next(&spec, &approvals), Some(Stage::Tasks));
    let after = edited(
        &spec,
        Document::Requirements,
        "reject the sixth",
        "reject the tenth",
    );
    let gate = stages::may_continue(&after, &approvals, Stage::Tasks).unwrap_err();
    assert_eq!(
        gate.to_string(),
        "requirements.md changed since it was approved (1.1): approve it again first."
    );
    spec.set(Document::Design, None);
    assert!(matches!(
        stages::may_continue(&spec, &approvals, Stage::Tasks),
        Err(Gate::Missing {
            stage: Stage::Design,
            ..
        })
    ));
}

#[test]
fn every_workflow_has_its_own_order() {
    let spec = with_workflow(spec(), Workflow::DesignFirst);
    let design = approve(&spec, &Approvals::default(), Stage::Design);
    assert_eq!(
        stages::may_continue(&spec, &design, Stage::Requirements),
        Ok(())
    );
    assert!(stages::may_continue(&spec, &Approvals::default(), Stage::Requirements).is_err());
    assert!(matches!(
        stages::may_continue(&spec, &design, Stage::Tasks),
        Err(Gate::Draft {
            stage: Stage::Requirements,
            ..
        })
    ));
    // Requirements that come later don't reach back into a design that is approved.
    let mut early = spec.clone();
    early.set(Document::Requirements, None);
    let design = approve(&early, &Approvals::default(), Stage::Design);
    assert_eq!(stale(&spec, &design), Vec::<String>::new());
    assert_eq!(stages::status(&spec, &design)[0].state, State::Approved);

    let mut bugfix = with_workflow(common::spec(), Workflow::Bugfix);
    bugfix.set(Document::Requirements, None);
    put(
        &mut bugfix,
        Document::Bugfix,
        "# Bugfix\n\n## Bug Analysis\n\n### Current Behavior (Defect)\n\n1.1 WHEN a is empty THEN the system crashes\n\n### Expected Behavior (Correct)\n\n2.1 WHEN a is empty THEN the system SHALL say so\n",
    );
    assert!(matches!(
        stages::may_continue(&bugfix, &Approvals::default(), Stage::Design),
        Err(Gate::Draft {
            document: Document::Bugfix,
            ..
        })
    ));
    let approvals = approve(&bugfix, &Approvals::default(), Stage::Requirements);
    assert_eq!(
        approvals.get(Stage::Requirements).unwrap().document,
        "bugfix.md"
    );
    assert_eq!(
        stages::may_continue(&bugfix, &approvals, Stage::Design),
        Ok(())
    );
    let after = edited(&bugfix, Document::Bugfix, "SHALL say so", "SHALL go on");
    assert_eq!(stale(&after, &approvals), ["requirements 2.1 changed"]);
}

#[test]
fn quick_has_no_gates_but_tasks_need_a_yes_to_run() {
    let spec = with_workflow(spec(), Workflow::Quick);
    let none = Approvals::default();
    for stage in Stage::ALL {
        assert_eq!(stages::may_continue(&spec, &none, stage), Ok(()));
    }
    assert_eq!(stages::next(&spec, &none), Some(Stage::Tasks));
    assert!(matches!(
        stages::may_run_task(&spec, &none),
        Err(Gate::Draft {
            stage: Stage::Tasks,
            ..
        })
    ));
    let approvals = approve(&spec, &none, Stage::Tasks);
    assert_eq!(stages::may_run_task(&spec, &approvals), Ok(()));
    assert_eq!(stages::next(&spec, &approvals), None);
    let after = edited(&spec, Document::Tasks, "Count failures", "Delete failures");
    assert!(stages::may_run_task(&after, &approvals).is_err());
}

#[test]
fn a_task_runs_only_when_everything_before_it_is_approved() {
    let spec = spec();
    let tasks = approve(&spec, &Approvals::default(), Stage::Tasks);
    assert!(stages::may_run_task(&spec, &tasks).is_err());
    let all = approved(&spec);
    assert_eq!(stages::may_run_task(&spec, &all), Ok(()));
    let after = edited(
        &spec,
        Document::Requirements,
        "reject the sixth",
        "reject the tenth",
    );
    assert!(matches!(
        stages::may_run_task(&after, &all),
        Err(Gate::Stale {
            stage: Stage::Requirements,
            ..
        })
    ));
    let mut only_tasks = spec.clone();
    only_tasks.set(Document::Requirements, None);
    only_tasks.set(Document::Design, None);
    let approvals = approve(&only_tasks, &Approvals::default(), Stage::Tasks);
    assert_eq!(stages::may_run_task(&only_tasks, &approvals), Ok(()));
}

#[test]
fn a_missing_document_and_open_decisions_are_refused() {
    let mut spec = spec();
    spec.set(Document::Tasks, None);
    let none = Approvals::default();
    let refuse = |spec: &rutter_spec::Spec, stage, ids: Option<&[String]>| {
        stages::approve(spec, &none, stage, ids, ada(), "t").unwrap_err()
    };
    assert_eq!(
        refuse(&spec, Stage::Tasks, None),
        ApproveError::MissingDocument(Document::Tasks)
    );
    let decided = edited(
        &spec,
        Document::Requirements,
        "WHEN five attempts",
        "WHEN [five attempts?](#d1)",
    );
    let text = format!(
        "{}\n## Open Decisions\n\n- **D1** How many? `five attempts` | `three attempts` (1.1)\n- **D2** How long? `1 hour` | `1 day` (2.1)\n",
        decided.source(Document::Requirements).unwrap().text()
    );
    put(&mut spec, Document::Requirements, &text);
    assert_eq!(
        refuse(&spec, Stage::Requirements, None),
        ApproveError::OpenDecisions(vec!["D1".to_owned(), "D2".to_owned()])
    );
    let ids = ["2.1".to_owned(), "1.2".to_owned()];
    assert_eq!(
        refuse(&spec, Stage::Requirements, Some(&ids)),
        ApproveError::OpenDecisions(vec!["D2".to_owned()])
    );
    assert_eq!(
        stages::open_decisions(&spec, Stage::Design),
        Vec::<String>::new()
    );
    let ids = ["1.2".to_owned()];
    assert!(stages::approve(&spec, &none, Stage::Requirements, Some(&ids), ada(), "t").is_ok());
}

#[test]
fn a_part_can_be_approved() {
    let spec = spec();
    let none = Approvals::default();
    let part = |approvals: &Approvals, spec: &rutter_spec::Spec, ids: &[&str]| {
        let ids: Vec<String> = ids.iter().map(|s| (*s).to_owned()).collect();
        stages::approve(spec, approvals, Stage::Requirements, Some(&ids), ada(), "t")
    };
    let some = part(&none, &spec, &["1.1", "Limiter"]).unwrap();
    assert_eq!(states(&spec, &some)[0], (Stage::Requirements, State::Draft));
    assert!(stages::may_continue(&spec, &some, Stage::Design).is_err());
    let after = edited(
        &spec,
        Document::Requirements,
        "reject the sixth",
        "reject the tenth",
    );
    assert_eq!(
        states(&after, &some)[0],
        (Stage::Requirements, State::Stale)
    );
    let all = part(&some, &spec, &["1.2", "1.3", "2.1", "term:Store"]).unwrap();
    assert_eq!(
        states(&spec, &all)[0],
        (Stage::Requirements, State::Approved)
    );
    assert_eq!(
        part(&none, &spec, &["1.9", "1.1"]).unwrap_err(),
        ApproveError::UnknownItem(vec!["1.9".to_owned()])
    );
}

#[test]
fn a_stale_item_can_be_approved_alone() {
    let spec = spec();
    let approvals = approve(&spec, &Approvals::default(), Stage::Requirements);
    let after = edited(
        &spec,
        Document::Requirements,
        "reject the sixth",
        "reject the tenth",
    );
    let after = edited(
        &after,
        Document::Requirements,
        "3. IF the Store is down, THEN THE Limiter SHALL let people in\n",
        "",
    );
    let before = approvals.get(Stage::Requirements).unwrap().sha256.clone();
    let one = stages::approve(
        &after,
        &approvals,
        Stage::Requirements,
        Some(&["1.1".to_owned()]),
        ada(),
        "t",
    )
    .unwrap();
    assert_eq!(stale(&after, &one), ["requirements 1.3 removed"]);
    assert_eq!(
        one.get(Stage::Requirements).unwrap().sha256,
        before,
        "the whole text is not approved yet"
    );
    let two = stages::approve(
        &after,
        &one,
        Stage::Requirements,
        Some(&["1.3".to_owned()]),
        ada(),
        "t",
    )
    .unwrap();
    assert_eq!(states(&after, &two)[0].1, State::Approved);
    assert_eq!(
        two.get(Stage::Requirements).unwrap().sha256,
        hash::document(&after, Document::Requirements).unwrap()
    );
}

#[test]
fn an_approval_of_another_document_does_not_count() {
    let spec = spec();
    let text = approved(&spec)
        .render()
        .replace("\"requirements.md\"", "\"bugfix.md\"");
    assert_eq!(
        states(&spec, &Approvals::read(&text))[0],
        (Stage::Requirements, State::Draft)
    );
}
