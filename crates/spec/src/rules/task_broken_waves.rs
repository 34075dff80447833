//! The task dependency graph cannot be followed.
//!
//! It is no valid JSON, names a task that does not exist, or puts a task into two waves. Running all tasks then leaves
//! something out or does it twice. Tasks that stand in no wave are fine.
//!
//! ```json
//! {"waves": [{"id": 0, "tasks": ["1.1"]}, {"id": 1, "tasks": ["1.1", "9.9"]}]}
//! ```

use std::collections::HashMap;
use std::ops::Range;

use rutter_text::{Edit, Ident};

use super::{Check, Context, Level, Reads, Rule, Sink, duplicates};
use crate::{Document, Tasks};
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "task/broken-waves",
    default: Level::Warning,
    docs: docs!("task_broken_waves.rs"),
    check: Some(Check::new(Reads::TASKS, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(tasks) = &context.spec.tasks else {
        return;
    };
    let Some(waves) = &tasks.waves else { return };
    let file = Document::Tasks.file_name();
    for problem in waves.problems.iter().filter(|p| !p.cycle) {
        sink.add(
            file,
            sink.finding(problem.range.clone(), problem.message.clone()),
        );
    }
    // The nodes of a drawing may stand for more than tasks.
    if waves.mermaid {
        return;
    }
    let text = tasks.source.text();
    let mut seen: HashMap<&str, (usize, Range<usize>)> = HashMap::new();
    for (number, wave) in waves.waves.iter().enumerate() {
        for (id, range) in wave {
            let remove = || vec![Edit::delete(entry(text, range.clone()))];
            if tasks.find(id).is_empty() {
                let mut finding = sink.finding(range.clone(), format!("There is no task {id}."));
                if let Some(near) = nearest(tasks, id, &waves.waves) {
                    finding = finding.fix(
                        format!("Change to {near}"),
                        vec![Edit::replace(range.clone(), format!("\"{near}\""))],
                    );
                }
                sink.add(file, finding.fix("Remove it from the wave", remove()));
                continue;
            }
            match seen.get(id.as_str()) {
                Some((first, place)) => {
                    let message = if *first == number {
                        format!("Task {id} stands twice in this wave.")
                    } else {
                        format!("Task {id} stands in two waves.")
                    };
                    let finding = sink
                        .finding(range.clone(), message)
                        .related(file, place.clone(), "The first time")
                        .fix("Remove it from the later wave", remove());
                    sink.add(file, finding);
                }
                None => {
                    seen.insert(id, (number, range.clone()));
                }
            }
        }
    }
}

/// The task that is in no wave and whose last number is nearest.
fn nearest(tasks: &Tasks, id: &str, waves: &[crate::waves::Wave]) -> Option<String> {
    let id = Ident::parse(id)?;
    let free = tasks.tasks.iter().filter(|t| {
        t.number
            .as_ref()
            .is_some_and(|n| !waves.iter().flatten().any(|(w, _)| w == n))
    });
    free.filter_map(|t| {
        let other = t.id.as_ref()?;
        let depth = id.numbers.len();
        let near = other.numbers.len() == depth
            && other.numbers[..depth - 1] == id.numbers[..depth - 1]
            && duplicates::key(&Ident {
                numbers: vec![0],
                suffix: None,
                ..other.clone()
            }) == duplicates::key(&Ident {
                numbers: vec![0],
                suffix: None,
                ..id.clone()
            });
        let apart = other.numbers.last()?.abs_diff(*id.numbers.last()?);
        (near && apart <= 2).then(|| (apart, t.number.clone()))
    })
    .min_by_key(|(apart, _)| *apart)
    .and_then(|(_, number)| number)
}

/// An element of a JSON list with the comma that goes with it.
fn entry(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text[..range.start].trim_end();
    if before.ends_with(',') {
        return before.len() - 1..range.end;
    }
    let after = &text[range.end..];
    let space = after.len() - after.trim_start().len();
    if after[space..].starts_with(',') {
        let rest = &after[space + 1..];
        let gap = rest.len() - rest.trim_start().len();
        return range.start..range.end + space + 1 + gap;
    }
    range
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    fn found(waves: &str) -> Vec<String> {
        let text = format!(
            "- [ ] 1. A\n  - [ ] 1.1 B\n  - [ ] 1.2 C\n- [ ] 2. D\n\n## Task Dependency Graph\n\n```json\n{waves}\n```\n"
        );
        everywhere(RULE.code, &[("tasks.md", &text)])
    }

    #[test]
    fn ids_that_are_no_task_and_tasks_in_two_waves() {
        assert_eq!(
            found(
                "{\"waves\":[{\"id\":0,\"tasks\":[\"1.1\"]},\n{\"id\":1,\"tasks\":[\"1.3\",\"2\",\"1.1\"]}]}"
            ),
            [
                "tasks.md|\"1.3\"|There is no task 1.3.|Change to 1.2 → {\"id\":1,\"tasks\":[\"1.2\",\"2\",\"1.1\"]}]}|Remove it from the wave → {\"id\":1,\"tasks\":[\"2\",\"1.1\"]}]}",
                "tasks.md|\"1.1\"|Task 1.1 stands in two waves.|Remove it from the later wave → {\"id\":1,\"tasks\":[\"1.3\",\"2\"]}]}"
            ]
        );
    }

    #[test]
    fn broken_json_is_shown_at_its_place() {
        let found = found("{\"waves\":[{\"tasks\":[\"1.1\"}]}");
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("no valid JSON"), "{found:?}");
    }

    #[test]
    fn legal_graphs_of_every_form() {
        for waves in [
            "{\"waves\":[{\"id\":0,\"tasks\":[\"1.1\",\"1.2\"]}]}",
            "{\"waves\":[{\"wave\":1,\"tasks\":[1,2],\"dependsOn\":[]}]}",
            "[[\"1.1\"],[],[\"2.\"]]",
        ] {
            assert_eq!(found(waves), [""; 0], "{waves}");
        }
    }
}
