//! A sentence cut into clauses that each wish for one thing, with the condition they stand under.

use super::condition::{LEADS, leading, trailing};
use super::lexicon;
use super::shape::{has_subject_and_modal, has_verb, is_sentence, starts_with_amount};
pub use super::shape::{is_clause, is_limit, outside, starts_with_verb};

/// How a criterion opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// `WHEN …,`
    When,
    /// `IF …, THEN`
    If,
    /// `WHILE …,`
    While,
}

/// A clause with its condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The condition, without its keyword.
    pub trigger: Option<(Trigger, String)>,
    /// The main clause.
    pub main: String,
    /// Whether it goes on from the clause before it, whose subject it shares.
    pub goes_on: bool,
}

/// Cuts a sentence.
pub fn clauses(sentence: &str) -> Vec<Clause> {
    let sentence = open_colon(sentence);
    let (lead, rest) = leading(&sentence);
    let mut out: Vec<Clause> = Vec::new();
    let mut carried = lead;
    for (at, segment) in segments(&rest).into_iter().enumerate() {
        let (own, main) = leading(&segment);
        if own.is_some() {
            carried = own;
        }
        let (trailing, main) = trailing(&main);
        let trigger = match (&carried, trailing) {
            (Some(first), None) => Some(first.clone()),
            (None, found) => found,
            (Some((kind, first)), Some((_, second))) => {
                Some((*kind, format!("{first} and {second}")))
            }
        };
        if main.chars().any(char::is_alphanumeric) {
            out.push(Clause {
                trigger,
                main,
                goes_on: at > 0,
            });
        }
    }
    out
}

/// "Rate limits: 100 a minute, answer 429" lists clauses behind its colon; "roles: admin, editor" does not.
fn open_colon(sentence: &str) -> String {
    let Some(at) = outside(sentence, ": ").into_iter().next() else {
        return sentence.to_owned();
    };
    let (head, tail) = (&sentence[..at], &sentence[at + 2..]);
    let label = head.split(' ').count() == 1
        && [
            "fix",
            "bug",
            "feature",
            "todo",
            "fixme",
            "task",
            "note",
            "feat",
            "chore",
            "refactor",
            "idea",
            "hack",
            "request",
            "goal",
            "api",
            "ui",
            "cli",
            "improvement",
            "enhancement",
            "wish",
            "proposal",
        ]
        .contains(
            &head
                .split('(')
                .next()
                .unwrap_or(head)
                .to_lowercase()
                .as_str(),
        );
    let too = [" too", " also", " as well"]
        .iter()
        .any(|cue| head.ends_with(cue));
    if label || too && head.split(' ').count() <= 3 {
        return tail.to_owned();
    }
    if let Some(placed) = super::reorder::place_behind(head, tail) {
        return placed;
    }
    if is_limit(tail)
        || is_sentence(tail)
        || starts_with_verb(head, false)
            && tail
                .split(' ')
                .any(|word| matches!(word, "must" | "should" | "shall"))
        || starts_with_verb(tail, true)
        || tail.starts_with(|c: char| c.is_ascii_digit())
    {
        return format!("{head}; {tail}");
    }
    sentence.to_owned()
}

/// Cuts where a new clause begins.
fn segments(text: &str) -> Vec<String> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for joint in [", ", " and ", " but ", " then ", " – ", " — ", " - ", "; "] {
        cuts.extend(outside(text, joint).into_iter().map(|at| (at, joint.len())));
    }
    cuts.sort_unstable();
    let mut out = Vec::new();
    let mut start = 0;
    let mut conditioned = false;
    for (at, width) in cuts {
        if at < start {
            continue;
        }
        let left = &text[start..at];
        if conditioned && text[at..].starts_with(", ") {
            conditioned = false;
            continue;
        }
        let comma = !matches!(&text[at..at + width], " and " | " then ");
        let right = without_joint(&text[at + width..]);
        let lower = right.to_lowercase();
        let new_condition = comma
            && LEADS.iter().any(|(cue, _)| lower.starts_with(cue))
            && !outside(right, ", ").is_empty();
        let always = text[at..].starts_with("; ");
        if always || new_condition || starts_clause(right, left, comma) {
            out.push(left.to_owned());
            start = text.len() - right.len();
            conditioned = new_condition;
        }
    }
    out.push(text[start..].to_owned());
    out.into_iter()
        .map(|part| part.trim().trim_end_matches([',', ';']).to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

fn without_joint(text: &str) -> &str {
    [
        "and then ",
        "and also ",
        "and ",
        "but ",
        "then ",
        "also ",
        "plus ",
    ]
    .iter()
    .find_map(|joint| text.strip_prefix(joint))
    .unwrap_or(text)
}

fn starts_clause(right: &str, left: &str, comma: bool) -> bool {
    let lower = right.to_lowercase();
    let words: Vec<&str> = lower.split(' ').collect();
    let first = words[0].trim_matches(',');
    // "3, not 5" is one value and the one it replaces.
    if first == "not" && words.get(1).is_some_and(|word| starts_with_amount(word)) {
        return false;
    }
    let more = words
        .get(1)
        .is_some_and(|w| ["more", "later", "less", "longer", "fewer"].contains(w));
    if first == "no" && !more
        || ["don't", "never", "excluding"].contains(&first)
        || lower.starts_with("do not ")
        || [
            "we don't ",
            "we do not ",
            "i don't ",
            "i do not ",
            "there is no need",
            "there's no need",
            "no need ",
        ]
        .iter()
        .any(|cue| lower.starts_with(cue))
        || comma && matches!(first, "not" | "without" | "except")
    {
        return true;
    }
    if lower.starts_with("please no ")
        || lower.starts_with("please not ")
        || lower.starts_with("please don't ")
        || lower.starts_with("there is no ")
        || lower.starts_with("there are no ")
    {
        return true;
    }
    if comma && (is_limit(&lower) || first == "only" || first == "optionally") {
        return true;
    }
    let left_last = left
        .rsplit([' '])
        .next()
        .unwrap_or_default()
        .trim_matches(',')
        .to_lowercase();
    let open = lexicon::may_be_verb(&left_last)
        && (lexicon::is_verb(&left_last) || left.split(' ').count() <= 2 || left.contains(','));
    if starts_with_verb(right, false) && !open && (comma || has_verb(left)) {
        return true;
    }
    has_subject_and_modal(&words) || is_sentence(right) && is_sentence_or_order(left, comma)
}

/// Whether a text in front of a joint is complete: nothing that it opened runs on behind the joint.
fn is_sentence_or_order(left: &str, comma: bool) -> bool {
    let lower = format!(" {} ", left.to_lowercase());
    let opened = [
        " when ",
        " if ",
        " while ",
        " whether ",
        " where ",
        " that ",
        " who ",
        " which ",
        " sure ",
        " ensure ",
        " how ",
        " once ",
        " until ",
        " because ",
    ]
    .iter()
    .any(|cue| lower.contains(cue));
    let words: Vec<&str> = left.split(' ').collect();
    (comma && !lower.contains(" sure ") || !opened)
        && (super::tell::main_verb(&words).is_some() || starts_with_verb(left, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(sentence: &str) -> Vec<String> {
        clauses(sentence)
            .into_iter()
            .map(|c| match c.trigger {
                Some((kind, condition)) => format!("{kind:?} {condition}: {}", c.main),
                None => c.main,
            })
            .collect()
    }

    #[test]
    fn clauses_come_apart_and_lists_stay_together() {
        for (sentence, expected) in [
            (
                "Customers can export their orders as CSV, max 10,000 rows, no PDF",
                &[
                    "Customers can export their orders as CSV",
                    "max 10,000 rows",
                    "no PDF",
                ][..],
            ),
            (
                "Users can create, edit and delete products",
                &["Users can create, edit and delete products"],
            ),
            (
                "Upload avatars as PNG, JPEG or GIF",
                &["Upload avatars as PNG, JPEG or GIF"],
            ),
            (
                "When a payment fails, retry three times and notify the customer",
                &[
                    "When a payment fails: retry three times",
                    "When a payment fails: notify the customer",
                ],
            ),
            (
                "Lock the account after 5 failed attempts",
                &["When 5 failed attempts have happened: Lock the account"],
            ),
            (
                "Show a hint if there are no results",
                &["If there are no results: Show a hint"],
            ),
            (
                "Add rate limits to the API: 100 requests per minute, return 429",
                &[
                    "Add rate limits to the API",
                    "100 requests per minute",
                    "return 429",
                ],
            ),
            (
                "There are three roles: admin, editor, viewer",
                &["There are three roles: admin, editor, viewer"],
            ),
            (
                "Patients book online and doctors can cancel a slot",
                &["Patients book online", "doctors can cancel a slot"],
            ),
            (
                "Let users choose when to get a reminder",
                &["Let users choose when to get a reminder"],
            ),
            (
                "TODO(ann): validate the e-mail before saving",
                &["validate the e-mail before saving"],
            ),
            (
                "Send a reminder 24 hours before the appointment",
                &["Send a reminder 24 hours before the appointment"],
            ),
        ] {
            assert_eq!(cut(sentence), expected, "{sentence}");
        }
    }
}
