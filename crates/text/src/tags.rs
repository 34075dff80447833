//! The ids that specs of other tools give to stories, requirements and tasks: `FR-001`, `US1`, `T012`.

use std::ops::Range;

/// An id such as `FR-001`, `SC-002`, `T012` or `US1` at the start of a text; gives its bytes.
///
/// Two to five capitals, `-` and two to four digits with an optional letter; `T` and three or four digits; `US` and one to
/// three digits with or without `-`.
pub fn id(text: &str) -> Option<usize> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let prefix = &text[..letters];
    let dash = usize::from(text[letters..].starts_with('-'));
    let start = letters + dash;
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let fits = match prefix {
        "T" => dash == 0 && (3..=4).contains(&digits),
        "US" => (1..=3).contains(&digits),
        _ => (2..=5).contains(&letters) && dash == 1 && (2..=4).contains(&digits),
    };
    let mut end = start + digits;
    if text[end..].starts_with(|c: char| c.is_ascii_lowercase()) {
        end += 1;
    }
    let ends = !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    (fits && ends).then_some(end)
}

/// Every id in a text that starts at `from`, with its bytes.
pub fn ids(text: &str, from: usize) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before: Option<char> = None;
    while let Some(c) = text[at..].chars().next() {
        let starts = c.is_ascii_uppercase()
            && !before.is_some_and(|b| b.is_alphanumeric() || matches!(b, '_' | '-' | '/' | '.'));
        if let Some(length) = starts.then(|| id(&text[at..])).flatten() {
            found.push((
                text[at..at + length].to_owned(),
                from + at..from + at + length,
            ));
            at += length;
            before = Some('0');
            continue;
        }
        before = Some(c);
        at += c.len_utf8();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_a_shape() {
        let text = "T012 [P] [US2] covers FR-001, NFR-02b and US-3; not T1, UTF-8, XFR-001x9, v_FR-002 or a/SC-001.";
        let found: Vec<String> = ids(text, 0).into_iter().map(|(id, _)| id).collect();
        assert_eq!(found, ["T012", "US2", "FR-001", "NFR-02b", "US-3"]);
        assert_eq!(ids("ÄFR-001 FR-002", 10)[0].1, 19..25);
    }
}
