//! Documents that the editor has open.

use rutter_text::{Buffer, Encoding, Position, Source};

/// One change of a document, as LSP sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is replaced; everything where there is none.
    pub range: Option<(Position, Position)>,
    /// What comes.
    pub text: String,
}

/// An open document at one version. Cheap to clone.
#[derive(Clone, Debug)]
pub struct OpenDocument {
    /// The editor's version number.
    pub version: i32,
    /// The language the editor calls it.
    pub language: String,
    /// The text.
    pub source: Source,
    /// The text that the references of other documents were last in step with: as it was opened, or rebased since.
    pub baseline: Source,
    /// Whether the text is that of the file, as far as the editor told.
    pub saved: bool,
    buffer: Buffer,
}

impl OpenDocument {
    /// A document that was just opened.
    pub fn new(version: i32, language: String, text: &str) -> Self {
        let source = Source::new(text);
        Self {
            version,
            language,
            baseline: source.clone(),
            source,
            saved: false,
            buffer: Buffer::new(text),
        }
    }

    /// The document after changes, each against the result of the one before.
    #[must_use]
    pub fn changed(&self, version: i32, changes: &[Change], encoding: Encoding) -> Self {
        let mut buffer = self.buffer.clone();
        for change in changes {
            match change.range {
                Some((start, end)) => buffer.replace(start, end, encoding, &change.text),
                None => buffer.reset(&change.text),
            }
        }
        Self {
            version,
            language: self.language.clone(),
            source: Source::new(buffer.to_string()),
            baseline: self.baseline.clone(),
            saved: false,
            buffer,
        }
    }
}
