//! What both formats are made of: ids in words, items of lists, headings as sections.

use std::ops::Range;

use rutter_text::markdown::{Item as Marker, LineKind, Outline, item};

use super::{Item, ItemKind};

/// An id such as `FR-001`, `SC-002`, `T012` or `US1` at the start of a text; gives its bytes.
///
/// Two to five capitals, `-` and two to four digits with an optional letter; `T` and three or four digits; `US` and one to
/// three digits with or without `-`.
pub(super) fn id(text: &str) -> Option<usize> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let prefix = &text[..letters];
    let dash = usize::from(text[letters..].starts_with('-'));
    let start = letters + dash;
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let fits = match prefix {
        "T" => dash == 0 && (3..=4).contains(&digits),
        "US" => (1..=3).contains(&digits),
        _ => (2..=5).contains(&letters) && dash == 1 && (2..=4).contains(&digits),
    };
    let mut end = start + digits;
    if text[end..].starts_with(|c: char| c.is_ascii_lowercase()) {
        end += 1;
    }
    let ends = !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    (fits && ends).then_some(end)
}

/// Every id in a text that starts at `from`, with its bytes.
pub(super) fn ids(text: &str, from: usize) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before: Option<char> = None;
    while let Some(c) = text[at..].chars().next() {
        let starts = c.is_ascii_uppercase()
            && !before.is_some_and(|b| b.is_alphanumeric() || matches!(b, '_' | '-' | '/' | '.'));
        if let Some(length) = starts.then(|| id(&text[at..])).flatten() {
            found.push((
                text[at..at + length].to_owned(),
                from + at..from + at + length,
            ));
            at += length;
            before = Some('0');
            continue;
        }
        before = Some(c);
        at += c.len_utf8();
    }
    found
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_a_shape() {
        let text = "T012 [P] [US2] covers FR-001, NFR-02b and US-3; not T1, UTF-8, XFR-001x9, v_FR-002 or a/SC-001.";
        let found: Vec<String> = ids(text, 0).into_iter().map(|(id, _)| id).collect();
        assert_eq!(found, ["T012", "US2", "FR-001", "NFR-02b", "US-3"]);
        assert_eq!(ids("ÄFR-001 FR-002", 10)[0].1, 19..25);
    }
}
