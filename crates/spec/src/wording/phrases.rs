//! Phrases that make a sentence untestable, and where they stand in it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::facts::Hit;
use super::{Kind, Language, chinese, english, german, is_cjk, is_quoted, japanese, language};

/// Every phrase with the languages it belongs to.
struct Lexicon {
    automaton: Option<AhoCorasick>,
    phrases: Vec<Vec<(Language, Kind)>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut words: Vec<&str> = Vec::new();
    let mut phrases: Vec<Vec<(Language, Kind)>> = Vec::new();
    for (language, lists) in [
        (Language::English, &english::LISTS),
        (Language::German, &german::LISTS),
        (Language::Japanese, &japanese::LISTS),
        (Language::Chinese, &chinese::LISTS),
    ] {
        for (kind, list) in [
            (Kind::Vague, lists.vague),
            (Kind::OpenEnded, lists.open_ended),
            (Kind::Escape, lists.escape),
            (Kind::Either, lists.either),
        ] {
            for phrase in list {
                let place = *places.entry(phrase).or_insert_with(|| {
                    words.push(phrase);
                    phrases.push(Vec::new());
                    words.len() - 1
                });
                phrases[place].push((language, kind));
            }
        }
    }
    Lexicon {
        // The lists are fixed and small: a failure can only be a slip in them, which the tests see.
        automaton: AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&words)
            .ok(),
        phrases,
    }
});

/// What stands in a sentence.
pub(super) fn hits(sentence: &str) -> Vec<Hit> {
    let Some(automaton) = &LEXICON.automaton else {
        return Vec::new();
    };
    let mut language = None;
    let mut found: Vec<Hit> = Vec::new();
    for hit in automaton.find_iter(sentence) {
        if !is_word(sentence, hit.range()) || is_quoted(sentence, hit.start()) {
            continue;
        }
        let language = *language.get_or_insert_with(|| language::guess(sentence));
        let kind = LEXICON.phrases[hit.pattern().as_usize()]
            .iter()
            .find(|(of, _)| Some(*of) == language)
            .map(|(_, kind)| *kind);
        if let Some(kind) = kind
            && counts(sentence, hit.range(), kind)
        {
            match found.last_mut() {
                // "appropriate user-friendly" is one slip.
                Some(Hit { kind: of, range })
                    if *of == kind && sentence[range.end..hit.start()].trim().is_empty() =>
                {
                    range.end = hit.end();
                }
                _ => found.push(Hit {
                    kind,
                    range: hit.range(),
                }),
            }
        }
    }
    found
}

/// Whether no letter of the same word stands beside it. Scripts without spaces have no such border.
fn is_word(sentence: &str, range: Range<usize>) -> bool {
    let glued = |c: char| c.is_alphanumeric() && !is_cjk(c) || matches!(c, '_' | '-');
    let first = sentence[range.clone()].chars().next().is_some_and(is_cjk);
    first || !sentence[..range.start].ends_with(glued) && !sentence[range.end..].starts_with(glued)
}

/// Whether a phrase matters where it stands.
fn counts(sentence: &str, range: Range<usize>, kind: Kind) -> bool {
    let (before, after) = (&sentence[..range.start], &sentence[range.end..]);
    let in_brackets = before.matches(['(', '（']).count() > before.matches([')', '）']).count();
    match kind {
        Kind::Vague => {
            // `gracefully and tell the user`: what is meant comes next.
            let told = sentence[range].ends_with("gracefully") && after.starts_with(" and ");
            !in_brackets && !told && !is_explained(after) && !is_reason(before)
        }
        // `Where needed fields are missing` is a condition.
        Kind::Escape if before.trim().is_empty() && after.starts_with(' ') => false,
        // `as required by the contract` and `as required options` say what is meant.
        Kind::Escape
            if sentence[range.clone()]
                .to_ascii_lowercase()
                .starts_with("as ") =>
        {
            !in_brackets && !after.starts_with(|c: char| c.is_whitespace())
        }
        Kind::Escape => !in_brackets && !is_only(before),
        // `field_0`, `field_1`, etc.: a series that everyone can go on with.
        Kind::OpenEnded => {
            !in_brackets && !before.trim_end_matches([' ', ',']).ends_with(['`', '"'])
        }
        Kind::Either => true,
    }
}

/// `only if necessary` forbids the rest, and lets nobody out.
fn is_only(before: &str) -> bool {
    const ONLY: [&str; 8] = ["only", "nur", "只在", "只有", "只", "仅在", "仅", "僅在"];
    let before = before.trim_end();
    ONLY.iter().any(|word| {
        before
            .len()
            .checked_sub(word.len())
            .and_then(|at| before.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(word))
    })
}

/// Whether what follows says what is meant: `appropriate headers (CSP, HSTS)`, `gracefully, without losing the draft`.
fn is_explained(after: &str) -> bool {
    const NEXT: [&str; 6] = ["without ", "by ", "with ", "enough ", "for ", "to "];
    const LATER: [&str; 16] = [
        "such as ",
        "e.g.",
        "i.e.",
        "namely ",
        "WCAG",
        "z. B.",
        "例えば",
        "例如",
        " - ",
        "based on ",
        "according to ",
        "depending on ",
        "without ",
        " with `",
        "defined in ",
        " accepting ",
    ];
    let next = after.trim_start_matches([' ', ',']);
    NEXT.iter().any(|word| next.starts_with(word))
        || after.contains(['(', '（', ':', '：', '—', '–'])
        || LATER.iter().any(|mark| after.contains(mark))
}

/// Whether the word is part of a reason, which nobody tests, or points back: `for fast queries`, `the appropriate mode`.
fn is_reason(before: &str) -> bool {
    const LAST: [&str; 9] = [
        "for", "the", "fail", "most", "more", "too", "without", "lack", "lacks",
    ];
    let lower = before.to_ascii_lowercase();
    let last = lower.trim_end().rsplit(' ').next().unwrap_or_default();
    LAST.contains(&last)
        || [
            " so that ",
            " in order to ",
            " to ensure ",
            " to avoid ",
            " to support ",
            " to enable ",
            ", ensuring ",
            ", enabling ",
            " damit ",
        ]
        .iter()
        .any(|mark| lower.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sentence: &str) -> Vec<String> {
        hits(sentence)
            .iter()
            .map(|h| format!("{:?} {}", h.kind, &sentence[h.range.clone()]))
            .collect()
    }

    #[test]
    fn phrases_of_four_languages() {
        for (sentence, expected) in [
            ("The page shall load fast", &["Vague fast"][..]),
            (
                "The page shall be user-friendly and, where possible, blue",
                &["Vague user-friendly", "Escape where possible"],
            ),
            ("The page shall show name and/or mail", &["Either and/or"]),
            (
                "The page shall show appropriate, user-friendly and robust suitable texts",
                &[
                    "Vague appropriate",
                    "Vague user-friendly",
                    "Vague robust suitable",
                ],
            ),
            ("The page shall show names, dates, etc.", &["OpenEnded etc"]),
            (
                "Das System muss schnell antworten, wenn möglich",
                &["Vague schnell", "Escape wenn möglich"],
            ),
            ("システムは適切なエラーを表示すること", &["Vague 適切な"]),
            ("系统应尽快返回结果", &["Vague 尽快"]),
        ] {
            assert_eq!(found(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn what_is_no_such_word_is_left_alone() {
        for sentence in [
            "The page shall use the `fast` mode and show \"as required\"",
            "The page shall use fast-forward and breakfast",
            "The page shall send appropriate headers (CSP and HSTS)",
            "THE Página SHALL ser user-friendly cuando el usuario entra",
            "The page shall show the author (if applicable)",
            "THE Page SHALL draw the list again only if necessary",
            "系统应只在必要时重新绘制",
            "WHERE needed fields are missing, THE Page SHALL say which",
            "THE Page SHALL end gracefully and keep the draft",
            "THE Page SHALL be properly cleared with `reset: all`",
            "THE Reader SHALL name them `row_0`, `row_1`, etc., in order",
            "IF somebody without sufficient rights asks, THE Page SHALL refuse",
        ] {
            assert_eq!(found(sentence), [""; 0], "{sentence}");
        }
    }

    #[test]
    fn the_lists_are_well_formed() {
        assert!(LEXICON.automaton.is_some());
        for lists in [
            &english::LISTS,
            &german::LISTS,
            &japanese::LISTS,
            &chinese::LISTS,
        ] {
            for phrase in [lists.vague, lists.open_ended, lists.escape, lists.either].concat() {
                assert_eq!(phrase, phrase.to_lowercase());
                assert_eq!(phrase, phrase.trim());
            }
        }
    }
}
