//! What a prompt tells about today: faults, complaints, habits, history. None of it is a wish.

use super::shape::starts_with_verb;
use super::{lexicon, tell};

/// What a clause tells without wishing for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// How things are or were.
    Fact,
    /// What is wrong with them.
    Fault,
}

/// Words that wish: a clause with one of them tells nothing.
const WISHES: &str = "should shouldn't must mustn't shall please let's needs wants want wish wishes ought supposed expected would pls plz";

/// Openers of a sentence that tells how things are.
const OPENERS: [&str; 42] = [
    "currently",
    "right now",
    "at the moment",
    "today ",
    "today,",
    "nowadays",
    "as of now",
    "as it stands",
    "these days",
    "last week",
    "last month",
    "last year",
    "yesterday",
    "we have ",
    "we already have",
    "we currently",
    "we are a ",
    "we're a ",
    "our app is",
    "our product is",
    "our company",
    "this is a ",
    "this is an ",
    "this project",
    "background:",
    "context:",
    "so far",
    "at present",
    "i have a ",
    "i have an ",
    "we use ",
    "we are using",
    "our users are",
    "thanks",
    "thank you",
    "hi",
    "hello",
    "hey",
    "we've had",
    "we had",
    "we run ",
    "every now and then",
];

/// Whether a sentence, in lower case, opens by telling how things are.
pub(super) fn opens(lower: &str) -> bool {
    let reports = [
        " complained that ",
        " complain that ",
        " complain about ",
        " reported that ",
        " told us that ",
        " keep asking us ",
        " keeps asking us ",
    ];
    OPENERS.iter().any(|cue| {
        lower.starts_with(cue)
            && (cue.ends_with([' ', ':', ','])
                || lower.len() == cue.len()
                || lower[cue.len()..].starts_with([' ', ',', '.']))
    }) || reports.iter().any(|cue| lower.contains(cue))
}

/// Whether a text, in lower case, says that something is wanted.
pub fn wishes(lower: &str) -> bool {
    lower
        .split([' ', ',', ':'])
        .any(|word| WISHES.split(' ').any(|wish| wish == word))
        || [
            "so let ",
            "let them ",
            "need to ",
            "have to ",
            "has to ",
            "i need ",
            "we need ",
            "'d like",
            "may not ",
        ]
        .iter()
        .any(|cue| lower.contains(cue))
}

/// What a clause tells; nothing where it wishes or orders.
pub fn of(text: &str) -> Option<Told> {
    let lower = text.trim().to_lowercase();
    let lower = ["but ", "and ", "so ", "also ", "because "]
        .iter()
        .fold(lower.as_str(), |text, cue| {
            text.strip_prefix(cue).unwrap_or(text)
        });
    if wishes(lower) || starts_with_verb(lower, false) || lower.starts_with("let ") {
        return None;
    }
    let words: Vec<&str> = lower.split(' ').collect();
    if [
        "unless", "never", "except", "if", "when", "until", "while", "even", "only", "not",
        "without", "that", "which", "who",
    ]
    .contains(&words[0])
        && !lower.starts_with("not every ")
        && !lower.starts_with("not all ")
    {
        return None;
    }
    if is_fault(&words, lower) {
        return Some(Told::Fault);
    }
    let now = lower.contains(" currently ")
        || lower.starts_with("not every ")
        || lower.starts_with("not all ");
    (now || in_first_person(&words) || is_past(&words) || is_ours(&words)).then_some(Told::Fact)
}

/// Verbs that say that something goes wrong.
const FAILS: &str = "crash crashes fail fails throws throw breaks hang hangs freezes freeze loses complain complains struggle struggles forgets leaks think thinks believe believes mistypes suffers suffer puzzles annoys confuses bothers hate hates";
/// What something is when it is not well.
const UNWELL: &str = "slow slower broken wrong confusing confused missing lost unhappy annoying annoyed frustrating frustrated useless painful unreadable incorrect unreliable stuck unclear ugly outdated inconsistent flaky tedious laborious cumbersome unusable garbled misleading messy fiddly";
/// Verbs of which a state follows.
const IS: &str = "is are isn't aren't gets get looks look feels feel seems seem becomes become stays stay was were it's they're";

fn is_fault(words: &[&str], lower: &str) -> bool {
    let held = |at: usize| {
        words[..at].iter().any(|word| {
            matches!(
                *word,
                "that" | "which" | "who" | "if" | "when" | "to" | "whether" | "ensure"
            )
        })
    };
    let listed = |list: &str, word: &str| list.split(' ').any(|known| known == word);
    let adverbs = [
        " any more",
        " anymore",
        " nowadays",
        " these days",
        " lately",
    ];
    if adverbs
        .iter()
        .any(|cue| lower.ends_with(cue) || lower.contains(&format!("{cue} ")))
        && tell::main_verb(words).is_some_and(|at| !lexicon::is_modal(words[at]))
        || lower.starts_with("it's ") && words.get(1).is_some_and(|word| listed(UNWELL, word))
        || lower.contains(", which is ")
            && lower
                .rsplit(", which is ")
                .next()
                .is_some_and(|end| end.split(' ').take(2).any(|word| listed(UNWELL, word)))
        || [" stack trace", " traceback", " an exception", " but not \""]
            .iter()
            .any(|cue| lower.contains(cue))
            && tell::main_verb(words).is_some()
        || ["there's no ", "there is no ", "there are no "]
            .iter()
            .any(|cue| lower.starts_with(cue))
            && !lower.contains(" need ")
        || matches!(words[0], "nobody" | "none")
            && words.get(1).is_some_and(|verb| {
                verb.ends_with('s') && !matches!(*verb, "is" | "has" | "gets" | "was")
            })
        || lower.starts_with("nobody finds")
        || lower.starts_with("nobody knows")
        || lower.starts_with("no one knows")
    {
        return true;
    }
    (1..words.len().min(14)).filter(|at| !held(*at)).any(|at| {
        let word = words[at].trim_matches(',');
        let next = words.get(at + 1).copied().unwrap_or_default();
        let near = || words[at + 1..].iter().take(4);
        listed(FAILS, word) && !matches!(words[at - 1], "a" | "an" | "the" | "of" | "no")
            || listed(IS, word)
                && (near().any(|next| listed(UNWELL, next.trim_matches([',', ';'])))
                    && !near()
                        .take(3)
                        .any(|word| matches!(*word, "shown" | "marked" | "never"))
                    || next == "too"
                    || next == "not" && words.get(at + 2) == Some(&"happy")
                    || next == "impossible")
            || matches!(word, "take" | "takes" | "took") && is_duration(&words[at + 1..])
            || matches!(word, "does" | "do" | "doesn't" | "don't") && next == "work"
            || matches!(word, "doesn't" | "don't") && next == "work"
            || matches!(word, "keeps" | "keep")
                && next.ends_with("ing")
                && !(harms(next) && tell::ungerund(next).is_some())
            || matches!(word, "lose" | "loses") && next == "track"
            || matches!(word, "can't" | "cannot")
                && matches!(next, "find" | "see" | "tell" | "read")
                && matches!(words[at - 1], "they" | "i" | "we" | "people" | "users")
            || matches!(word, "report" | "reports" | "say" | "says") && next == "that"
            || matches!(word, "ignored" | "overwritten" | "lost" | "swallowed") && next == "by"
            || word == "silently" && tell::main_verb(words).is_some()
            || matches!(word, "works" | "work") && words[at - 1] == "longer"
    })
}

/// "8 seconds", "ages", "too long": what somebody complains that something takes.
fn is_duration(words: &[&str]) -> bool {
    let first = words.first().copied().unwrap_or_default();
    matches!(first, "ages" | "forever" | "too" | "so" | "way" | "very")
        || words.iter().take(4).any(|word| {
            ["second", "minute", "hour", "ms", "day"]
                .iter()
                .any(|unit| word.starts_with(unit))
        })
}

/// Whether who keeps doing it must not: "keep overwriting each other's changes".
pub(super) fn harms(gerund: &str) -> bool {
    [
        "overwriting",
        "deleting",
        "duplicating",
        "breaking",
        "corrupting",
        "overriding",
        "double-booking",
        "editing",
    ]
    .contains(&gerund)
}

/// "I lose track of it", "we receive it over MQTT".
fn in_first_person(words: &[&str]) -> bool {
    let first = words[0].trim_matches(',');
    if matches!(first, "i'm" | "we're" | "i've" | "we've") {
        return words.get(1) != Some(&"looking");
    }
    let next = words.get(1).copied().unwrap_or_default();
    // "We can …" may wish; "we can't …" tells.
    let opens = !lexicon::is_modal(next)
        || matches!(next, "can't" | "cannot" | "couldn't" | "have" | "has");
    let wishes = [
        "wish", "expect", "prefer", "propose", "suggest", "ask", "only", "never", "always",
        "don't", "do",
    ]
    .contains(&next);
    matches!(first, "i" | "we") && opens && !wishes
}

/// "A customer was charged twice", "support has asked for it", "she complained".
fn is_past(words: &[&str]) -> bool {
    const PAST: &str = "complained asked reported told noticed got saw lost went came said broke started stopped decided grew introduced forgot happened wrote moved tried called didn't wasn't weren't";
    let Some(at) = (1..words.len().min(6)).find(|at| {
        let word = words[*at].trim_matches(',');
        matches!(word, "was" | "were" | "had" | "has" | "have")
            || PAST.split(' ').any(|past| past == word)
            || matches!(
                word,
                "is" | "are" | "that" | "which" | "who" | "can" | "will" | "to"
            )
    }) else {
        return false;
    };
    let next = words.get(at + 1).copied().unwrap_or_default();
    match words[at] {
        "was" | "were" | "had" => true,
        "has" | "have" => {
            matches!(
                next,
                "been"
                    | "become"
                    | "grown"
                    | "no"
                    | "trouble"
                    | "problems"
                    | "already"
                    | "always"
                    | "now"
                    | "gotten"
                    | "three"
                    | "two"
            ) || next.ends_with("ed") && tell::verb_of(next).is_some()
        }
        "is" | "are" | "that" | "which" | "who" | "can" | "will" | "to" => false,
        // "The orders moved to the archive are hidden": a participle, not a verb.
        _ => !words[at + 1..]
            .iter()
            .any(|word| matches!(*word, "is" | "are" | "can" | "will" | "gets" | "get")),
    }
}

/// "Our checkout has three steps".
fn is_ours(words: &[&str]) -> bool {
    matches!(words[0], "our" | "my")
        && tell::main_verb(words)
            .is_some_and(|at| matches!(words[at], "has" | "have" | "is" | "are" | "runs" | "uses"))
        && !words
            .iter()
            .any(|word| tell::verb_of(word).is_some() && word.ends_with("ed"))
}

/// "Fix: it crashes" without the label in front.
pub fn without_label(text: &str) -> &str {
    text.split_once(": ")
        .filter(|(label, _)| {
            [
                "fix", "bug", "bugfix", "[bug]", "issue", "problem", "defect",
            ]
            .contains(&label.to_lowercase().as_str())
        })
        .map_or(text, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_no_wish() {
        for fault in [
            "Dispatchers are not happy with the trips screen",
            "customers keep calling",
            "nobody finds anything any more",
            "The search is slow",
            "on 10k notes `notes search` takes 8 seconds",
            "users get lost between them",
            "notes with attachments larger than 25 MB fail silently on upload",
            "the import crashes",
        ] {
            assert_eq!(of(fault), Some(Told::Fault), "{fault}");
        }
        for fact in [
            "I lose track of what I wrote where",
            "I'm a teacher and use notes for 6 classes",
            "we receive it on topic fleet/pos",
            "Our checkout has three steps",
            "a customer was charged twice",
            "support has asked for it",
        ] {
            assert!(of(fact).is_some(), "{fact}");
        }
        for wish in [
            "Tags are case-insensitive",
            "show an error when an upload fails",
            "jobs that fail are retried",
            "the search must not be slow",
            "patients can cancel up to 24 hours before",
            "I want to see who is missing",
            "a missing file is reported",
            "every order has a status",
            "rows that were imported before are skipped",
            "editors keep overwriting each other's changes",
        ] {
            assert_eq!(of(wish), None, "{wish}");
        }
    }
}
