//! Where a prompt comes from when it is not given: the selected text, or the comment under the cursor.

use std::ops::Range;

use rutter_code::{Language, comments};

/// The text that a place in a document asks for: what is selected, without comment marks; else the comment around the
/// cursor; in Markdown and plain text the paragraph. Empty where there is nothing.
pub fn at(path: &str, text: &str, range: Range<usize>) -> String {
    let range = range.start.min(text.len())..range.end.min(text.len());
    let selected = text.get(range.clone()).unwrap_or_default();
    let language = Language::of_path(path);
    if !selected.trim().is_empty() {
        let inside_comment = language
            .and_then(|l| comments::comment_at(l, text, range.start))
            .is_some();
        return match language {
            Some(_) if inside_comment => without_marker(comments::comment_text(text, range).trim()),
            _ => selected.trim().to_owned(),
        };
    }
    match language {
        Some(l) => comments::comment_at(l, text, range.start)
            .map(|comment| without_marker(comments::comment_text(text, comment).trim()))
            .unwrap_or_default(),
        None => paragraph(text, range.start),
    }
}

/// A comment without its `TODO:` or `FIXME(name):`.
fn without_marker(text: &str) -> String {
    for marker in ["TODO", "FIXME", "XXX", "HACK", "IDEA", "SPEC"] {
        if let Some(rest) = text.strip_prefix(marker) {
            let rest = rest
                .strip_prefix('(')
                .and_then(|r| r.split_once(')'))
                .map_or(rest, |(_, after)| after);
            return rest.trim_start_matches([':', ' ', '-']).to_owned();
        }
    }
    text.to_owned()
}

/// Whether [`at`] would find a comment in a source file: where the action *Make a spec of this* is offered.
pub fn is_comment(path: &str, text: &str, offset: usize) -> bool {
    Language::of_path(path).is_some_and(|l| comments::comment_at(l, text, offset).is_some())
}

fn paragraph(text: &str, offset: usize) -> String {
    let mut start = 0;
    let mut lines: Vec<&str> = Vec::new();
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if line.trim().is_empty() {
            if start > offset {
                break;
            }
            if end <= offset {
                lines.clear();
            }
        } else {
            lines.push(line.trim().trim_start_matches(['#', '>', '-', '*', ' ']));
        }
        start = end;
    }
    lines.join(" ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selections_comments_and_paragraphs() {
        let code = "// TODO: let customers\n// cancel an order\nfn main() {}\n";
        assert_eq!(
            at("a.rs", code, 12..12)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            "let customers cancel an order"
        );
        assert_eq!(at("a.rs", code, code.len() - 3..code.len() - 3), "");
        assert!(is_comment("a.rs", code, 4) && !is_comment("a.rs", code, 50));
        let notes = "# Ideas\n\nAdd export\nof orders.\n\nMore.\n";
        assert_eq!(at("notes.md", notes, 14..14), "Add export of orders.");
        assert_eq!(at("notes.md", notes, 9..12), "Add");
    }
}
