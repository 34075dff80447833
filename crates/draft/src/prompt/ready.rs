//! A sentence put in the order that the clauses are cut in: openers that say nothing go, a time in front moves behind, "and
//! so must B" repeats what must be.

use super::openers::{asked_for, with_status, without_sigh};
use super::{clause, lexicon};

/// Openers that join a wish to another and say nothing themselves.
const JOINTS: [&str; 16] = [
    "while you're at it",
    "while you are at it",
    "while we're at it",
    "while we are at it",
    "on top of that",
    "apart from that",
    "besides that",
    "one more thing",
    "last but not least",
    "by the way",
    "btw",
    "oh, and",
    "in short",
    "long story short",
    "if you can",
    "and please",
];

/// Puts a sentence in order.
pub fn sentence(text: &str) -> String {
    let text = text
        .strip_prefix("At least ")
        .filter(|rest| clause::starts_with_verb(rest, true))
        .unwrap_or(text);
    let text = &with_status(&asked_for(without_sigh(text)));
    let text = purpose_behind(&numbers_apart(&super::reorder::sentence(text)));
    let text = &text;
    let text = repeat_predicate(&if_wished(&way_missing(&without_joints(&expanded(text)))));
    time_behind(&text).unwrap_or(text)
}

/// Drops joints in front and behind "and".
pub(super) fn without_joints(text: &str) -> String {
    let mut text = text.to_owned();
    for joint in JOINTS {
        let lower = text.to_ascii_lowercase();
        for end in [": ", ", "] {
            let cue = format!("{joint}{end}");
            if lower.starts_with(&cue) {
                return text[cue.len()..].to_owned();
            }
            let inner = [", and ", " and ", ", "].iter().find_map(|front| {
                lower
                    .find(&format!("{front}{cue}"))
                    .map(|at| (at, front.len() + cue.len()))
            });
            if let Some((at, width)) = inner {
                text = format!(
                    "{}; {}",
                    text[..at].trim_end_matches(','),
                    &text[at + width..]
                );
                return text;
            }
        }
    }
    text
}

/// "There is no way to undo" wishes for the way.
fn way_missing(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    [
        "there is no way to ",
        "there's no way to ",
        "there is currently no way to ",
        "users have no way to ",
        "users cannot yet ",
        "users can't yet ",
        "it's impossible to ",
        "it is impossible to ",
    ]
    .iter()
    .find(|cue| lower.starts_with(*cue))
    .map_or_else(
        || text.to_owned(),
        |cue| format!("let users {}", &text[cue.len()..]),
    )
}

/// "Do the following: 1) rename it, 2) widen it" lists two wishes.
fn numbers_apart(text: &str) -> String {
    let (Some(first), Some(_)) = (text.find("1) "), text.find(" 2) ")) else {
        return text.to_owned();
    };
    let front = text[..first].trim_end_matches([' ', ':', ',']);
    let mut parts: Vec<String> = Vec::new();
    if front.split(' ').count() > 3 && !front.to_lowercase().ends_with("following") {
        parts.push(front.to_owned());
    }
    let mut rest = &text[first + 3..];
    for number in 2..20 {
        let Some((part, tail)) = rest.split_once(&format!(" {number}) ")) else {
            break;
        };
        parts.push(part.to_owned());
        rest = tail;
    }
    parts.push(rest.to_owned());
    parts
        .iter()
        .map(|part| {
            part.trim()
                .trim_end_matches(" and")
                .trim_end_matches([',', ';', '.'])
        })
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}

/// "To save paper, send PDF only" becomes "send PDF only to save paper".
fn purpose_behind(text: &str) -> String {
    let purpose = text
        .strip_prefix("To ")
        .or_else(|| text.strip_prefix("to "))
        .and_then(|rest| rest.split_once(", "));
    match purpose {
        Some((purpose, main))
            if purpose.split(' ').count() <= 8
                && lexicon::may_be_verb(purpose.split(' ').next().unwrap_or_default())
                && !main.contains(", ") =>
        {
            format!("{main} to {purpose}")
        }
        _ => text.to_owned(),
    }
}

/// "You're" as two words, so that the verb is seen.
fn expanded(text: &str) -> String {
    let words: Vec<String> = text
        .split(' ')
        .map(|word| match word {
            "you're" => "you are".to_owned(),
            "You're" => "You are".to_owned(),
            "we're" => "we are".to_owned(),
            "We're" => "We are".to_owned(),
            "they're" => "they are".to_owned(),
            "They're" => "They are".to_owned(),
            _ => word.to_owned(),
        })
        .collect();
    words.join(" ")
}

/// "It would be nice if notes stayed on top" becomes "notes should stay on top".
fn if_wished(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let start = [
        "it would be nice if ",
        "it would be great if ",
        "it would be good if ",
        "it'd be nice if ",
        "it'd be great if ",
        "would be nice if ",
        "would be great if ",
        "i'd love it if ",
        "i would love it if ",
        "i wish ",
        "we wish ",
        "it would help if ",
        "i'd be happy if ",
        "i'd rather ",
        "i would rather ",
        "we'd rather ",
        "i'd prefer if ",
        "i would prefer if ",
        "we'd prefer if ",
    ]
    .iter()
    .find(|cue| lower.starts_with(*cue));
    let Some(rest) = start.map(|cue| &text[cue.len()..]) else {
        return text.to_owned();
    };
    let mut words: Vec<String> = rest.split(' ').map(str::to_owned).collect();
    if !words.iter().take(8).any(|word| lexicon::is_modal(word))
        || words.iter().take(8).any(|word| word == "would")
    {
        for at in 1..words.len().min(8) {
            let new = match words[at].as_str() {
                "would" => Some("should".to_owned()),
                "were" | "was" => Some("should be".to_owned()),
                "had" => Some("should have".to_owned()),
                "didn't" => Some("should not".to_owned()),
                // "pinned notes": a participle in front of its noun is none.
                word if at > 1
                    || matches!(words[0].as_str(), "it" | "they")
                    || lexicon::is_plural(&words[0]) =>
                {
                    super::tell::verb_of(word)
                        .filter(|verb| verb != word)
                        .map(|verb| format!("should {verb}"))
                }
                _ => None,
            };
            if let Some(new) = new {
                words[at] = new;
                break;
            }
        }
    }
    words.join(" ")
}

/// "A must be refused, and so must B" becomes "A must be refused; B must be refused".
fn repeat_predicate(text: &str) -> String {
    for modal in ["must", "should", "can", "will", "shall", "may"] {
        let cue = format!(" so {modal} ");
        let Some(at) = clause::outside(text, &cue).into_iter().next() else {
            continue;
        };
        let front = text[..at]
            .trim_end_matches(" and")
            .trim_end_matches([',', ';', ' ']);
        let other = &text[at + cue.len()..];
        let Some((_, predicate)) = front.rsplit_once(&format!(" {modal} ")) else {
            continue;
        };
        return format!("{front}; {other} {modal} {predicate}");
    }
    text.to_owned()
}

/// "Every day at 7:00 the team gets a digest" becomes "the team gets a digest every day at 7:00".
fn time_behind(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let end = time_length(&words)?;
    let closed = words[end - 1].ends_with(',');
    let rest = words[end..].join(" ");
    let first = words.get(end)?.to_lowercase();
    let subject = [
        "the", "a", "an", "all", "each", "every", "our", "my", "any", "everyone", "we", "i", "it",
        "they", "no", "nobody", "there",
    ]
    .contains(&first.as_str())
        || lexicon::is_person(&first)
        || lexicon::may_be_verb(&first);
    if !closed && !subject || rest.split(' ').count() < 2 {
        return None;
    }
    let time = words[..end].join(" ");
    let time = time.trim_end_matches(',');
    // A time belongs to the first of several sentences.
    let cut = [rest.find("; "), rest.find(", "), rest.find(": ")]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(rest.len());
    let lowered = super::say::lower_first(time);
    Some(format!("{} {lowered}{}", &rest[..cut], &rest[cut..]))
}

/// How many words in front say when.
fn time_length(words: &[&str]) -> Option<usize> {
    const UNITS: &str = "day night morning evening afternoon noon midnight week weekday weekend month quarter year hour minute second monday tuesday wednesday thursday friday saturday sunday days nights hours minutes seconds weeks months mondays tuesdays wednesdays thursdays fridays saturdays sundays weekdays weekends";
    let bare = |at: usize| {
        words
            .get(at)
            .map(|word| word.trim_matches(',').to_lowercase())
            .unwrap_or_default()
    };
    let is_unit = |word: &str| UNITS.split(' ').any(|unit| unit == word);
    let is_number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || [
                "two", "three", "five", "ten", "fifteen", "thirty", "other", "second", "first",
                "last", "single", "working", "business",
            ]
            .contains(&word)
    };
    let mut at = match bare(0).as_str() {
        "every" | "each" if is_unit(&bare(1)) => 2,
        "every" | "each" if is_number(&bare(1)) && is_unit(&bare(2)) => 3,
        "daily" | "nightly" | "hourly" | "weekly" | "monthly" if words[0].ends_with(',') => 1,
        "on" if bare(1).ends_with('s') && is_unit(&bare(1)) => 2,
        "once" | "twice"
            if ["a", "per", "every"].contains(&bare(1).as_str()) && is_unit(&bare(2)) =>
        {
            3
        }
        "at" if ["midnight", "noon", "night"].contains(&bare(1).as_str())
            || is_number(&bare(1)) =>
        {
            2
        }
        _ => return None,
    };
    while at < words.len() && !words[at - 1].ends_with(',') {
        let ahead = bare(at + 1);
        at += match bare(at).as_str() {
            "am" | "pm" | "utc" | "sharp" | "o'clock" => 1,
            "at" | "around" | "before" | "after" if is_number(&ahead) || is_unit(&ahead) => 2,
            "of" if ["the", "each", "every"].contains(&ahead.as_str())
                && is_unit(&bare(at + 2)) =>
            {
                3
            }
            "in" if ahead == "the" && is_unit(&bare(at + 2)) => 3,
            word if is_unit(word) && !words[at - 1].ends_with(',') => 1,
            _ => break,
        };
    }
    Some(at.min(words.len()))
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn sentences_are_put_in_order() {
        for (raw, ready) in [
            (
                "every day at 7:00 the team gets a digest",
                "the team gets a digest every day at 7:00",
            ),
            ("On Mondays, send the report", "send the report on Mondays"),
            (
                "Every 15 minutes, poll the feed",
                "poll the feed every 15 minutes",
            ),
            (
                "PDFs must be refused, and so must files above 5 MB",
                "PDFs must be refused; files above 5 MB must be refused",
            ),
            (
                "rename the page and while you're at it: raise the limit to 20",
                "rename the page; raise the limit to 20",
            ),
            (
                "there is no way to undo a deletion",
                "let users undo a deletion",
            ),
            (
                "it would be nice if pinned notes stayed on top",
                "pinned notes should stay on top",
            ),
            (
                "I'd rather they were told who edits",
                "they should be told who edits",
            ),
            (
                "You're signed out after 5 minutes",
                "You are signed out after 5 minutes",
            ),
            (
                "once a month the clerk gets a summary: entries, totals",
                "the clerk gets a summary once a month: entries, totals",
            ),
            (
                "To save paper, invoices go out as PDF only",
                "invoices go out as PDF only to save paper",
            ),
            (
                "Please do the following: 1) rename Trip, 2) widen the column, and 3) drop it",
                "rename Trip; widen the column; drop it",
            ),
            (
                "every driver sees their trips",
                "every driver sees their trips",
            ),
            ("cafés über alles", "cafés über alles"),
        ] {
            assert_eq!(sentence(raw), ready);
        }
    }
}
