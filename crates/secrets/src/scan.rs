//! The one pass: every word that can open a secret, and who looks at it.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::{Secret, assignment, connection, pem, token};

/// Who looks at a place.
#[derive(Clone, Copy)]
enum Look {
    Token(&'static token::Form),
    Jwt,
    Pem,
    Connection,
    Assignment,
}

struct Scanner {
    words: AhoCorasick,
    looks: Vec<(&'static str, Look)>,
}

fn scanner() -> Option<&'static Scanner> {
    static SCANNER: OnceLock<Option<Scanner>> = OnceLock::new();
    SCANNER
        .get_or_init(|| {
            let mut looks: Vec<(&'static str, Look)> = token::FORMS
                .iter()
                .map(|form| (form.prefix, Look::Token(form)))
                .collect();
            looks.push(("eyJ", Look::Jwt));
            looks.push((pem::BEGIN, Look::Pem));
            looks.push(("://", Look::Connection));
            looks.extend(assignment::WORDS.iter().map(|&w| (w, Look::Assignment)));
            let words = AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .match_kind(MatchKind::Standard)
                .build(looks.iter().map(|(word, _)| *word))
                .ok()?;
            Some(Scanner { words, looks })
        })
        .as_ref()
}

/// Every secret, in no order, overlapping where two forms fit.
pub fn scan(text: &str) -> Vec<Secret> {
    let mut found = Vec::new();
    let Some(scanner) = scanner() else {
        return found;
    };
    for hit in scanner.words.find_overlapping_iter(text) {
        let (word, look) = scanner.looks[hit.pattern().as_usize()];
        let secret = match look {
            Look::Assignment => assignment::at(text, hit.start(), hit.end()),
            // The forms of tokens are exact; only the names of variables come in any case.
            _ if text.as_bytes()[hit.range()] != *word.as_bytes() => None,
            Look::Token(form) => token::at(text, hit.start(), form),
            Look::Jwt => token::jwt(text, hit.start()),
            Look::Pem => pem::at(text, hit.start()),
            Look::Connection => connection::at(text, hit.start()),
        };
        found.extend(secret);
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_make_a_scanner() {
        assert!(super::scanner().is_some());
    }
}
