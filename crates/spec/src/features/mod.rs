//! What an editor asks about a place in a spec: pure, in byte offsets, one file a question.

pub mod at;
pub mod completion;
pub mod definition;
pub mod folding;
pub mod formatting;
pub mod hover;
mod inert;
pub mod inlay;
mod keyword;
pub mod links;
pub(crate) mod naming;
pub mod references;
pub mod rename;
pub mod search;
pub mod selection;
pub mod symbols;
pub mod thing;
pub mod tokens;

pub use at::{At, Spot, at};
pub use completion::{Entry, EntryKind, complete};
pub use definition::{Definition, Target, definition};
pub use folding::{Fold, FoldKind, folds};
pub use formatting::format;
pub use hover::{Hover, hover};
pub use inlay::{Hint, hints};
pub use links::{FileLink, file_links};
pub use references::{Occurrence, highlights, references};
pub use rename::{NameKind, Rename, RenameError, Renameable, Renamed, prepare, rename};
pub use search::{Hit, Query, search};
pub use selection::selections;
pub use symbols::{Symbol, SymbolKind, symbols};
pub use thing::Thing;
pub use tokens::{Token, TokenKind, tokens};

#[cfg(test)]
pub(crate) mod testing {
    //! A spec out of texts with a cursor `$0` in one of them.

    use rutter_text::Source;

    use crate::{Document, Reading, Spec};

    /// The spec of some texts.
    pub(crate) fn spec_of(files: &[(Document, &str)]) -> Spec {
        let mut spec = Spec::default();
        for (document, text) in files {
            spec.set(*document, Some(Reading::new(*document, Source::new(*text))));
        }
        spec
    }

    /// The spec, and where the cursor stands. Every text is tried as it is written; tests choose LF or CRLF.
    pub(crate) fn with_cursor(files: &[(Document, &str)]) -> (Spec, Document, usize) {
        let mut spec = Spec::default();
        let mut cursor = None;
        for (document, text) in files {
            let at = text.find("$0");
            if let Some(at) = at {
                cursor = Some((*document, at));
            }
            let text = text.replacen("$0", "", 1);
            spec.set(*document, Some(Reading::new(*document, Source::new(text))));
        }
        let (document, offset) = cursor.expect("a cursor $0");
        (spec, document, offset)
    }
}
