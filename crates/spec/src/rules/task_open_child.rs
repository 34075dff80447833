//! A task is done, but one of its sub-tasks is not.
//!
//! A task with sub-tasks is done when these are: either the sub-task was forgotten, or its mark was. Optional sub-tasks
//! (`- [ ]*`) may stay open.
//!
//! ```markdown
//! - [x] 2. Sign in
//!   - [x] 2.1 Check the password
//!   - [ ] 2.2 Count failed attempts      <- open
//! ```

use rutter_text::Edit;
use rutter_text::rule::docs;

use super::{Context, Level, Rule, Sink};
use crate::{Document, Mark, Task};

pub(super) const RULE: Rule = Rule {
    code: "task/open-child",
    default: Level::Warning,
    docs: docs!("task_open_child.rs"),
    check: Some(check),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(tasks) = &context.spec.tasks else {
        return;
    };
    let mut open: Vec<(usize, Vec<&Task>)> = Vec::new();
    for child in &tasks.tasks {
        let Some(parent) = child.parent else { continue };
        if child.mark == Mark::Done || child.optional || tasks.tasks[parent].mark != Mark::Done {
            continue;
        }
        match open.iter_mut().rev().take(8).find(|(p, _)| *p == parent) {
            Some((_, children)) => children.push(child),
            None => open.push((parent, vec![child])),
        }
    }
    let file = Document::Tasks.file_name();
    for (parent, children) in open {
        let parent = &tasks.tasks[parent];
        // Below an optional task nothing has to be done.
        if parent.optional {
            continue;
        }
        let mark = |task: &Task, mark: Mark| {
            Edit::replace(task.mark_range.clone(), mark.as_char().to_string())
        };
        let (message, tick) = match children.as_slice() {
            [one] => (
                format!(
                    "Task {} is done, but its sub-task {} is not.",
                    parent.key(),
                    one.key()
                ),
                format!("Mark {} as done", one.key()),
            ),
            several => (
                format!(
                    "Task {} is done, but {} of its sub-tasks are not: {}.",
                    parent.key(),
                    several.len(),
                    several
                        .iter()
                        .map(|t| t.key())
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
                format!("Mark its {} open sub-tasks as done", several.len()),
            ),
        };
        let finding = sink
            .finding(parent.mark_range.start - 1..parent.title_range.end, message)
            .fix(
                format!("Mark {} as in progress", parent.key()),
                vec![mark(parent, Mark::Running)],
            )
            .fix(tick, children.iter().map(|c| mark(c, Mark::Done)).collect());
        let finding = children.iter().fold(finding, |finding, child| {
            finding.related(file, child.title_range.clone(), "This sub-task is open")
        });
        sink.add(file, finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    fn found(text: &str) -> Vec<String> {
        everywhere(RULE.code, &[("tasks.md", text)])
    }

    #[test]
    fn an_open_sub_task_of_a_done_task() {
        assert_eq!(
            found("- [x] 2. A\n  - [x] 2.1 B\n  - [ ] 2.2 C\n"),
            [
                "tasks.md|[x] 2. A|Task 2 is done, but its sub-task 2.2 is not.|Mark 2 as in progress → - [-] 2. A|Mark 2.2 as done → - [x] 2.2 C"
            ]
        );
        assert_eq!(
            found("- [x] 2. A\n- [-] 2.1 B\n- [~] 2.2 C\n"),
            [
                "tasks.md|[x] 2. A|Task 2 is done, but 2 of its sub-tasks are not: 2.1, 2.2.|Mark 2 as in progress → - [-] 2. A|Mark its 2 open sub-tasks as done → - [x] 2.1 B⏎- [x] 2.2 C"
            ]
        );
    }

    #[test]
    fn optional_sub_tasks_and_open_tasks_are_fine() {
        for text in [
            "- [x] 1. A\n  - [ ]* 1.1 B\n  - [x] 1.2 C\n",
            "- [-] 1. A\n  - [ ] 1.1 B\n",
            "- [ ] 1. A\n  - [ ] 1.1 B\n",
            "- [x]* 1. A\n  - [ ] 1.1 B\n",
            "- [x] 1. A\n- [ ] 2. B\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
