//! An immutable text with its line index.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::position::{Encoding, LineIndex, Position};

/// A text as it stood at one moment, cheap to clone, with positions on demand.
#[derive(Clone, Debug)]
pub struct Source {
    text: Arc<str>,
    lines: Arc<OnceLock<LineIndex>>,
}

impl Source {
    /// Wraps a text.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self {
            text: text.into(),
            lines: Arc::default(),
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its line index, built on first use.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The position of a byte offset.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        self.lines().position(&self.text, offset, encoding)
    }

    /// The byte offset of a position, clamped.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        self.lines().offset(&self.text, position, encoding)
    }

    /// The bytes between two positions, whichever comes first.
    pub fn range(&self, start: Position, end: Position, encoding: Encoding) -> Range<usize> {
        let (a, b) = (self.offset(start, encoding), self.offset(end, encoding));
        a.min(b)..a.max(b)
    }

    /// The line, from 0, of a byte offset.
    pub fn line_of(&self, offset: usize) -> usize {
        self.lines().line_of(offset.min(self.text.len()))
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
