//! What a wish does not want, said in passing: "without SMS".

use super::exclude::{Reading, outs, starts_with_gerund};
use super::lexicon;

/// Cuts "without SMS" and "not SMS" out of a wish. "Without losing data" stays: it says how, not what.
pub(super) fn cut_in_passing(text: &str) -> Reading {
    let mut wish = text.to_owned();
    let mut found = Vec::new();
    for cue in [
        " without ",
        ", but no ",
        ", no ",
        " but no ",
        ", but not ",
        " but not ",
        ", not ",
        " (no ",
        " (not ",
        " (without ",
        " and no ",
    ] {
        while let Some(at) = find_ignoring_quotes(&wish, cue) {
            let start = at + cue.len();
            let tail = &wish[start..];
            // "But not on sale items" says where the wish does not hold.
            if cue.ends_with("not ") && limits(tail) {
                break;
            }
            // "3, not 5" says what was and what will be.
            if cue.ends_with("not ") && tail.starts_with(|c: char| c.is_ascii_digit()) {
                break;
            }
            if cue == " without " && stands_for_other(tail) {
                break;
            }
            // "Prices are shown without VAT to firms" says how they are shown.
            if cue == " without "
                && (tail.contains(" with ")
                    || super::tell::main_verb(&wish[..at].split(' ').collect::<Vec<_>>()).is_some())
            {
                break;
            }
            // "With and without tax" wants both.
            if cue == " without "
                && [" and", " or", "with"]
                    .iter()
                    .any(|end| wish[..at].ends_with(end))
            {
                break;
            }
            if cue == " without " && (starts_with_gerund(tail) || stays(tail))
                || tail.starts_with("more than")
                || tail.starts_with("later than")
                || tail.starts_with("only ")
                || tail.starts_with("just ")
            {
                break;
            }
            let end = tail
                .find([',', ')', ';'])
                .or_else(|| tail.find(" but "))
                .or_else(|| tail.find(" when "))
                .or_else(|| and_clause(tail))
                .map_or(wish.len(), |n| start + n);
            let excluded = &wish[start..end];
            let excluded = ["on ", "for ", "in ", "via ", "by ", "with ", "as "]
                .iter()
                .find_map(|p| excluded.strip_prefix(p))
                .unwrap_or(excluded);
            found.extend(outs(excluded));
            let close = usize::from(cue.contains('(') && wish[end..].starts_with(')'));
            wish = format!("{}{}", &wish[..at], &wish[end + close..]);
        }
    }
    Reading::Wish(wish, found)
}

/// "Those without one": a pronoun excludes nothing.
pub(super) fn stands_for_other(tail: &str) -> bool {
    ["one", "it", "them", "this", "that"]
        .contains(&tail.split([' ', ',']).next().unwrap_or_default())
}

/// Whether a text behind "not" narrows a rule rather than naming a thing: "on sale items", "for guests".
fn limits(tail: &str) -> bool {
    [
        "on ", "for ", "to ", "from ", "after ", "before ", "during ", "if ", "when ", "while ",
        "until ", "in ", "at ", "between ", "outside ", "even ", "yet ",
    ]
    .iter()
    .any(|cue| tail.starts_with(cue))
}

/// "Without a new sign-in" is a quality of the wish, as is "without an account".
fn stays(tail: &str) -> bool {
    let first = tail.split(' ').next().unwrap_or_default();
    matches!(
        first,
        "a" | "an"
            | "the"
            | "their"
            | "its"
            | "having"
            | "loss"
            | "delay"
            | "downtime"
            | "error"
            | "errors"
            | "any"
    )
}

/// Where " and <verb>" starts a new clause.
fn and_clause(tail: &str) -> Option<usize> {
    tail.match_indices(" and ").map(|(at, _)| at).find(|at| {
        let next = tail[at + 5..]
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        lexicon::is_verb(&next) || matches!(next.as_str(), "with" | "a" | "an" | "the")
    })
}

fn find_ignoring_quotes(text: &str, cue: &str) -> Option<usize> {
    text.match_indices(cue).map(|(at, _)| at).find(|at| {
        text[..*at].matches('"').count().is_multiple_of(2)
            && text[..*at].matches('`').count().is_multiple_of(2)
    })
}
