//! Headings that carry a number: `Requirement 1: Title`, `要件 1：…`, `US-1: …`, `2.1 …`, `Property 3 — …`.

use std::ops::Range;

use rutter_text::Ident;

/// A heading taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The word in front of the number, without the prefix that belongs to the id; may be empty.
    pub word: String,
    /// The id.
    pub id: Ident,
    /// Bytes of the id.
    pub id_range: Range<usize>,
    /// The title behind it, trimmed; may be empty.
    pub title: String,
    /// Bytes of the title.
    pub title_range: Range<usize>,
}

/// Reads the heading text at `range`.
pub fn numbered(text: &str, range: Range<usize>) -> Option<Numbered> {
    let heading = &text[range.clone()];
    let lead = heading
        .char_indices()
        .find(|(_, c)| c.is_alphanumeric())
        .map(|(i, _)| i)?;
    let body = &heading[lead..];
    let digit = body.find(|c: char| c.is_ascii_digit())?;
    let before = &body[..digit];
    if before.chars().any(|c| {
        !(c.is_alphabetic() || matches!(c, ' ' | '-' | '_' | '#' | '(' | '「' | '*' | '\''))
    }) {
        return None;
    }
    if before.split_whitespace().count() > 3 {
        return None;
    }
    let attached = before.len()
        - before
            .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '-')
            .len();
    let tail = &before[before.len() - attached..];
    let is_prefix = !tail.is_empty()
        && tail.trim_end_matches('-').len() <= 5
        && tail
            .trim_end_matches('-')
            .chars()
            .all(|c| c.is_ascii_uppercase());
    let id_at = if is_prefix { digit - attached } else { digit };
    let (id, used) = Ident::read(&body[id_at..])?;
    let word = before[..before.len().min(id_at)]
        .trim_matches([' ', '-', '#', '*', '_'])
        .to_owned();
    let after = &body[id_at + used..];
    let separated = after.is_empty() || after.starts_with(|c: char| !c.is_alphanumeric());
    if !separated {
        return None;
    }
    // `404 page` is no numbered heading; `2.1 As a developer` and `4. Library` are.
    if word.is_empty()
        && id.prefix.is_empty()
        && id.numbers.len() == 1
        && !after.starts_with(['.', ')', ':', '：', '、'])
    {
        return None;
    }
    let title_lead = after.len()
        - after
            .trim_start_matches(|c: char| {
                c.is_whitespace()
                    || matches!(
                        c,
                        '.' | ':' | '：' | ')' | '-' | '–' | '—' | '*' | '、' | '」' | '|'
                    )
            })
            .len();
    let title = after[title_lead..].trim_end().trim_end_matches(['*', '~']);
    let base = range.start + lead;
    let id_range = base + id_at..base + id_at + used;
    let title_start = id_range.end + title_lead;
    Some(Numbered {
        word,
        id,
        id_range,
        title: title.to_owned(),
        title_range: title_start..title_start + title.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_every_shape() {
        for (text, word, id, title) in [
            (
                "Requirement 1: Block repeated failures",
                "Requirement",
                "1",
                "Block repeated failures",
            ),
            ("Requirement 12", "Requirement", "12", ""),
            ("要件1: 統一", "要件", "1", "統一"),
            ("要件 1：統一", "要件", "1", "統一"),
            ("US1: As a platform", "", "US1", "As a platform"),
            ("US-1: Sign in", "", "US-1", "Sign in"),
            ("REQ-001: Sign in", "", "REQ-001", "Sign in"),
            ("Requirement 1.10 — Footer", "Requirement", "1.10", "Footer"),
            ("4. Library", "", "4", "Library"),
            ("2.1 As a developer", "", "2.1", "As a developer"),
            (
                "Property 3: Never above five",
                "Property",
                "3",
                "Never above five",
            ),
            ("✅ Task 3: Done", "Task", "3", "Done"),
            ("~~Requirement 5: Gone~~", "Requirement", "5", "Gone"),
            ("漏洞 3：旧版", "漏洞", "3", "旧版"),
        ] {
            let n = numbered(text, 0..text.len()).unwrap_or_else(|| panic!("{text}"));
            let id = id.replace("001", "1");
            assert_eq!(
                (n.word.as_str(), n.id.to_string(), n.title.as_str()),
                (word, id, title),
                "{text}"
            );
        }
        for text in [
            "404 page",
            "Overview",
            "What's Good About This Plan: 3 things",
            "3rd party",
        ] {
            assert_eq!(numbered(text, 0..text.len()), None, "{text}");
        }
    }
}
