//! Conditions and asides that stand in front of what they belong to, moved behind it: "before deleting it ask" is "ask before
//! deleting it".

use super::shape::{outside, starts_with_verb};
use super::{lexicon, say, tell};

/// Puts a sentence in order.
pub(super) fn sentence(text: &str) -> String {
    let text = aside(text).unwrap_or_else(|| text.to_owned());
    behind(&text).unwrap_or(text)
}

/// Openers that go behind the main clause as they are.
const MOVED: [&str; 9] = [
    "before ",
    "unless ",
    "until ",
    "instead of ",
    "rather than ",
    "except for ",
    "except ",
    "apart from ",
    "after that ",
];

/// "Unless X, Y" as "Y unless X". "Until A has done X, Y" becomes a state: "while A has not done X, Y".
fn behind(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("after that, ") {
        let main = &text[text.len() - rest.len()..];
        return Some(format!("{main} after that"));
    }
    let cue = MOVED.iter().find(|cue| lower.starts_with(*cue))?;
    let body = &text[cue.len()..];
    let (end, width) = outside(body, ", ")
        .into_iter()
        .next()
        .map(|at| (at, 2))
        .or_else(|| main_begins(body))?;
    let (opener, main) = (&body[..end], &body[end + width..]);
    if main.split(' ').count() < 2 {
        return None;
    }
    if *cue == "until "
        && let Some(state) = denied(opener)
    {
        return Some(format!("While {state}, {main}"));
    }
    // The condition belongs to the first of several clauses.
    let cut = [", ", "; ", " and "]
        .iter()
        .filter_map(|joint| outside(main, joint).into_iter().next())
        .filter(|at| !matches!(*cue, "unless " | "until ") || !main[*at..].starts_with(" and "))
        .min()
        .unwrap_or(main.len());
    Some(format!("{} {cue}{opener}{}", &main[..cut], &main[cut..]))
}

/// Where the main clause begins when no comma says so: at an order, or at a subject with its verb.
fn main_begins(body: &str) -> Option<(usize, usize)> {
    body.match_indices(' ')
        .map(|(at, _)| at)
        .skip(1)
        .find(|at| {
            let rest = &body[at + 1..];
            let words: Vec<&str> = rest.split(' ').collect();
            let first = words[0].to_lowercase();
            let before = body[..*at]
                .rsplit(' ')
                .next()
                .unwrap_or_default()
                .to_lowercase();
            let open = [
                "the", "a", "an", "to", "of", "and", "or", "their", "its", "this", "for", "has",
                "have", "is", "are", "with", "in",
            ]
            .contains(&before.as_str());
            let order = lexicon::is_verb(&first) && starts_with_verb(rest, false);
            let subject = ["they", "it", "he", "she"].contains(&first.as_str())
                && words
                    .get(1)
                    .is_some_and(|verb| lexicon::is_modal(verb) || matches!(*verb, "is" | "are"))
                || ["the", "a", "an", "no", "nobody"].contains(&first.as_str())
                    && !words
                        .iter()
                        .take(4)
                        .any(|word| ["they", "it"].contains(word))
                    && tell::main_verb(&words).is_some_and(|verb| verb <= 4)
                    && tell::main_verb(&body[..*at].split(' ').collect::<Vec<_>>()).is_some();
            !open && (order || subject)
        })
        .map(|at| (at, 1))
}

/// "A driver has accepted" as "a driver has not accepted".
fn denied(condition: &str) -> Option<String> {
    let words: Vec<&str> = condition.split(' ').collect();
    let at = words
        .iter()
        .position(|word| matches!(*word, "has" | "have" | "is" | "are"))
        .filter(|at| *at > 0 && words.get(at + 1) != Some(&"not"))?;
    Some(format!(
        "{} not {}",
        words[..=at].join(" "),
        words[at + 1..].join(" ")
    ))
}

/// "Nobody, not even admins, may change it" as "nobody may change it, not even admins".
fn aside(text: &str) -> Option<String> {
    let (start, cue) = [", not even ", ", including ", ", except "]
        .iter()
        .find_map(|cue| outside(text, cue).into_iter().next().map(|at| (at, *cue)))?;
    let from = start + cue.len();
    let end = from + outside(&text[from..], ", ").into_iter().next()?;
    let (aside, rest) = (&text[start..end], &text[end + 2..]);
    let modal = rest
        .split(' ')
        .next()
        .is_some_and(|word| lexicon::is_modal(word) || matches!(word, "is" | "are"));
    let subject = text[..start].split(' ').count() <= 5;
    (modal && subject).then(|| format!("{} {rest}{aside}", &text[..start]))
}

/// "The product page: show X if Y" as "show X on the product page if Y".
pub(super) fn place_behind(head: &str, tail: &str) -> Option<String> {
    let words: Vec<&str> = head.split(' ').collect();
    let last = words.last()?.to_lowercase();
    let on = ["page", "screen", "view", "dashboard", "map", "homepage"].contains(&last.as_str());
    let inside = [
        "list", "table", "form", "menu", "cart", "header", "footer", "sidebar", "settings",
        "dialog", "profile", "search", "checkout", "export", "import", "editor", "report",
    ]
    .contains(&last.as_str());
    let plain = words.len() <= 3
        && (on || inside)
        && !lexicon::is_verb(&words[0].to_lowercase())
        && starts_with_verb(tail, true);
    if !plain {
        return None;
    }
    let cut = [
        ", ", " if ", " when ", " unless ", " and ", "; ", " after ", " while ",
    ]
    .iter()
    .filter_map(|joint| outside(tail, joint).into_iter().next())
    .min()
    .unwrap_or(tail.len());
    let named =
        ["the", "a", "an", "our", "every", "each"].contains(&words[0].to_lowercase().as_str());
    let head = say::lower_first(head);
    let article = if named { "" } else { "the " };
    let preposition = if on { "on" } else { "in" };
    Some(format!(
        "{} {preposition} {article}{head}{}",
        &tail[..cut],
        &tail[cut..]
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_goes_behind() {
        for (raw, ready) in [
            (
                "Before deleting a note ask for confirmation",
                "ask for confirmation Before deleting a note",
            ),
            (
                "Unless the cart is empty, show the total",
                "show the total Unless the cart is empty",
            ),
            (
                "Until a driver has accepted the terms they must not start a trip",
                "While a driver has not accepted the terms, they must not start a trip",
            ),
            (
                "instead of silently rounding it must refuse them",
                "it must refuse them instead of silently rounding",
            ),
            (
                "After that, only the reception can cancel",
                "only the reception can cancel after that",
            ),
            (
                "Nobody, not even admins, may change entries",
                "Nobody may change entries, not even admins",
            ),
            (
                "Orders, customers and carts are shown",
                "Orders, customers and carts are shown",
            ),
        ] {
            assert_eq!(sentence(raw).to_lowercase(), ready.to_lowercase(), "{raw}");
        }
        assert_eq!(
            place_behind("product page", "show \"3 left\" if fewer are in stock").as_deref(),
            Some("show \"3 left\" on the product page if fewer are in stock")
        );
    }
}
