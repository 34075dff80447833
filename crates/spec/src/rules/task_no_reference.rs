//! A task cites nothing that was asked for.
//!
//! Off unless a team asks for it: many tasks, such as setting up a project, serve every requirement. Checkpoints, and
//! sub-tasks of a task that cites something, are left alone.
//!
//! ```markdown
//! - [ ] 3. Add the counter      <- no `_Requirements: …_`
//! ```

use rutter_text::rule::docs;

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::{Document, labels};

pub(super) const RULE: Rule = Rule {
    code: "task/no-reference",
    default: Level::Off,
    docs: docs!("task_no_reference.rs"),
    check: Some(Check::new(Reads::TASKS, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(tasks) = &context.spec.tasks else {
        return;
    };
    let mut cites: Vec<bool> = Vec::with_capacity(tasks.tasks.len());
    for task in &tasks.tasks {
        let own = !task.requirements.is_empty() || !task.validates.is_empty();
        let above = task
            .parent
            .is_some_and(|p| cites.get(p).copied().unwrap_or(false));
        cites.push(own || above);
    }
    for (task, cites) in tasks.tasks.iter().zip(cites) {
        if !cites && !task.has_children && !labels::is_checkpoint(&task.title) {
            sink.add(
                Document::Tasks.file_name(),
                sink.finding(
                    task.title_range.clone(),
                    match &task.number {
                        Some(number) => format!("Task {number} cites no requirement."),
                        None => "This task cites no requirement.".to_owned(),
                    },
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{everywhere, spec};
    use super::super::{Context, Levels, check};
    use super::{Level, RULE};

    const TASKS: &str = "- [ ] 1. A\n  - [ ] 1.1 B\n    - _Requirements: 1.1_\n  - [ ] 1.2 C\n- [ ] 2. Checkpoint - tests pass\n- [ ] 3. D\n  - _Requirements: 1_\n  - [ ] 3.1 E\n";

    #[test]
    fn it_is_off_until_asked_for() {
        assert_eq!(everywhere(RULE.code, &[("tasks.md", TASKS)]), [""; 0]);
        let spec = spec(&[("tasks.md", TASKS)]);
        let mut levels = Levels::default();
        levels.set(RULE.code, Level::Info);
        let found = check(&Context::new(&spec), &levels);
        let messages: Vec<&str> = found["tasks.md"]
            .iter()
            .map(|f| f.message.as_str())
            .collect();
        assert_eq!(messages, ["Task 1.2 cites no requirement."]);
    }
}
