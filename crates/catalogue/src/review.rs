//! What a spec of a class leaves out.

use crate::class::{Class, Criterion};
use crate::words::{has_phrase, stems};

/// A concern that no criterion speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap<'a> {
    /// The concern's key.
    pub concern: &'a str,
    /// The catalogue's criterion for it, slots unfilled.
    pub criterion: &'a Criterion,
}

impl Criterion {
    /// Whether a text already speaks of this criterion's concern.
    #[must_use]
    pub fn is_covered_by(&self, stemmed: &[String]) -> bool {
        self.covers.iter().any(|phrase| has_phrase(stemmed, phrase))
    }
}

pub(crate) fn review<'a>(class: &'a Class, criteria: &[&str]) -> Vec<Gap<'a>> {
    let stemmed: Vec<Vec<String>> = criteria.iter().map(|text| stems(text)).collect();
    class
        .criteria
        .iter()
        .filter(|criterion| !stemmed.iter().any(|text| criterion.is_covered_by(text)))
        .map(|criterion| Gap {
            concern: &criterion.concern,
            criterion,
        })
        .collect()
}
