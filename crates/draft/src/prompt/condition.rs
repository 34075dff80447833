//! The condition that a clause stands under, in front of it or behind it.

use super::clause::Trigger;
use super::lexicon;
use super::shape::{is_clause, outside, starts_with_amount, starts_with_verb};

pub(super) const LEADS: [(&str, Trigger); 11] = [
    ("as soon as ", Trigger::When),
    ("every time ", Trigger::When),
    ("each time ", Trigger::When),
    ("whenever ", Trigger::When),
    ("when ", Trigger::When),
    ("once ", Trigger::When),
    ("in case ", Trigger::If),
    ("if ", Trigger::If),
    ("while ", Trigger::While),
    ("as long as ", Trigger::While),
    ("after ", Trigger::When),
];

/// A condition in front: "When a payment fails, …".
pub(super) fn leading(text: &str) -> (Option<(Trigger, String)>, String) {
    let lower = text.to_lowercase();
    for (cue, kind) in LEADS {
        if !lower.starts_with(cue) || lower.len() != text.len() {
            continue;
        }
        let body = &text[cue.len()..];
        let comma = outside(body, ", ").into_iter().next().map(|at| (at, 2));
        let then = outside(body, " then ").into_iter().next().map(|at| (at, 6));
        // "…, unless they opted out" belongs to what stands in front of the comma.
        let comma = comma.filter(|(at, _)| {
            !["unless ", "except ", "even ", "but ", "if "]
                .iter()
                .any(|cue| body[at + 2..].starts_with(cue))
                || second_sentence(cue, body).is_none()
        });
        let Some((at, width)) = [comma, then, order_begins(cue, body)]
            .into_iter()
            .flatten()
            .min()
            .or_else(|| second_sentence(cue, body))
        else {
            continue;
        };
        let condition = body[..at].trim_end_matches(',');
        let main = body[at + width..].trim();
        let main = main.strip_prefix("then ").unwrap_or(main);
        return (
            Some((kind, condition_text(cue, condition))),
            main.to_owned(),
        );
    }
    for (cue, condition) in [
        ("on failure, ", "it fails"),
        ("on error, ", "an error occurs"),
        ("on success, ", "it succeeds"),
        ("on timeout, ", "the time is up"),
        ("on startup, ", "the program starts"),
        ("otherwise, ", "that is not so"),
    ] {
        if lower.starts_with(cue) {
            return (
                Some((Trigger::If, condition.to_owned())),
                text[cue.len()..].to_owned(),
            );
        }
    }
    (None, text.to_owned())
}

/// Where the main clause begins behind a condition that no comma closes: "the field is empty the export crashes".
fn second_sentence(cue: &str, body: &str) -> Option<(usize, usize)> {
    [" the ", " it ", " an ", " a ", " they "]
        .iter()
        .flat_map(|cue| outside(body, cue))
        .filter(|at| {
            is_clause(&body[..*at])
                || cue == "after " && starts_with_amount(&body[..*at]) && body[..*at].contains(' ')
        })
        .filter(|at| is_sentence_in_full(&body[at + 1..]))
        .min()
        .map(|at| (at, 1))
}

/// Where an order begins behind a condition that no comma closes: "a backup fails retry once".
fn order_begins(cue: &str, body: &str) -> Option<(usize, usize)> {
    outside(body, " ")
        .into_iter()
        .find(|at| {
            let (front, rest) = (&body[..*at], &body[at + 1..]);
            let first = rest.split(' ').next().unwrap_or_default();
            let last = front.rsplit(' ').next().unwrap_or_default();
            let modal = front
                .rsplit(' ')
                .take(3)
                .any(|word| lexicon::is_modal(word) && !matches!(word, "has" | "have"));
            let closed = !modal
                && !lexicon::is_modal(last)
                && ![
                    "to", "not", "and", "or", "that", "who", "which", "the", "a", "an", "they",
                    "i", "you", "we", "is", "are", "does", "do", "don't", "doesn't", "people",
                ]
                .contains(&last)
                && !last.ends_with(',')
                && !lexicon::is_person(last);
            let whole = is_clause(front)
                || cue == "after " && starts_with_amount(front) && front.split(' ').count() > 2;
            closed && whole && lexicon::is_verb(first) && starts_with_verb(rest, false)
        })
        .map(|at| (at, 1))
}

fn is_sentence_in_full(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    super::tell::main_verb(&words).is_some_and(|at| {
        at <= 4
            && !words[..at]
                .iter()
                .any(|word| ["of", "and", "or", "to", "that"].contains(word))
    })
}

/// A condition behind: "… when the token expires".
pub(super) fn trailing(text: &str) -> (Option<(Trigger, String)>, String) {
    for (cue, kind) in [
        (" whenever ", Trigger::When),
        (" as soon as ", Trigger::When),
        (" when ", Trigger::When),
        (" once ", Trigger::When),
        (" if ", Trigger::If),
        (" while ", Trigger::While),
        (" as long as ", Trigger::While),
        (" after ", Trigger::When),
    ] {
        let Some(at) = outside(text, cue).into_iter().next_back() else {
            continue;
        };
        let (main, condition) = (&text[..at], &text[at + cue.len()..]);
        let before = main.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let asks = [
            "see", "know", "knows", "choose", "tell", "show", "shows", "check", "checks", "ask",
            "decide", "and", "or", "even", "only", "except", "not", "shortly", "record", "log",
            "as", "the", "a", "this",
        ]
        .contains(&before.as_str());
        let first = condition
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let idle = [
            "to",
            "possible",
            "needed",
            "necessary",
            "any",
            "not",
            "so",
            "in",
            "per",
            "a",
            "every",
            "and",
        ]
        .contains(&first.as_str())
            && !(matches!(first.as_str(), "a" | "any" | "every") && is_clause(condition));
        // "a link that expires after 7 days" says so of the link.
        let relative = cue == " after "
            && [" that ", " which ", " who "].iter().any(|word| {
                main.rfind(word)
                    .is_some_and(|at| !main[at..].contains(", "))
            });
        let gerund = super::tell::ungerund(&first).is_some();
        // "points expire after 12 months": a time says when, a count says what has to happen first.
        let relative = relative
            || cue == " after " && starts_with_amount(condition) && {
                let unit = condition
                    .split(' ')
                    .nth(1)
                    .unwrap_or_default()
                    .to_lowercase();
                [
                    "second", "minute", "hour", "day", "week", "month", "year", "ms",
                ]
                .iter()
                .any(|time| unit.starts_with(time))
            };
        let bare = relative
            || ["after", "once", "while"].contains(&cue.trim())
                && !gerund
                && !is_clause(condition)
                && (cue != " after " || !starts_with_amount(condition));
        // "Cut off after 20 characters" says where, not when.
        let size = cue == " after "
            && starts_with_amount(condition)
            && [
                "char", "letter", "digit", "line", "row", "word", "px", "pixel", "mb", "kb",
                "byte", "entr", "item", "column", "%",
            ]
            .iter()
            .any(|unit| {
                condition
                    .split(' ')
                    .nth(1)
                    .is_some_and(|word| word.to_lowercase().starts_with(unit))
            });
        let often = cue == " once "
            && [
                "a month",
                "a day",
                "a week",
                "a year",
                "an hour",
                "a night",
                "a minute",
                "a session",
                "a quarter",
                "per ",
            ]
            .iter()
            .any(|unit| condition.starts_with(unit));
        if often
            || size
            || asks
            || idle
            || bare
            || main.split(' ').count() < 2 && !starts_with_verb(main, true)
        {
            continue;
        }
        // "… if it is missing instead of printing nothing": the end belongs to what is done.
        if let Some((front, end)) = [" instead of ", " rather than "].iter().find_map(|joint| {
            condition
                .split_once(joint)
                .map(|(front, end)| (front, format!("{joint}{end}")))
        }) {
            return (
                Some((kind, condition_text(cue.trim_start(), front))),
                format!("{}{end}", main.trim_end_matches(',')),
            );
        }
        // "after 3 wrong PINs for 10 minutes": how long belongs to what is done.
        let (condition, lasting) = match condition.rsplit_once(" for ") {
            Some((front, time))
                if cue == " after "
                    && starts_with_amount(condition)
                    && starts_with_amount(time) =>
            {
                (front, format!(" for {time}"))
            }
            _ => (condition, String::new()),
        };
        return (
            Some((kind, condition_text(cue.trim_start(), condition))),
            format!("{}{lasting}", main.trim_end_matches(',')),
        );
    }
    let polite = [
        " if possible",
        " when possible",
        " if needed",
        " please",
        " as well",
        " too",
    ];
    let main = polite
        .iter()
        .fold(text, |text, cue| text.strip_suffix(cue).unwrap_or(text));
    (None, main.to_owned())
}

/// The condition as a clause: "no results" is "there are no results", "5 failures" is "5 failures have happened".
fn condition_text(cue: &str, condition: &str) -> String {
    let condition = condition.trim();
    // "After changing the password" is said of whoever does it.
    let (opener, rest) = condition.split_once(' ').unwrap_or((condition, ""));
    if let Some(verb) = super::tell::ungerund(opener).filter(|_| {
        matches!(cue.trim(), "after" | "when" | "while" | "once")
            && !lexicon::may_be_verb(rest.split(' ').next().unwrap_or_default())
    }) {
        return format!("a user {} {rest}", lexicon::third(&verb))
            .trim()
            .to_owned();
    }
    // "Fewer than 4 in stock" has no verb of its own.
    if let Some((amount, rest)) = condition.split_once(" in ")
        && ["fewer than ", "less than ", "more than ", "at least "]
            .iter()
            .any(|cue| amount.to_lowercase().starts_with(cue))
        && amount.split(' ').count() <= 4
        && !is_clause(condition)
    {
        return format!("{amount} are in {rest}");
    }
    if is_clause(condition) {
        let first = condition.split(' ').next().unwrap_or_default();
        let lower = first.to_lowercase();
        let bare = lexicon::is_person(&lower)
            && !lexicon::is_plural(&lower)
            && !matches!(
                lower.as_str(),
                "everyone" | "anyone" | "everybody" | "nobody" | "people"
            );
        return if bare {
            format!("{} {condition}", super::article(&lower))
        } else {
            condition.to_owned()
        };
    }
    let lower = condition.to_lowercase();
    if lower.starts_with("no ") || lower.starts_with("there ") {
        return format!(
            "there {} {condition}",
            if lexicon::is_plural(&lower) {
                "are"
            } else {
                "is"
            }
        );
    }
    if cue.trim() == "after" {
        let many = lexicon::is_plural(&lower);
        if starts_with_amount(condition) {
            let unit = lower.split(' ').nth(1).unwrap_or_default();
            let time = [
                "second", "minute", "hour", "day", "week", "month", "year", "ms",
            ]
            .iter()
            .any(|t| unit.starts_with(t));
            return format!(
                "{condition} {}",
                if time { "have passed" } else { "have happened" }
            );
        }
        return format!("{condition} {} done", if many { "are" } else { "is" });
    }
    condition.to_owned()
}
