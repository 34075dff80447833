//! `.config.kiro` cannot be read.
//!
//! Whether the spec is a feature or a bugfix, and in which order its documents come, is then only guessed from the files
//! there are. A value that we don't know is no finding: a newer Kiro may know it.
//!
//! ```json
//! {"specId": "…", "workflowType": "requirements-first",      <- the rest is missing
//! ```

use std::ops::Range;

use super::{CONFIG, Check, Context, Level, Reads, Rule, Sink};
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "config/broken",
    default: Level::Warning,
    docs: docs!("config_broken.rs"),
    check: Some(Check::new(Reads::BESIDE, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    if let Some(Err(error)) = &context.spec.config {
        let range = context
            .config
            .map_or(0..0, |text| place(text, error.line, error.column));
        let finding = sink.finding(
            range,
            format!(
                "This is no valid configuration: {}. The kind of spec is guessed from its files until that is mended.",
                error.message.trim_end_matches('.')
            ),
        );
        sink.add(CONFIG, finding);
    }
}

/// The character at a line and a column in bytes, both from 1; at the end of the text the last one there is.
fn place(text: &str, line: usize, column: usize) -> Range<usize> {
    let bom = if text.starts_with('\u{feff}') && line == 1 {
        3
    } else {
        0
    };
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let mut at =
        (start + bom + column.saturating_sub(1)).min(text.trim_end().len().saturating_sub(1));
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at..at + text[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{everywhere, found};
    use super::RULE;

    #[test]
    fn the_place_of_the_mistake_is_shown() {
        let found = everywhere(
            RULE.code,
            &[(
                ".config.kiro",
                "{\"specId\": \"a\",\n \"specType\" \"bugfix\"}",
            )],
        );
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with(".config.kiro|\"|This is no valid configuration: expected `:`."),
            "{found:?}"
        );
    }

    #[test]
    fn empty_truncated_and_foreign_texts_do_no_harm() {
        for text in ["", "{", "🚀", "{\"specType\": 3}", "\u{feff}[", "[]"] {
            assert_eq!(
                found(RULE.code, &[(".config.kiro", text)]).len(),
                1,
                "{text}"
            );
        }
        for text in ["{}", "{\"workflowType\": \"of tomorrow\"}", "{\"x\": 1}\n"] {
            assert_eq!(
                found(RULE.code, &[(".config.kiro", text)]),
                [""; 0],
                "{text}"
            );
        }
    }
}
