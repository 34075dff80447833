//! The terms of a glossary: what is one, and which of them a spec uses.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::Context;
use crate::wording::is_cjk;
use crate::wording::terms::{key, parts, singular, snake_words};
use crate::{Requirements, Term};

/// The names that an entry gives: `Model Context Protocol (MCP)` and `Box / Crate` give two.
fn names(entry: &str) -> impl Iterator<Item = &str> {
    entry
        .split(['(', ')', '（', '）', '/', '、', ',', '，', '`', '「', '」'])
        .map(|name| name.trim_matches([' ', '*', '_', '"']))
        .filter(|name| name.chars().any(char::is_alphanumeric))
}

/// What the rules work out of a glossary, each when it is first asked for; kept while its entries say the same.
#[derive(Debug, Default)]
pub(crate) struct Glossary {
    /// The names that it defines, in their one form.
    keys: OnceLock<HashSet<String>>,
    spellings: OnceLock<Spellings>,
}

/// The names that a glossary defines.
pub(super) struct Known<'a> {
    terms: &'a [Term],
    keys: &'a HashSet<String>,
}

impl<'a> Known<'a> {
    pub fn new(requirements: &'a Requirements) -> Self {
        let terms = &requirements.terms;
        let keys = requirements.glossary.keys.get_or_init(|| keys(terms));
        Self { terms, keys }
    }

    /// Whether a name in its one form is defined.
    pub fn has(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// The term that a slip of the hand may have meant.
    pub fn nearest(&self, name: &str) -> Option<&'a str> {
        let wanted = key(name);
        let allowed = if wanted.len() > 8 { 2 } else { 1 };
        let length = wanted.chars().count();
        self.terms
            .iter()
            .filter_map(|t| {
                let own = key(&t.name);
                // As many letters more or fewer are as many slips.
                (own.chars().count().abs_diff(length) <= allowed)
                    .then(|| (strsim::osa_distance(&own, &wanted), t.name.as_str()))
            })
            .filter(|(distance, _)| *distance <= allowed)
            .min()
            .map(|(_, name)| name)
    }
}

fn keys(terms: &[Term]) -> HashSet<String> {
    let mut keys: HashSet<String> = HashSet::new();
    for term in terms {
        keys.insert(key(&term.name));
        keys.extend(names(&term.name).map(key));
        // A definition may name its own variants: `(also Auth_Svc)`.
        keys.extend(snake_words(&term.definition).map(|r| key(&term.definition[r])));
    }
    keys
}

/// One way to write a term: its words without plural endings.
#[derive(Debug)]
struct Spelling {
    term: usize,
    words: Vec<String>,
}

/// The ways to write the terms, by what each begins with.
#[derive(Debug)]
struct Spellings {
    /// Finds the beginnings; only a glossary of gigabytes has none.
    starts: Option<AhoCorasick>,
    of_start: Vec<Vec<Spelling>>,
}

impl Spellings {
    fn new(terms: &[Term]) -> Self {
        let mut starts: Vec<String> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut of_start: Vec<Vec<Spelling>> = Vec::new();
        let mut add = |spelling: Spelling| {
            let Some(first) = spelling.words.first() else {
                return;
            };
            // "Policy" begins as "policies" does.
            let start = first
                .strip_suffix('y')
                .filter(|s| !s.is_empty())
                .unwrap_or(first);
            let place = *places.entry(start.to_owned()).or_insert_with(|| {
                starts.push(start.to_owned());
                of_start.push(Vec::new());
                starts.len() - 1
            });
            of_start[place].push(spelling);
        };
        for (term, entry) in terms.iter().enumerate() {
            for name in names(&entry.name) {
                let words: Vec<String> = parts(name)
                    .map(|r| singular(name[r].to_lowercase()))
                    .collect();
                if words.len() > 1 {
                    let joined = singular(words.concat());
                    add(Spelling {
                        term,
                        words: vec![joined],
                    });
                }
                add(Spelling { term, words });
            }
        }
        let starts = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&starts)
            .ok();
        Self { starts, of_start }
    }
}

/// The terms that no document of the spec uses, outside of their own entries.
pub(super) fn unused<'a>(context: &Context<'_>, requirements: &'a Requirements) -> Vec<&'a Term> {
    let terms = &requirements.terms;
    let spellings = &requirements.glossary.spellings;
    let spellings = spellings.get_or_init(|| Spellings::new(terms));
    let mut used = vec![false; terms.len()];
    let mut left = terms.len();
    let own = context.spec.wanted().map(|(document, _)| document);
    let Some(automaton) = &spellings.starts else {
        return Vec::new();
    };
    for (document, source) in context.spec.documents() {
        let text = source.text();
        for hit in automaton.find_iter(text) {
            if left == 0 {
                return Vec::new();
            }
            let start = hit.start();
            let glued = |c: char| c.is_alphanumeric() && !is_cjk(c);
            let inside = text[..start].ends_with(glued) && text[start..].starts_with(glued);
            if inside {
                continue;
            }
            for spelling in &spellings.of_start[hit.pattern().as_usize()] {
                let entry = &terms[spelling.term].range;
                let at_home = Some(document) == own && entry.contains(&start);
                if !used[spelling.term] && !at_home && is_spelt(text, start, &spelling.words) {
                    used[spelling.term] = true;
                    left -= 1;
                }
            }
        }
    }
    terms
        .iter()
        .zip(used)
        .filter(|(_, used)| !used)
        .map(|(term, _)| term)
        .collect()
}

/// Whether these words stand at an offset, divided by at most a space, an underscore or a hyphen.
fn is_spelt(text: &str, from: usize, words: &[String]) -> bool {
    let window = &text[from..];
    let mut end = 0;
    let mut found = parts(window);
    words.iter().all(|word| {
        let Some(range) = found.next() else {
            return false;
        };
        let near = range.start <= end + 1;
        end = range.end;
        let written = &window[range];
        // A script without spaces has no words: the term may go on with another.
        let dense = word.starts_with(is_cjk) && written.starts_with(word.as_str());
        near && (dense || singular(written.to_lowercase()) == *word)
    })
}
