//! What tasks say they wait for: lines such as `_Depends: 1.2, 2_` among their details.

use std::collections::HashMap;
use std::ops::Range;

use rutter_text::refs::{self, Target};

use super::duplicates::key;
use crate::{Tasks, trace_line};

/// One task waits for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depends {
    /// The place of the waiting task in [`Tasks::tasks`].
    pub task: usize,
    /// The place of the task it waits for.
    pub on: usize,
    /// Where that is written.
    pub range: Range<usize>,
}

const LABELS: [&str; 11] = [
    "depends",
    "depends on",
    "dependency",
    "dependencies",
    "prerequisite",
    "prerequisites",
    "blocked by",
    "依赖",
    "依賴",
    "依存",
    "前置任务",
];

/// Every dependency that a task's own lines name. Entries that are no task are passed over: such a line often names
/// libraries.
pub fn depends(text: &str, tasks: &Tasks) -> Vec<Depends> {
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for (place, task) in tasks.tasks.iter().enumerate() {
        if let Some(id) = &task.id {
            by_id.entry(key(id)).or_insert(place);
        }
    }
    let mut found = Vec::new();
    for (place, task) in tasks.tasks.iter().enumerate() {
        let first = task.line + 1;
        let last = tasks.outline.line_at(task.range.end);
        for line in tasks.outline.text_lines(first..last + 1) {
            let range = tasks.outline.lines[line].range.clone();
            let Some(list) = list(text, range) else {
                continue;
            };
            for reference in refs::parse(text, list) {
                let targets: Vec<usize> = match &reference.target {
                    Target::Id(id) => by_id.get(&key(id)).copied().into_iter().collect(),
                    Target::Range(from, to) => (0..tasks.tasks.len())
                        .filter(|&i| {
                            tasks.tasks[i].id.as_ref().is_some_and(|id| {
                                id.numbers.len() == from.numbers.len()
                                    && id.numbers >= from.numbers
                                    && id.numbers <= to.numbers
                            })
                        })
                        .collect(),
                    _ => continue,
                };
                found.extend(targets.into_iter().map(|on| Depends {
                    task: place,
                    on,
                    range: reference.range.clone(),
                }));
            }
        }
    }
    found
}

/// The list behind a label that says what a task waits for.
fn list(text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let content = &text[line.clone()];
    let label = content.split([':', '：']).next()?;
    let label = label
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '_' | '+' | '>'))
        .to_lowercase();
    if !LABELS.contains(&label.as_str()) {
        return None;
    }
    match trace_line::read(text, line.clone()) {
        Some((_, list)) => Some(list),
        None => {
            let colon = content.find([':', '：'])?;
            let width = content[colon..].chars().next()?.len_utf8();
            Some(line.start + colon + width..line.end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_the_line() {
        let text = "- [ ] 1. A\n- [ ] 2. B\n  - _Depends: 1_\n- [ ] 3. C\n  - **依赖**：1、2（需要 x）\n- [ ] T4. D\n  - Depends on: 1-3\n  - Dependencies: `click>=8.1.7`, requests\n- [ ] 5. E\n  - Blocked by: Task 1, T4\n";
        let shown: Vec<String> = depends(text, &Tasks::parse(text))
            .iter()
            .map(|d| format!("{}<{} {}", d.on, d.task, &text[d.range.clone()]))
            .collect();
        assert_eq!(
            shown,
            [
                "0<1 1", "0<2 1", "1<2 2", "0<3 1-3", "1<3 1-3", "2<3 1-3", "0<4 1", "3<4 T4"
            ]
        );
    }
}
