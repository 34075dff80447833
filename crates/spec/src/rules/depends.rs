//! What tasks say they wait for: lines such as `_Depends: 1.2, 2_` among their details.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use rutter_text::markdown::LineKind;
use rutter_text::refs::{self, Target};

use super::duplicates::{Key, key};
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
/// libraries. `text` is the one that the tasks were read from; it is looked through once.
pub fn depends<'a>(text: &str, tasks: &'a Tasks) -> &'a [Depends] {
    tasks.depends.get_or_init(|| read(text, tasks))
}

fn read(text: &str, tasks: &Tasks) -> Vec<Depends> {
    let by_id = LazyCell::new(|| {
        let mut by_id: HashMap<Key<'_>, usize, RandomState> = HashMap::default();
        for (place, task) in tasks.tasks.iter().enumerate() {
            if let Some(id) = &task.id {
                by_id.entry(key(id)).or_insert(place);
            }
        }
        by_id
    });
    let mut found = Vec::new();
    for (place, task) in tasks.tasks.iter().enumerate() {
        let first = task.line + 1;
        let lines = &tasks.outline.lines;
        let own = (first..lines.len()).take_while(|&l| lines[l].range.start <= task.range.end);
        for line in own.filter(|&l| lines[l].kind == LineKind::Text) {
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

/// Whether a label says what a task waits for.
pub(crate) fn is_dependency(label: &str) -> bool {
    if label.is_ascii() {
        LABELS.iter().any(|l| l.eq_ignore_ascii_case(label))
    } else {
        LABELS.contains(&label.to_lowercase().as_str())
    }
}

/// The list behind a label that says what a task waits for.
fn list(text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let content = &text[line.clone()];
    let colon = content.find([':', '：'])?;
    let label = content[..colon]
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '_' | '+' | '>'));
    if !is_dependency(label) {
        return None;
    }
    match trace_line::read(text, line.clone()) {
        Some((_, list)) => Some(list),
        None => {
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
