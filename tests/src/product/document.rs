//! An open document as an editor keeps it: naive on purpose, so that it can check the server's own arithmetic.

use serde_json::{Value, json};

/// How characters of a line are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 units.
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Utf8, Self::Utf16, Self::Utf32];

    /// LSP's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    /// The encoding of a name.
    pub fn of_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|e| e.name() == name)
            .expect("an encoding of LSP")
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// A text with its version.
#[derive(Clone, Debug)]
pub struct Document {
    /// The version the server was last told.
    pub version: i64,
    /// The text.
    pub text: String,
}

impl Document {
    /// The position of a byte.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Value {
        let before = &self.text[..offset];
        let starts = line_starts(&self.text);
        let line = starts
            .iter()
            .rposition(|&s| s <= offset)
            .expect("the first line starts at 0");
        let character: usize = before[starts[line]..]
            .chars()
            .map(|c| encoding.width(c))
            .sum();
        json!({"line": line, "character": character})
    }

    /// The byte at a position, which has to exist.
    pub fn offset(&self, position: &Value, encoding: Encoding) -> usize {
        let number = |key: &str| {
            usize::try_from(position[key].as_u64().expect("a number")).expect("it fits")
        };
        let (line, mut left) = (number("line"), number("character"));
        let starts = line_starts(&self.text);
        let start = *starts
            .get(line)
            .unwrap_or_else(|| panic!("{position} is below the last line"));
        let mut at = start;
        for c in self.text[start..].chars() {
            if left == 0 {
                break;
            }
            assert!(
                c != '\n' && c != '\r',
                "{position} is behind the end of its line"
            );
            let width = encoding.width(c);
            assert!(left >= width, "{position} is inside a character");
            left -= width;
            at += c.len_utf8();
        }
        assert_eq!(left, 0, "{position} is behind the end of the text");
        at
    }

    /// The text of a range.
    pub fn slice(&self, range: &Value, encoding: Encoding) -> &str {
        &self.text[self.offset(&range["start"], encoding)..self.offset(&range["end"], encoding)]
    }

    /// The range of the first place where `needle` stands.
    pub fn range_of(&self, needle: &str, encoding: Encoding) -> Value {
        let start = self
            .text
            .find(needle)
            .unwrap_or_else(|| panic!("no {needle:?} in {:?}", self.text));
        json!({"start": self.position(start, encoding), "end": self.position(start + needle.len(), encoding)})
    }

    /// Applies text edits, all of which refer to the text before them.
    pub fn apply(&mut self, edits: &[Value], encoding: Encoding) {
        let mut found: Vec<(usize, usize, &str)> = edits
            .iter()
            .map(|e| {
                let range = &e["range"];
                let new = e["newText"].as_str().expect("a text");
                (
                    self.offset(&range["start"], encoding),
                    self.offset(&range["end"], encoding),
                    new,
                )
            })
            .collect();
        found.sort_by_key(|(start, end, _)| (*start, *end));
        assert!(
            found.windows(2).all(|w| w[0].1 <= w[1].0),
            "edits overlap: {edits:?}"
        );
        for (start, end, new) in found.into_iter().rev() {
            self.text.replace_range(start..end, new);
        }
        self.version += 1;
    }
}

/// Where lines start: after `\n`, `\r\n` and a lone `\r`.
fn line_starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let bytes = text.as_bytes();
    for (i, &b) in bytes.iter().enumerate() {
        if b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
            starts.push(i + 1);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_in_every_encoding() {
        let document = Document {
            version: 1,
            text: "a\r\né😀b\n".to_owned(),
        };
        for (encoding, character) in [
            (Encoding::Utf8, 6),
            (Encoding::Utf16, 3),
            (Encoding::Utf32, 2),
        ] {
            let at = document.text.find('b').unwrap();
            let position = document.position(at, encoding);
            assert_eq!(position, json!({"line": 1, "character": character}));
            assert_eq!(document.offset(&position, encoding), at);
        }
    }
}
