//! Phrases of a class, compiled once, and where they stand in a text.

use std::collections::HashMap;
use std::ops::Range;

use crate::words::{is_cjk, stem};

/// A word of a text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Lower-case word as written.
    pub word: String,
    /// Its stem.
    pub stem: String,
    /// Bytes in the lower-case text.
    pub range: Range<usize>,
    /// The punctuation in front of it: `.` ends a sentence, `,` a clause.
    pub before: Option<char>,
    /// Whether it stands as `--word`.
    pub dashed: bool,
}

/// The words of a lower-case text.
pub(crate) fn tokens(lower: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut start = None;
    let mut before = None;
    for (at, c) in lower.char_indices().chain([(lower.len(), ' ')]) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            let word = lower[from..at].to_owned();
            out.push(Token {
                stem: stem(&word),
                word,
                range: from..at,
                before: before.take(),
                dashed: lower[..from].ends_with("--"),
            });
        }
        let next_is_space = lower[at..].chars().nth(1).is_none_or(char::is_whitespace);
        match c {
            // A dot inside "v1.2" or "e.g." divides nothing.
            '.' | '!' | '?' | ':' if next_is_space => before = Some('.'),
            ';' | '\n' | '。' | '！' | '？' => before = Some('.'),
            ',' | '、' | '，' | '(' | ')' | '–' | '—' if before.is_none() => {
                before = Some(',')
            }
            '-' if next_is_space && before.is_none() => before = Some(','),
            _ => {}
        }
    }
    out
}

/// How many words a `*` between two words may stand for.
const GAP: usize = 5;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Word(String),
    Prefix(String),
    /// This form of the word and no other: "rating" is not "rate".
    Exact(String),
    /// A version number such as `v2` or `4.17`.
    Version,
    /// A word written as `--word`.
    Dashed,
    Gap,
}

impl Part {
    fn fits(&self, token: &Token, next: Option<&Token>) -> bool {
        match self {
            Part::Word(stem) => *stem == token.stem,
            Part::Prefix(start) => token.word.starts_with(start.as_str()),
            Part::Exact(word) => *word == token.word,
            Part::Version => is_version(token, next),
            Part::Dashed => token.dashed,
            Part::Gap => false,
        }
    }
}

fn is_version(token: &Token, next: Option<&Token>) -> bool {
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let dotted = next.is_some_and(|next| {
        next.range.start == token.range.end + 1 && next.before.is_none() && number(&next.word)
    });
    token.word.strip_prefix('v').is_some_and(number) || number(&token.word) && dotted
}

/// The words of a phrase. `cach*` matches by its start, `=rating` in this form only, `#` a version, `--*` a flag; a `*` of
/// its own stands for up to five words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    parts: Vec<Part>,
}

impl Pattern {
    /// Compiles a phrase; `None` when it holds no word or begins with a gap.
    pub fn new(phrase: &str) -> Option<Self> {
        let lower = phrase.to_lowercase();
        let mut parts = Vec::new();
        for piece in lower.split_whitespace() {
            if let Some(part) = match piece {
                "*" => Some(Part::Gap),
                "#" => Some(Part::Version),
                "--*" => Some(Part::Dashed),
                _ => None,
            } {
                parts.push(part);
                continue;
            }
            if let Some(word) = piece.strip_prefix('=') {
                parts.extend(crate::words::words(word).into_iter().map(Part::Exact));
                continue;
            }
            let open = piece.ends_with('*');
            let words = crate::words::words(piece);
            let last = words.len().saturating_sub(1);
            parts.extend(words.into_iter().enumerate().map(|(at, word)| {
                if open && at == last {
                    Part::Prefix(word)
                } else {
                    Part::Word(stem(&word))
                }
            }));
        }
        (!matches!(parts.first(), None | Some(Part::Gap)) && parts.last() != Some(&Part::Gap))
            .then_some(Self { parts })
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.parts.iter().filter(|part| **part != Part::Gap).count()
    }

    /// The tokens it covers when it begins at this one. It never runs over the end of a sentence.
    pub fn at(&self, tokens: &[Token], from: usize) -> Option<Range<usize>> {
        let end = fits(&self.parts, tokens, from, from)?;
        Some(from..end)
    }
}

fn fits(parts: &[Part], tokens: &[Token], from: usize, at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(at);
    };
    let joined = |at: usize| {
        at == from
            || tokens
                .get(at)
                .is_some_and(|token| token.before != Some('.'))
    };
    if *part == Part::Gap {
        return (0..=GAP)
            .take_while(|skip| *skip == 0 || joined(at + skip - 1))
            .find_map(|skip| fits(rest, tokens, from, at + skip));
    }
    let token = tokens.get(at)?;
    (joined(at) && part.fits(token, tokens.get(at + 1)))
        .then(|| fits(rest, tokens, from, at + 1))
        .flatten()
}

/// What kind of evidence a phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Strong,
    Weak,
    Against,
}

/// A phrase of a class.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Which class, by its place in the catalogue.
    pub class: usize,
    pub kind: Kind,
    pattern: Pattern,
    /// The phrase as it stands in the class: kind, language and place there.
    pub phrase: String,
}

impl Entry {
    /// How many words it has.
    pub fn len(&self) -> usize {
        self.pattern.len()
    }
}

/// Every phrase of a catalogue by its first word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    entries: Vec<Entry>,
    by_word: HashMap<String, Vec<usize>>,
    by_prefix: Vec<usize>,
}

impl Index {
    pub fn add(&mut self, class: usize, kind: Kind, phrase: &str) {
        let Some(pattern) = Pattern::new(phrase) else {
            return;
        };
        let at = self.entries.len();
        match &pattern.parts[0] {
            Part::Word(stem) => self.by_word.entry(stem.clone()).or_default().push(at),
            Part::Exact(word) => self.by_word.entry(stem(word)).or_default().push(at),
            _ => self.by_prefix.push(at),
        }
        self.entries.push(Entry {
            class,
            kind,
            pattern,
            phrase: phrase.to_owned(),
        });
    }

    /// Every phrase found, with the tokens it covers.
    pub fn find(&self, tokens: &[Token]) -> Vec<(&Entry, Range<usize>)> {
        let mut out = Vec::new();
        for (from, token) in tokens.iter().enumerate() {
            let by_word = self
                .by_word
                .get(&token.stem)
                .map(Vec::as_slice)
                .unwrap_or_default();
            for entry in by_word
                .iter()
                .chain(&self.by_prefix)
                .map(|at| &self.entries[*at])
            {
                if let Some(range) = entry.pattern.at(tokens, from) {
                    out.push((entry, range));
                }
            }
        }
        out
    }
}

/// Where a part of a foreign word stands, in bytes of the lower-case text.
///
/// `^suche` finds it only at the start of a word, so that "besuchen" is none.
pub(crate) fn find_part(lower: &str, part: &str) -> Vec<Range<usize>> {
    let (part, at_start) = part
        .strip_prefix('^')
        .map_or((part, false), |part| (part, true));
    if part.len() > lower.len() {
        return Vec::new();
    }
    let latin = !part.chars().any(is_cjk);
    // A short Latin part inside a longer word is chance.
    let bounded = latin && part.chars().count() <= 4;
    lower
        .match_indices(part)
        .map(|(at, found)| at..at + found.len())
        .filter(|range| {
            let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let (begins, ends) = (
                !inside(lower[..range.start].chars().next_back()),
                !inside(lower[range.end..].chars().next()),
            );
            (begins || !bounded && !at_start) && (ends || !bounded || at_start)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrase: &str, text: &str) -> bool {
        let tokens = tokens(&text.to_lowercase());
        let mut index = Index::default();
        index.add(0, Kind::Strong, phrase);
        !index.find(&tokens).is_empty()
    }

    #[test]
    fn phrases_stand_in_one_sentence() {
        assert!(found(
            "raise * limit",
            "Raise the upload size limit to 20 MB"
        ));
        assert!(!found("raise * limit", "Raise the roof. Then limit it"));
        assert!(!found(
            "raise * limit",
            "Raise one two three four five six limits"
        ));
        assert!(found("paginat*", "Paginate the list"));
        assert!(found("sign in", "Users sign-in twice"));
        assert!(!found("v1 rename", "bump to v1. Rename it"));
        assert!(found("2fa", "add 2FA"));
        assert!(found("=rating", "Add a rating") && !found("=rating", "the rate of change"));
        assert!(
            found("update * to #", "Update lodash to 4.17.21")
                && found("update * to #", "update the SDK to v3")
        );
        assert!(!found("update * to #", "update the list to 100 rows"));
        assert!(found("--*", "add --json to list") && !found("--*", "add json - to list"));
    }

    #[test]
    fn parts_may_be_bound_to_the_start_of_a_word() {
        assert_eq!(find_part("eine suche", "^suche").first(), Some(&(5..10)));
        assert!(find_part("wir besuchen", "^such").is_empty());
        assert!(find_part("el cliente", "cli").is_empty());
        assert_eq!(find_part("suchfeld", "^such").first(), Some(&(0..4)));
    }

    #[test]
    fn a_phrase_without_a_word_is_none() {
        assert_eq!(Pattern::new("  "), None);
        assert_eq!(Pattern::new("* x"), None);
        assert_eq!(Pattern::new("x *"), None);
    }
}
