//! Text to syntax tree, within limits.

use crate::Language;
use std::ops::ControlFlow;
use tree_sitter::{ParseOptions, ParseState, Parser, Tree};

/// The longest text that is parsed, in bytes; a longer one is generated or data.
pub const MAX_BYTES: usize = 1 << 20;

/// The deepest nesting that is followed; deeper code is generated, and would use up the stack.
pub(crate) const MAX_DEPTH: usize = 120;

/// Parses, or gives `None` where the text is too long, the grammar is not in this build, or the
/// text is so far from the language that error recovery would take seconds.
pub(crate) fn parse(language: Language, text: &str) -> Option<Tree> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let mut parser = Parser::new();
    parser.set_language(&language.grammar()?).ok()?;
    // Counted in steps, not seconds, so that one text always has one answer.
    let mut steps_left = 2_000 + text.len() / 8;
    let mut progress = |_: &ParseState| {
        steps_left = steps_left.saturating_sub(1);
        if steps_left == 0 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let bytes = text.as_bytes();
    parser.parse_with_options(
        &mut |offset, _| bytes.get(offset..).unwrap_or_default(),
        None,
        Some(ParseOptions::new().progress_callback(&mut progress)),
    )
}
