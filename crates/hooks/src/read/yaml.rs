//! YAML → nodes, with a glob that nobody quoted taken for a text; where it is broken, the sound items of `hooks` are
//! still found.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use super::json::Broken;
use crate::node::{Entry, Node, Value};

/// The value a text holds; `base` is added to every range.
pub(crate) fn parse(text: &str, base: usize) -> Result<Option<Node>, Broken> {
    let (quoted, quotes) = quote_globs(text);
    let place = |at: usize| {
        let at = at - quotes.iter().filter(|q| **q < at).count();
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    match serde_saphyr::from_str::<Option<Spanned<Loose>>>(&quoted) {
        Ok(None) => Ok(None),
        Ok(Some(loose)) => Ok(Some(node(loose, &quoted, base, &place))),
        Err(error) => {
            let at = error
                .location()
                .and_then(|l| l.span().byte_offset())
                .map_or(0, |at| place(usize::try_from(at).unwrap_or(0)));
            let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
            let start = if text[at..end].trim().is_empty() {
                text[..at]
                    .trim_end()
                    .char_indices()
                    .next_back()
                    .map_or(0, |(i, _)| i)
            } else {
                at
            };
            let end = start + text[start..end.max(start)].trim_end().len();
            let message = error.to_string();
            let message = message.lines().next().unwrap_or_default();
            let message = message.split(" at line ").next().unwrap_or(message);
            Err(Broken {
                range: base + start..base + end,
                message: message.trim_end_matches(['.', ':']).to_owned(),
            })
        }
    }
}

/// The items of the list below `hooks:` in a text that is broken.
pub(crate) fn salvage(text: &str) -> (Vec<Node>, Vec<Broken>) {
    let (mut sound, mut broken) = (Vec::new(), Vec::new());
    for item in items(text) {
        match parse(&text[item.clone()], item.start) {
            Ok(Some(list)) => sound.extend(list.items().to_vec()),
            Ok(None) => {}
            Err(error) => broken.push(error),
        }
    }
    (sound, broken)
}

/// The lines of each item of the list below `hooks:`.
fn items(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut inside = false;
    let mut depth = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let indent = content.len() - content.trim_start().len();
        let dash = content.trim_start() == "-" || content.trim_start().starts_with("- ");
        if content.starts_with("hooks:") {
            inside = true;
        } else if inside && !content.is_empty() {
            if dash && depth.is_none_or(|d| indent <= d) {
                depth = Some(indent);
                found.push(at..at + line.len());
            } else if indent == 0 && !content.starts_with('#') {
                inside = false;
            } else if let Some(last) = found.last_mut() {
                last.end = at + line.len();
            }
        }
        at += line.len();
    }
    found
}

/// Puts quotes around a bare value that starts with `*`, which is no YAML but what people write for a glob; the bytes
/// of the new text where a quote was put.
fn quote_globs(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut quotes = Vec::new();
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let value = content
            .find(": ")
            .map(|i| i + 1)
            .or_else(|| {
                content
                    .trim_start()
                    .starts_with("- *")
                    .then(|| content.find('-').map_or(0, |i| i + 1))
            })
            .map(|i| i + (content[i..].len() - content[i..].trim_start().len()))
            .filter(|i| content[*i..].starts_with('*') && !content.contains(['"', '\'']));
        match value {
            Some(value) => {
                out.push_str(&line[..value]);
                quotes.push(out.len());
                out.push('\'');
                out.push_str(&content[value..]);
                quotes.push(out.len());
                out.push('\'');
                out.push_str(&line[content.len()..]);
            }
            None => out.push_str(line),
        }
    }
    (out, quotes)
}

fn node(spanned: Spanned<Loose>, text: &str, base: usize, place: &dyn Fn(usize) -> usize) -> Node {
    let span = spanned.referenced.span();
    let offset = |at: Option<u64>| at.and_then(|at| usize::try_from(at).ok());
    let start = offset(span.byte_offset()).unwrap_or(0);
    let length = offset(span.byte_len()).unwrap_or(0);
    let bytes = |range: Range<usize>| base + place(range.start)..base + place(range.end);
    let (range, value) = match spanned.value {
        Loose::Null => (bytes(start..start + length), Value::Null),
        Loose::Bool(value) => (bytes(start..start + length), Value::Bool(value)),
        Loose::Number(value) => (bytes(start..start + length), Value::Number(value)),
        Loose::Text(value) => {
            // A block's span may reach over the line break behind it.
            let end = (start + length).min(text.len());
            let end = start + text.get(start..end).map_or(0, |t| t.trim_end().len());
            (bytes(start..end), Value::Text(value))
        }
        Loose::List(items) => {
            let items: Vec<Node> = items
                .into_iter()
                .map(|i| node(i, text, base, place))
                .collect();
            let range = items.first().zip(items.last()).map_or_else(
                || bytes(start..start + length),
                |(first, last)| first.range.start..last.range.end,
            );
            (range, Value::List(items))
        }
        Loose::Map(entries) => {
            let entries: Vec<Entry> = entries
                .into_iter()
                .map(|(key, value)| {
                    let key = node(key, text, base, place);
                    Entry {
                        key: match key.value {
                            Value::Text(text) | Value::Number(text) => text,
                            Value::Bool(value) => value.to_string(),
                            _ => String::new(),
                        },
                        key_range: key.range,
                        value: node(value, text, base, place),
                    }
                })
                .collect();
            let range = entries.first().zip(entries.last()).map_or_else(
                || bytes(start..start + length),
                |(first, last)| first.key_range.start..last.range().end,
            );
            (range, Value::Map(entries))
        }
    };
    Node {
        range: range.start..range.end.max(range.start),
        value,
    }
}

/// Any YAML value.
enum Loose {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Spanned<Loose>>),
    Map(Vec<(Spanned<Loose>, Spanned<Loose>)>),
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Loose, E> {
        Ok(Loose::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Loose, E> {
        Ok(Loose::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Loose, E> {
        Ok(Loose::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Loose, E> {
        Ok(Loose::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Loose, E> {
        Ok(Loose::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Loose, E> {
        Ok(Loose::Null)
    }

    fn visit_none<E>(self) -> Result<Loose, E> {
        Ok(Loose::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Loose, D::Error> {
        Loose::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Loose, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Loose::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Loose::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_bytes_also_behind_a_bare_glob() {
        let text = "# é\nhooks:\n  - trigger: on_save\n    pattern: **/*.rs\n    action: \"ü\"\n  - action: |\n      a\n      b\n    enabled: false\n";
        let node = parse(text, 0).unwrap().unwrap();
        let hooks = node.get("hooks").unwrap();
        let first = &hooks.items()[0];
        assert_eq!(
            &text[first.get("pattern").unwrap().range.clone()],
            "**/*.rs"
        );
        assert_eq!(&text[first.get("action").unwrap().range.clone()], "\"ü\"");
        assert_eq!(
            &text[first.entry("trigger").unwrap().key_range.clone()],
            "trigger"
        );
        let second = &hooks.items()[1];
        assert_eq!(second.get("action").and_then(Node::text), Some("a\nb\n"));
        assert_eq!(&text[second.get("enabled").unwrap().range.clone()], "false");
    }

    #[test]
    fn a_broken_item_leaves_the_others() {
        let text = "hooks:\n  - trigger: on_save\n    action: a\n  - trigger: [on_save\n    action: b\n  - trigger: on_commit\n    action: c\n";
        let broken = parse(text, 0).unwrap_err();
        assert!(text.get(broken.range).is_some());
        let (sound, broken) = salvage(text);
        assert_eq!(sound.len(), 2);
        assert_eq!(broken.len(), 1);
        assert_eq!(&text[sound[1].get("action").unwrap().range.clone()], "c");
    }
}
