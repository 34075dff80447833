//! The words that make a link. Precision counts more than finding every one: `version 1.2`,
//! `Requirements: 2 GB` and `requirements 3.8 or later` are no links.

use rutter_text::ident::Ident;
use std::ops::Range;

/// A link's words inside a comment or string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The spec it names, as written.
    pub spec: Option<String>,
    /// The ids it names, at least one.
    pub ids: Vec<String>,
    /// The ids as they are written, each in bytes of the text given. Of a range its two ends.
    pub written: Vec<Written>,
    /// Its words, in bytes of the text given.
    pub range: Range<usize>,
}

/// An id where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The id; of a range's short end, such as the `3` of `1.1-3`, the whole one that it means.
    pub id: String,
    /// Its bytes.
    pub range: Range<usize>,
    /// Whether it ends a range that the one before it begins.
    pub ends_range: bool,
}

/// The most ids that a range such as `1.1-1.9` may stand for.
const MAX_RANGE: u32 = 50;

/// Every mention in a text of a comment or string, in order.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((start, word)) = next_word(text, at) {
        at = start + word.len();
        let mention = if word == "spec" {
            spec_link(text, start)
        } else {
            keyword_link(text, start, word)
        };
        if let Some(mention) = mention {
            at = mention.range.end;
            out.push(mention);
        }
    }
    out
}

/// `login` of `Feature: login, Property 3: …`, the tag that property tests carry.
pub(super) fn tagged_feature(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("Feature: ")?;
    let (name, rest) = rest.split_once(", Property ")?;
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/'));
    (plain && rest.starts_with(|c: char| c.is_ascii_digit())).then_some(name)
}

/// The next word that may start a link, from `from` on.
fn next_word(text: &str, from: usize) -> Option<(usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        let word = &text[start..at];
        // A letter beyond ASCII or a dot or slash before it makes it part of something longer;
        // an underscore may be emphasis.
        let before = start.checked_sub(1).map(|before| bytes[before]);
        let whole = before
            .is_none_or(|b| b.is_ascii() && !matches!(b, b'.' | b'/' | b'\\' | b'-' | b'$' | b'@'));
        if whole && is_keyword(word) {
            return Some((start, word));
        }
    }
    None
}

fn is_keyword(word: &str) -> bool {
    word == "spec"
        || ["requirement", "requirements", "validates"]
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
}

/// `spec:auth/login#1.2,1.3`
fn spec_link(text: &str, start: usize) -> Option<Mention> {
    let rest = text[start..].strip_prefix("spec:")?;
    let (spec, after) = rest.split_once('#')?;
    let named = !spec.is_empty() && !spec.starts_with('/') && !spec.ends_with('/');
    let plain = spec
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
    if !named || !plain {
        return None;
    }
    let mut at = 0;
    let mut ids = Vec::new();
    let mut written = Vec::new();
    let before = start + "spec:".len() + spec.len() + 1;
    loop {
        let (id, len) = id(&after[at..])?;
        ids.push(id.clone());
        written.push(Written {
            id,
            range: before + at..before + at + len,
            ends_range: false,
        });
        at += len;
        match after[at..].strip_prefix(',') {
            Some(next) if self::id(next).is_some() => at += 1,
            _ => break,
        }
    }
    Some(Mention {
        spec: Some(spec.to_owned()),
        ids,
        written,
        range: start..before + at,
    })
}

/// `Requirements 1.2, 1.3`, `Requirement 2`, `_Requirements: 1.1_`, `Validates: 3.1`,
/// `Validates: Requirements 1.1 and 1.2`.
fn keyword_link(text: &str, start: usize, word: &str) -> Option<Mention> {
    let mut at = start + word.len();
    let mut colon = skip_colon(text, &mut at);
    let mut trusted = word.starts_with(|c: char| c.is_ascii_uppercase());
    if word.eq_ignore_ascii_case("validates") {
        if let Some((next, word)) =
            next_word(text, at).filter(|(next, word)| *next == at && *word != "spec")
        {
            at = next + word.len();
            colon |= skip_colon(text, &mut at);
            trusted = true;
        } else if !colon {
            // "Validates 3 fields" says what the code does.
            return None;
        }
    }
    let (ids, written) = id_list(text, at)?;
    let end = written.last()?.range.end;
    let rest = &text[end..];
    let dotted = ids.iter().all(|id| id.contains('.') || id.contains('-'));
    let meant = trusted || colon || (dotted && begins_line(text, start));
    if !meant || !may_follow(rest, colon && !dotted) {
        return None;
    }
    Some(Mention {
        spec: None,
        ids,
        written,
        range: start..end,
    })
}

/// Steps over `:`, emphasis around it and blanks; tells if there was a colon.
fn skip_colon(text: &str, at: &mut usize) -> bool {
    let mut colon = false;
    for c in text[*at..].chars() {
        match c {
            ':' if !colon => colon = true,
            ' ' | '\t' | '*' | '_' => {}
            _ => break,
        }
        *at += c.len_utf8();
    }
    colon
}

/// A list of ids: all that it names, and those that are written.
fn id_list(text: &str, from: usize) -> Option<(Vec<String>, Vec<Written>)> {
    let (first, len) = id(&text[from..])?;
    let mut ids = vec![first.clone()];
    let mut written = vec![Written {
        id: first,
        range: from..from + len,
        ends_range: false,
    }];
    let mut end = from + len;
    loop {
        let rest = &text[end..];
        if let Some((skip, to, len)) =
            ["-", "–", "..", " - ", " – ", " to "]
                .iter()
                .find_map(|mark| {
                    let (to, len) = id(rest.strip_prefix(mark)?)?;
                    Some((mark.len(), to, len))
                })
            && let Some(between) = ids.last().and_then(|from| between(from, &to))
        {
            let start = end + skip;
            end = start + len;
            written.push(Written {
                id: between.last().cloned().unwrap_or(to),
                range: start..end,
                ends_range: true,
            });
            ids.extend(between);
            continue;
        }
        let next = [", and ", ", ", ",", " and ", " & ", "; ", " + "]
            .iter()
            .find_map(|mark| {
                let (next, len) = id(rest.strip_prefix(mark)?)?;
                Some((next, mark.len(), len))
            });
        let Some((next, skip, len)) = next else {
            return Some((ids, written));
        };
        let start = end + skip;
        end = start + len;
        written.push(Written {
            id: next.clone(),
            range: start..end,
            ends_range: false,
        });
        ids.push(next);
    }
}

/// An id at the start of a text as written, and how many bytes it takes. Narrower than what spec
/// files may hold: here a number with a letter glued to it is more often an amount or a version.
fn id(text: &str) -> Option<(String, usize)> {
    let (id, len) = Ident::read(text)?;
    let bare = id.prefix.trim_end_matches(['-', '_', '.']);
    let prefix = bare.is_empty()
        || (id.prefix.ends_with(['-', '.']) && bare.bytes().all(|b| b.is_ascii_uppercase()))
        || ["R", "REQ", "US", "AC", "FR", "NFR"].contains(&bare);
    let suffix = id
        .suffix
        .is_none_or(|letter| letter <= 'h' && id.numbers.len() > 1);
    let small = id.numbers.iter().all(|number| *number < 10_000);
    let ends =
        !text[len..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | '$' | '€'));
    (prefix && suffix && small && ends).then(|| (text[..len].to_owned(), len))
}

/// The ids after `from` up to `to`; `None` where the two are not of one kind.
pub(super) fn between(from: &str, to: &str) -> Option<Vec<String>> {
    let cut = |id: &str| {
        let at = id.rfind(['.', '-']).map_or(0, |at| at + 1);
        Some((id[..at].to_owned(), id[at..].parse::<u32>().ok()?))
    };
    let ((of, first), (of_to, last)) = (cut(from)?, cut(to)?);
    let same = of == of_to || of_to.is_empty();
    (same && first < last && last - first <= MAX_RANGE)
        .then(|| (first + 1..=last).map(|n| format!("{of}{n}")).collect())
}

/// Only markers, brackets or blanks stand before it on its line.
fn begins_line(text: &str, start: usize) -> bool {
    let line = text[..start].rsplit('\n').next().unwrap_or_default();
    line.chars().all(|c| !c.is_alphanumeric())
}

/// What stands behind the ids must not make them an amount or a version.
fn may_follow(rest: &str, amount_likely: bool) -> bool {
    // The end of an element in a comment of C# or in JSDoc closes the list.
    if rest.starts_with("</") {
        return true;
    }
    if rest.starts_with(['+', '%', '/', '@', '#', '=', '<', '>']) {
        return false;
    }
    let Some(word) = rest.strip_prefix([' ', '\t']) else {
        return true;
    };
    let word: String = word
        .trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '%' | '+'))
        .collect();
    if amount_likely {
        return word.is_empty();
    }
    const NOT: [&str; 24] = [
        "or", "gb", "mb", "kb", "tb", "ms", "s", "sec", "seconds", "minutes", "hours", "days",
        "and", "x", "times", "bytes", "items", "fields", "cores", "cpus", "percent", "newer",
        "later", "+",
    ];
    !NOT.contains(&word.to_lowercase().as_str())
}
