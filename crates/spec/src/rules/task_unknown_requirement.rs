//! A task cites a requirement or criterion that does not exist.
//!
//! The work of the task cannot be traced to anything that was asked for: mostly a number that moved when a criterion was
//! inserted or removed, or a slip of the hand.
//!
//! ```markdown
//! - [ ] 2. Count failed attempts
//!   - _Requirements: 1.2, 1.9_      <- requirement 1 has four criteria
//! ```

use super::{Check, Context, Level, Reads, Rule, Sink, references};
use crate::Document;
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "task/unknown-requirement",
    default: Level::Warning,
    docs: docs!("task_unknown_requirement.rs"),
    check: Some(Check::new(Reads::WANTED.and(Reads::TASKS), check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (Some(tasks), Some((document, wanted))) = (&context.spec.tasks, context.spec.wanted())
    else {
        return;
    };
    let known = references::Known::new(context.spec, wanted);
    for task in &tasks.tasks {
        let lists = [&task.requirements, &task.validates];
        for (list, reference) in lists
            .into_iter()
            .flat_map(|l| l.iter().map(move |r| (l, r)))
        {
            for id in known.unknown(tasks.source.text(), reference) {
                let finding = sink.finding(
                    reference.range.clone(),
                    format!(
                        "{} has no requirement or criterion {id}.",
                        document.file_name()
                    ),
                );
                let near = known.nearest(&id);
                let finding = references::repairs(
                    finding,
                    &near,
                    tasks.source.text(),
                    &tasks.outline,
                    reference,
                    list,
                );
                sink.add(Document::Tasks.file_name(), finding);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    const REQUIREMENTS: &str = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE A SHALL b\n2. THE A SHALL c\n\n### Requirement 2: B\n\n#### Acceptance Criteria\n\n1. THE A SHALL d\n";

    fn found(tasks: &str) -> Vec<String> {
        everywhere(
            RULE.code,
            &[("requirements.md", REQUIREMENTS), ("tasks.md", tasks)],
        )
    }

    #[test]
    fn a_dangling_id_is_found_with_what_was_meant() {
        assert_eq!(
            found("- [ ] 1. A\n  - _Requirements: 1.1, 1.3, 2.1_\n"),
            [
                "tasks.md|1.3|requirements.md has no requirement or criterion 1.3.|Change to 1.2 → - _Requirements: 1.1, 1.2, 2.1_|Remove the reference → - _Requirements: 1.1, 2.1_"
            ]
        );
        assert_eq!(
            found("- [ ] 1. A\n  - **Validates: Requirements 9.1, 1.1**\n"),
            [
                "tasks.md|9.1|requirements.md has no requirement or criterion 9.1.|Remove the reference → - **Validates: Requirements 1.1**"
            ]
        );
        assert_eq!(found("- [ ] 1. A\n  - _Requirements: 9.1_\n").len(), 1);
    }

    #[test]
    fn ranges_are_looked_at_from_both_ends() {
        assert_eq!(
            found("- [ ] 1. A\n  - _Requirements: 1.1-1.7_\n"),
            [
                "tasks.md|1.1-1.7|requirements.md has no requirement or criterion 1.7.|Remove the reference → "
            ]
        );
    }

    #[test]
    fn what_exists_or_is_no_id_is_left_alone() {
        for tasks in [
            "- [ ] 1. A\n  - _Requirements: 1, 2.1, R2, 1.1-2.1, All, Design §4, NFR_\n",
            "- [ ] 1. A\n  - _Requirements: 所有需求_\n  - _Depends: 9.9_\n",
            "- [ ] 1. A\n",
            "```\n- [ ] 1. A\n  - _Requirements: 9.9_\n```\n",
            "- [ ] 1. A\n  - _Requirements: 9.9_ <!-- rutter: ignore task/unknown-requirement -->\n",
        ] {
            assert_eq!(found(tasks), [""; 0], "{tasks}");
        }
        assert_eq!(
            everywhere(
                RULE.code,
                &[("tasks.md", "- [ ] 1. A\n  - _Requirements: 9.9_\n")]
            ),
            [""; 0],
            "there is nothing to know it by"
        );
    }
}
