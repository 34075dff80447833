//! One sentence on its own: restated, or as the words that can stand in a document without a change.

use super::settle::{is_bounded, is_speaker, opens_like_order};
use super::{clause, lexicon, say, sure, tell};

/// One sentence restated, with its condition; nothing where that is not certain.
pub fn restated(text: &str) -> Option<(Option<String>, String)> {
    let read = super::read(text);
    match &read.wants[..] {
        [want] if !want.shall.starts_with(sure::OWN_WORDS) => {
            let shall = if want.not {
                format!("not {}", want.shall)
            } else {
                want.shall.clone()
            };
            let condition = want
                .trigger
                .as_ref()
                .map(|(_, condition)| condition.clone());
            Some((condition, shall))
        }
        _ => None,
    }
}

/// What a sentence speaks of: the words in front of its verb.
pub fn subject(text: &str) -> String {
    let lower = text.to_lowercase();
    for cue in [
        "happy with ",
        "satisfied with ",
        "content with ",
        "trouble with ",
        "struggle with ",
    ] {
        if let Some(at) = lower.find(cue)
            && text.is_char_boundary(at + cue.len())
        {
            return text[at + cue.len()..].to_owned();
        }
    }
    let end = [
        " is ",
        " are ",
        " isn't ",
        " aren't ",
        " was ",
        " were ",
        " takes ",
        " keeps ",
        " does ",
        " doesn't ",
    ]
    .iter()
    .filter_map(|verb| lower.find(verb))
    .min();
    match end {
        Some(end)
            if end > 0 && text.is_char_boundary(end) && lower[..end].split(' ').count() <= 6 =>
        {
            say::lower_first(&text[..end])
        }
        _ => "it".to_owned(),
    }
}

/// "When the field is empty, the export crashes": the condition, and what happens then.
pub fn told_under(text: &str) -> Option<(String, String)> {
    let mut clauses = clause::clauses(text).into_iter();
    let (first, rest) = (clauses.next()?, clauses.next());
    let (_, condition) = first.trigger?;
    let plain = rest.is_none()
        && is_bounded(&text.to_lowercase(), &condition.to_lowercase())
        && reads_as_clause(&first.main);
    plain.then(|| {
        (
            super::person::third(&condition),
            super::person::third(&say::lower_first(&first.main)),
        )
    })
}

/// Whether a sentence can stand behind "ensure that" without a change: it tells of something named, in the third person.
pub fn reads_as_clause(text: &str) -> bool {
    let lower = text.to_lowercase();
    let list: Vec<&str> = lower.split_whitespace().collect();
    let opens_with_name = list.first().is_some_and(|first| {
        matches!(*first, "the" | "a" | "an" | "each" | "every" | "all")
            || lexicon::is_plural(first) && !lexicon::may_be_verb(first)
    });
    opens_with_name
        && list.len() <= 32
        && !text.contains([':', ';', '(', '"', '“', '—', '–', '?', '!'])
        && !list.iter().any(|word| {
            is_speaker(word)
                || matches!(
                    *word,
                    "you"
                        | "your"
                        | "must"
                        | "should"
                        | "shall"
                        | "want"
                        | "wants"
                        | "would"
                        | "please"
                )
        })
        && tell::main_verb(&list).is_some_and(|at| at > 0)
}

/// Whether a sentence can stand behind SHALL without a change: an order, to nobody in particular, of nothing of the
/// writer's.
pub(super) fn reads_as_order(text: &str) -> bool {
    let lower = text.to_lowercase();
    let list: Vec<&str> = lower.split_whitespace().collect();
    (3..=40).contains(&list.len())
        && (clause::starts_with_verb(&lower, false) || opens_like_order(text))
        && !text.contains([':', ';', '(', '—', '–', '?', '!'])
        && !list.iter().any(|word| {
            is_speaker(word)
                || matches!(
                    *word,
                    "you"
                        | "your"
                        | "please"
                        | "should"
                        | "must"
                        | "it"
                        | "that"
                        | "this"
                        | "them"
                        | "these"
                        | "those"
                )
        })
}

/// The text without the politeness in front: "So please: ".
pub(super) fn without_courtesy(text: &str) -> &str {
    let mut text = text;
    loop {
        let lower = text.to_lowercase();
        let rest = [
            "so please: ",
            "so please, ",
            "please: ",
            "so: ",
            "so, ",
            "and ",
            "but ",
            "also, ",
            "also ",
            "then ",
        ]
        .iter()
        .find(|cue| lower.starts_with(**cue) && text.is_char_boundary(cue.len()))
        .map(|cue| &text[cue.len()..]);
        match rest {
            Some(rest) if !rest.is_empty() => text = rest,
            _ => return text,
        }
    }
}

/// The text without "(a) " or "2) " in front.
pub(super) fn without_label(text: &str) -> &str {
    match text.split_once(") ") {
        Some((label, rest)) if label.trim_start_matches('(').len() <= 2 => rest,
        _ => text,
    }
}
