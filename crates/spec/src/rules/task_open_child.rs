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

use std::collections::HashSet;

use rutter_text::Edit;
use rutter_text::rule::docs;

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::{Document, Mark, Task};

pub(super) const RULE: Rule = Rule {
    code: "task/open-child",
    default: Level::Warning,
    docs: docs!("task_open_child.rs"),
    check: Some(Check::new(Reads::TASKS, check)),
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
    for (at, children) in open {
        let parent = &tasks.tasks[at];
        // Below an optional task nothing has to be done.
        if parent.optional {
            continue;
        }
        let name = match &parent.number {
            Some(number) => number.clone(),
            None => named(parent),
        };
        let (message, tick) = match children.as_slice() {
            [one] => {
                let child = named(one);
                (
                    format!("Task {name} is done, but its sub-task {child} is not."),
                    format!("Mark {child} as done"),
                )
            }
            several => {
                let count = several.len();
                let numbers: Vec<&str> =
                    several.iter().filter_map(|t| t.number.as_deref()).collect();
                let which = if numbers.len() == count {
                    format!(": {}", numbers.join(", "))
                } else {
                    String::new()
                };
                (
                    format!("Task {name} is done, but {count} of its sub-tasks are not{which}."),
                    format!("Mark its {count} open sub-tasks as done"),
                )
            }
        };
        let edits = |tasks: Vec<&Task>, mark: Mark| {
            tasks
                .into_iter()
                .map(|t| Edit::replace(t.mark_range.clone(), mark.as_char().to_string()))
                .collect()
        };
        let finding = sink
            .finding(parent.mark_range.start - 1..parent.title_range.end, message)
            .fix(
                format!("Mark {name} as in progress"),
                edits(done_above(&tasks.tasks, at), Mark::Running),
            )
            .fix(
                tick,
                edits(open_below(&tasks.tasks, at, &children), Mark::Done),
            );
        let finding = children.iter().fold(finding, |finding, child| {
            finding.related(file, child.title_range.clone(), "This sub-task is open")
        });
        sink.add(file, finding);
    }
}

/// A task as the user knows it: its number, else the beginning of its title.
fn named(task: &Task) -> String {
    const SHORT: usize = 40;
    match &task.number {
        Some(number) => number.clone(),
        None if task.title.chars().count() <= SHORT => format!("\"{}\"", task.title),
        None => {
            let start: String = task.title.chars().take(SHORT).collect();
            format!("\"{}…\"", start.trim_end())
        }
    }
}

/// A task and the done ones it is part of: if it is not done, they aren't either.
fn done_above(tasks: &[Task], at: usize) -> Vec<&Task> {
    std::iter::successors(Some(at), |&i| tasks[i].parent)
        .map(|i| &tasks[i])
        .take_while(|t| t.mark == Mark::Done)
        .collect()
}

/// The open sub-tasks of a task, and theirs, without what is optional.
fn open_below<'a>(tasks: &'a [Task], at: usize, children: &[&'a Task]) -> Vec<&'a Task> {
    let mut open: Vec<&Task> = children.to_vec();
    let mut inside = HashSet::from([at]);
    for (i, task) in tasks.iter().enumerate().skip(at + 1) {
        if !task
            .parent
            .is_some_and(|parent| parent == at || inside.contains(&parent))
        {
            if task.parent.is_none_or(|parent| parent < at) {
                break;
            }
            continue;
        }
        if task.optional {
            continue;
        }
        inside.insert(i);
        if task.mark != Mark::Done && !children.iter().any(|c| std::ptr::eq(*c, task)) {
            open.push(task);
        }
    }
    open.sort_by_key(|t| t.mark_range.start);
    open
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
    fn sub_tasks_without_number_are_named_by_their_title() {
        assert_eq!(
            found("- [x] 2. A\n  - [ ] Check it by hand\n"),
            [
                "tasks.md|[x] 2. A|Task 2 is done, but its sub-task \"Check it by hand\" is not.|Mark 2 as in progress → - [-] 2. A|Mark \"Check it by hand\" as done → - [x] Check it by hand"
            ]
        );
        assert!(
            found("- [x] 2. A\n  - [ ] B\n  - [ ] C\n")[0]
                .contains("|Task 2 is done, but 2 of its sub-tasks are not.|")
        );
    }

    #[test]
    fn marks_above_and_below_go_along() {
        let found =
            found("- [x] 1. A\n  - [x] 1.1 B\n    - [ ] C\n      - [ ] D\n      - [ ]* E\n");
        assert_eq!(
            found,
            [
                "tasks.md|[x] 1.1 B|Task 1.1 is done, but its sub-task \"C\" is not.|Mark 1.1 as in progress → - [-] 1. A⏎- [-] 1.1 B|Mark \"C\" as done → - [x] C⏎- [x] D"
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
