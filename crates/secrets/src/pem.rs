//! Private keys in PEM.

use crate::{Kind, Secret, placeholder};

/// How every PEM block begins.
pub const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
/// Shorter bodies hold no key.
const SHORTEST: usize = 40;
/// Longer than any key.
const LONGEST: usize = 16 * 1024;

/// The private key that begins at `start`: the whole block, or all that is there of it.
pub fn at(text: &str, start: usize) -> Option<Secret> {
    let label = &text[start + BEGIN.len()..];
    let line = label.len().min(64);
    let line = (0..=line).rev().find(|i| label.is_char_boundary(*i))?;
    let close = label[..line].find("-----")?;
    if !label[..close].contains("PRIVATE KEY") {
        return None;
    }
    let body = start + BEGIN.len() + close + 5;
    let mut limit = text.len().min(body + LONGEST);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let rest = &text[body..limit];
    let inside = rest.find(END).unwrap_or_else(|| key_length(rest));
    let key: String = rest[..inside]
        .replace("\\n", "")
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    if key.len() < SHORTEST || placeholder::in_token(&key) {
        return None;
    }
    let mut end = body + inside;
    if text[end..].starts_with(END) {
        let after = end + END.len();
        end = text[after..].find("-----").map_or(after, |i| after + i + 5);
    }
    Some(Secret {
        range: start..end,
        kind: Kind::PrivateKey,
    })
}

/// How far the characters of a key go.
fn key_length(text: &str) -> usize {
    text.bytes()
        .take_while(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'\n' | b'\r' | b'\\')
        })
        .count()
}
