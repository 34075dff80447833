//! The first sentence of what a file or a symbol says of itself.

use std::ops::Range;

use crate::Symbol;
use crate::comments::{blocks, comment_text};

/// A longer sentence is left out.
const MOST: usize = 200;

/// Of the comment directly above a symbol, or the doc string at the start of its body.
pub(super) fn of_symbol(text: &str, symbol: &Symbol, comments: &[Range<usize>]) -> Option<String> {
    symbol.doc.as_ref()?;
    let all = blocks(text, comments);
    let above = all.iter().rfind(|block| {
        let line = text.get(..block.start).unwrap_or_default();
        let alone = line
            .rsplit('\n')
            .next()
            .is_none_or(|line| line.trim().is_empty());
        let between = text.get(block.end..symbol.range.start);
        alone && between.is_some_and(|between| between.trim().is_empty())
    });
    let inside = || {
        all.iter().find(|block| {
            symbol.name_range.end <= block.start
                && block.end <= symbol.range.end
                && text[block.start..].starts_with(['"', '\'', 'r', 'R'])
        })
    };
    let said = first_sentence(&comment_text(text, above.or_else(inside)?.clone()))?;
    // Some begin with their signature.
    (!said.starts_with(&format!("{}(", symbol.name))).then_some(said)
}

/// Of the comment at the top of a file that stands alone.
pub(super) fn of_file(text: &str, comments: &[Range<usize>]) -> Option<String> {
    let all = blocks(text, comments);
    let first = all.first()?;
    let before = text.get(..first.start)?.trim();
    let alone = text[first.end..].starts_with("\n\n")
        || text[first.end..].starts_with("\r\n\r\n")
        || text[first.start..].starts_with("//!")
        || text[first.start..].starts_with("\"\"\"");
    let is_start = before.is_empty() || before.starts_with("#!") && !before.contains('\n');
    let said = comment_text(text, first.clone());
    let legal = ["copyright", "license", "licence", "spdx"];
    let is_legal = legal.iter().any(|w| said.to_lowercase().contains(w));
    (alone && is_start && !is_legal)
        .then(|| first_sentence(&said))
        .flatten()
}

/// Up to the first full stop that a blank or the end follows, or to a blank line.
fn first_sentence(said: &str) -> Option<String> {
    let said = said.trim_start_matches(['!', ' ', '\n']);
    let block = said.split("\n\n").next()?;
    let words: Vec<&str> = block
        .lines()
        .map(str::trim)
        // Tags such as `@param` and sections such as `Args:` begin something else.
        .take_while(|line| !line.starts_with(['@', ':', '#', '-', '*']) && !is_section(line))
        .flat_map(str::split_whitespace)
        .collect();
    let joined = words.join(" ");
    let mut end = joined.len();
    for (at, _) in joined.match_indices(". ") {
        let abbreviated = ["e.g", "i.e", "etc", "cf", "vs"];
        if !abbreviated.iter().any(|word| joined[..at].ends_with(word)) {
            end = at;
            break;
        }
    }
    let sentence = joined[..end].trim_end_matches(['.', ':', ' ']).trim();
    let plain = sentence.replace(['"', '“', '”'], "'").replace("<p>", "");
    let plain = unlinked(&plain);
    let worth = plain.split(' ').count() >= 2 && plain.chars().count() <= MOST;
    let open = plain.matches('`').count() % 2 == 1 || plain.contains("TODO");
    (worth && !open).then_some(plain)
}

/// Links of doc comments as their words: `[`Cart`]`, `{@link Cart}`.
fn unlinked(text: &str) -> String {
    let mut out = text.replace("{@link ", "{@code ");
    while let Some(at) = out.find("{@code ") {
        let Some(end) = out[at..].find('}') else {
            break;
        };
        let inside = format!("`{}`", out[at + 7..at + end].trim());
        out.replace_range(at..=at + end, &inside);
    }
    out.replace("[`", "`").replace("`]", "`")
}

fn is_section(line: &str) -> bool {
    let known = [
        "Args:",
        "Arguments:",
        "Returns:",
        "Raises:",
        "Parameters",
        "Example:",
        "Examples:",
        "Yields:",
        "Note:",
        "Attributes:",
        "Usage:",
    ];
    known.iter().any(|section| line.starts_with(section))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_is_whole() {
        for (said, expected) in [
            (
                "Make an album\nof photos. Then more.",
                Some("Make an album of photos"),
            ),
            ("Split e.g. by comma. More", Some("Split e.g. by comma")),
            ("Reads [`Cart`].\n\n# Errors", Some("Reads `Cart`")),
            ("Books a slot\n@param x the slot", Some("Books a slot")),
            ("Short.", None),
            ("TODO do it later", None),
        ] {
            assert_eq!(first_sentence(said).as_deref(), expected, "{said}");
        }
    }
}
