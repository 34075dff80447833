//! What could stand at a place of a spec: ids, EARS openers, terms, sections, tasks, files.

mod ears;
mod files;
mod ids;
mod sections;
mod tasks;
mod terms;

use std::ops::Range;

use super::naming::{Parts, parts};
use crate::{Document, Spec};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// The id of a requirement, criterion, property or task.
    Id,
    /// The beginning of a sentence.
    Opener,
    /// A glossary term.
    Term,
    /// A section or a task with places to fill in.
    Skeleton,
    /// A file.
    File,
}

/// Something that could stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the list shows.
    pub label: String,
    /// What stands beside it.
    pub detail: String,
    /// What is written over `range`; of a skeleton and an opener with `${1:…}` where something is to be filled in. Further
    /// lines stand as if the first one was not indented: an editor that fills in indents them.
    pub insert: String,
    /// The white space in front of further lines.
    pub indent: String,
    /// The bytes that are replaced; they lie in one line.
    pub range: Range<usize>,
    /// What it is.
    pub kind: EntryKind,
}

impl Entry {
    /// What is written where the editor knows no places to fill in: `${1:trigger}` becomes `trigger`.
    pub fn plain(&self) -> String {
        if !self.is_snippet() {
            return self.insert.clone();
        }
        let mut out = String::new();
        let mut rest = self.insert.as_str();
        while let Some(start) = rest.find("${") {
            out.push_str(&rest[..start]);
            let inner = &rest[start..];
            let (colon, end) = (inner.find(':'), inner.find('}'));
            let (Some(colon), Some(end)) = (colon, end) else {
                break;
            };
            out.push_str(&inner[colon + 1..end]);
            rest = &inner[end + 1..];
        }
        out.push_str(rest);
        out.replace('\n', &format!("\n{}", self.indent))
    }

    /// Whether `insert` has places to fill in.
    pub fn is_snippet(&self) -> bool {
        matches!(self.kind, EntryKind::Opener | EntryKind::Skeleton)
    }
}

/// A place that something is written at.
struct Place<'a> {
    spec: &'a Spec,
    document: Document,
    parts: Parts<'a>,
    line: usize,
    /// The bytes of the line in front of the cursor.
    before: Range<usize>,
}

impl Place<'_> {
    /// The text in front of the cursor.
    fn typed(&self) -> &str {
        &self.parts.text[self.before.clone()]
    }

    /// The bytes of what is being typed: back to the first character that is not `part`.
    fn word(&self, part: impl Fn(char) -> bool) -> Range<usize> {
        let typed = self.typed();
        let start = typed.trim_end_matches(part).len();
        self.before.start + start..self.before.end
    }
}

/// The most entries that are given.
const MANY: usize = 200;

/// What could stand at `offset`, the best first; `files` gives the files of the project, relative with `/`.
pub fn complete(
    spec: &Spec,
    document: Document,
    offset: usize,
    files: &dyn Fn() -> Vec<String>,
) -> Vec<Entry> {
    let Some(parts) = parts(spec, document).filter(|p| p.text.is_char_boundary(offset)) else {
        return Vec::new();
    };
    let line = parts.outline.line_at(offset);
    let start = parts
        .outline
        .lines
        .get(line)
        .map_or(offset, |l| l.range.start.min(offset));
    // Behind the last line ending there is a line that the outline leaves out.
    let start = parts.text[start..offset]
        .rfind('\n')
        .map_or(start, |i| start + i + 1);
    let place = Place {
        spec,
        document,
        parts,
        line,
        before: start..offset,
    };
    let mut found = files::files(&place, files)
        .or_else(|| ids::ids(&place))
        .or_else(|| sections::sections(&place))
        .or_else(|| tasks::tasks(&place))
        .or_else(|| ears::openers(&place))
        .unwrap_or_else(|| terms::terms(&place));
    found.truncate(MANY);
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::with_cursor;
    use super::*;

    const REQUIREMENTS: &str = "# Requirements Document\n\n## Glossary\n\n- **Limiter**: counts\n- **Store**: keeps\n\n## Requirements\n\n### Requirement 1: Block 🚀\n\n#### Acceptance Criteria\n\n1. THE Limiter SHALL a\n2. WHEN x, THE Store SHALL b\n";

    fn at(document: Document, text: &str) -> Vec<String> {
        let mut out = Vec::new();
        for ending in ["\n", "\r\n"] {
            let text = text.replace('\n', ending);
            let mut files = vec![(document, text.as_str())];
            if document != Document::Requirements {
                files.push((Document::Requirements, REQUIREMENTS));
            }
            if document != Document::Design {
                files.push((Document::Design, "### Property 1: P\n\nx\n"));
            }
            let (spec, document, offset) = with_cursor(&files);
            let files = || vec!["src/a.rs".to_owned(), "docs/style.md".to_owned()];
            let found = complete(&spec, document, offset, &files);
            let text = spec.source(document).map_or("", |s| s.text());
            let each = found.iter().map(|e| {
                assert!(e.range.end == offset && !text[e.range.clone()].contains('\n'));
                format!("{}<{}", e.plain(), &text[e.range.clone()])
            });
            out.push(each.collect::<Vec<_>>());
        }
        let plain: Vec<String> = out[1].iter().map(|s| s.replace("\r\n", "\n")).collect();
        assert_eq!(out[0], plain, "CRLF");
        out.remove(0)
    }

    #[test]
    fn ids_in_references() {
        let task = |line: &str| format!("- [ ] 1. A\n- [ ] 2. B\n  - {line}\n");
        assert_eq!(
            at(Document::Tasks, &task("_Requirements: $0_")),
            ["1.1<", "1.2<", "1<"]
        );
        assert_eq!(
            at(Document::Tasks, &task("_Requirements: 1.1, 1$0_")),
            ["1.2<1", "1<1"]
        );
        assert_eq!(
            at(Document::Tasks, &task("_Requirements: 1.$0_")),
            ["1.1<1.", "1.2<1."]
        );
        assert_eq!(at(Document::Tasks, &task("_Depends: $0_")), ["1<"]);
        assert_eq!(at(Document::Tasks, &task("**Property $0")), ["1: P<"]);
        assert_eq!(
            at(
                Document::Design,
                "### Property 1: P\n\n**Validates: Requirements $0**\n"
            ),
            ["1.1<", "1.2<", "1<"]
        );
    }

    #[test]
    fn openers_and_terms() {
        let list = |line: &str| REQUIREMENTS.replace("2. WHEN x, THE Store SHALL b", line);
        let found = at(Document::Requirements, &list("2. $0"));
        assert_eq!(found[0], "WHEN trigger, THE system SHALL response<");
        assert_eq!(found.len(), 5);
        assert_eq!(
            at(Document::Requirements, &list("2. wh$0")),
            [
                "WHEN trigger, THE system SHALL response<wh",
                "WHILE state, THE system SHALL response<wh",
                "WHERE feature, THE system SHALL response<wh",
            ]
        );
        assert_eq!(
            at(Document::Requirements, &list("2. WHEN x, THE $0")),
            ["Limiter<", "Store<"]
        );
        assert_eq!(
            at(Document::Requirements, &list("2. WHEN x, THE l$0")),
            ["Limiter<l"]
        );
        assert_eq!(at(Document::Design, "About the Sto$0\n"), ["Store<Sto"]);
        assert_eq!(at(Document::Design, "About `Sto$0\n"), Vec::<String>::new());
        assert_eq!(at(Document::Design, "About $0\n"), Vec::<String>::new());
    }

    #[test]
    fn sections_tasks_and_files() {
        let found = at(
            Document::Requirements,
            "# Requirements Document\n\n## Glossary\n\n##$0\n",
        );
        assert_eq!(found[0], "## Introduction<##");
        assert_eq!(found[1], "## Requirements<##");
        let found = at(Document::Requirements, &format!("{REQUIREMENTS}\n#$0"));
        assert!(
            found
                .iter()
                .any(|f| f.starts_with("### Requirement 2: Title\n")),
            "{found:?}"
        );
        let found = at(Document::Tasks, "- [x] 1. A\n- [ ] 2. B\n-$0\n");
        assert!(
            found[0].starts_with("- [ ] 3. Title\n  - _Requirements: "),
            "{found:?}"
        );
        let found = at(Document::Tasks, "- [x] 1. A\n  - [ ] 1.1 B\n  - [$0\n");
        assert!(
            found[0].starts_with("- [ ] 1.2 Title\n    - _Requirements: "),
            "{found:?}"
        );
        assert_eq!(
            at(Document::Design, "See #[[file:sr$0\n"),
            ["src/a.rs]]<sr"]
        );
        assert_eq!(
            at(Document::Design, "## $0\n").first().map(String::as_str),
            Some("## Overview<## ")
        );
        assert_eq!(at(Document::Tasks, "$0"), Vec::<String>::new());
    }
}
