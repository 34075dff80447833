//! JSON as people write it by hand: comments and trailing commas are fine, and nothing else that JSON doesn't know.

use std::ops::Range;

pub use jsonc_parser::ast::{Array, Object, ObjectProp, Value};
pub use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// Why a text is no JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Where, in bytes: on one line, on character boundaries, and never empty unless the text is.
    pub range: Range<usize>,
    /// What is wrong, without a full stop.
    pub message: String,
}

/// The value a text holds; nothing where it holds none.
pub fn parse(text: &str) -> Result<Option<Value<'_>>, Broken> {
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match parse_to_ast(text, &CollectOptions::default(), &options) {
        Ok(parsed) => Ok(parsed.value),
        Err(error) => {
            let range = error.range();
            Err(Broken {
                range: cover(text, range.start..range.end),
                message: error.kind().to_string().trim_end_matches('.').to_owned(),
            })
        }
    }
}

/// The bytes of a node.
pub fn bytes(node: &impl Ranged) -> Range<usize> {
    node.start()..node.end()
}

/// The range as far as it lies in one line of the text, and at least one character where there is one.
fn cover(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = range.start.min(text.trim_end().len().saturating_sub(1));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let one = text[start..].chars().next().map_or(0, char::len_utf8);
    let line = text[start..].find('\n').map_or(text.len(), |i| start + i);
    let mut end = range.end.min(line).max(start + one);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_trailing_commas_are_fine() {
        let text = "// é\n{\"a\": [1, 2,], /* x */ \"b\": \"ü\",}";
        let Ok(Some(Value::Object(root))) = parse(text) else {
            panic!("no object");
        };
        assert_eq!(&text[bytes(&root.get("b").unwrap().value)], "\"ü\"");
        assert!(matches!(parse(""), Ok(None)));
    }

    #[test]
    fn mistakes_are_placed_inside_the_text() {
        for text in [
            "{",
            "é",
            "{\"a\": é}",
            "[1,, 2]",
            "{\"a\"",
            "\u{feff}{",
            "{a: 1}",
            "{'a': 1}",
        ] {
            let broken = parse(text).unwrap_err();
            let shown = text.get(broken.range.clone());
            assert!(shown.is_some_and(|t| !t.is_empty()), "{text:?} {broken:?}");
            assert!(!broken.message.ends_with('.'), "{broken:?}");
        }
    }
}
