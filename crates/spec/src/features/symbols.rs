//! The outline of a document: sections, requirements with their criteria, properties, tasks with their sub-tasks.

use std::ops::Range;

use rutter_text::markdown::Outline;

use crate::tasks::{Mark, Task};
use crate::{Document, Requirements, Spec, Tasks, labels};

/// The longest name, in characters.
const LONG: usize = 100;

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A heading that is nothing else.
    Section,
    /// A requirement.
    Requirement,
    /// A criterion.
    Criterion,
    /// A correctness property.
    Property,
    /// A task, in its state.
    Task(Mark),
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The id and what it says.
    pub name: String,
    /// A task's state; otherwise nothing.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// The bytes of all of it; inside those of the entry around it.
    pub range: Range<usize>,
    /// The bytes where the cursor goes; inside `range`.
    pub selection: Range<usize>,
    /// What stands in it.
    pub children: Vec<Symbol>,
}

/// The outline of a document of the spec; empty where there is none.
pub fn symbols(spec: &Spec, document: Document) -> Vec<Symbol> {
    let mut found = match document {
        Document::Requirements => spec
            .requirements
            .as_ref()
            .map(|p| of_requirements(p.source.text(), p)),
        Document::Bugfix => spec
            .bugfix
            .as_ref()
            .map(|p| of_requirements(p.source.text(), p)),
        Document::Design => spec.design.as_ref().map(|p| {
            let text = p.source.text();
            let mut found = sections(text, &p.outline, |line, _| {
                p.properties
                    .iter()
                    .any(|q| p.outline.line_at(q.heading.start) == line)
            });
            found.extend(p.properties.iter().map(|q| {
                let name = if q.title.is_empty() {
                    format!("Property {}", q.number)
                } else {
                    format!("Property {}: {}", q.number, q.title)
                };
                let start = line_start(text, q.heading.start);
                symbol(
                    &name,
                    SymbolKind::Property,
                    start..q.range.end,
                    q.heading.clone(),
                )
            }));
            found
        }),
        Document::Tasks => spec.tasks.as_ref().map(|p| of_tasks(p.source.text(), p)),
    }
    .unwrap_or_default();
    found.sort_by(|a, b| {
        (a.range.start, std::cmp::Reverse(a.range.end))
            .cmp(&(b.range.start, std::cmp::Reverse(b.range.end)))
    });
    nest(found)
}

fn symbol(name: &str, kind: SymbolKind, range: Range<usize>, selection: Range<usize>) -> Symbol {
    let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = match words.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    };
    Symbol {
        name,
        detail: None,
        kind,
        selection: selection.start.clamp(range.start, range.end)
            ..selection.end.clamp(range.start, range.end),
        range,
        children: Vec::new(),
    }
}

/// Every heading with its section, but for the document's title and those that something else stands for.
fn sections(text: &str, outline: &Outline, other: impl Fn(usize, &str) -> bool) -> Vec<Symbol> {
    let mut headings = (0..outline.lines.len())
        .filter_map(|line| Some((line, outline.heading(line)?)))
        .peekable();
    // A first-level heading at the top is the title of all that follows.
    let _ = headings.next_if(|(_, (level, _))| *level == 1);
    headings
        .filter(|(line, (_, heading))| !heading.is_empty() && !other(*line, &text[heading.clone()]))
        .map(|(line, (_, heading))| {
            let bytes = outline.bytes(line..outline.section_end(line), text);
            let end = bytes.start + text[bytes.clone()].trim_end().len();
            symbol(
                &text[heading.clone()],
                SymbolKind::Section,
                bytes.start..end.max(heading.end),
                heading,
            )
        })
        .collect()
}

fn of_requirements(text: &str, read: &Requirements) -> Vec<Symbol> {
    let mut found = sections(text, &read.outline, |line, name| {
        let inside = |r: &crate::Requirement| {
            r.range.contains(&read.outline.lines[line].range.start) && !r.criteria.is_empty()
        };
        read.requirements
            .iter()
            .any(|r| r.line == line && !r.id.numbers.is_empty())
            || labels::is_acceptance(name) && read.requirements.iter().any(inside)
    });
    for requirement in &read.requirements {
        // Criteria that stand under no requirement hang in their section.
        if !requirement.id.numbers.is_empty() && !requirement.heading.is_empty() {
            let end = requirement.range.start + text[requirement.range.clone()].trim_end().len();
            found.push(symbol(
                &text[requirement.heading.clone()],
                SymbolKind::Requirement,
                line_start(text, requirement.heading.start)..end.max(requirement.heading.end),
                requirement.heading.clone(),
            ));
        }
        found.extend(requirement.criteria.iter().map(|criterion| {
            symbol(
                &format!("{} {}", criterion.label, criterion.said()),
                SymbolKind::Criterion,
                criterion.range.clone(),
                criterion.body.clone(),
            )
        }));
    }
    found
}

fn of_tasks(text: &str, read: &Tasks) -> Vec<Symbol> {
    let mut found = sections(text, &read.outline, |_, _| false);
    for (place, task) in read.tasks.iter().enumerate() {
        let name = match &task.number {
            Some(number) => format!("{number} {}", task.title),
            None => task.title.clone(),
        };
        let name = if name.trim().is_empty() {
            task.key()
        } else {
            name
        };
        let mut entry = symbol(
            &name,
            SymbolKind::Task(task.mark),
            task.range.start..end_of_family(read, place),
            task.title_range.clone(),
        );
        entry.detail = Some(detail(task));
        found.push(entry);
    }
    found
}

fn detail(task: &Task) -> String {
    let optional = if task.optional { ", optional" } else { "" };
    format!("{}{optional}", task.mark.as_str())
}

/// Where the last of a task's sub-tasks that follow it without another task or a heading between ends.
fn end_of_family(read: &Tasks, place: usize) -> usize {
    let border = read
        .outline
        .lines
        .get(read.outline.next_heading(read.tasks[place].line))
        .map_or(usize::MAX, |line| line.range.start);
    let mut end = read.tasks[place].range.end;
    for task in &read.tasks[place + 1..] {
        let mut parent = task.parent;
        while parent.is_some_and(|p| p > place) {
            parent = parent.and_then(|p| read.tasks[p].parent);
        }
        if parent != Some(place) || task.range.start >= border {
            break;
        }
        end = end.max(task.range.end);
    }
    end
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(
        if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        },
        |i| i + 1,
    )
}

/// Puts each entry into the smallest one around it.
fn nest(flat: Vec<Symbol>) -> Vec<Symbol> {
    let mut roots: Vec<Symbol> = Vec::new();
    let mut open: Vec<Symbol> = Vec::new();
    let close = |open: &mut Vec<Symbol>, roots: &mut Vec<Symbol>| {
        if let Some(done) = open.pop() {
            match open.last_mut() {
                Some(parent) => parent.children.push(done),
                None => roots.push(done),
            }
        }
    };
    for mut entry in flat {
        while open
            .last()
            .is_some_and(|top| top.range.end <= entry.range.start)
        {
            close(&mut open, &mut roots);
        }
        if let Some(top) = open.last() {
            entry.range.end = entry.range.end.min(top.range.end);
            entry.selection.start = entry.selection.start.min(entry.range.end);
            entry.selection.end = entry.selection.end.min(entry.range.end);
        }
        open.push(entry);
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

#[cfg(test)]
mod tests {
    use rutter_text::Source;

    use super::*;
    use crate::Reading;

    fn shown(document: Document, text: &str) -> String {
        let mut out = Vec::new();
        for text in [
            text.to_owned(),
            text.replace('\n', "\r\n"),
            format!("\u{feff}{text}"),
        ] {
            let mut spec = Spec::default();
            spec.set(document, Some(Reading::new(document, Source::new(text))));
            let found = symbols(&spec, document);
            let mut lines = String::new();
            write(&found, 0, &mut lines);
            out.push(lines);
        }
        assert_eq!(out[0], out[1], "CRLF");
        assert_eq!(out[0], out[2], "BOM");
        out.remove(0)
    }

    fn write(symbols: &[Symbol], depth: usize, out: &mut String) {
        for s in symbols {
            assert!(
                s.range.start <= s.selection.start && s.selection.end <= s.range.end,
                "{s:?}"
            );
            for c in &s.children {
                assert!(
                    s.range.start <= c.range.start && c.range.end <= s.range.end,
                    "{c:?}"
                );
            }
            let detail = s
                .detail
                .as_ref()
                .map_or(String::new(), |d| format!(" ({d})"));
            let kind = format!("{:?}", s.kind);
            out.push_str(&format!(
                "{}{} {}{detail}\n",
                "  ".repeat(depth),
                &kind[..1],
                s.name
            ));
            write(&s.children, depth + 1, out);
        }
    }

    #[test]
    fn requirements_hold_criteria() {
        assert_eq!(
            shown(
                Document::Requirements,
                "# Requirements Document\n\n## Introduction\n\nx 🚀\n\n## Requirements\n\n### Requirement 1: Block\n\n#### Acceptance Criteria\n\n1. WHEN a, THE B SHALL\n   c\n\n### Requirement 2\n\n#### Acceptance Criteria\n\n1. THE B SHALL d\n\n## Notes\n"
            ),
            "S Introduction\nS Requirements\n  R Requirement 1: Block\n    C 1.1 WHEN a, THE B SHALL c\n  R Requirement 2\n    C 2.1 THE B SHALL d\nS Notes\n"
        );
        assert_eq!(
            shown(
                Document::Requirements,
                "## Requirements\n\n1. THE A SHALL b\n"
            ),
            "S Requirements\n  C 1 THE A SHALL b\n"
        );
    }

    #[test]
    fn a_bugfix_has_its_sections_as_requirements() {
        assert_eq!(
            shown(
                Document::Bugfix,
                "# Bugfix\n\n## Bug Analysis\n\n### Current Behavior (Defect)\n\n1.1 WHEN a THEN the system fails\n"
            ),
            "S Bug Analysis\n  R Current Behavior (Defect)\n    C 1.1 WHEN a THEN the system fails\n"
        );
    }

    #[test]
    fn design_has_sections_and_properties() {
        assert_eq!(
            shown(
                Document::Design,
                "# D\n\n## Overview\n\n### Deep\n\nx\n\n## Correctness Properties\n\n### Property 1: P\n\ny\n\n## Notes\n\n**Property 2: Q** - z\n"
            ),
            "S Overview\n  S Deep\nS Correctness Properties\n  P Property 1: P\nS Notes\n  P Property 2: Q - z\n"
        );
    }

    #[test]
    fn tasks_hold_sub_tasks_with_state() {
        assert_eq!(
            shown(
                Document::Tasks,
                "# Plan\n\n## Tasks\n\n- [x] 1. A\n- [-] 1.1 flat\n  - detail\n  - [ ]* 1.1.1 deep\n- [ ] 2. B\n  - [~] loose\n\n## Later\n\n- [ ] 1.2 far\n- [ ]\n"
            ),
            "S Tasks\n  T 1 A (done)\n    T 1.1 flat (running)\n      T 1.1.1 deep (pending, optional)\n  T 2 B (pending)\n    T loose (queued)\nS Later\n  T 1.2 far (pending)\n  T #15 (pending)\n"
        );
    }

    #[test]
    fn an_empty_document_has_none() {
        for document in Document::ALL {
            assert_eq!(shown(document, ""), "");
        }
        assert_eq!(symbols(&Spec::default(), Document::Tasks), []);
    }
}
