//! Where one criterion ends and a second begins that it hides.

use std::ops::Range;

use super::is_quoted;
use crate::Criterion;

/// Where a sentence may be cut: between sentences and clauses, else where two subjects of one verb may meet too.
const JOINTS: [&[&str]; 2] = [
    &[
        ". ",
        "; and ",
        "; ",
        " — and ",
        " — ",
        " – ",
        ", and ",
        ", but ",
        ", so ",
        ", und ",
        ", aber ",
    ],
    &[" and ", " AND ", " but ", " und ", " UND ", ", "],
];
/// Words behind a dash that say the same once more, not something else: `— there SHALL NOT be another`.
const ONCE_MORE: [&str; 5] = ["there ", "it ", "no ", "this ", "es "];
/// Words that make what follows a part of the clause in front.
const RELATIVE: [&str; 14] = [
    "that", "which", "who", "whose", "where", "when", "if", "because", "so", "how", "whether",
    "dass", "wenn", "what",
];
/// Words that rule out all else.
const EXCLUSIVE: [&str; 4] = ["only", "solely", "exclusively", "read-only"];

/// Where one requirement ends and the next begins, in bytes of the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seam {
    /// What joins them.
    pub joint: Range<usize>,
    /// The second, from its subject or verb to the end.
    pub second: Range<usize>,
    /// The first binding verb.
    pub verb: Range<usize>,
    /// The second.
    pub again: Range<usize>,
    /// How often it stands in the sentence.
    pub times: usize,
}

/// Finds it: two binding verbs, and between them a joint that opens no subordinate clause.
pub(super) fn seam(criterion: &Criterion) -> Option<Seam> {
    let sentence = criterion.sentence();
    let mut binding = criterion
        .binding()
        .filter(|k| k.end <= sentence.len() && !is_quoted(sentence, k.start));
    let verb = binding.next()?;
    binding
        .filter(|k| sentence[(*k).clone()] == sentence[verb.clone()])
        .find_map(|again| {
            let between = &sentence[verb.end..again.start];
            let (at, joint) = JOINTS.iter().find_map(|level| last(between, level))?;
            let subject = &between[at + joint.len()..];
            let relative = !opens_condition(subject)
                && subject
                    .split(|c: char| !c.is_alphabetic())
                    .any(|w| RELATIVE.iter().any(|r| w.eq_ignore_ascii_case(r)));
            let says_again = matches!(joint, " — " | " – ")
                && ONCE_MORE
                    .iter()
                    .any(|w| starts_with(subject.trim_start(), w));
            // `SHALL only read, and SHALL NOT write` is one promise, said from both sides.
            let both_sides = subject.trim().is_empty()
                && starts_with(&sentence[again.end..], " not ")
                && between.split([' ', ',']).any(|w| EXCLUSIVE.contains(&w));
            let joint = verb.end + at..verb.end + at + joint.len();
            let inside = open_brackets(&sentence[..joint.start]);
            (!relative && !says_again && !both_sides && !inside).then(|| Seam {
                second: joint.end..sentence.len(),
                joint,
                verb: verb.clone(),
                times: criterion
                    .binding()
                    .filter(|k| {
                        k.end <= sentence.len() && sentence[k.clone()] == sentence[again.clone()]
                    })
                    .count(),
                again,
            })
        })
}

/// The last of some joints, and which it is; the longest where several end at one place.
fn last(between: &str, joints: &[&'static str]) -> Option<(usize, &'static str)> {
    joints
        .iter()
        .filter_map(|joint| {
            between
                .rmatch_indices(joint)
                .map(|(at, _)| at)
                .find(|&at| *joint != ". " || ends_sentence(between, at))
                .map(|at| (at, *joint))
        })
        .max_by_key(|(at, joint)| (at + joint.len(), joint.len()))
}

/// Whether a full stop is one, and not that of `e.g.`.
fn ends_sentence(text: &str, stop: usize) -> bool {
    let before = text[..stop].rsplit([' ', '(']).next().unwrap_or_default();
    !matches!(
        before,
        "e.g" | "i.e" | "etc" | "vs" | "z. B" | "B" | "bzw" | "ca"
    ) && text[stop + 1..]
        .trim_start()
        .starts_with(|c: char| !c.is_lowercase())
}

/// Whether a sentence opens with a trigger of its own.
pub(crate) fn opens_condition(sentence: &str) -> bool {
    const OPENERS: [&str; 7] = [
        "when ", "while ", "where ", "if ", "wenn ", "falls ", "sobald ",
    ];
    OPENERS.iter().any(|opener| starts_with(sentence, opener))
}

fn open_brackets(text: &str) -> bool {
    text.matches(['(', '（']).count() > text.matches([')', '）']).count()
}

fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word))
}
