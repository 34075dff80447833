//! Where one criterion ends and a second begins that it hides.

use std::ops::Range;

use super::is_quoted;
use crate::Criterion;

/// Where a sentence may be cut, longest first.
const JOINTS: [&str; 16] = [
    ", und ", ", and ", ", but ", " AND ", " and ", " und ", " but ", ", aber ", "; and ", "; ",
    ". ", " — ", " – ", ", so ", ", ", " UND ",
];
/// Words that make what follows a part of the clause in front.
const RELATIVE: [&str; 14] = [
    "that", "which", "who", "whose", "where", "when", "if", "because", "so", "how", "whether",
    "dass", "wenn", "what",
];
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
}

/// Finds it: two binding verbs, and between them a joint that opens no subordinate clause.
pub(super) fn seam(criterion: &Criterion) -> Option<Seam> {
    let sentence = criterion.text.as_str();
    let mut binding = criterion
        .binding()
        .filter(|k| !is_quoted(sentence, k.start));
    let verb = binding.next()?;
    binding
        .filter(|k| sentence[(*k).clone()] == sentence[verb.clone()])
        .find_map(|again| {
            let between = &sentence[verb.end..again.start];
            let depth = |s: &str| {
                s.matches(['(', '（']).count() as i32 - s.matches([')', '）']).count() as i32
            };
            let (at, joint) = JOINTS
                .iter()
                .filter_map(|j| between.rfind(j).map(|at| (at, *j)))
                // The joint that leaves least between it and the verb; of two that do, the longer.
                .max_by_key(|(at, j)| (at + j.len(), j.len()))?;
            let subject = &between[at + joint.len()..];
            let relative = subject
                .split(|c: char| !c.is_alphabetic())
                .any(|w| RELATIVE.iter().any(|r| w.eq_ignore_ascii_case(r)));
            let joint = verb.end + at..verb.end + at + joint.len();
            (!relative && depth(&sentence[..joint.start]) == 0).then(|| Seam {
                second: joint.end..sentence.len(),
                joint,
                verb: verb.clone(),
                again,
            })
        })
}
