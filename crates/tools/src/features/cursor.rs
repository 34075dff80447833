//! Where in a JSON text a cursor stands; the text may be broken, as it is while it is written.

use crate::settings::Bytes;

/// Where a cursor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The keys from the root to the value the cursor is in; for a key, to the object it would belong to.
    pub path: Vec<String>,
    /// Whether a key stands or would stand here; else a value or an item of a list.
    pub is_key: bool,
    /// The string or word under the cursor, quotes included; empty between.
    pub range: Bytes,
    /// Whether it is a string.
    pub quoted: bool,
    /// The other keys of the object, or strings of the list, the cursor is in.
    pub siblings: Vec<String>,
}

struct Frame {
    id: usize,
    list: bool,
    key: Option<String>,
    /// Behind the colon of a key.
    in_value: bool,
    /// A value stands there already.
    full: bool,
}

/// Where `offset` stands; nothing outside of the outermost object, in a comment, or behind a value without a comma.
pub(super) fn cursor(text: &str, offset: usize) -> Option<Cursor> {
    let bytes = text.as_bytes();
    let mut frames: Vec<Frame> = Vec::new();
    let mut members: Vec<Vec<String>> = Vec::new();
    let mut found: Option<(Cursor, usize)> = None;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let end = match byte {
            b'"' => string_end(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                text[at..].find('\n').map_or(bytes.len(), |i| at + i)
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                text[at..].find("*/").map_or(bytes.len(), |i| at + i + 2)
            }
            b if is_word(b) => at + bytes[at..].iter().take_while(|b| is_word(**b)).count(),
            _ => at + 1,
        };
        let closed = end > at + 1 && bytes[end - 1] == b'"';
        let inside = match byte {
            b'"' => at < offset && (offset < end || (offset == end && !closed)),
            b'/' => at < offset && offset < end,
            b if is_word(b) => at <= offset && offset <= end,
            _ => false,
        };
        if inside && byte == b'/' {
            return None;
        }
        let mut here = false;
        if found.is_none() && (inside || offset <= at) {
            let range = if inside { at..end } else { offset..offset };
            found = Some(snapshot(&frames, range, inside && byte == b'"')?);
            here = inside;
        }
        match byte {
            b'{' | b'[' => {
                members.push(Vec::new());
                frames.push(Frame {
                    id: members.len() - 1,
                    list: byte == b'[',
                    key: None,
                    in_value: false,
                    full: false,
                });
            }
            b'}' | b']' => {
                frames.pop();
                if let Some(top) = frames.last_mut() {
                    top.full = true;
                }
            }
            b':' => {
                if let Some(top) = frames.last_mut() {
                    top.in_value = true;
                    top.full = false;
                }
            }
            b',' => {
                if let Some(top) = frames.last_mut() {
                    (top.in_value, top.full, top.key) = (false, false, None);
                }
            }
            b'"' => {
                if let Some(top) = frames.last_mut() {
                    let content = text[at + 1..if closed { end - 1 } else { end }].to_owned();
                    // A string behind a whole value: its comma is missing, and it is the next key.
                    if !top.list && top.in_value && top.full {
                        top.in_value = false;
                    }
                    if top.list || !top.in_value {
                        if !here {
                            members[top.id].push(content.clone());
                        }
                        top.key = Some(content);
                        top.full = top.list;
                    } else {
                        top.full = true;
                    }
                }
            }
            b if is_word(b) => {
                if let Some(top) = frames.last_mut() {
                    top.full = true;
                }
            }
            _ => {}
        }
        at = end;
    }
    let (mut cursor, id) = match found {
        Some(found) => found,
        None => snapshot(&frames, offset..offset, false)?,
    };
    cursor.siblings = members.get(id).cloned().unwrap_or_default();
    Some(cursor)
}

fn snapshot(frames: &[Frame], range: Bytes, quoted: bool) -> Option<(Cursor, usize)> {
    let top = frames.last()?;
    let next_key = !top.list && top.in_value && top.full;
    // Between things a comma must stand first.
    if top.full && !(quoted && next_key) {
        return None;
    }
    let is_key = !top.list && (!top.in_value || next_key);
    let (last, above) = frames.split_last()?;
    let mut path: Vec<String> = above.iter().filter_map(|f| f.key.clone()).collect();
    if !is_key && !last.list {
        path.extend(last.key.clone());
    }
    let cursor = Cursor {
        path,
        is_key,
        range,
        quoted,
        siblings: Vec::new(),
    };
    Some((cursor, top.id))
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$')
}

/// The byte behind the closing quote, or the end of the line where there is none.
fn string_end(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if bytes.get(at + 1).is_some_and(|b| *b != b'\n') => at += 1,
            b'"' => return at + 1,
            b'\n' | b'\r' => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(marked: &str) -> Option<(String, bool, String, Vec<String>)> {
        let offset = marked.find('¦').unwrap();
        let text = marked.replace('¦', "");
        let found = cursor(&text, offset)?;
        Some((
            found.path.join("/"),
            found.is_key,
            text[found.range].to_owned(),
            found.siblings,
        ))
    }

    #[test]
    fn keys_values_and_items_are_told_apart() {
        let sure = |marked: &str| at(marked).unwrap_or_else(|| panic!("{marked}"));
        assert_eq!(sure("{¦}"), (String::new(), true, String::new(), vec![]));
        assert_eq!(
            sure("{\"a\": {\"b\": 1, ¦, \"c\": 2}}"),
            (
                "a".into(),
                true,
                String::new(),
                vec!["b".into(), "c".into()]
            )
        );
        assert_eq!(
            sure("{\"a\": {\"b\": \"é\", \"x¦\": 3"),
            ("a".into(), true, "\"x\"".into(), vec!["b".into()])
        );
        assert_eq!(
            sure("{\"a\": {\"b\": ¦}}"),
            ("a/b".into(), false, String::new(), vec!["b".into()])
        );
        assert_eq!(sure("{\"a\": tr¦ue}").2, "true");
        assert_eq!(
            sure("{\"a\": [\"x\", \"y¦\"]}"),
            ("a".into(), false, "\"y\"".into(), vec!["x".into()])
        );
        assert_eq!(sure("{\"a\": [¦").0, "a");
    }

    #[test]
    fn a_text_that_is_being_written_is_understood() {
        let (path, is_key, range, _) = at("{\"a\": {\r\n  \"b\": 1\r\n  \"co¦\r\n}}").unwrap();
        assert_eq!((path.as_str(), is_key, range.as_str()), ("a", true, "\"co"));
        assert_eq!(at("{\"a\": 1 ¦}"), None);
        assert_eq!(at("¦{}"), None);
        assert_eq!(at("{ // ¦x\n}"), None);
    }

    #[test]
    fn no_place_of_any_text_panics() {
        let text = "{\"é\": [\"\\\"\", {\"a\": -1.5e3, /* ü */ \"b\": \"\\";
        for length in 0..=text.len() {
            for offset in 0..=length {
                if text.is_char_boundary(length) && text.is_char_boundary(offset) {
                    let found = cursor(&text[..length], offset);
                    assert!(found.is_none_or(|c| text[..length].get(c.range).is_some()));
                }
            }
        }
    }
}
