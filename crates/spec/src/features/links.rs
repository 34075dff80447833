//! The files that a document names, as links.

use std::ops::Range;

use rutter_text::markdown::LineKind;

use super::inert::inert;
use super::naming::parts;
use crate::{Document, Spec};

/// A path in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLink {
    /// The bytes of the path, with the line number behind it.
    pub range: Range<usize>,
    /// The path as written, without the line.
    pub path: String,
    /// The line it names, from 1.
    pub line: Option<u32>,
}

/// What looks like a path in a document: in `#[[file:…]]`, as the target of a link, in a code span. Whether a file is
/// there, the caller knows.
pub fn file_links(spec: &Spec, document: Document) -> Vec<FileLink> {
    let Some(parts) = parts(spec, document) else {
        return Vec::new();
    };
    let prose = |kind: &LineKind| matches!(kind, LineKind::Text | LineKind::Heading { .. });
    let lines = parts.outline.lines.iter().filter(|l| prose(&l.kind));
    lines
        .flat_map(|line| {
            let content = &parts.text[line.range.clone()];
            let found = inert(content).into_iter();
            found.filter_map(move |range| link(content, range, line.range.start))
        })
        .collect()
}

/// The link in a part of a line that is not prose; `line` is where the line starts.
fn link(content: &str, part: Range<usize>, line: usize) -> Option<FileLink> {
    let whole = &content[part.clone()];
    let (open, inside) = if let Some(rest) = whole.strip_prefix("#[[file:") {
        ("#[[file:".len(), rest.strip_suffix("]]")?)
    } else if let Some(rest) = whole.strip_prefix("](") {
        ("](".len(), rest.strip_suffix(')')?)
    } else {
        let inside = whole.trim_matches('`');
        let ticks = whole.len() - whole.trim_start_matches('`').len();
        (
            ticks,
            Some(inside).filter(|s| ticks > 0 && is_path(s.trim()))?,
        )
    };
    let written = inside.trim();
    let start = line + part.start + open + (inside.len() - inside.trim_start().len());
    let (path, number) = with_line(written);
    let named = !path.is_empty() && !path.contains("://") && !path.starts_with(['#', '/']);
    named.then(|| FileLink {
        range: start..start + written.len(),
        path: path.to_owned(),
        line: number,
    })
}

/// Whether the content of a code span can be a path: one word with a folder or an extension, of the characters of names.
fn is_path(text: &str) -> bool {
    let plain = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '/' | '.' | '_' | '-' | ':' | '#' | '@' | '+' | '[' | ']')
    };
    let extension = |name: &str| {
        let tail = name.rsplit_once('.').map_or("", |(_, tail)| tail);
        tail.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    text.chars().all(plain) && (text.contains('/') || extension(text))
}

/// A path and the line behind it, written `:12`, `:12-30` or `#L12`.
fn with_line(text: &str) -> (&str, Option<u32>) {
    let (path, tail) = match text.split_once("#L") {
        Some(both) => both,
        None => match text.rsplit_once(':') {
            Some(both) => both,
            None => return (text.split('#').next().unwrap_or(text), None),
        },
    };
    let digits = tail.trim_start_matches('L');
    let end = digits.find(|c: char| !c.is_ascii_digit());
    let number = digits[..end.unwrap_or(digits.len())].parse().ok();
    match number.filter(|n| *n > 0) {
        Some(number) => (path, Some(number)),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::spec_of;
    use super::*;

    #[test]
    fn paths_in_every_form() {
        let text = "# The `src/a.rs`\n\n#[[file:api/open api.yaml]] 🚀 [b](../b.md#part) [c](https://x.y/c.md) [d](#d)\n\
            - `` src/b.rs:12-30 `` and `c.py#L7`, `call()`, `a b/c`, `/api/v1`, `x.5`, `Type::name`, `docs/`\n\n```\n`src/no.rs`\n```\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let spec = spec_of(&[(Document::Design, &text)]);
            let found = file_links(&spec, Document::Design);
            let shown: Vec<(&str, &str, Option<u32>)> = found
                .iter()
                .map(|l| (&text[l.range.clone()], l.path.as_str(), l.line))
                .collect();
            assert_eq!(
                shown,
                [
                    ("src/a.rs", "src/a.rs", None),
                    ("api/open api.yaml", "api/open api.yaml", None),
                    ("../b.md#part", "../b.md", None),
                    ("src/b.rs:12-30", "src/b.rs", Some(12)),
                    ("c.py#L7", "c.py", Some(7)),
                    ("docs/", "docs/", None),
                ]
            );
        }
    }
}
