//! Values given to names such as `password` or `api_key`.

use crate::{Kind, Secret, placeholder};

/// The words that make a name one of a secret.
pub const WORDS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "api_key",
    "apikey",
    "api-key",
    "access_key",
    "accesskey",
    "access-key",
    "account_key",
    "private_key",
    "privatekey",
    "auth_key",
    "encryption_key",
    "signing_key",
    "credential",
    "_key",
    "_pass",
];

/// Words that make a name one of a secret only in a variable of the environment: `STRIPE_KEY`, but not `sort_key`.
const ONLY_ENVIRONMENT: &[&str] = &["_key", "_pass"];

/// What else a variable of the environment names with a key that is no secret.
const OPEN_KEYS: &[&str] = &[
    "PUBLIC",
    "PUBLISHABLE",
    "CACHE",
    "PRIMARY",
    "FOREIGN",
    "SORT",
    "PARTITION",
    "HOT",
];

/// Endings that make a name one of something about the secret.
const ABOUT: &[&str] = &[
    "name", "id", "arn", "url", "uri", "path", "file", "field", "type", "length", "policy", "hash",
    "regex", "pattern", "prefix", "suffix", "header", "label", "count", "limit", "version", "ref",
];

/// The rest of a name after its word.
const NAME_REST: usize = 24;
const LONGEST: usize = 256;

/// The secret given to the name whose word stands at `start..end`.
pub fn at(text: &str, start: usize, end: usize) -> Option<Secret> {
    let bytes = text.as_bytes();
    let rest = bytes[end..]
        .iter()
        .take(NAME_REST)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
        .count();
    if !goes_on(&text[end..end + rest]) {
        return None;
    }
    let mut at = end + rest;
    let word = text[start..end].to_ascii_lowercase();
    let environment = is_environment(text, start, at);
    if !environment && ONLY_ENVIRONMENT.contains(&word.as_str()) {
        return None;
    }
    // What a person chose is short, and what the environment holds is the value itself, never code.
    let short = environment || word.starts_with("pass") || word == "pwd";
    if matches!(bytes.get(at), Some(b'"' | b'\'')) {
        at += 1;
    }
    at += spaces(bytes, at);
    at += operator(bytes, at)?;
    at += spaces(bytes, at);
    let quote = bytes
        .get(at)
        .copied()
        .filter(|b| matches!(b, b'"' | b'\'' | b'`'));
    let value = match quote {
        Some(quote) => {
            at += 1;
            let length = bytes[at..]
                .iter()
                .take(LONGEST)
                .position(|b| *b == quote || *b == b'\n')?;
            (bytes[at + length] == quote).then(|| &text[at..at + length])?
        }
        None => {
            let length = bytes[at..]
                .iter()
                .take(LONGEST)
                .take_while(|b| {
                    b.is_ascii_graphic() && !matches!(b, b'"' | b'\'' | b'`' | b',' | b';')
                })
                .count();
            text[at..at + length].trim_end_matches(['.', ')', '\\', '|'])
        }
    };
    let real = if quote.is_some() {
        quoted(value, short)
    } else {
        bare(value, short)
    };
    real.then(|| Secret {
        range: at..at + value.len(),
        kind: Kind::Assignment,
    })
}

/// Whether the name around `start..end` is that of a variable of the environment: `API_TOKEN`, and no open key.
fn is_environment(text: &str, start: usize, end: usize) -> bool {
    let joint = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let before = text.as_bytes()[..start]
        .iter()
        .rev()
        .take(NAME_REST)
        .take_while(|b| joint(b))
        .count();
    let name = &text[start - before..end];
    name.bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        && !OPEN_KEYS
            .iter()
            .any(|open| name.split('_').any(|part| part == *open))
}

/// Whether a name that goes on like this still names a secret: `token_2` does, `tokenizer` and `token_name` don't.
fn goes_on(rest: &str) -> bool {
    let lower = rest.to_ascii_lowercase();
    let another_word = rest.starts_with(|c: char| c.is_ascii_lowercase())
        && !["s", "key"].contains(&lower.as_str());
    !another_word && !ABOUT.iter().any(|word| lower.ends_with(word))
}

/// A string literal: dense, of more than one kind of character, no sentence and no path.
fn quoted(value: &str, short: bool) -> bool {
    let shortest = if short { 8 } else { 16 };
    value.len() >= shortest
        && value.is_ascii()
        && !value.bytes().any(|b| b.is_ascii_whitespace())
        && mixed(value)
        && placeholder::entropy(value) >= if short { 2.8 } else { 3.3 }
        && !is_name(value)
        && !placeholder::in_value(value)
}

/// A value without quotes may also be code, so it must be denser still.
fn bare(value: &str, short: bool) -> bool {
    let shortest = if short { 10 } else { 20 };
    let plain = value.bytes().all(|b| {
        b.is_ascii_alphanumeric()
            || matches!(b, b'_' | b'-' | b'+' | b'/' | b'=' | b'.' | b'~')
            || (short && matches!(b, b'!' | b'#' | b'%' | b'^' | b'&' | b'*' | b'@' | b'$'))
    });
    plain
        && value.len() >= shortest
        && mixed(value)
        && placeholder::entropy(value) >= if short { 3.0 } else { 3.5 }
        && !is_name(value)
        && !placeholder::in_value(value)
}

fn mixed(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    digits >= 1 && value.bytes().any(|b| b.is_ascii_alphabetic()) && digits < value.len()
}

/// Whether it reads as a name, a path or a version: words with joints, of which each is a word or a number.
fn is_name(value: &str) -> bool {
    let parts: Vec<&str> = value
        .split(['_', '-', '.', '/', ':', ' ', '='])
        .filter(|p| !p.is_empty())
        .collect();
    parts.len() >= 2 && parts.iter().all(|part| simple(part))
}

/// A word with at most a number behind it, or a number.
fn simple(part: &str) -> bool {
    let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
    part.len() - letters.len() <= 4
        && letters.bytes().all(|b| b.is_ascii_alphabetic())
        && letters
            .bytes()
            .skip(1)
            .filter(u8::is_ascii_uppercase)
            .count()
            * 4
            <= letters.len().max(4)
}

fn spaces(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .take(8)
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .count()
}

/// `=`, `:`, `:=`, `=>`; no comparison.
fn operator(bytes: &[u8], at: usize) -> Option<usize> {
    let (first, second) = (bytes.get(at)?, bytes.get(at + 1));
    match (first, second) {
        (b'=', Some(b'=')) | (b':', Some(b':')) => None,
        (b'=', Some(b'>')) | (b':', Some(b'=')) => Some(2),
        (b'=' | b':', _) => Some(1),
        _ => None,
    }
}
