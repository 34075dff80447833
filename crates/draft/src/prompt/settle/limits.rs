//! What a sentence leaves out of the work, and what only sounds as if it did.

use super::{Before, own_words};
use crate::prompt::split::Sentence;
use crate::prompt::{Prompt, tell, wording};

/// "Leave out ferries", "What we don't want: fax", "Mugs aren't part of this": what the whole sentence leaves out.
pub(super) fn leaves_out(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let behind = [
        "leave out ",
        "what we don't want: ",
        "what we do not want: ",
        "what we don't need: ",
        "what we do not need: ",
        "we don't want ",
        "we do not want ",
        "not wanted: ",
        "not needed: ",
        "out of scope: ",
        "not now: ",
        "not in scope: ",
        "no need for ",
    ]
    .iter()
    .find_map(|cue| lower.strip_prefix(cue).map(|_| cue.len()));
    if let Some(at) = behind {
        return text.is_char_boundary(at).then(|| text[at..].to_owned());
    }
    ["part of this", "in scope"]
        .iter()
        .any(|cue| lower.contains(cue))
        .then_some(())?;
    [
        "n't part of this",
        " not part of this",
        "n't in scope",
        " not in scope",
    ]
    .iter()
    .any(|cue| lower.contains(cue))
    .then(|| text.to_owned())
}

/// A rule that says "no" is no limit of the scope: "no ticket or a torn one is refused".
pub(super) fn take_back_exclusions(sentence: &Sentence, before: &Before, prompt: &mut Prompt) {
    if prompt.exclusions.len() == before.exclusions {
        return;
    }
    let lower = sentence.text.to_lowercase();
    let list: Vec<&str> = lower.split_whitespace().collect();
    let says_so = SCOPE.iter().any(|cue| lower.contains(cue));
    // "No password ever gets into it" has a verb of its own.
    let is_rule = prompt.exclusions[before.exclusions..].iter().any(|found| {
        let what = found.what.to_lowercase();
        let words: Vec<&str> = what.split_whitespace().collect();
        words.len() > 3
            && (tell::main_verb(&words).is_some()
                || what.contains(" ever ")
                || what.contains(" no "))
    });
    if !is_rule && (says_so || tell::main_verb(&list).is_none()) {
        return;
    }
    prompt.exclusions.truncate(before.exclusions);
    prompt.wants.truncate(before.wants);
    let text = wording::without_fillers(sentence.text.trim());
    prompt.wants.push(own_words(sentence, &text));
}

/// The text in front of "…, no X and no Y" at its end, and what that leaves out. A tail with a verb of its own is a rule.
pub(super) fn part_tail(text: &str) -> (String, Vec<String>) {
    let whole = (text.to_owned(), Vec::new());
    let lower = text.to_lowercase();
    let cut = [
        ", and please no ",
        ", please no ",
        ", and no ",
        ", but no ",
        " but no ",
        ", there is no ",
        ", and there is no ",
        ", no ",
        "; no ",
        " - no ",
    ]
    .iter()
    .filter_map(|cue| lower.find(cue))
    .min();
    let Some(at) =
        cut.filter(|at| text.is_char_boundary(*at) && text[..*at].split_whitespace().count() >= 4)
    else {
        return whole;
    };
    let mut left_out = Vec::new();
    for piece in text[at..]
        .split([',', ';'])
        .flat_map(|piece| piece.split(" and "))
    {
        let piece = piece.trim().trim_start_matches("- ");
        if piece.is_empty() {
            continue;
        }
        let bare = [
            "please no ",
            "there is no ",
            "and please no ",
            "but no ",
            "no ",
        ]
        .iter()
        .find_map(|cue| {
            piece
                .to_lowercase()
                .strip_prefix(cue)
                .map(|_| &piece[cue.len()..])
        });
        match bare {
            Some(what) if what.split_whitespace().count() <= 4 => left_out.push(what.to_owned()),
            // Something else follows: the sentence stays whole.
            _ => return whole,
        }
    }
    (text[..at].to_owned(), left_out)
}

/// Words that limit what is to be built.
const SCOPE: [&str; 34] = [
    "out of scope",
    "don't need",
    "do not need",
    "doesn't need",
    "no need",
    "not needed",
    "isn't needed",
    "not part of",
    "not in this",
    "don't want",
    "do not want",
    "we don't have to",
    "leave out",
    "leave the",
    "leave it",
    "alone",
    "skip ",
    "not now",
    "later",
    "for now",
    "please no",
    "without ",
    "except",
    "but no ",
    "and no ",
    ", no ",
    "; no ",
    "not asking",
    "don't touch",
    "do not touch",
    "don't add",
    "do not add",
    "don't change",
    "do not change",
];
