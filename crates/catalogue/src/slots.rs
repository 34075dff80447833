//! Slots in catalogue sentences: `{thing}`, `{a:thing}`, `{the:thing}` and decisions `{?key}`.

use std::ops::Range;

/// A slot found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot<'a> {
    /// `a`, `the` or `cap`, or nothing.
    pub form: Option<&'a str>,
    /// What is to be filled in; for a decision its key.
    pub name: &'a str,
    /// Whether it is a decision.
    pub decision: bool,
    /// Where it stands, braces included.
    pub range: Range<usize>,
}

/// The slots of a sentence, in order.
#[must_use]
pub fn slots(text: &str) -> Vec<Slot<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let Some(close) = text[open..].find('}').map(|at| open + at) else {
            break;
        };
        let inner = &text[open + 1..close];
        let (inner, decision) = match inner.strip_prefix('?') {
            Some(rest) => (rest, true),
            None => (inner, false),
        };
        let (form, name) = match inner.split_once(':') {
            Some((form, name)) => (Some(form), name),
            None => (None, inner),
        };
        found.push(Slot {
            form,
            name,
            decision,
            range: open..close + 1,
        });
        from = close + 1;
    }
    found
}

/// Fills every slot; `None` when one has no value.
pub fn fill(text: &str, mut value: impl FnMut(&Slot<'_>) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 32);
    let mut at = 0;
    for slot in slots(text) {
        out.push_str(&text[at..slot.range.start]);
        let filled = value(&slot)?;
        out.push_str(&match slot.form {
            Some("a") => with_article(&filled),
            // A provider's name stands without an article: "Stripe", but "the payment provider".
            Some("the")
                if has_article(&filled)
                    || slot.name == "provider" && filled.starts_with(char::is_uppercase) =>
            {
                filled
            }
            Some("the") => format!("the {filled}"),
            Some("cap") => capitalised(&filled),
            _ => filled,
        });
        at = slot.range.end;
    }
    out.push_str(&text[at..]);
    Some(out)
}

/// Whether a text stands without an article: it has one already, or it is a name in ticks or quotes.
fn has_article(text: &str) -> bool {
    if text.starts_with(['`', '"', '“']) {
        return true;
    }
    let first = text
        .split(' ')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    [
        "a", "an", "the", "each", "every", "any", "all", "their", "its", "another",
    ]
    .contains(&first.as_str())
}

fn with_article(text: &str) -> String {
    if has_article(text) {
        return text.to_owned();
    }
    let lower = text
        .trim_start_matches(['`', '"', '“'])
        .to_ascii_lowercase();
    let spelled = text.chars().take_while(|c| c.is_ascii_uppercase()).count() > 1;
    let vowel = if spelled {
        lower.starts_with(['a', 'e', 'f', 'h', 'i', 'l', 'm', 'n', 'o', 'r', 's', 'x'])
    } else {
        lower.starts_with(['a', 'e', 'i', 'o', 'u'])
            && !["user", "uni", "use", "one", "eu", "utility"]
                .iter()
                .any(|start| lower.starts_with(start))
            || lower.starts_with("hour")
    };
    format!("{} {text}", if vowel { "an" } else { "a" })
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_forms_and_refuses_gaps() {
        let value = |slot: &Slot<'_>| match slot.name {
            "thing" => Some("order".to_owned()),
            "user" => Some("user".to_owned()),
            "api" => Some("SMS code".to_owned()),
            "n" if slot.decision => Some("5 attempts".to_owned()),
            _ => None,
        };
        assert_eq!(
            fill("{a:thing}, {a:user}, {a:api}, {the:thing}", value).as_deref(),
            Some("an order, a user, an SMS code, the order")
        );
        assert_eq!(
            fill("after {?n}", value).as_deref(),
            Some("after 5 attempts")
        );
        assert_eq!(fill("{gone}", value), None);
    }
}
