//! Titles of tasks and sentences of properties, made from a criterion.

use crate::ears;

/// The longest title in characters.
const LONGEST: usize = 90;

/// What is to be done, from what the system shall do: `Reject the sixth attempt`.
pub(super) fn title(criterion: &str) -> String {
    let response = response(criterion).unwrap_or(criterion).trim();
    let response = response.trim_end_matches(['.', '。', ';', '；']);
    let (start, rest) = match response
        .strip_prefix("NOT ")
        .or_else(|| response.strip_prefix("not "))
    {
        Some(rest) => ("Do not ".to_owned(), rest),
        None => (String::new(), response),
    };
    let rest = if start.is_empty() {
        capital(rest)
    } else {
        rest.to_owned()
    };
    shorten(&format!("{start}{rest}"))
}

/// What stands behind the binding verb, where there is one in English.
fn response(criterion: &str) -> Option<&str> {
    ["SHALL ", "MUST ", "shall "]
        .iter()
        .find_map(|modal| criterion.split_once(modal))
        .map(|(_, response)| response)
        .filter(|r| !r.trim().is_empty() && r.is_ascii())
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Cuts at a word; an open decision (`[5?](#d1)`) is never cut, so that it can still be answered.
fn shorten(text: &str) -> String {
    if text.chars().count() <= LONGEST || text.contains("](#") {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let end = cut
        .rfind(' ')
        .filter(|&i| i > LONGEST / 2)
        .unwrap_or(cut.len());
    let cut = &cut[..end];
    let cut = match cut.rfind('`') {
        Some(tick) if cut.matches('`').count() % 2 == 1 => &cut[..tick],
        _ => cut,
    };
    format!(
        "{}…",
        cut.trim_end_matches([' ', ',', ';', '(', '，', '、'])
    )
}

/// The sentence of a property that holds for every case of the criterion. `quantifier` is how the document opens its
/// properties (`*For any*`).
pub(super) fn property(criterion: &str, quantifier: &str) -> String {
    let english = ["for a", "for e"]
        .iter()
        .any(|q| quantifier.to_ascii_lowercase().contains(q));
    let text = criterion.trim();
    if !english || !ears::read(text).modal || !text.is_ascii() {
        let colon = if english { " input:" } else { ":" };
        return format!("{quantifier}{colon} {text}");
    }
    for (keyword, case) in [
        ("WHEN ", "case where"),
        ("IF ", "case where"),
        ("WHILE ", "time while"),
        ("WHERE ", "set-up where"),
    ] {
        if let Some(rest) = text.strip_prefix(keyword) {
            let rest = rest
                .replacen(", THEN ", ", ", 1)
                .replacen(" THEN ", ", ", 1);
            return format!("{quantifier} {case} {rest}");
        }
    }
    format!("{quantifier} valid input, {text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_say_what_to_do() {
        for (criterion, expected) in [
            (
                "WHEN five fail, THE Limiter SHALL reject the sixth attempt.",
                "Reject the sixth attempt",
            ),
            ("THE Limiter SHALL NOT count twice", "Do not count twice"),
            ("名前を付けること", "名前を付けること"),
            ("Endpoint accepts `a`", "Endpoint accepts `a`"),
        ] {
            assert_eq!(title(criterion), expected);
        }
        let long = title(&format!("THE A SHALL {}", "write words ".repeat(20)));
        assert!(
            long.chars().count() <= LONGEST + 1 && long.ends_with("write…"),
            "{long}"
        );
        let open = format!("THE A SHALL {} [5?](#d1)", "write ".repeat(30));
        assert!(title(&open).ends_with("[5?](#d1)"));
    }

    #[test]
    fn properties_hold_for_any_case() {
        for (criterion, expected) in [
            (
                "WHEN a THEN THE B SHALL c",
                "*For any* case where a, THE B SHALL c",
            ),
            (
                "IF a, THEN THE B SHALL c",
                "*For any* case where a, THE B SHALL c",
            ),
            ("THE B SHALL c", "*For any* valid input, THE B SHALL c"),
            ("Endpoint accepts", "*For any* input: Endpoint accepts"),
        ] {
            assert_eq!(property(criterion, "*For any*"), expected);
        }
        assert_eq!(property("THE B SHALL c", "*任意*"), "*任意*: THE B SHALL c");
    }
}
