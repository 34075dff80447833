//! What a sentence is that could not be restated: a wish, a ban, something told.

use crate::prompt::split::Sentence;
use crate::prompt::{Prompt, clause, lexicon, tell, told};

/// What a sentence is that could not be restated.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Wish,
    Ban,
    Unclear,
    Told,
}

pub(super) fn kind(lower: &str, sentence: &Sentence, prompt: &Prompt) -> Kind {
    let list: Vec<&str> = lower.split_whitespace().collect();
    let label = list.len() == 2 && list[0].ends_with(')');
    if list.len() < 2 || label || is_aside(lower) || is_plea(lower) {
        return Kind::Told;
    }
    if told::wishes(lower)
        || clause::starts_with_verb(lower, false)
        || opens_like_order(&sentence.text)
    {
        return Kind::Wish;
    }
    if told::of(lower).is_some() {
        return Kind::Told;
    }
    let says_no = matches!(list[0], "no" | "not" | "without" | "never") || lower.contains(" no ");
    if says_no && list.len() <= 6 && tell::main_verb(&list).is_none() {
        return Kind::Ban;
    }
    let supposes = [
        "if ",
        "when ",
        "whenever ",
        "after ",
        "before ",
        "until ",
        "as soon as ",
        "once ",
        "while ",
    ]
    .iter()
    .any(|cue| lower.starts_with(cue));
    if !prompt.wants.is_empty() && supposes
        || ["i can ", "we can ", "i choose", "i may "]
            .iter()
            .any(|cue| lower.contains(cue))
    {
        return Kind::Wish;
    }
    if sentence.heading.is_some() || NORMATIVE.iter().any(|cue| has_words(lower, cue)) {
        return Kind::Wish;
    }
    // The first words of a prompt without any verb are its title.
    if tell::main_verb(&list).is_none() && prompt.kept.len() <= 1 {
        return Kind::Wish;
    }
    if prompt.wants.is_empty() || list.iter().any(|word| is_past(word)) {
        return Kind::Told;
    }
    // Behind a wish a sentence in the present tense goes on to say how it shall be; one about the writer tells of them.
    if list.iter().any(|word| is_speaker(word)) && !lower.contains(" only ") {
        return Kind::Unclear;
    }
    Kind::Wish
}

pub(super) fn has_words(lower: &str, cue: &str) -> bool {
    format!(" {lower} ").contains(&format!(" {cue} "))
}

/// "Pin the version in the pom": a word that may be an order, what it is done to, and no other verb.
pub(in crate::prompt) fn opens_like_order(text: &str) -> bool {
    let written: Vec<&str> = text.split_whitespace().collect();
    let lower = text.to_lowercase();
    let list: Vec<&str> = lower.split_whitespace().collect();
    let has_object = written.get(1).is_some_and(|second| {
        matches!(
            *second,
            "the"
                | "a"
                | "an"
                | "all"
                | "each"
                | "every"
                | "any"
                | "both"
                | "its"
                | "their"
                | "to"
                | "in"
                | "on"
        ) || second
            .chars()
            .any(|c| c.is_uppercase() || c.is_ascii_digit() || ".:/`'-_".contains(c))
    });
    list.len() > 2
        && has_object
        && lexicon::may_be_order(list[0])
        && tell::main_verb(&list).is_none()
}

fn is_past(word: &str) -> bool {
    const PAST: &str = "cried said asked went came spent thought agreed happened complained";
    PAST.split(' ').any(|past| past == word)
}

/// "For your information", "hello": what follows is no wish.
pub(in crate::prompt) fn is_aside(lower: &str) -> bool {
    [
        "for your information",
        "fyi",
        "btw",
        "by the way",
        "background:",
        "context:",
        "note that we",
        "hello",
        "hi ",
        "hi,",
        "hey",
        "dear ",
        "thanks",
        "thank you",
        "you know",
        "kind regards",
        "best regards",
        "cheers",
        "sorry",
    ]
    .iter()
    .any(|cue| lower.starts_with(cue))
        || ["ignore what", " --- ", "pasted from", "no rush", "no hurry"]
            .iter()
            .any(|cue| lower.contains(cue))
        || ["validates:", "status:", "---"]
            .iter()
            .any(|cue| lower.starts_with(cue))
}

/// Words by which a sentence sets a rule although it only tells.
pub(super) const NORMATIVE: [&str; 17] = [
    "never",
    "always",
    "only",
    "at most",
    "at least",
    "up to",
    "no more than",
    "not more than",
    "exactly",
    "automatically",
    "no longer",
    "can be",
    "cannot",
    "can't",
    "is allowed",
    "are allowed",
    "may",
];

pub(in crate::prompt) fn is_speaker(word: &str) -> bool {
    matches!(
        word.trim_matches([',', '.', ';', ':', '(', ')']),
        "i" | "we" | "my" | "our" | "me" | "us" | "i'm" | "we're" | "i've" | "we've" | "ours"
    )
}

/// "Please do something about it": an order without anything to do.
pub(super) fn is_plea(lower: &str) -> bool {
    [
        "do something",
        "improve that",
        "improve it",
        "improve this",
        "can you improve",
        "could you improve",
        "please fix",
        "please help",
        "help me",
        "help us",
        "fix it",
        "fix this",
        "make it better",
        "let me know",
        "thanks",
    ]
    .iter()
    .any(|cue| lower.starts_with(cue) || lower.starts_with(&format!("please {cue}")))
        && lower.split(' ').count() <= 9
}
