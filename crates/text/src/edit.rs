//! Edits in byte offsets, and the smallest edits between two texts.

use std::ops::Range;

/// Replaces `range` (bytes of the text it was made from) by `insert`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub range: Range<usize>,
    /// What comes.
    pub insert: String,
}

impl Edit {
    /// Replaces a range.
    pub fn replace(range: Range<usize>, insert: impl Into<String>) -> Self {
        Self {
            range,
            insert: insert.into(),
        }
    }

    /// Inserts at an offset.
    pub fn insert(at: usize, insert: impl Into<String>) -> Self {
        Self::replace(at..at, insert)
    }

    /// Deletes a range.
    pub fn delete(range: Range<usize>) -> Self {
        Self::replace(range, "")
    }
}

/// Applies edits that do not overlap, in any order; edits at one offset keep the order in which they are given.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|e| (e.range.start, e.range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in sorted {
        if edit.range.start < at {
            continue;
        }
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.insert);
        at = edit.range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// The smallest line edits that turn `old` into `new`, each trimmed to the characters that differ.
pub fn between(old: &str, new: &str) -> Vec<Edit> {
    if old == new {
        return Vec::new();
    }
    let diff = similar::TextDiff::from_lines(old, new);
    let starts = |text: &str| -> Vec<usize> {
        let mut at = 0;
        let mut v = vec![0];
        for line in similar::DiffableStr::tokenize_lines(text) {
            at += line.len();
            v.push(at);
        }
        v
    };
    let (old_at, new_at) = (starts(old), starts(new));
    // Positions are counted here: after compaction an insertion's own old index can be stale.
    let (mut o, mut n) = (0, 0);
    let mut edits = Vec::new();
    for op in diff.ops() {
        let (old_end, new_end) = (o + op.old_range().len(), n + op.new_range().len());
        if op.tag() != similar::DiffTag::Equal {
            edits.push(trim(
                old,
                old_at[o]..old_at[old_end],
                &new[new_at[n]..new_at[new_end]],
            ));
        }
        (o, n) = (old_end, new_end);
    }
    edits
}

/// A unified diff for people, with three lines around each change.
pub fn unified(old: &str, new: &str, name: &str) -> String {
    similar::TextDiff::from_lines(old, new)
        .unified_diff()
        .header(name, name)
        .to_string()
}

/// Takes the common start and end off an edit.
fn trim(old: &str, range: Range<usize>, new: &str) -> Edit {
    let before = &old[range.clone()];
    let head: usize = before
        .chars()
        .zip(new.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let tail: usize = before[head..]
        .chars()
        .rev()
        .zip(new[head..].chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    Edit::replace(
        range.start + head..range.end - tail,
        &new[head..new.len() - tail],
    )
}

/// The line ending a text uses most, LF where it has none.
pub fn line_ending(text: &str) -> &'static str {
    let crlf = text.matches("\r\n").count();
    if crlf > 0 && crlf * 2 >= text.matches('\n').count() {
        "\r\n"
    } else {
        "\n"
    }
}

/// `insert` (written with LF) with the line endings of `text`.
pub fn with_endings_of(text: &str, insert: &str) -> String {
    if line_ending(text) == "\r\n" {
        insert.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        insert.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_changed_word_is_one_small_edit() {
        let old = "one\ntwo five\nthree\n";
        let new = "one\ntwo three\nthree\n";
        assert_eq!(between(old, new), [Edit::replace(8..11, "thre")]);
    }

    proptest! {
        #[test]
        fn edits_between_two_texts_lead_from_one_to_the_other(old in "[ab\n]{0,30}", new in "[ab\n]{0,30}") {
            prop_assert_eq!(apply(&old, &between(&old, &new)), new);
        }
    }
}
