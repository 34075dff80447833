//! What can be folded: sections, requirements, tasks with what belongs to them, code, comments.

use rutter_text::markdown::LineKind;

use super::naming::parts;
use crate::{Document, Spec, Tasks};

/// What kind of lines a fold hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// A section, a task or a criterion.
    Region,
    /// A comment or front matter.
    Comment,
}

/// Lines that can be folded into their first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The first line, from 0; it stays.
    pub first: usize,
    /// The last line.
    pub last: usize,
    /// What they are.
    pub kind: FoldKind,
}

/// The folds of a document, by their first lines; each first line has at most one.
pub fn folds(spec: &Spec, document: Document) -> Vec<Fold> {
    let Some(parts) = parts(spec, document) else {
        return Vec::new();
    };
    let lines = &parts.outline.lines;
    let mut found: Vec<Fold> = Vec::new();
    let mut add = |first: usize, end: usize, kind: FoldKind| {
        let filled = |i: &usize| lines[*i].kind != LineKind::Blank;
        let last = (first..end.min(lines.len())).rev().find(filled);
        if let Some(last) = last.filter(|last| *last > first) {
            found.push(Fold { first, last, kind });
        }
    };
    // Each heading closes those of its level and below.
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut run: Option<(usize, &LineKind)> = None;
    for (i, line) in lines.iter().enumerate() {
        if let LineKind::Heading { level, .. } = line.kind {
            while let Some((_, first)) = open.pop_if(|(l, _)| *l >= level) {
                add(first, i, FoldKind::Region);
            }
            open.push((level, i));
        }
        if let Some((first, kind)) = run
            && *kind != line.kind
        {
            add(first, i, kind_of(kind));
            run = None;
        }
        let block = matches!(
            line.kind,
            LineKind::Fence(_) | LineKind::Comment | LineKind::FrontMatter
        );
        if block && run.is_none() {
            run = Some((i, &line.kind));
        }
    }
    if let Some((first, kind)) = run {
        add(first, lines.len(), kind_of(kind));
    }
    for (_, first) in open {
        add(first, lines.len(), FoldKind::Region);
    }
    if let Some(tasks) = spec.tasks.as_ref().filter(|_| document == Document::Tasks) {
        for (place, end) in branches(tasks).into_iter().enumerate() {
            let task = &tasks.tasks[place];
            add(task.line, parts.outline.line_at(end) + 1, FoldKind::Region);
        }
    }
    let wanted = spec.wanted().filter(|(wanted, _)| *wanted == document);
    for (_, criterion) in wanted.iter().flat_map(|(_, w)| w.criteria()) {
        let first = parts.outline.line_at(criterion.range.start);
        add(
            first,
            parts.outline.line_at(criterion.range.end) + 1,
            FoldKind::Region,
        );
    }
    found.sort_by_key(|f| (f.first, std::cmp::Reverse(f.last)));
    found.dedup_by_key(|f| f.first);
    found
}

fn kind_of(kind: &LineKind) -> FoldKind {
    match kind {
        LineKind::Comment | LineKind::FrontMatter => FoldKind::Comment,
        _ => FoldKind::Region,
    }
}

/// For each task the end of the last task that belongs to it without a gap.
pub(super) fn branches(tasks: &Tasks) -> Vec<usize> {
    let all = &tasks.tasks;
    let mut ends: Vec<usize> = all.iter().map(|t| t.range.end).collect();
    let mut last: Vec<usize> = (0..all.len()).collect();
    for i in (0..all.len()).rev() {
        let next = last[i] + 1;
        if let Some(parent) = all[i].parent.filter(|p| *p < i) {
            // Only what follows at once belongs to one piece.
            let joined = (parent + 1..=i).all(|t| below(all, t, parent));
            if joined && last[parent] < next - 1 {
                last[parent] = next - 1;
                ends[parent] = ends[parent].max(ends[i]);
            }
        }
    }
    ends
}

fn below(all: &[crate::Task], task: usize, root: usize) -> bool {
    std::iter::successors(all[task].parent, |p| all[*p].parent).any(|p| p == root)
}

#[cfg(test)]
mod tests {
    use super::super::testing::spec_of;
    use super::*;

    fn shown(document: Document, text: &str) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let folds = folds(&spec_of(&[(document, &text)]), document);
            out.push(folds.iter().map(|f| (f.first, f.last)).collect());
        }
        assert_eq!(out[0], out[1], "CRLF");
        out.remove(0)
    }

    #[test]
    fn sections_tasks_and_blocks() {
        assert_eq!(
            shown(
                Document::Tasks,
                "# Plan\n\n## Tasks\n\n- [ ] 1. A\n  - [ ] 1.1 B\n    - x\n- [ ] 2. C\n\n## Graph\n\n```json\n{}\n```\n\n"
            ),
            [(0, 13), (2, 7), (4, 6), (5, 6), (9, 13), (11, 13)]
        );
        assert_eq!(
            shown(
                Document::Requirements,
                "## Requirements\n\n### Requirement 1: A\n\n1. THE X SHALL\n   do\n2. THE X SHALL b\n\n### Requirement 2: B\n<!-- a\nb -->\n"
            ),
            [(0, 10), (2, 6), (4, 5), (8, 10), (9, 10)]
        );
        assert_eq!(shown(Document::Design, ""), []);
    }
}
