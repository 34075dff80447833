//! Criteria that bind nobody.

use std::ops::Range;

use super::is_quoted;
use super::language::{self, Language};
use crate::Criterion;

/// A binding verb is lacking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lack {
    /// The verb that stands in its place, in bytes of the sentence.
    pub weak: Option<Range<usize>>,
}

/// What a criterion lacks; `None` where it binds, or where its language is not known.
pub(super) fn lack(criterion: &Criterion) -> Option<Lack> {
    // `MAY` is a word of its own right (RFC 2119): it permits.
    if criterion.binds() || criterion.text.contains(" MAY ") {
        return None;
    }
    let sentence = criterion.sentence();
    match language::guess(sentence)? {
        Language::English => Some(Lack {
            weak: weak(sentence, &["should", "will", "needs to", "has to"]),
        }),
        Language::German => {
            let binding = [
                "muss", "müssen", "soll", "sollen", "darf", "dürfen", "hat", "haben", "ist", "sind",
            ];
            let bound = sentence
                .split(|c: char| !c.is_alphabetic())
                .any(|w| binding.contains(&w.to_lowercase().as_str()));
            (!bound).then(|| Lack {
                weak: weak(sentence, &["sollte", "sollten"]),
            })
        }
        Language::Japanese => (!ends_in_verb(sentence)).then_some(Lack { weak: None }),
        Language::Chinese => {
            let said = [
                "系统", "系統", "会", "會", "将", "將", "不得", "禁止", "可以", "能够", "能夠",
                "则", "則", "时", "時",
            ];
            (!criterion.ears.modal && !said.iter().any(|w| sentence.contains(w)))
                .then_some(Lack { weak: None })
        }
    }
}

/// Whether a sentence opens with a label in bold letters that ends in a colon: among criteria in EARS, it is a note.
pub(crate) fn is_note(sentence: &str) -> bool {
    sentence
        .strip_prefix("**")
        .and_then(|rest| rest.split_once("**"))
        .is_some_and(|(label, rest)| label.ends_with([':', '：']) || rest.starts_with([':', '：']))
}

/// The first of some words outside code and quotations.
fn weak(sentence: &str, list: &[&str]) -> Option<Range<usize>> {
    let lower = sentence.to_ascii_lowercase();
    let whole = |at: usize, end: usize| {
        !sentence[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-')
            && !sentence[end..]
                .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '\''))
    };
    list.iter()
        .flat_map(|word| lower.match_indices(word).map(|(at, w)| at..at + w.len()))
        .filter(|r| whole(r.start, r.end) && !is_quoted(sentence, r.start))
        .min_by_key(|r| r.start)
}

/// Whether a Japanese sentence says what happens: it ends in a verb, as a list entry ends in a noun.
fn ends_in_verb(sentence: &str) -> bool {
    let mut end = sentence.trim_end_matches(['。', '．', '.', ' ']);
    // A remark in brackets stands behind the verb.
    for (open, close) in [('（', '）'), ('(', ')')] {
        if end.ends_with(close)
            && let Some(at) = end.rfind(open)
        {
            end = end[..at].trim_end_matches(['。', ' ']);
        }
    }
    end.chars()
        .next_back()
        .is_some_and(|c| matches!(c, '\u{3040}'..='\u{309f}'))
}
