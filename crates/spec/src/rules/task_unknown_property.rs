//! A task names a correctness property that the design does not have.
//!
//! The test that the task asks for has nothing to prove. Mostly the property was renumbered or removed.
//!
//! ```markdown
//! - [ ] 2.1 Test the counter
//!   - **Property 7: Never above five**      <- design.md ends with Property 4
//! ```

use rutter_text::Edit;
use rutter_text::refs::Target;

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::Document;
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "task/unknown-property",
    default: Level::Warning,
    docs: docs!("task_unknown_property.rs"),
    check: Some(Check::new(Reads::TASKS.and(Reads::DESIGN), check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (Some(tasks), Some(design)) = (&context.spec.tasks, &context.spec.design) else {
        return;
    };
    if design.properties.is_empty() {
        return;
    }
    for task in &tasks.tasks {
        for reference in task.requirements.iter().chain(&task.validates) {
            let Target::Property(number) = reference.target else {
                continue;
            };
            if design.property(number).is_some() {
                continue;
            }
            let mut finding = sink.finding(
                reference.range.clone(),
                format!("design.md has no Property {number}."),
            );
            let near = design
                .properties
                .iter()
                .min_by_key(|p| p.number.abs_diff(number));
            if let Some(near) = near {
                finding = finding
                    .fix(
                        format!("Change to Property {}", near.number),
                        vec![Edit::replace(
                            tail_digits(tasks.source.text(), reference.range.clone()),
                            near.number.to_string(),
                        )],
                    )
                    .related(
                        Document::Design.file_name(),
                        near.heading.clone(),
                        format!("The nearest is Property {}", near.number),
                    );
            }
            sink.add(Document::Tasks.file_name(), finding);
        }
    }
}

/// The digits of `P7` or `7`.
fn tail_digits(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let part = &text[range.clone()];
    let start = part.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    range.start + start..range.end
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    #[test]
    fn only_a_number_the_design_lacks() {
        let design =
            "## Correctness Properties\n\n### Property 1: A\n\nx\n\n### Property 2: B\n\ny\n";
        assert_eq!(
            everywhere(
                RULE.code,
                &[
                    ("design.md", design),
                    (
                        "tasks.md",
                        "- [ ] 1. A\n  - **Property 2: B**\n  - Validates: P4 (gone)\n"
                    )
                ]
            ),
            [
                "tasks.md|P4|design.md has no Property 4.|Change to Property 2 → - Validates: P2 (gone)"
            ]
        );
        assert_eq!(
            everywhere(
                RULE.code,
                &[
                    ("design.md", "# Without any\n"),
                    ("tasks.md", "- [ ] 1. A\n  - **Property 2: B**\n")
                ]
            ),
            [""; 0]
        );
    }
}
