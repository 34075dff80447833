//! Text to syntax tree, within limits.

use crate::Language;
use std::cell::Cell;
use std::ops::ControlFlow;
use tree_sitter::{ParseOptions, ParseState, Parser, Tree};

/// The longest text that is parsed, in bytes; a longer one is generated or data.
pub const MAX_BYTES: usize = 1 << 20;

/// The deepest nesting that is followed; deeper code is generated, and would use up the stack.
pub(crate) const MAX_DEPTH: usize = 120;

/// How much text the lexer is handed at once, in bytes. It asks again when it looks elsewhere, so
/// the number of requests tells how often it reads the same text.
const CHUNK: usize = 2_048;

/// Parses, or gives `None` where the text is too long, the grammar is not in this build, or the
/// text is so far from the language that error recovery would take seconds: five thousand
/// unclosed comments, say, each of which is looked for to the end of the file.
pub(crate) fn parse(language: Language, text: &str) -> Option<Tree> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let mut parser = Parser::new();
    parser.set_language(&language.grammar()?).ok()?;
    // Work is counted, not timed, so that one text always has one answer.
    // Real files of every kind take less than a third of this.
    let mut steps_left = 2_000 + text.len() / 16;
    let reads_left = Cell::new(1_000 + text.len() / 64);
    let mut progress = |_: &ParseState| {
        steps_left = steps_left.saturating_sub(1);
        if steps_left == 0 || reads_left.get() == 0 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let bytes = text.as_bytes();
    let mut read = |offset: usize, _| {
        reads_left.set(reads_left.get().saturating_sub(1));
        if reads_left.get() == 0 {
            return &[][..];
        }
        let rest = bytes.get(offset..).unwrap_or_default();
        &rest[..rest.len().min(CHUNK)]
    };
    let options = ParseOptions::new().progress_callback(&mut progress);
    let tree = parser.parse_with_options(&mut read, None, Some(options));
    // Where the reads ran out, the end of the tree is missing.
    tree.filter(|_| reads_left.get() > 0)
}
