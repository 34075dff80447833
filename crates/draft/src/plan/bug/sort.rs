//! What each sentence of a report is: what happens, what should happen, what must stay, what the writer suspects.

use rutter_catalogue::language::Language;

use crate::prompt::{Prompt, clause, complaint, restate, told};

/// A sentence of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What happens, as written.
    Defect(String),
    /// What should happen, as written.
    Expected(String),
    /// What must stay, as written.
    Stays(String),
    /// What the writer takes for the cause.
    Hint(String),
    /// Where and how it was seen, a sigh, a greeting: the introduction has it.
    Aside,
}

/// Cues of what is well and must stay so.
const STAYS: [&str; 26] = [
    "works fine",
    "work fine",
    "still works",
    "is fine",
    "are fine",
    "is right",
    "are right",
    "is correct",
    "are correct",
    "works as expected",
    "should keep",
    "must keep",
    "should stay",
    "must stay",
    "have to stay",
    "has to stay",
    "has to keep",
    "have to keep",
    "must still",
    "should still",
    "should not change",
    "must not change",
    "don't touch",
    "do not touch",
    "don't change",
    "do not change",
];

/// Cues of what is only where and how it was seen.
const ASIDES: [&str; 22] = [
    "version",
    "reproducible",
    "every time",
    "fresh checkout",
    "fresh install",
    "node ",
    "java ",
    "python ",
    "go1.",
    "rustc",
    "windows ",
    "macos",
    "ubuntu",
    "linux",
    "chrome",
    "firefox",
    "build ",
    "commit ",
    "thanks",
    "thank you",
    "sorry",
    "see attached",
];

/// Sorts a sentence.
pub(super) fn sort(sentence: &str, prompt: &Prompt) -> Part {
    if prompt.language != Language::English {
        return Part::Defect(sentence.to_owned());
    }
    if let Some(rest) = after_label(sentence, &["expected: ", "should be: ", "wanted: "]) {
        return Part::Expected(rest.to_owned());
    }
    if let Some(rest) = after_label(sentence, &["actual: "]) {
        return actual(rest);
    }
    let text = without_label(sentence);
    let lower = text.to_lowercase();
    if is_aside(&lower) {
        return Part::Aside;
    }
    if STAYS.iter().any(|cue| lower.contains(cue))
        || lower.starts_with("leave ")
        || lower.contains(" works, ")
        || lower.ends_with(" works")
        || lower.starts_with("so does ")
        || lower.starts_with("so do ")
    {
        return Part::Stays(text.to_owned());
    }
    if [
        "since ",
        "i think",
        "i guess",
        "i suspect",
        "probably",
        "maybe",
        "it seems",
        "looks like",
        "the cause",
        "because",
        "my guess",
        "perhaps",
    ]
    .iter()
    .any(|cue| lower.starts_with(cue))
    {
        return Part::Hint(text.to_owned());
    }
    if complaint::of(text).is_some() && prompt.kept.len() > 1 {
        return Part::Aside;
    }
    if told::wishes(&lower)
        || clause::starts_with_verb(text, false)
        || lower.starts_with("i expect")
        || lower.contains(" would be ")
    {
        return Part::Expected(text.to_owned());
    }
    Part::Defect(text.to_owned())
}

fn actual(rest: &str) -> Part {
    if is_aside(&rest.to_lowercase()) {
        Part::Aside
    } else {
        Part::Defect(rest.to_owned())
    }
}

/// A version, a machine, a sigh: short, and telling nothing of what the software does.
fn is_aside(lower: &str) -> bool {
    let short = lower.split_whitespace().count() <= 9;
    let names_a_place = ASIDES.iter().any(|cue| lower.contains(cue));
    short && (names_a_place || lower.split_whitespace().count() < 3)
}

fn after_label<'a>(sentence: &'a str, labels: &[&str]) -> Option<&'a str> {
    let lower = sentence.to_lowercase();
    labels
        .iter()
        .find(|label| lower.starts_with(**label) && sentence.is_char_boundary(label.len()))
        .map(|label| sentence[label.len()..].trim())
        .filter(|rest| !rest.is_empty())
}

/// Drops "Bug:", "there is a bug where", "I noticed that".
fn without_label(sentence: &str) -> &str {
    let mut text = sentence.trim();
    loop {
        let rest = after_label(
            text,
            &[
                "fix: ",
                "bug: ",
                "[bug] ",
                "bugfix: ",
                "issue: ",
                "problem: ",
                "fix the bug where ",
                "fix a bug where ",
                "fix the bug that ",
                "there is a bug where ",
                "there's a bug where ",
                "there is a bug: ",
                "fix the issue where ",
                "please fix that ",
                "fix that ",
                "i noticed that ",
                "the problem is that ",
                "it turns out that ",
                "currently, ",
                "currently ",
                "right now ",
                "but ",
                "and ",
                "also ",
            ],
        );
        match rest {
            Some(rest) => text = rest,
            None => return text,
        }
    }
}

/// What should happen, behind SHALL: restated where that is certain, else in the writer's own words.
pub(super) fn shall(text: &str) -> (Option<String>, String) {
    let plain = !text.contains(", ") && !text.contains(" and ");
    match restate::restated(text).filter(|_| plain) {
        Some(found) => found,
        None => (
            None,
            format!("behave as the report asks: \"{}\"", text.replace('"', "'")),
        ),
    }
}
