//! A task stands in a wave before, or together with, a task that it must follow.
//!
//! Waves run one after the other, and tasks of one wave run side by side: the task would begin before what it needs is
//! there. A task must follow those that its `Depends:` line names, and a task with sub-tasks is only done after them.
//!
//! ```markdown
//! - [ ] 2. Use the store
//!   - _Depends: 1_      <- but both stand in the first wave
//! ```

use rutter_text::markdown::Outline;

use super::depends::depends;
use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::Document;
use crate::tasks::Mark;
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "task/wave-order",
    default: Level::Warning,
    docs: docs!("task_wave_order.rs"),
    check: Some(Check::new(Reads::TASKS, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(tasks) = &context.spec.tasks else {
        return;
    };
    let Some(waves) = tasks.waves.as_ref().filter(|w| !w.mermaid) else {
        return;
    };
    let outline: &Outline = &tasks.outline;
    let place = |number: &str| {
        waves.waves.iter().enumerate().find_map(|(wave, ids)| {
            let (_, range) = ids.iter().find(|(id, _)| id == number)?;
            Some((wave, range.clone()))
        })
    };
    let explicit = depends(tasks.source.text(), tasks)
        .iter()
        .map(|d| (d.task, d.on, Some(d.range.clone())));
    let families = tasks
        .tasks
        .iter()
        .enumerate()
        .filter_map(|(child, t)| Some((t.parent?, child, None)));
    for (task, on, written) in explicit.chain(families) {
        let (later, earlier) = (&tasks.tasks[task], &tasks.tasks[on]);
        if earlier.mark == Mark::Done || task == on {
            continue;
        }
        let (Some(number), Some(needed)) = (&later.number, &earlier.number) else {
            continue;
        };
        let (Some((wave, range)), Some((other, _))) = (place(number), place(needed)) else {
            continue;
        };
        // A parent in one wave with its sub-tasks only names the group.
        if wave > other || wave == other && written.is_none() {
            continue;
        }
        let message = match (&written, wave == other) {
            (Some(_), true) => {
                format!("Task {number} needs task {needed}, which runs in the same wave.")
            }
            (Some(_), false) => {
                format!("Task {number} needs task {needed}, which runs in a later wave.")
            }
            (None, _) => format!("Task {number} runs before its sub-task {needed}."),
        };
        let (related, what) = match written {
            Some(range) => (range, format!("Task {number} says so here")),
            None => (
                outline.lines[earlier.line].range.clone(),
                format!("The sub-task {needed}"),
            ),
        };
        let finding =
            sink.finding(range, message)
                .related(Document::Tasks.file_name(), related, what);
        sink.add(Document::Tasks.file_name(), finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    fn found(tasks: &str, waves: &str) -> Vec<String> {
        let text =
            format!("{tasks}\n## Task Dependency Graph\n\n```json\n{{\"waves\":{waves}}}\n```\n");
        everywhere(RULE.code, &[("tasks.md", &text)])
    }

    #[test]
    fn what_is_needed_comes_first() {
        let tasks = "- [ ] 1. A\n- [ ] 2. B\n  - _Depends: 1_\n";
        assert_eq!(
            found(tasks, "[[\"1\",\"2\"]]"),
            ["tasks.md|\"2\"|Task 2 needs task 1, which runs in the same wave."]
        );
        assert_eq!(
            found(tasks, "[[\"2\"],[\"1\"]]"),
            ["tasks.md|\"2\"|Task 2 needs task 1, which runs in a later wave."]
        );
        assert_eq!(found(tasks, "[[\"1\"],[\"2\"]]"), [""; 0]);
        assert_eq!(found(tasks, "[[\"2\"]]"), [""; 0]);
        let done = tasks.replace("[ ] 1", "[x] 1");
        assert_eq!(found(&done, "[[\"1\",\"2\"]]"), [""; 0]);
    }

    #[test]
    fn sub_tasks_run_no_later_than_their_parent() {
        let tasks = "- [ ] 1. A\n  - [ ] 1.1 B\n";
        assert_eq!(
            found(tasks, "[[\"1\"],[\"1.1\"]]"),
            ["tasks.md|\"1\"|Task 1 runs before its sub-task 1.1."]
        );
        assert_eq!(found(tasks, "[[\"1\",\"1.1\"]]"), [""; 0]);
        assert_eq!(found(tasks, "[[\"1.1\"],[\"1\"]]"), [""; 0]);
    }
}
