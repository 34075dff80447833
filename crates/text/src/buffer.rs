//! The text of an open document while it is edited.

use ropey::Rope;

use crate::position::{Encoding, Position};

/// A rope that takes LSP content changes. Out-of-range and inverted ranges are clamped, never a panic.
#[derive(Clone, Debug, Default)]
pub struct Buffer {
    rope: Rope,
}

impl Buffer {
    /// A buffer holding `text`.
    pub fn new(text: &str) -> Self {
        Self {
            rope: Rope::from_str(text),
        }
    }

    /// Replaces what lies between two positions (LSP `TextDocumentContentChangeEvent`).
    pub fn replace(&mut self, start: Position, end: Position, encoding: Encoding, with: &str) {
        let (a, b) = (self.char_at(start, encoding), self.char_at(end, encoding));
        let (from, to) = (a.min(b), a.max(b));
        // In range by construction; the `try_` forms keep a mistake from being a panic.
        let _ = self.rope.try_remove(from..to);
        let _ = self.rope.try_insert(from, with);
    }

    /// Replaces everything.
    pub fn reset(&mut self, text: &str) {
        self.rope = Rope::from_str(text);
    }

    /// The length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.rope.len_bytes() == 0
    }

    fn char_at(&self, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        if line >= self.rope.len_lines() {
            return self.rope.len_chars();
        }
        let start = self.rope.line_to_char(line);
        let slice = self.rope.line(line);
        let mut len = slice.len_chars();
        while len > 0 && matches!(slice.char(len - 1), '\n' | '\r') {
            len -= 1;
        }
        let units = position.character as usize;
        let within = match encoding {
            Encoding::Utf32 => units,
            Encoding::Utf16 => {
                let max = slice.char_to_utf16_cu(len);
                slice.utf16_cu_to_char(units.min(max))
            }
            Encoding::Utf8 => {
                let max = slice.char_to_byte(len);
                slice.byte_to_char(units.min(max))
            }
        };
        start + within.min(len)
    }
}

impl std::fmt::Display for Buffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| f.write_str(chunk))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::position::LineIndex;

    /// The slowest thing that can work: a vector of characters, positions found by walking.
    struct Naive(Vec<char>);

    impl Naive {
        fn at(&self, position: Position, encoding: Encoding) -> usize {
            let mut i = 0;
            for _ in 0..position.line {
                while i < self.0.len() && !matches!(self.0[i], '\n' | '\r') {
                    i += 1;
                }
                if i == self.0.len() {
                    return i;
                }
                i += if self.0[i] == '\r' && self.0.get(i + 1) == Some(&'\n') {
                    2
                } else {
                    1
                };
            }
            let mut left = position.character as usize;
            while i < self.0.len() && !matches!(self.0[i], '\n' | '\r') {
                let width = match encoding {
                    Encoding::Utf8 => self.0[i].len_utf8(),
                    Encoding::Utf16 => self.0[i].len_utf16(),
                    Encoding::Utf32 => 1,
                };
                if left < width {
                    break;
                }
                left -= width;
                i += 1;
            }
            i
        }

        fn replace(&mut self, start: Position, end: Position, encoding: Encoding, with: &str) {
            let (a, b) = (self.at(start, encoding), self.at(end, encoding));
            self.0.splice(a.min(b)..a.max(b), with.chars());
        }
    }

    fn encoding() -> impl Strategy<Value = Encoding> {
        prop_oneof![
            Just(Encoding::Utf8),
            Just(Encoding::Utf16),
            Just(Encoding::Utf32)
        ]
    }

    fn snippet() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof![
                Just("a"),
                Just("é"),
                Just("漢"),
                Just("😀"),
                Just("\n"),
                Just("\r\n"),
                Just("\r"),
                Just("\u{2028}")
            ],
            0..12,
        )
        .prop_map(|parts| parts.concat())
    }

    fn position() -> impl Strategy<Value = Position> {
        (0u32..8, 0u32..14).prop_map(|(line, character)| Position::new(line, character))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn random_edits_agree_with_the_naive_model(
            start in snippet(),
            edits in proptest::collection::vec((position(), position(), snippet()), 1..8),
            encoding in encoding(),
        ) {
            let mut buffer = Buffer::new(&start);
            let mut naive = Naive(start.chars().collect());
            for (from, to, with) in &edits {
                buffer.replace(*from, *to, encoding, with);
                naive.replace(*from, *to, encoding, with);
                prop_assert_eq!(buffer.to_string(), naive.0.iter().collect::<String>());
            }
        }

        #[test]
        fn the_line_index_agrees_with_the_buffer(text in snippet(), at in position(), encoding in encoding()) {
            let naive = Naive(text.chars().collect());
            let chars = naive.at(at, encoding);
            let bytes: usize = text.chars().take(chars).map(char::len_utf8).sum();
            prop_assert_eq!(LineIndex::new(&text).offset(&text, at, encoding), bytes);
        }
    }
}
