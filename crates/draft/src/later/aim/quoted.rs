//! The place that holds a text which a person quotes.

use rutter_code::project::is_test_path;

use super::{Aim, Role, Words, around, line_of};
use crate::ground::Ground;
use crate::later::place::{self, Place};
use crate::prompt::names;

/// A text that more files hold says nothing, unless the words around it tell them apart.
const MOST: usize = 4;

/// Words before a quoted text that is still to be written.
const NEW: [&str; 14] = [
    "to",
    "into",
    "in",
    "read",
    "say",
    "be",
    "as",
    "called",
    "with",
    "write",
    "add",
    "placeholder",
    "named",
    "by",
];

/// Where the text that changes stands.
pub fn aims(text: &str, words: &Words, ground: &Ground) -> Vec<Aim> {
    let old: Vec<&str> = names::quotes(text)
        .into_iter()
        .filter(|literal| !is_new(text, literal))
        .collect();
    let found = old
        .iter()
        .find_map(|literal| holder(literal, words, ground))
        .or_else(|| misspelt(text, words, ground));
    let Some((literal, path, at)) = found else {
        return Vec::new();
    };
    let mut aim = Aim::new(at_text(&path, at, ground), Role::Text, String::new());
    if let Some(source) = source(&path, ground) {
        let count = source.matches(literal.as_str()).count();
        let line = line_of(source, at) + 1;
        aim.notes.push(if count > 1 {
            format!("The text stands there {count} times, first in line {line}")
        } else {
            format!("The text stands in line {line}")
        });
    }
    let tests: Vec<String> = ground
        .texts
        .holding(&literal)
        .into_iter()
        .filter(|(other, _)| is_test_path(other))
        .map(|(other, _)| format!("`{other}`"))
        .collect();
    if !tests.is_empty() {
        aim.notes
            .push(format!("{} expects the old text", tests.join(", ")));
    }
    vec![aim]
}

/// The file that holds what is quoted, sources and pages before settings.
pub fn quoted(literals: &[String], ground: &Ground) -> Option<Place> {
    let words = Words::of("");
    literals.iter().find_map(|literal| {
        let (_, path, at) = holder(literal, &words, ground)?;
        Some(at_text(&path, at, ground))
    })
}

fn at_text(path: &str, at: usize, ground: &Ground) -> Place {
    around(path, at, ground).map_or_else(|| Place::file(path), |hit| place::of_hit(&hit))
}

fn source<'g>(path: &str, ground: &'g Ground) -> Option<&'g str> {
    ground
        .texts
        .iter()
        .find(|(known, _)| *known == path)
        .map(|(_, text)| text)
}

/// Whether the words before a quoted text say that it is still to be written.
fn is_new(text: &str, literal: &str) -> bool {
    let Some(at) = text.find(literal) else {
        return false;
    };
    let front = text[..at].trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = front
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    NEW.contains(&last.as_str())
}

/// The literal as it stands, its file and its offset.
fn holder(literal: &str, words: &Words, ground: &Ground) -> Option<(String, String, usize)> {
    let literal = literal.trim().trim_end_matches(['…', ':']);
    let mut found: Vec<(usize, &str, usize)> = ground
        .texts
        .iter()
        .filter(|(path, _)| !is_test_path(path) && !path.starts_with('.'))
        .filter_map(|(path, text)| {
            let at = whole(text, literal)?;
            let shown = shows(text, at, literal.len());
            let source = rutter_code::Language::of_path(path).is_some() || path.ends_with(".html");
            Some((
                4 * usize::from(shown)
                    + 2 * words.shared(stem_of(path)).min(2)
                    + usize::from(source),
                path,
                at,
            ))
        })
        .collect();
    // A word that code uses as a name is no text of the same letters.
    if literal.len() < 4 || !literal.contains(' ') && found.len() > 1 {
        found.retain(|(score, _, _)| *score >= 4);
    }
    found.sort_by_key(|(score, _, _)| std::cmp::Reverse(*score));
    let clear = found.len() <= MOST || found[0].0 > found[1].0;
    let (_, path, at) = found.first().filter(|_| clear)?;
    Some((literal.to_owned(), (*path).to_owned(), *at))
}

fn stem_of(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.split('.').next().unwrap_or(file)
}

/// The first place where a literal stands as whole words.
fn whole(text: &str, literal: &str) -> Option<usize> {
    if literal.chars().count() < 2 {
        return None;
    }
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    let mut first = None;
    for (at, _) in text.match_indices(literal) {
        let bounded =
            edge(text[..at].chars().next_back()) && edge(text[at + literal.len()..].chars().next());
        if bounded && shows(text, at, literal.len()) {
            return Some(at);
        }
        if bounded && first.is_none() {
            first = Some(at);
        }
    }
    first
}

/// Whether what stands there is a text by itself: between quotes or tags.
fn shows(text: &str, at: usize, len: usize) -> bool {
    let before = text[..at].trim_end().chars().next_back();
    let after = text[at + len..].trim_start().chars().next();
    before.is_some_and(|c| matches!(c, '>' | '"' | '\'' | '`' | ':' | '='))
        && after.is_none_or(|c| matches!(c, '<' | '"' | '\'' | '`' | '\n' | '.' | ':' | '?' | '!'))
}

/// A misspelt word that nobody quoted: the one behind "typo" that stands in one file only.
fn misspelt(text: &str, words: &Words, ground: &Ground) -> Option<(String, String, usize)> {
    let lower = text.to_lowercase();
    let at = ["typo", "misspell", "spelling", "spelt", "tippfehler"]
        .iter()
        .find_map(|cue| lower.find(cue))?;
    let after = text
        .get(at..)?
        .split(|c: char| !c.is_alphanumeric())
        .skip(1);
    let all = text.split(|c: char| !c.is_alphanumeric());
    after
        .chain(all)
        .filter(|word| word.len() > 3)
        .find_map(|word| {
            let holders = ground
                .texts
                .iter()
                .filter(|(path, text)| !is_test_path(path) && whole(text, word).is_some())
                .count();
            (holders == 1)
                .then(|| holder(word, words, ground))
                .flatten()
        })
}
