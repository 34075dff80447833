//! Which classes a text speaks of.

use crate::class::Class;
use crate::language::{Language, guess};
use crate::words::{has_phrase, stems};

const STRONG: i32 = 3;
const WEAK: i32 = 1;
const AGAINST: i32 = 4;
const THRESHOLD: i32 = 3;

/// A class that a text speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Match<'a> {
    /// The class.
    pub class: &'a Class,
    /// How strongly; only good for comparing.
    pub score: i32,
    /// The words that showed it.
    pub why: Vec<&'a str>,
}

pub(crate) fn classify<'a>(classes: &'a [Class], text: &str) -> Vec<Match<'a>> {
    let language = guess(text);
    let stemmed = stems(text);
    let lower = text.to_lowercase();
    let mut found: Vec<Match<'a>> = classes
        .iter()
        .filter_map(|class| {
            let found = score(class, &stemmed, &lower, language);
            (found.score >= THRESHOLD).then_some(found)
        })
        .collect();
    // Stable: equal scores keep the catalogue's order.
    found.sort_by_key(|found| -found.score);
    found
}

fn score<'a>(class: &'a Class, stemmed: &[String], lower: &str, language: Language) -> Match<'a> {
    let mut total = 0;
    let mut why = Vec::new();
    let mut add = |phrase: &'a str, weight: i32| {
        total += weight;
        if weight > 0 {
            why.push(phrase);
        }
    };
    for (list, weight) in [(&class.strong, STRONG), (&class.weak, WEAK), (&class.not, -AGAINST)] {
        for phrase in list.iter().filter(|phrase| has_phrase(stemmed, phrase)) {
            // A longer phrase is better evidence than a single word.
            let bonus = i32::from(weight == STRONG && phrase.contains(' '));
            add(phrase, weight + bonus);
        }
    }
    if language != Language::English
        && let Some(parts) = class.words.get(language.code())
    {
        for part in parts.iter().filter(|part| lower.contains(part.as_str())) {
            add(part, STRONG);
        }
    }
    Match { class, score: total, why }
}
