//! JSON with comments and trailing commas → nodes; where it is broken, the sound objects of a list are still found.

use std::ops::Range;

pub(crate) use rutter_text::json::Broken;
use rutter_text::json::{self, bytes};

use crate::node::{Entry, Node, Value};

/// The value a text holds; `base` is added to every range.
pub(crate) fn parse(text: &str, base: usize) -> Result<Option<Node>, Broken> {
    match json::parse(text) {
        Ok(value) => Ok(value.map(|value| node(&value, base))),
        Err(broken) => Err(Broken {
            range: base + broken.range.start..base + broken.range.end,
            ..broken
        }),
    }
}

fn node(value: &json::Value<'_>, base: usize) -> Node {
    let shift = |r: Range<usize>| base + r.start..base + r.end;
    let inner = match value {
        json::Value::NullKeyword(_) => Value::Null,
        json::Value::BooleanLit(lit) => Value::Bool(lit.value),
        json::Value::NumberLit(lit) => Value::Number(lit.value.to_owned()),
        json::Value::StringLit(lit) => Value::Text(lit.value.clone().into_owned()),
        json::Value::Array(array) => {
            Value::List(array.elements.iter().map(|e| node(e, base)).collect())
        }
        json::Value::Object(object) => Value::Map(
            object
                .properties
                .iter()
                .map(|p| Entry {
                    key: p.name.as_str().to_owned(),
                    key_range: shift(bytes(&p.name)),
                    value: node(&p.value, base),
                })
                .collect(),
        ),
    };
    Node {
        range: shift(bytes(value)),
        value: inner,
    }
}

/// The objects of the list below the key `hooks` in a text that is broken: those that can be read, and what is wrong
/// with the others.
pub(crate) fn salvage(text: &str) -> (Vec<Node>, Vec<Broken>) {
    let Some(list) = list_start(text) else {
        return (Vec::new(), Vec::new());
    };
    let mut sound = Vec::new();
    let mut broken = Vec::new();
    for object in objects(text, list) {
        match parse(&text[object.clone()], object.start) {
            Ok(Some(node)) => sound.push(node),
            Ok(None) => {}
            Err(error) => broken.push(error),
        }
    }
    (sound, broken)
}

/// The byte behind the `[` of `"hooks": [`.
fn list_start(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find("\"hooks\"") {
        let after = from + found + "\"hooks\"".len();
        let rest = text[after..].trim_start();
        if let Some(rest) = rest.strip_prefix(':')
            && let Some(rest) = rest.trim_start().strip_prefix('[')
        {
            return Some(text.len() - rest.len());
        }
        from = after;
    }
    None
}

/// The outermost `{…}` from `start`; one whose end is missing goes on to the line where the next begins.
fn objects(text: &str, start: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut open = start;
    let mut column = None;
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = string_end(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    at += 1;
                }
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = text[at + 2..]
                    .find("*/")
                    .map_or(bytes.len(), |i| at + 2 + i + 1);
            }
            b'{' => {
                // An element that starts a line where an earlier one did: the earlier one was never closed.
                let here = indent(text, at);
                if depth > 0 && here.is_some() && here == column {
                    found.push(open..at);
                    depth = 0;
                }
                if depth == 0 {
                    open = at;
                    column = here;
                }
                depth += 1;
            }
            b'}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(open..at + 1);
                }
            }
            b']' if depth == 0 => break,
            _ => {}
        }
        at += 1;
    }
    if depth > 0 {
        found.push(open..text.len());
    }
    found
}

/// The column of a byte that is the first of its line.
fn indent(text: &str, at: usize) -> Option<usize> {
    let line = text[..at].rfind('\n').map_or(0, |i| i + 1);
    text[line..at].trim().is_empty().then_some(at - line)
}

/// The byte of the closing quote, or the last of the line where there is none.
fn string_end(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'"' => return at,
            b'\n' => return at - 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_trailing_commas_are_fine() {
        let text = "// é\n{\"a\": [1, 2,], /* x */ \"b\": \"ü\",}";
        let node = parse(text, 0).unwrap().unwrap();
        assert_eq!(node.get("b").and_then(Node::text), Some("ü"));
        assert_eq!(&text[node.get("b").unwrap().range.clone()], "\"ü\"");
        assert_eq!(parse("", 0), Ok(None));
    }

    #[test]
    fn a_broken_object_leaves_the_others() {
        let text = "{\"hooks\": [\n  {\"a\": 1},\n  {\"b\" 2},\n  {\"c\": {\"d\": 4}},\n  {\"e\": [\n  {\"f\": 6}\n]";
        assert!(parse(text, 0).is_err());
        let (sound, broken) = salvage(text);
        let keys: Vec<_> = sound.iter().map(|n| n.entries()[0].key.as_str()).collect();
        assert_eq!(keys, ["a", "c", "f"]);
        assert_eq!(broken.len(), 2);
    }
}
