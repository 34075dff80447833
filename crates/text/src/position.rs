//! LSP positions and the index that turns byte offsets into them.

/// How a client counts characters in a line (LSP 3.17, `PositionEncodingKind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, the protocol's default.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// How many units `text` takes.
    pub fn len(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
            Encoding::Utf32 => text.chars().count(),
        }
    }

    /// The byte offset in `line` that `units` reaches; past the end it is the end, inside a character its start.
    pub fn byte_in_line(self, line: &str, units: usize) -> usize {
        let mut left = units;
        for (offset, c) in line.char_indices() {
            let width = match self {
                Encoding::Utf8 => c.len_utf8(),
                Encoding::Utf16 => c.len_utf16(),
                Encoding::Utf32 => 1,
            };
            if left < width {
                return offset;
            }
            left -= width;
        }
        line.len()
    }
}

/// A place in a document: line and character from 0, characters in the negotiated encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 0.
    pub line: u32,
    /// Units into the line, from 0.
    pub character: u32,
}

impl Position {
    /// A position from its two numbers.
    pub fn new(line: u32, character: u32) -> Self {
        Self { line, character }
    }
}

/// Where each line of a text starts. Lines end with LF, CRLF or a lone CR, as LSP says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, &b) in bytes.iter().enumerate() {
            if b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                starts.push(u32::try_from(i + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts }
    }

    /// How many lines there are; an empty text has one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line that holds the byte `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&s| s as usize <= offset) - 1
    }

    /// Byte offset where `line` starts; `None` past the last line.
    pub fn start(&self, line: usize) -> Option<usize> {
        self.starts.get(line).map(|&s| s as usize)
    }

    /// The bytes of `line` without its line ending.
    pub fn line_range(&self, text: &str, line: usize) -> Option<std::ops::Range<usize>> {
        let start = self.start(line)?;
        let end = self.start(line + 1).unwrap_or(text.len());
        let content = text[start..end].trim_end_matches(['\n', '\r']);
        Some(start..start + content.len())
    }

    /// The position of a byte offset; an offset inside a character counts as its start.
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset);
        let start = self.starts[line] as usize;
        let character = encoding.len(&text[start..offset]);
        Position::new(
            u32::try_from(line).unwrap_or(u32::MAX),
            u32::try_from(character).unwrap_or(u32::MAX),
        )
    }

    /// The byte offset of a position, clamped to the line and to the text.
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        match self.line_range(text, position.line as usize) {
            None => text.len(),
            Some(range) => {
                range.start
                    + encoding.byte_in_line(&text[range.clone()], position.character as usize)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_starts_a_line_and_positions_round_trip() {
        let text = "a\r\nb😀c\rd\n\u{2028}e";
        let index = LineIndex::new(text);
        assert_eq!(index.count(), 4);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (offset, _) in text.char_indices() {
                let position = index.position(text, offset, encoding);
                let back = index.offset(text, position, encoding);
                // An offset inside CRLF has no position of its own: it is the end of its line.
                let expected = if offset == 2 { 1 } else { offset };
                assert_eq!(back, expected, "{encoding:?} {offset}");
            }
        }
    }

    #[test]
    fn utf16_counts_surrogates() {
        let text = "😀x";
        let index = LineIndex::new(text);
        assert_eq!(
            index.position(text, 4, Encoding::Utf16),
            Position::new(0, 2)
        );
        assert_eq!(index.offset(text, Position::new(0, 1), Encoding::Utf16), 0);
        assert_eq!(
            index.offset(text, Position::new(9, 9), Encoding::Utf16),
            text.len()
        );
    }
}
