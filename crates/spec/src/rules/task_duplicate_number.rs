//! Two tasks have the same number.
//!
//! Nobody can say which of them "run task 4" means, and the dependency graph only reaches the first.
//!
//! ```markdown
//! - [ ] 4. Write the store
//! - [ ] 4. Test the store      <- should be 5
//! ```

use rutter_text::{Edit, Ident};

use super::{Check, Context, Level, Reads, Rule, Sink, duplicates};
use crate::Document;
use crate::tasks::{Task, Tasks};
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "task/duplicate-number",
    default: Level::Warning,
    docs: docs!("task_duplicate_number.rs"),
    check: Some(Check::new(Reads::TASKS, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(tasks) = &context.spec.tasks else {
        return;
    };
    let doubled = duplicates::again(tasks.tasks.iter().map(|t| t.id.as_ref()));
    for &(first, again) in &doubled {
        let task = &tasks.tasks[again];
        // The sub-tasks of a doubled task are doubled with it.
        if task
            .parent
            .is_some_and(|p| doubled.iter().any(|(_, a)| *a == p))
        {
            continue;
        }
        let (Some(id), Some(number)) = (&task.id, &task.number) else {
            continue;
        };
        let free = duplicates::free(id, tasks.tasks.iter().filter_map(|t| t.id.as_ref()));
        let finding = sink
            .finding(
                task.number_range.clone(),
                format!("There are two tasks {number}."),
            )
            .related(
                Document::Tasks.file_name(),
                tasks.tasks[first].title_range.clone(),
                "The first one",
            )
            .fix(
                if task.has_children {
                    format!("Renumber to {free}, with its sub-tasks")
                } else {
                    format!("Renumber to {free}")
                },
                renumber(tasks, again, id, &free),
            );
        sink.add(Document::Tasks.file_name(), finding);
    }
}

/// Gives a task and what belongs to it another number.
fn renumber(tasks: &Tasks, place: usize, from: &Ident, to: &Ident) -> Vec<Edit> {
    let depth = from.numbers.len();
    let below = |task: &Task| {
        let mut parent = task.parent;
        while let Some(p) = parent {
            if p == place {
                return true;
            }
            parent = tasks.tasks[p].parent;
        }
        false
    };
    tasks
        .tasks
        .iter()
        .enumerate()
        .filter(|(i, task)| *i == place || below(task))
        .filter_map(|(_, task)| {
            let id = task.id.as_ref()?;
            let inside = id.numbers.len() >= depth && id.numbers[..depth] == from.numbers[..];
            let mut new = id.clone();
            new.numbers
                .splice(..depth.min(id.numbers.len()), to.numbers.iter().copied());
            inside.then(|| Edit::replace(task.number_range.clone(), new.to_string()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    #[test]
    fn the_later_one_gets_the_next_free_number() {
        assert_eq!(
            everywhere(
                RULE.code,
                &[(
                    "tasks.md",
                    "- [x] 1. A\n  - [x] 1.1 B\n  - [ ] 1.1 C\n- [ ] 2. D\n"
                )]
            ),
            ["tasks.md|1.1|There are two tasks 1.1.|Renumber to 1.2 → - [ ] 1.2 C"]
        );
    }

    #[test]
    fn sub_tasks_go_with_their_parent() {
        assert_eq!(
            everywhere(
                RULE.code,
                &[(
                    "tasks.md",
                    "- [x] 1. A\n  - [x] 1.1 B\n- [ ] 2. X\n\n- [ ] 1. C\n- [ ]* 1.1 D\n  - [ ] loose\n"
                )]
            ),
            [
                "tasks.md|1|There are two tasks 1.|Renumber to 3, with its sub-tasks → - [ ] 3. C⏎- [ ]* 3.1 D"
            ]
        );
    }

    #[test]
    fn unnumbered_tasks_and_different_prefixes_are_fine() {
        let text = "- [ ] A\n- [ ] A\n- [ ] T1. B\n- [ ] F1. C\n- [ ] 1. D\n";
        assert_eq!(everywhere(RULE.code, &[("tasks.md", text)]), [""; 0]);
    }
}
