//! Comments and doc strings: where they are, and what they say without their markers.

use crate::Language;
use crate::parse::parse;
use std::ops::Range;
use tree_sitter::{Node, Tree};

/// The ranges of every comment and doc string, in source order, in bytes.
pub fn comments(language: Language, text: &str) -> Vec<Range<usize>> {
    parse(language, text).map_or_else(Vec::new, |tree| comments_of(text, &tree))
}

/// The whole comment around an offset: line comments on consecutive lines count as one. The
/// offset may also stand in the white space before a comment that has its line to itself, or
/// directly behind one.
pub fn comment_at(language: Language, text: &str, offset: usize) -> Option<Range<usize>> {
    let blocks = blocks(text, &comments(language, text));
    blocks.into_iter().find(|block| {
        let line = text.get(..block.start).unwrap_or_default();
        let indent = line.len() - line.trim_end_matches([' ', '\t']).len();
        let alone = line.len() == indent || line[..line.len() - indent].ends_with('\n');
        let start = if alone {
            block.start - indent
        } else {
            block.start
        };
        (start..=block.end).contains(&offset)
    })
}

/// Joins line comments that follow each other on lines of their own.
pub(crate) fn blocks(text: &str, comments: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for comment in comments {
        match out.last_mut() {
            Some(last) if continues(text, last, comment) => last.end = comment.end,
            _ => out.push(comment.clone()),
        }
    }
    out
}

fn continues(text: &str, last: &Range<usize>, next: &Range<usize>) -> bool {
    let between = text.get(last.end..next.start).unwrap_or("x");
    let starts_line = text.get(..last.start).is_some_and(|before| {
        before
            .rsplit('\n')
            .next()
            .is_none_or(|line| line.trim().is_empty())
    });
    let (last, next) = (line_marker(text, last), line_marker(text, next));
    starts_line
        && last.is_some()
        && last == next
        && between.trim().is_empty()
        && between.matches('\n').count() == 1
}

/// The marker of a line comment; `None` for a block comment or a doc string.
fn line_marker(text: &str, range: &Range<usize>) -> Option<&'static str> {
    let comment = text.get(range.clone())?;
    ["///", "//!", "//", "#", "--"]
        .into_iter()
        .find(|marker| comment.starts_with(marker))
}

/// The comments of a text that is parsed already.
pub(crate) fn comments_of(text: &str, tree: &Tree) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut cursor = tree.walk();
    // A cursor needs no stack of ours, however deep the tree is.
    loop {
        let node = cursor.node();
        let kind = node.kind();
        if matches!(kind, "comment" | "line_comment" | "block_comment") {
            let end = text
                .get(node.byte_range())
                .map_or(node.end_byte(), |comment| {
                    node.start_byte() + comment.trim_end().len()
                });
            out.push(node.start_byte()..end);
        } else if kind == "expression_statement" && is_doc_string(node) {
            out.push(node.byte_range());
        } else if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return out;
            }
        }
    }
}

/// A string alone at the start of a Python module, class or function. Other languages have no
/// statement that is a `string` with `string_start`.
fn is_doc_string(statement: Node<'_>) -> bool {
    let Some(string) = statement
        .named_child(0)
        .filter(|child| child.kind() == "string")
    else {
        return false;
    };
    string
        .named_child(0)
        .is_some_and(|start| start.kind() == "string_start")
        && statement
            .prev_named_sibling()
            .is_none_or(|before| before.kind() == "comment")
        && statement
            .parent()
            .is_some_and(|parent| match parent.kind() {
                "module" => true,
                "block" => parent.parent().is_some_and(|owner| {
                    matches!(owner.kind(), "function_definition" | "class_definition")
                }),
                _ => false,
            })
}

/// What a comment or doc string says: without its markers, and without the indentation that all
/// its lines share. A range that does not fit the text gives an empty string.
pub fn comment_text(text: &str, range: Range<usize>) -> String {
    let comment = text.get(range).unwrap_or_default().trim();
    if let Some(inside) = block_inside(comment) {
        dedented(&inside.lines().map(star_stripped).collect::<Vec<_>>(), 1)
    } else if let Some(inside) = string_inside(comment) {
        dedented(&inside.lines().collect::<Vec<_>>(), 1)
    } else {
        dedented(&comment.lines().map(line_stripped).collect::<Vec<_>>(), 0)
    }
}

fn block_inside(comment: &str) -> Option<&str> {
    let inside = comment.strip_prefix("/*")?;
    let inside = inside.strip_suffix("*/").unwrap_or(inside);
    Some(inside.trim_start_matches(['*', '!']).trim_end_matches('*'))
}

fn star_stripped(line: &str) -> &str {
    let bare = line.trim_start();
    match bare.strip_prefix('*') {
        // `**bold**` and `*emphasis*` are text, `* ` and a lone star are the margin.
        Some(rest) if rest.is_empty() || rest.starts_with([' ', '\t']) => rest,
        _ => line,
    }
}

fn string_inside(comment: &str) -> Option<&str> {
    let quoted = comment.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if comment.len() - quoted.len() > 2 {
        return None;
    }
    ["\"\"\"", "'''", "\"", "'"].into_iter().find_map(|quote| {
        let inside = quoted.strip_prefix(quote)?;
        Some(inside.strip_suffix(quote).unwrap_or(inside))
    })
}

fn line_stripped(line: &str) -> &str {
    let bare = line.trim_start();
    for marker in ["///", "//!", "//", "--"] {
        if let Some(rest) = bare.strip_prefix(marker) {
            return rest;
        }
    }
    if bare.starts_with('#') {
        bare.trim_start_matches('#')
    } else {
        bare
    }
}

/// Takes off the indentation that all lines from `first` on share; the ones before it stand
/// behind an opening marker, so theirs says nothing.
fn dedented(lines: &[&str], first: usize) -> String {
    let indent = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let full = lines
        .iter()
        .skip(first)
        .filter(|line| !line.trim().is_empty());
    let shared = full.map(indent).min().unwrap_or(0);
    let out: Vec<&str> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| match at < first {
            true => line.trim(),
            false => line
                .get(shared.min(indent(line))..)
                .unwrap_or(line)
                .trim_end(),
        })
        .collect();
    out.join("\n").trim_matches('\n').trim_end().to_owned()
}
