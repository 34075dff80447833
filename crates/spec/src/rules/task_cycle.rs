//! Tasks wait for each other in a circle.
//!
//! None of them can ever begin. A task waits for those that its `Depends:` line names, and a task with sub-tasks waits for
//! these.
//!
//! ```markdown
//! - [ ] 1. Write the store
//!   - _Depends: 2_
//! - [ ] 2. Use the store
//!   - _Depends: 1_
//! ```

use std::ops::Range;

use super::depends::{Depends, depends};
use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::Document;
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "task/cycle",
    default: Level::Error,
    docs: docs!("task_cycle.rs"),
    check: Some(Check::new(Reads::TASKS, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(tasks) = &context.spec.tasks else {
        return;
    };
    let file = Document::Tasks.file_name();
    for problem in tasks
        .waves
        .iter()
        .flat_map(|w| &w.problems)
        .filter(|p| p.cycle)
    {
        sink.add(
            file,
            sink.finding(problem.range.clone(), problem.message.clone()),
        );
    }
    let written = depends(tasks.source.text(), tasks);
    if written.is_empty() {
        return;
    }
    let mut waits: Vec<Vec<usize>> = vec![Vec::new(); tasks.tasks.len()];
    for depends in written {
        waits[depends.task].push(depends.on);
    }
    for (child, task) in tasks.tasks.iter().enumerate() {
        if let Some(parent) = task.parent {
            waits[parent].push(child);
        }
    }
    for circle in circles(&waits) {
        let names: Vec<String> = circle
            .iter()
            .chain(circle.first())
            .map(|&i| tasks.tasks[i].key())
            .collect();
        let edges = circle.iter().zip(circle.iter().cycle().skip(1));
        let mut places = edges.filter_map(|(&task, &on)| place(written, task, on));
        let Some(first) = places.next() else { continue };
        let message = match circle.as_slice() {
            [one] => format!("Task {} waits for itself.", tasks.tasks[*one].key()),
            _ => format!("These tasks wait for each other: {}.", names.join(" → ")),
        };
        let finding = places.fold(sink.finding(first, message), |finding, place| {
            finding.related(file, place, "This closes the circle")
        });
        sink.add(file, finding);
    }
}

fn place(written: &[Depends], task: usize, on: usize) -> Option<Range<usize>> {
    written
        .iter()
        .find(|d| d.task == task && d.on == on)
        .map(|d| d.range.clone())
}

/// One circle from each place where a search in depth comes back to its own way; each begins at its lowest task.
fn circles(waits: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Never,
        Open,
        Closed,
    }
    let mut seen = vec![Seen::Never; waits.len()];
    let mut found: Vec<Vec<usize>> = Vec::new();
    for start in 0..waits.len() {
        if seen[start] != Seen::Never {
            continue;
        }
        seen[start] = Seen::Open;
        let mut way = vec![(start, 0)];
        while let Some((at, next)) = way.last_mut() {
            let Some(&to) = waits[*at].get(*next) else {
                seen[*at] = Seen::Closed;
                way.pop();
                continue;
            };
            *next += 1;
            match seen[to] {
                Seen::Never => {
                    seen[to] = Seen::Open;
                    way.push((to, 0));
                }
                Seen::Open => {
                    let from = way.iter().position(|(i, _)| *i == to).unwrap_or(0);
                    let mut circle: Vec<usize> = way[from..].iter().map(|(i, _)| *i).collect();
                    let lowest = (0..circle.len()).min_by_key(|&i| circle[i]).unwrap_or(0);
                    circle.rotate_left(lowest);
                    if !found.contains(&circle) {
                        found.push(circle);
                    }
                }
                Seen::Closed => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    fn found(text: &str) -> Vec<String> {
        everywhere(RULE.code, &[("tasks.md", text)])
    }

    #[test]
    fn circles_are_named() {
        assert_eq!(
            found(
                "- [ ] 1. A\n  - _Depends: 3_\n- [ ] 2. B\n  - _Depends: 1_\n- [ ] 3. C\n  - _Depends: 2_\n- [ ] 4. D\n  - _Depends: 1_\n"
            ),
            ["tasks.md|3|These tasks wait for each other: 1 → 3 → 2 → 1."]
        );
        assert_eq!(
            found("- [ ] 1. A\n  - _Depends: 1_\n"),
            ["tasks.md|1|Task 1 waits for itself."]
        );
        assert_eq!(
            found("- [ ] 2. A\n  - [ ] 2.1 B\n    - _Depends: 2_\n"),
            ["tasks.md|2|These tasks wait for each other: 2 → 2.1 → 2."]
        );
    }

    #[test]
    fn a_chain_and_a_diamond_are_fine() {
        assert_eq!(
            found(
                "- [ ] 1. A\n- [ ] 2. B\n  - _Depends: 1_\n- [ ] 3. C\n  - _Depends: 1_\n- [ ] 4. D\n  - _Depends: 2, 3, 1-2_\n"
            ),
            [""; 0]
        );
    }

    #[test]
    fn a_drawn_circle_is_found() {
        let text = "- [ ] 1. A\n\n## Task Dependency Graph\n\n```mermaid\ngraph TD\n T1 --> T2\n T2 --> T1\n```\n";
        assert_eq!(found(text).len(), 1);
    }
}
