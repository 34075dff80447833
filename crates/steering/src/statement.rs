//! What a steering file says, sentence by sentence.

use std::ops::Range;

use rutter_text::markdown::{Outline, item};

use crate::{Inclusion, Steering};

/// The list items and paragraphs of a text, line by line, without headings and code.
pub fn lines(text: &str) -> Vec<Range<usize>> {
    let outline = Outline::new(text);
    outline
        .text_lines(0..outline.lines.len())
        .filter_map(|i| {
            let line = &outline.lines[i];
            let start = item(text, line).map_or(line.range.start, |item| item.content.start);
            let content = &text[start..line.range.end];
            let from = start + (content.len() - content.trim_start().len());
            let range = from..from + content.trim().len();
            (!range.is_empty()).then_some(range)
        })
        .collect()
}

/// The statements of every file that is always included, in the order handed in.
pub fn statements(files: &[Steering]) -> Vec<String> {
    files
        .iter()
        .filter(|f| f.inclusion == Inclusion::Always)
        .flat_map(Steering::statements)
        .collect()
}

/// A statement without what doesn't change its meaning; nothing where it is too short to be a rule of its own.
pub fn normal(statement: &str) -> Option<String> {
    let bare = statement.trim();
    if bare.starts_with('|')
        || bare.ends_with(':')
        || bare.ends_with('：')
        || bare.starts_with("#[[")
    {
        return None;
    }
    let words: Vec<String> = bare
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '*' | '_' | '`' | '"' | '\'' | '[' | ']' | '(' | ')')
        })
        .map(|w| {
            w.trim_matches(['.', ',', ';', ':', '!', '。', '、', '-', '–', '—'])
                .to_lowercase()
        })
        .filter(|w| !w.is_empty())
        .collect();
    let normal = words.join(" ");
    let dense = normal.chars().filter(|c| *c as u32 >= 0x2e80).count();
    (dense >= 12 || (words.len() >= 6 && normal.len() >= 30)).then_some(normal)
}
