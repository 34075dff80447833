//! The own text of an item: its tokens, with references taken out.

use std::ops::Range;

use rutter_text::markdown::{LineKind, Outline};

/// Collects tokens from parts of a document.
pub(super) struct Own<'a> {
    text: &'a str,
    outline: &'a Outline,
    tokens: String,
}

impl<'a> Own<'a> {
    /// Nothing yet, of this document.
    pub(super) fn new(text: &'a str, outline: &'a Outline) -> Self {
        Self {
            text,
            outline,
            tokens: String::new(),
        }
    }

    /// Adds words that are not in the document as they stand.
    pub(super) fn words(mut self, words: &str) -> Self {
        words.split_whitespace().for_each(|w| self.token(w));
        self
    }

    /// Adds the lines that `range` touches, each only as far as it is inside; lines that begin in one of
    /// `cuts` are left out, and `references` become `§`. Both are sorted and don't overlap.
    pub(super) fn range(
        mut self,
        range: Range<usize>,
        cuts: &[Range<usize>],
        references: &[Range<usize>],
    ) -> Self {
        let first = self.outline.line_at(range.start);
        for line in first..self.outline.lines.len() {
            let whole = self.outline.lines[line].range.clone();
            if whole.start >= range.end {
                break;
            }
            let part = whole.start.max(range.start)..whole.end.min(range.end);
            if part.start < part.end {
                self.line(line, part, cuts, references);
            }
        }
        self
    }

    /// The text.
    pub(super) fn done(self) -> String {
        self.tokens
    }

    fn line(
        &mut self,
        line: usize,
        part: Range<usize>,
        cuts: &[Range<usize>],
        references: &[Range<usize>],
    ) {
        if inside(cuts, part.start) {
            return;
        }
        match self.outline.lines[line].kind {
            LineKind::Blank => {}
            LineKind::Fence(fence) => {
                let opening = self.outline.line_at(self.outline.fences[fence].range.start);
                let indent = white(&self.text[self.outline.lines[opening].range.clone()]);
                let code = &self.text[part];
                let shared = white(code).min(indent);
                let code = code[shared..].trim_end();
                self.token(&format!("\n{code}"));
            }
            _ => {
                let mut at = part.start;
                let mut plain = String::with_capacity(part.len());
                let first = references.partition_point(|r| r.start < part.start);
                for reference in references[first..].iter().take_while(|r| r.end <= part.end) {
                    if reference.start >= at {
                        plain.push_str(&self.text[at..reference.start]);
                        plain.push('§');
                        at = reference.end;
                    }
                }
                plain.push_str(&self.text[at..part.end]);
                plain.split_whitespace().for_each(|w| self.token(w));
            }
        }
    }

    fn token(&mut self, token: &str) {
        if !self.tokens.is_empty() {
            self.tokens.push(' ');
        }
        self.tokens.push_str(token);
    }
}

/// Whether one of the ranges, which are sorted and don't overlap, holds an offset.
pub(super) fn inside(ranges: &[Range<usize>], offset: usize) -> bool {
    let behind = ranges.partition_point(|r| r.start <= offset);
    behind > 0 && ranges[behind - 1].contains(&offset)
}

/// Bytes of spaces and tabs in front.
fn white(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(text: &str, cuts: &[Range<usize>], references: &[Range<usize>]) -> String {
        let outline = Outline::new(text);
        Own::new(text, &outline)
            .range(0..text.len(), cuts, references)
            .done()
    }

    #[test]
    fn wrapping_does_not_count_and_code_does() {
        assert_eq!(own("a  b\n\n   c\r\nd", &[], &[]), "a b c d");
        assert_eq!(
            own("- a\n  ```py\n  if x:\n    y  \n  ```\n- b\n", &[], &[]),
            "- a \n```py \nif x: \n  y \n``` - b"
        );
        assert_ne!(
            own("```\nif x:\n  y\n```\n", &[], &[]),
            own("```\nif x:\ny\n```\n", &[], &[])
        );
    }

    #[test]
    fn cuts_go_and_references_become_signs() {
        let text = "one\ntwo\nR: 1.1, 1.2\n";
        let (cut, first, second) = (4..8, 11..14, 16..19);
        assert_eq!(own(text, &[cut], &[first, second]), "one R: §, §");
    }
}
