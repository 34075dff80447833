//! What somebody is writing at a place, in a text that need not be whole.

use std::ops::Range;

/// Where the cursor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The keys around it, outermost first; a list has none of its own.
    pub path: Vec<String>,
    /// The key whose value is written; `None` where a key is written.
    pub key: Option<String>,
    /// The keys that the object has already, before the cursor.
    pub present: Vec<String>,
    /// What is replaced: the text or word around the cursor, with its quotes.
    pub range: Range<usize>,
    /// Whether an item of a list is written where an object may stand.
    pub item: bool,
}

struct Frame {
    list: bool,
    key: Option<String>,
    present: Vec<String>,
    value: bool,
}

/// Reads JSON up to `offset`.
pub(super) fn json(text: &str, offset: usize) -> Option<Cursor> {
    let offset = offset.min(text.len());
    if !text.is_char_boundary(offset) {
        return None;
    }
    let bytes = text.as_bytes();
    let mut stack: Vec<Frame> = Vec::new();
    let mut at = 0;
    let mut word = None;
    while at < offset {
        match bytes[at] {
            b'"' => {
                let end = string_end(bytes, at);
                if end >= offset {
                    word = Some(at..closing(text, end));
                    break;
                }
                // One that nothing closes ends with its line.
                let content = text.get(at + 1..end - 1).unwrap_or_default().to_owned();
                if let Some(frame) = stack.last_mut().filter(|f| !f.list && !f.value) {
                    frame.key = Some(content);
                }
                at = end;
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
                if end >= offset {
                    return None;
                }
                at = end;
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let end = text[at + 2..].find("*/").map_or(text.len(), |i| at + i + 4);
                if end > offset {
                    return None;
                }
                at = end;
                continue;
            }
            open @ (b'{' | b'[') => stack.push(Frame {
                list: open == b'[',
                key: None,
                present: Vec::new(),
                value: false,
            }),
            b'}' | b']' => {
                stack.pop();
            }
            b':' => {
                if let Some(frame) = stack.last_mut() {
                    frame.value = true;
                    frame.present.extend(frame.key.clone());
                }
            }
            b',' => {
                if let Some(frame) = stack.last_mut() {
                    frame.value = false;
                    frame.key = None;
                }
            }
            _ => {}
        }
        at += 1;
    }
    let range = word.unwrap_or_else(|| bare(text, offset));
    let path = stack
        .iter()
        .rev()
        .skip(1)
        .rev()
        .filter_map(|f| f.key.clone())
        .collect();
    let top = stack.last()?;
    Some(Cursor {
        path,
        key: if top.list {
            stack.iter().rev().nth(1)?.key.clone()
        } else {
            top.key.clone().filter(|_| top.value)
        },
        present: top.present.clone(),
        range,
        item: top.list,
    })
}

/// The byte behind the closing quote; where the line ends first, its end.
fn string_end(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'"' => return at + 1,
            b'\n' => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// The end of a text that is being written: without the line break before it.
fn closing(text: &str, end: usize) -> usize {
    let mut end = end;
    while text[..end].ends_with('\r') {
        end -= 1;
    }
    end
}

/// The letters around the cursor.
fn bare(text: &str, offset: usize) -> Range<usize> {
    let letter = |c: char| c.is_alphanumeric() || c == '_';
    let start = offset
        - text[..offset]
            .chars()
            .rev()
            .take_while(|c| letter(*c))
            .map(char::len_utf8)
            .sum::<usize>();
    let end = offset
        + text[offset..]
            .chars()
            .take_while(|c| letter(*c))
            .map(char::len_utf8)
            .sum::<usize>();
    start..end
}

/// Reads a line of YAML up to `offset`: a key, or the value of one, below `hooks:`.
pub(super) fn yaml(text: &str, offset: usize) -> Option<Cursor> {
    let offset = offset.min(text.len());
    if !text.is_char_boundary(offset) {
        return None;
    }
    let start = text[..offset].rfind('\n').map_or(0, |i| i + 1);
    let line = &text[start..offset];
    if line.contains('#') {
        return None;
    }
    let content = line.trim_start().trim_start_matches("- ");
    let key = content
        .split_once(": ")
        .map(|(key, _)| key.trim().to_owned());
    let inside = line.starts_with([' ', '-', '\t']);
    // The keys of the same item, above.
    let mut present = Vec::new();
    for above in text[..start].lines().rev() {
        let trimmed = above.trim_start();
        if let Some((key, _)) = trimmed.trim_start_matches("- ").split_once(':') {
            present.push(key.to_owned());
        }
        if trimmed.starts_with("- ") || !above.starts_with([' ', '\t']) {
            break;
        }
    }
    if line.trim_start().starts_with("- ") {
        present.clear();
    }
    Some(Cursor {
        path: if inside {
            vec!["hooks".to_owned()]
        } else {
            Vec::new()
        },
        key,
        present,
        range: bare(text, offset),
        item: false,
    })
}
