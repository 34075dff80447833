//! A task names a story, requirement or task that does not exist.
//!
//! Nobody can tell what the task is there for: mostly a number that moved, or a slip of the hand.
//!
//! ```markdown
//! - [ ] T014 [US4] Share an album in src/share.py      <- spec.md has three user stories
//! ```

use rutter_text::rule::{Level, Sink, docs};

use super::{Context, Rule};
use crate::foreign::{Flavour, ForeignDocument, Role};

pub(super) const RULE: Rule = Rule {
    code: "foreign/unknown-id",
    default: Level::Warning,
    docs: docs!("unknown_id.rs"),
    check,
};

/// The letters of an id.
fn family(id: &str) -> &str {
    &id[..id.bytes().take_while(u8::is_ascii_uppercase).count()]
}

fn check(cx: &Context<'_>, document: &ForeignDocument, sink: &mut Sink<'_>) {
    if cx.spec.flavour != Flavour::SpecKit || document.role != Role::Tasks {
        return;
    }
    for mention in &document.mentions {
        let inside = |range: &std::ops::Range<usize>| {
            range.start <= mention.range.start && mention.range.end <= range.end
        };
        let in_task = cx
            .spec
            .tasks()
            .any(|(d, task)| d.name == document.name && inside(&task.range));
        // Of a kind that nothing here defines nothing can be said: it is no id of this spec.
        let mut known = cx.spec.items().filter(|(_, item)| !item.id.is_empty());
        let is_ours = known.any(|(_, item)| family(&item.id) == family(&mention.id));
        if in_task && is_ours && cx.spec.item(&mention.id).is_none() {
            sink.report(
                mention.range.clone(),
                format!("{} has no {}.", cx.spec.name, mention.id),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;
    use crate::foreign::Flavour;

    #[test]
    fn only_ids_of_a_kind_that_is_there_are_missed() {
        let spec = "### User Story 1 - A (Priority: P1)\n\nWords.\n\n- **FR-001**: System MUST a\n";
        let tasks = "Tasks for US9.\n\n- [ ] T001 [P] [US1] a for FR-001\n- [ ] T002 [US2] b for FR-009, RFC-2119 (after T001, T077)\n";
        assert_eq!(
            everywhere(
                RULE.code,
                Flavour::SpecKit,
                &[("spec.md", spec), ("tasks.md", tasks)]
            ),
            [
                "tasks.md|US2|sample has no US2.",
                "tasks.md|FR-009|sample has no FR-009.",
                "tasks.md|T077|sample has no T077."
            ]
        );
    }
}
