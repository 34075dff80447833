//! The words that make a link to a spec of another tool: `FR-001`, `US1`, `T012`, `spec:001-albums#FR-001`, `Requirement:
//! Sign In`. Only what such a spec defines counts in the end, so these words alone prove nothing.

use std::ops::Range;

use rutter_text::tags::ids;

use super::{Mention, Written};

/// The letters that ids in source begin with; others, such as `RFC-2119`, name things that are in no spec.
const FAMILIES: [&str; 8] = ["FR", "NFR", "SC", "US", "T", "REQ", "TR", "SR"];

/// What names a requirement of an OpenSpec spec.
const REQUIREMENT: &str = "Requirement: ";

/// Every mention in a text of a comment or string, in order.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let mut out = with_spec(text);
    let feature = feature(text);
    for (id, range) in ids(text, 0) {
        let letters = id.bytes().take_while(u8::is_ascii_uppercase).count();
        let is_free = !out
            .iter()
            .any(|m| m.range.start <= range.start && range.end <= m.range.end);
        if FAMILIES.contains(&&id[..letters]) && is_free {
            out.push(mention(
                feature.map(str::to_owned),
                vec![(id, range.clone())],
                range,
            ));
        }
    }
    for (at, _) in text.match_indices(REQUIREMENT) {
        let start = at + REQUIREMENT.len();
        let end = text[start..]
            .find(['\n', '\r', '"', '`', '\'', '*'])
            .map_or(text.len(), |i| start + i);
        let name = text[start..end]
            .trim_end()
            .trim_end_matches(['.', ',', ';', ')']);
        let begins = text[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        // `Requirement: 1.2` is a link to a spec of ours.
        if begins && name.starts_with(char::is_alphabetic) && name.len() <= 120 {
            let range = start..start + name.len();
            out.push(mention(
                None,
                vec![(name.to_owned(), range)],
                at..start + name.len(),
            ));
        }
    }
    out.sort_by_key(|m| m.range.start);
    out
}

fn mention(spec: Option<String>, ids: Vec<(String, Range<usize>)>, range: Range<usize>) -> Mention {
    Mention {
        spec,
        ids: ids.iter().map(|(id, _)| id.clone()).collect(),
        written: ids
            .into_iter()
            .map(|(id, range)| Written {
                id,
                range,
                ends_range: false,
            })
            .collect(),
        range,
    }
}

/// `spec:auth#sign-in,sign-out`
fn with_spec(text: &str) -> Vec<Mention> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let mut out = Vec::new();
    for (at, _) in text.match_indices("spec:") {
        let rest = &text[at + 5..];
        let name = rest.find(|c| !plain(c)).unwrap_or(rest.len());
        let whole = text[..at].chars().next_back().is_none_or(|c| !plain(c));
        if name == 0 || !rest[name..].starts_with('#') || !whole {
            continue;
        }
        let mut ids = Vec::new();
        let mut start = at + 5 + name + 1;
        loop {
            let word = &text[start..];
            let length = word.find(|c| !plain(c)).unwrap_or(word.len());
            let id = word[..length].trim_end_matches(['.', '-', '/']);
            if id.is_empty() {
                break;
            }
            ids.push((id.to_owned(), start..start + id.len()));
            if id.len() < length || !word[length..].starts_with(',') {
                break;
            }
            start += length + 1;
        }
        if let Some((_, last)) = ids.last() {
            let end = last.end;
            out.push(mention(Some(rest[..name].to_owned()), ids, at..end));
        }
    }
    out
}

/// A feature that the words name, as Spec Kit calls its folders: `001-albums`.
fn feature(text: &str) -> Option<&str> {
    let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    words.find(|word| {
        word.split_once('-').is_some_and(|(number, name)| {
            number.len() == 3
                && number.bytes().all(|b| b.is_ascii_digit())
                && name.starts_with(|c: char| c.is_ascii_lowercase())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_every_form() {
        for (text, expected) in [
            ("FR-001: no more than five (US2)", "-#FR-001 -#US2"),
            ("001-albums FR-001", "001-albums#FR-001"),
            ("see RFC-2119 and UTF-8, T1", ""),
            ("spec:auth#sign-in,sign-out.", "auth#sign-in,sign-out"),
            ("spec:001-albums#FR-001", "001-albums#FR-001"),
            (
                "Requirement: Sign In With Code.\nmore",
                "-#Sign In With Code",
            ),
            ("Requirement: 1.2", ""),
            ("MyRequirement: x, inspec:a#b", ""),
        ] {
            let shown: Vec<String> = mentions(text)
                .iter()
                .map(|m| {
                    let whole: Vec<&str> =
                        m.written.iter().map(|w| &text[w.range.clone()]).collect();
                    assert_eq!(whole, m.ids);
                    format!("{}#{}", m.spec.as_deref().unwrap_or("-"), m.ids.join(","))
                })
                .collect();
            assert_eq!(shown.join(" "), expected, "{text}");
        }
    }
}
