//! Names of the shape of glossary terms, and one form for all spellings of a name.

use std::ops::Range;

use super::facts::Named;
use super::{is_cjk, is_quoted};

/// A name in one form for all its spellings: without case, underscores, hyphens, spaces and the plural.
pub(crate) fn key(name: &str) -> String {
    let joined: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    singular(joined)
}

/// A word without the ending of its plural.
pub(crate) fn singular(mut word: String) -> String {
    if word.len() > 3 && word.is_ascii() {
        if word.ends_with("ies") {
            word.truncate(word.len() - 3);
            word.push('y');
        } else if ["xes", "ches", "shes", "sses"]
            .iter()
            .any(|e| word.ends_with(e))
        {
            word.truncate(word.len() - 2);
        } else if word.ends_with('s') && !word.ends_with("ss") {
            word.pop();
        }
    }
    word
}

/// Whether a name has the shape `Auth_Service`.
pub(crate) fn is_snake(name: &str) -> bool {
    snake_words(name).next().is_some()
}

/// The words of a sentence that have the shape `Auth_Service`; neither constants (`MAX_SIZE`) nor parts of paths.
pub(crate) fn snake_words(sentence: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = sentence.as_bytes();
    let inside = |c: u8| c.is_ascii_alphanumeric() || c == b'_';
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let joint = from + sentence[from..].find('_')?;
            let start = (0..joint)
                .rev()
                .take_while(|&i| inside(bytes[i]))
                .last()
                .unwrap_or(joint);
            let end = (joint..bytes.len())
                .find(|&i| !inside(bytes[i]))
                .unwrap_or(bytes.len());
            from = end;
            let word = &sentence[start..end];
            let parts_open = word
                .split('_')
                .all(|p| p.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()));
            let lower = word.contains(|c: char| c.is_ascii_lowercase());
            let path = |c: u8| {
                matches!(
                    c,
                    b'/' | b'.' | b'-' | b'$' | b'@' | b'{' | b'=' | b'\\' | b'<'
                )
            };
            let before = start.checked_sub(1).is_some_and(|i| path(bytes[i]));
            let after = bytes.get(end).is_some_and(|&c| {
                matches!(c, b'/' | b'(' | b'=' | b'\\' | b'[' | b'}')
                    || matches!(c, b'.' | b':' | b'-')
                        && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric)
            });
            if parts_open
                && lower
                && !before
                && !after
                && word.starts_with(|c: char| c.is_ascii_alphabetic())
            {
                return Some(start..end);
            }
        }
    })
}

/// The names in a sentence, outside code and quotations.
pub(super) fn names(sentence: &str) -> Vec<Named> {
    snake_words(sentence)
        .filter(|range| !is_quoted(sentence, range.start))
        .map(|range| Named {
            key: key(&sentence[range.clone()]).into(),
            range,
        })
        .collect()
}

/// Runs of letters and digits; a change to a script without spaces ends one.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(char::is_alphanumeric)?;
        let dense = text[start..].starts_with(is_cjk);
        let end = text[start..]
            .find(|c: char| !c.is_alphanumeric() || is_cjk(c) != dense)
            .map_or(text.len(), |i| start + i);
        from = end;
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_shape_of_terms() {
        let found = |s: &str| snake_words(s).map(|r| s[r].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found("THE Auth_Service and MCP_Tool, a Level_2_Cache."),
            ["Auth_Service", "MCP_Tool", "Level_2_Cache"]
        );
        assert_eq!(
            found("MAX_SIZE some_name a/Some_File.json Some_Fn() _x_ $Ab_Cd"),
            [""; 0]
        );
    }
}
