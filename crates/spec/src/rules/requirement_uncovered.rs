//! No task cites this criterion.
//!
//! It may be forgotten when the work is done. A criterion counts as covered when a task cites it, its requirement or a
//! range that holds it, or names a correctness property that validates it. Nothing is said while there are no tasks, where
//! no task cites anything, and where every task is done in a spec that was never approved here: that is history.
//!
//! ```markdown
//! 3. IF the store is down, THEN THE Limiter SHALL log it      <- no `_Requirements: …_` holds 1.3
//! ```

use std::collections::HashSet;

use foldhash::fast::RandomState;
use rutter_text::refs::Target;

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::Criterion;
use crate::tasks::Mark;
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "requirement/uncovered",
    default: Level::Hint,
    docs: docs!("requirement_uncovered.rs"),
    check: Some(Check::new(Reads::BESIDE, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let spec = context.spec;
    let (Some(tasks), Some((document, wanted))) = (&spec.tasks, spec.wanted()) else {
        return;
    };
    let work_left = tasks.leaves().any(|t| t.mark != Mark::Done && !t.optional);
    if !work_left && !context.governed() {
        return;
    }
    let mut covered: HashSet<&str, RandomState> = HashSet::default();
    let mut cites = false;
    for reference in tasks
        .tasks
        .iter()
        .flat_map(|t| t.requirements.iter().chain(&t.validates))
    {
        let resolved = spec.leads(reference);
        cites |= !resolved.criteria.is_empty() && reference.target != Target::All;
        covered.extend(resolved.criteria);
        for number in resolved.properties {
            let property = spec.design.as_ref().and_then(|d| d.property(number));
            for validated in property.iter().flat_map(|p| &p.validates) {
                covered.extend(spec.leads(validated).criteria);
            }
        }
    }
    if !cites {
        return;
    }
    let file = document.file_name();
    for requirement in wanted.wanted() {
        let open: Vec<&Criterion> = requirement
            .criteria
            .iter()
            .filter(|c| !covered.contains(c.label.as_str()))
            .collect();
        if let [first, .., last] = open.as_slice()
            && open.len() == requirement.criteria.len()
        {
            let message = format!("No task cites criteria {} to {}.", first.label, last.label);
            sink.add(file, sink.finding(requirement.heading.clone(), message));
            continue;
        }
        for criterion in open {
            let message = format!("No task cites criterion {}.", criterion.label);
            sink.add(file, sink.finding(criterion.marker.clone(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    const REQUIREMENTS: &str = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE A SHALL b\n2. THE A SHALL c\n\n### Requirement 2: B\n\n#### Acceptance Criteria\n\n1. THE A SHALL d\n";
    const DESIGN: &str = "### Property 1: P\n\nx\n\n**Validates: Requirements 2.1**\n";

    fn found(tasks: &str) -> Vec<String> {
        everywhere(
            RULE.code,
            &[
                ("requirements.md", REQUIREMENTS),
                ("design.md", DESIGN),
                ("tasks.md", tasks),
            ],
        )
    }

    #[test]
    fn a_criterion_without_task() {
        assert_eq!(
            found("- [ ] 1. A\n  - _Requirements: 1.1, 2_\n"),
            ["requirements.md|2.|No task cites criterion 1.2."]
        );
    }

    #[test]
    fn a_whole_requirement_without_task_is_one_finding() {
        assert_eq!(
            found("- [ ] 1. A\n  - _Requirements: 2_\n"),
            ["requirements.md|Requirement 1: A|No task cites criteria 1.1 to 1.2."]
        );
    }

    #[test]
    fn a_property_covers_what_it_validates() {
        assert_eq!(
            found("- [ ] 1. A\n  - _Requirements: 1_\n  - **Property 1: P**\n"),
            [""; 0]
        );
    }

    #[test]
    fn nothing_is_said_where_nothing_is_known() {
        for tasks in [
            "- [ ] 1. A\n",
            "- [ ] 1. A\n  - _Requirements: All_\n",
            "- [ ] 1. A\n  - _Requirements: the notes_\n",
            "- [x] 1. A\n  - _Requirements: 1.1_\n- [ ]* 2. B\n",
        ] {
            assert_eq!(found(tasks), [""; 0], "{tasks}");
        }
    }
}
