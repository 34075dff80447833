//! Passwords in addresses: `postgres://user:password@host/db`.

use crate::{Kind, Secret, placeholder};

/// A longer name or password is none.
const LONGEST: usize = 200;

/// The password in the address whose `://` stands at `at`.
pub fn at(text: &str, at: usize) -> Option<Secret> {
    let bytes = text.as_bytes();
    let scheme = bytes[..at]
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        .count();
    if scheme < 2 {
        return None;
    }
    let from = at + 3;
    let mut colon = None;
    let mut end = None;
    for (i, byte) in bytes[from..].iter().take(LONGEST).enumerate() {
        match byte {
            b'@' => {
                end = Some(from + i);
                break;
            }
            b':' if colon.is_none() => colon = Some(from + i),
            b'/' | b'?' | b'#' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'(' | b')' | b'{' | b'}'
            | b'[' | b']' | b'$' | b'\\' | b',' | b'|' => return None,
            b if b.is_ascii_whitespace() || !b.is_ascii() => return None,
            _ => {}
        }
    }
    let (colon, end) = (colon?, end?);
    let user = &text[from..colon];
    let password = &text[colon + 1..end];
    let strong = password.len() >= 6
        && !password.eq_ignore_ascii_case(user)
        && password.bytes().any(|b| !b.is_ascii_alphabetic())
        && !placeholder::in_value(password);
    strong.then(|| Secret {
        range: colon + 1..end,
        kind: Kind::ConnectionString,
    })
}
