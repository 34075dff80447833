//! What both formats are made of: items of lists, headings as sections.

use std::ops::Range;

use rutter_text::markdown::{Item as Marker, LineKind, Outline, item};

use super::{Item, ItemKind};

/// A checkbox: whether it is ticked, and the bytes behind it.
pub(super) fn checkbox(text: &str, marker: &Marker) -> Option<(bool, Range<usize>)> {
    let content = &text[marker.content.clone()];
    let done = match content.get(..3)? {
        "[ ]" => false,
        "[x]" | "[X]" => true,
        _ => return None,
    };
    let rest = &content[3..];
    let lead = rest.len() - rest.trim_start().len();
    (lead > 0 || rest.is_empty())
        .then(|| (done, marker.content.start + 3 + lead..marker.content.end))
}

/// The lines from an item's own to the one before what follows it: its text goes on while lines are indented deeper.
pub(super) fn item_end(text: &str, outline: &Outline, line: usize, indent: usize) -> usize {
    let mut end = line + 1;
    let mut next = line + 1;
    while let Some(one) = outline.lines.get(next) {
        let goes_on = match one.kind {
            LineKind::Blank => {
                next += 1;
                continue;
            }
            LineKind::Heading { .. } => false,
            _ => rutter_text::markdown::indent(text, one) > indent,
        };
        if !goes_on {
            break;
        }
        next += 1;
        end = next;
    }
    end
}

/// The bytes of some lines without white space at the end.
pub(super) fn bytes(text: &str, outline: &Outline, lines: Range<usize>) -> Range<usize> {
    let all = outline.bytes(lines, text);
    let end = all.start + text[all.clone()].trim_end().len();
    all.start..end
}

/// Words on one line, without what Markdown puts around them.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let joined = words.join(" ").replace("**", "").replace("__", "");
    joined.trim_matches(['*', '_', ' ']).to_owned()
}

/// The first of a sentence, as an outline shows it.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 80;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

/// A heading as a section; `parents` are the headings it stands in, with their levels.
pub(super) fn section(
    text: &str,
    outline: &Outline,
    line: usize,
    kind: ItemKind,
    parents: &mut Vec<(u8, usize)>,
    items: &mut Vec<Item>,
) -> usize {
    let (level, title) = outline.heading(line).unwrap_or((1, 0..0));
    parents.retain(|(above, _)| *above < level);
    let at = items.len();
    items.push(Item {
        kind,
        id: String::new(),
        title: plain(&text[title.clone()]),
        text: String::new(),
        range: bytes(text, outline, line..outline.section_end(line)),
        selection: title,
        parent: parents.last().map(|(_, at)| *at),
    });
    parents.push((level, at));
    at
}

/// The marker of a list item on a line of text.
pub(super) fn marker(text: &str, outline: &Outline, line: usize) -> Option<Marker> {
    let one = outline.lines.get(line)?;
    (one.kind == LineKind::Text)
        .then(|| item(text, one))
        .flatten()
}
