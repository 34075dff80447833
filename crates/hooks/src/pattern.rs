//! Regular expressions out of a repository: limited in size and in time.

use std::sync::Arc;

use crate::glob::LONGEST;

/// The most memory a compiled pattern may take, in bytes.
const SIZE: usize = 1 << 20;
/// How often a pattern with lookaround may go back.
const BACKTRACKS: usize = 100_000;

/// An unanchored regular expression.
#[derive(Clone, Debug)]
pub struct Pattern {
    source: String,
    engine: Engine,
}

#[derive(Clone, Debug)]
enum Engine {
    Linear(regex::Regex),
    /// Kiro's regexes have lookaround, which a linear engine cannot have.
    Lookaround(Arc<fancy_regex::Regex>),
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Pattern {}

impl Pattern {
    /// Compiles a pattern. The error is a sentence.
    pub fn new(source: &str) -> Result<Self, String> {
        if source.len() > LONGEST {
            return Err(format!("This pattern is longer than {LONGEST} bytes."));
        }
        let linear = regex::RegexBuilder::new(source)
            .size_limit(SIZE)
            .dfa_size_limit(SIZE)
            .nest_limit(100)
            .build();
        let engine = match linear {
            Ok(regex) => Engine::Linear(regex),
            Err(regex::Error::CompiledTooBig(_)) => {
                return Err("This pattern becomes too big; make it simpler.".to_owned());
            }
            Err(error) if !lookaround(source) => return Err(explain(&error.to_string())),
            Err(_) => fancy_regex::RegexBuilder::new(source)
                .backtrack_limit(BACKTRACKS)
                .delegate_size_limit(SIZE)
                .delegate_dfa_size_limit(SIZE)
                .build()
                .map(|regex| Engine::Lookaround(Arc::new(regex)))
                .map_err(|error| explain(&error.to_string()))?,
        };
        Ok(Self {
            source: source.to_owned(),
            engine,
        })
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Whether it is found anywhere in `text`. A pattern that takes too long counts as not found.
    pub fn is_match(&self, text: &str) -> bool {
        match &self.engine {
            Engine::Linear(regex) => regex.is_match(text),
            Engine::Lookaround(regex) => regex.is_match(text).unwrap_or(false),
        }
    }
}

/// Whether a pattern may use what only the second engine has, and is small enough for it.
fn lookaround(source: &str) -> bool {
    let nested = source.bytes().filter(|b| matches!(b, b'(' | b'[')).count();
    nested <= 100
        && ["(?=", "(?!", "(?<=", "(?<!"]
            .iter()
            .any(|mark| source.contains(mark))
}

/// The last line of a regex error as a sentence.
fn explain(error: &str) -> String {
    let line = error
        .lines()
        .rev()
        .find(|l| !l.trim().is_empty())
        .unwrap_or(error);
    let line = line
        .trim()
        .trim_start_matches("error: ")
        .trim_end_matches('.');
    format!("This is no valid regular expression: {line}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lookaround_is_read_and_nonsense_is_explained() {
        assert!(Pattern::new(r"\.ts$").unwrap().is_match("a/b.ts"));
        let outside = Pattern::new(r"^(?!.*\.test\.ts$).*\.ts$").unwrap();
        assert!(outside.is_match("a.ts"));
        assert!(!outside.is_match("a.test.ts"));
        assert!(Pattern::new(r"src\/a\.ts").unwrap().is_match("src/a.ts"));
        assert!(
            Pattern::new("*.rs")
                .unwrap_err()
                .starts_with("This is no valid regular expression: ")
        );
        assert!(Pattern::new(&"(".repeat(3000)).is_err());
        assert!(Pattern::new(r"\w{1000}{1000}{1000}").is_err());
        assert!(Pattern::new(&"a".repeat(5000)).is_err());
    }

    #[test]
    fn a_pattern_that_goes_back_too_often_ends() {
        let slow =
            Pattern::new(r"(?=a)(a+)+\1$").map(|p| p.is_match(&format!("{}b", "a".repeat(60))));
        assert_ne!(slow, Ok(true));
    }
}
