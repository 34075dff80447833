//! Secrets in text: finding them and taking them out before anything is written, shown or sent. Pure.
//!
//! One pass over the text finds the words that can open a secret; only there is looked more closely. What stands for a
//! secret without being one (`<token>`, `xxxx`, `${VAR}`, the example keys of manuals) is none.

mod assignment;
mod connection;
mod pem;
mod placeholder;
mod scan;
mod token;

use std::borrow::Cow;
use std::ops::Range;

/// What a secret is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A token whose form names its issuer, such as `GitHub token`.
    Token(&'static str),
    /// A private key in PEM.
    PrivateKey,
    /// A signed JSON web token.
    Jwt,
    /// The password in an address such as `postgres://user:password@host/db`.
    ConnectionString,
    /// A value given to a name such as `password` or `api_key`.
    Assignment,
}

impl Kind {
    /// Its name in a sentence: "an" or "a" fits before none, so put it after "looks like".
    pub fn name(self) -> &'static str {
        match self {
            Kind::Token(name) => name,
            Kind::PrivateKey => "private key",
            Kind::Jwt => "JSON web token",
            Kind::ConnectionString => "password in an address",
            Kind::Assignment => "password or key",
        }
    }
}

/// A secret in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// The bytes of the secret itself, without the name it is given to.
    pub range: Range<usize>,
    /// What it is for.
    pub kind: Kind,
}

/// The secrets of a text, in order; none overlaps another.
pub fn find(text: &str) -> Vec<Secret> {
    let mut found = scan::scan(text);
    // Where two meet, the one that names the issuer says more.
    found.sort_by_key(|s| (s.range.start, s.kind));
    let mut kept: Vec<Secret> = Vec::with_capacity(found.len());
    for secret in found {
        match kept.last_mut() {
            Some(last) if secret.range.start < last.range.end => {
                last.range.end = last.range.end.max(secret.range.end);
                last.kind = last.kind.min(secret.kind);
            }
            _ => kept.push(secret),
        }
    }
    kept
}

/// The text with `[redacted: kind]` for each secret.
pub fn redact(text: &str) -> Cow<'_, str> {
    let found = find(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for secret in found {
        out.push_str(&text[at..secret.range.start]);
        out.push_str("[redacted: ");
        out.push_str(secret.kind.name());
        out.push(']');
        at = secret.range.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}
