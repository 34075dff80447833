//! Small hints behind a line: how far tasks are, and what covers a criterion.

use std::collections::HashMap;
use std::ops::Range;

use rutter_text::refs::Target;

use super::naming::parts;
use crate::{Document, Mark, Spec, Tasks};

/// A hint at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Behind which byte it is shown.
    pub offset: usize,
    /// What it shows.
    pub label: String,
    /// What it means, as a sentence.
    pub tooltip: String,
}

/// How often source names a criterion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// By code.
    pub code: usize,
    /// By tests.
    pub tests: usize,
}

/// The hints of the part `within` of a document; `named` says what source names a criterion, by its id.
pub fn hints(
    spec: &Spec,
    document: Document,
    within: &Range<usize>,
    named: &dyn Fn(&str) -> Named,
) -> Vec<Hint> {
    let mut found = match document {
        Document::Tasks => spec.tasks.as_ref().map_or_else(Vec::new, |t| progress(t)),
        Document::Design => properties(spec),
        Document::Requirements | Document::Bugfix => coverage(spec, document, named),
    };
    found.retain(|h| within.start <= h.offset && h.offset <= within.end);
    found
}

/// `3/5` behind tasks with sub-tasks and behind headings over tasks: of the tasks without sub-tasks, how many are done.
fn progress(tasks: &Tasks) -> Vec<Hint> {
    let all = &tasks.tasks;
    let mut counts = vec![(0, 0); all.len()];
    let mut found = Vec::new();
    for task in all.iter().filter(|t| !t.has_children) {
        let done = usize::from(task.mark == Mark::Done);
        let mut parent = task.parent;
        while let Some(p) = parent {
            counts[p].0 += done;
            counts[p].1 += 1;
            parent = all[p].parent;
        }
    }
    for (task, (done, total)) in all.iter().zip(counts).filter(|(t, _)| t.has_children) {
        found.push(hint(tasks.outline.lines[task.line].range.end, done, total));
    }
    let leaves: Vec<(usize, usize)> = all
        .iter()
        .filter(|t| !t.has_children)
        .map(|t| (t.line, usize::from(t.mark == Mark::Done)))
        .collect();
    for line in 0..tasks.outline.lines.len() {
        if tasks
            .outline
            .heading(line)
            .is_none_or(|(level, _)| level < 2)
        {
            continue;
        }
        let end = tasks.outline.section_end(line);
        let first = leaves.partition_point(|(l, _)| *l < line);
        let last = leaves.partition_point(|(l, _)| *l < end);
        let done = leaves[first..last].iter().map(|(_, done)| done).sum();
        if last > first {
            found.push(hint(
                tasks.outline.lines[line].range.end,
                done,
                last - first,
            ));
        }
    }
    found.sort_by_key(|h| h.offset);
    found
}

fn hint(offset: usize, done: usize, total: usize) -> Hint {
    Hint {
        offset,
        label: format!("{done}/{total}"),
        tooltip: format!("{done} of {total} tasks are done."),
    }
}

/// `2 tasks · 1 property · 1 test` behind each criterion.
fn coverage(spec: &Spec, document: Document, named: &dyn Fn(&str) -> Named) -> Vec<Hint> {
    let Some((_, wanted)) = spec.wanted().filter(|(wanted, _)| *wanted == document) else {
        return Vec::new();
    };
    let Some(parts) = parts(spec, document) else {
        return Vec::new();
    };
    let mut tasks: HashMap<String, usize> = HashMap::new();
    let mut properties: HashMap<String, usize> = HashMap::new();
    for task in spec.tasks.iter().flat_map(|t| &t.tasks) {
        for id in spec
            .resolve_all(task.requirements.iter().chain(&task.validates))
            .criteria
        {
            *tasks.entry(id).or_default() += 1;
        }
    }
    for property in spec.design.iter().flat_map(|d| &d.properties) {
        for id in spec.resolve_all(&property.validates).criteria {
            *properties.entry(id).or_default() += 1;
        }
    }
    let each = wanted.criteria().filter_map(|(_, criterion)| {
        let id = &criterion.label;
        let own = |map: &HashMap<String, usize>| map.get(id).copied().unwrap_or(0);
        let source = named(id);
        let label = [
            counted(own(&tasks), "task", "tasks"),
            counted(own(&properties), "property", "properties"),
            counted(source.code, "place in code", "places in code"),
            counted(source.tests, "test", "tests"),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
        let line = parts.outline.line_at(criterion.range.start);
        (!label.is_empty()).then(|| Hint {
            offset: parts.outline.lines[line].range.end,
            tooltip: format!("What names criterion {id}."),
            label,
        })
    });
    each.collect()
}

/// `1 task` behind each property.
fn properties(spec: &Spec) -> Vec<Hint> {
    let Some(design) = &spec.design else {
        return Vec::new();
    };
    let mut tasks: HashMap<u32, usize> = HashMap::new();
    for task in spec.tasks.iter().flat_map(|t| &t.tasks) {
        for reference in task.requirements.iter().chain(&task.validates) {
            if let Target::Property(number) = reference.target {
                *tasks.entry(number).or_default() += 1;
            }
        }
    }
    let each = design.properties.iter().filter_map(|property| {
        let count = tasks.get(&property.number).copied().unwrap_or(0);
        Some(Hint {
            offset: property.heading.end,
            label: counted(count, "task", "tasks")?,
            tooltip: format!("What names property {}.", property.number),
        })
    });
    each.collect()
}

fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::spec_of;
    use super::*;

    #[test]
    fn progress_and_coverage() {
        let spec = spec_of(&[
            (
                Document::Requirements,
                "### Requirement 1: A 🚀\r\n\r\n1. THE X SHALL a\r\n   b\r\n2. THE X SHALL c\r\n3. THE X SHALL d\r\n",
            ),
            (
                Document::Design,
                "### Property 1: P\n\nx\n\n**Validates: Requirements 1.1**\n\n### Property 2: Q\n\ny\n",
            ),
            (
                Document::Tasks,
                "## Tasks\n\n- [ ] 1. A\n  - [x] 1.1 B\n    - _Requirements: 1.1-1.2_\n  - [ ] 1.2 C\n    - **Property 1: P**\n- [x] 2. D\n  - _Requirements: 1.1_\n",
            ),
        ]);
        let shown = |document: Document| -> Vec<String> {
            let text = spec.source(document).map_or("", |s| s.text());
            let named = |id: &str| Named {
                code: 0,
                tests: usize::from(id == "1.2"),
            };
            let hints = hints(&spec, document, &(0..text.len()), &named).into_iter();
            let line = |at: usize| text[..at].rsplit('\n').next().map_or("", |l| l).to_owned();
            hints
                .map(|h| format!("{} {}", line(h.offset), h.label))
                .collect()
        };
        assert_eq!(
            shown(Document::Requirements),
            [
                "1. THE X SHALL a 2 tasks · 1 property",
                "2. THE X SHALL c 1 task · 1 test"
            ]
        );
        assert_eq!(shown(Document::Design), ["### Property 1: P 1 task"]);
        assert_eq!(shown(Document::Tasks), ["## Tasks 2/3", "- [ ] 1. A 1/2"]);
    }
}
