//! Pieces of code that can be compared over time: each symbol with a digest that changes only when the code does.

use std::fmt;
use std::ops::Range;

use sha2::{Digest as _, Sha256};
use tree_sitter::Tree;

use crate::comments::comments_of;
use crate::parse::parse;
use crate::symbols::symbols_of;
use crate::words::{Said, Word, words};
use crate::{Language, Symbol, SymbolKind};

/// The hash of a piece of code without its comments, the space between its words and what else formatters choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodeDigest(u64);

impl fmt::Display for CodeDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl std::str::FromStr for CodeDigest {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

/// A symbol as it is at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name as written; for a test with a title, the title.
    pub name: String,
    /// The name of the nearest symbol it belongs to.
    pub container: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// The whole declaration in bytes, without the comment above.
    pub range: Range<usize>,
    /// The name in bytes.
    pub name_range: Range<usize>,
    /// A test, or a group of tests.
    pub is_test: bool,
    /// What its code is. The order of the functions in it says nothing.
    pub digest: CodeDigest,
    /// Of one that holds others: what its code is without theirs.
    pub frame: Option<CodeDigest>,
}

impl Unit {
    /// The name with what it belongs to: `Cart.total`.
    pub fn full_name(&self) -> String {
        match &self.container {
            Some(container) => format!("{container}.{}", self.name),
            None => self.name.clone(),
        }
    }
}

/// The units of a text, in source order.
pub fn units(language: Language, text: &str) -> Vec<Unit> {
    let Some(tree) = parse(language, text) else {
        return Vec::new();
    };
    let comments = comments_of(text, &tree);
    let symbols = symbols_of(language, text, &tree);
    let digests = Digests::of(language, text, &tree, &comments, &symbols);
    (0..symbols.len()).map(|at| digests.unit(at)).collect()
}

/// The hash of a whole text; `None` where it can't be parsed.
pub fn digest(language: Language, text: &str) -> Option<CodeDigest> {
    let tree = parse(language, text)?;
    let comments = comments_of(text, &tree);
    let digests = Digests::of(language, text, &tree, &comments, &[]);
    Some(digests.hash(&(0..text.len()), &[]).0)
}

/// Hashes the symbols of a text that is parsed.
pub(crate) struct Digests<'t> {
    words: Vec<Word<'t>>,
    symbols: &'t [Symbol],
}

impl<'t> Digests<'t> {
    /// Reads the words; `comments` and `symbols` are those of the text, in order.
    pub(crate) fn of(
        language: Language,
        text: &'t str,
        tree: &'t Tree,
        comments: &[Range<usize>],
        symbols: &'t [Symbol],
    ) -> Self {
        Self {
            words: words(language, text, tree, comments),
            symbols,
        }
    }

    /// A symbol with its digest.
    pub(crate) fn unit(&self, at: usize) -> Unit {
        let symbol = &self.symbols[at];
        let held = self.held(at);
        let (digest, frame) = self.whole(at, &held);
        Unit {
            name: symbol.name.clone(),
            container: symbol.container.clone(),
            kind: symbol.kind,
            range: symbol.range.clone(),
            name_range: symbol.name_range.clone(),
            is_test: symbol.is_test,
            digest,
            frame: (!held.is_empty()).then_some(frame),
        }
    }

    /// The symbols in one that are in no other in it.
    fn held(&self, at: usize) -> Vec<usize> {
        let around = &self.symbols[at].range;
        let mut held: Vec<usize> = Vec::new();
        let mut end = around.start;
        for (other, symbol) in self.symbols.iter().enumerate().skip(at + 1) {
            if symbol.range.start >= around.end {
                break;
            }
            let is_inside = symbol.range.end <= around.end && symbol.range != *around;
            // What registers a route is the code of what answers it.
            if is_inside && symbol.range.start >= end && symbol.kind != SymbolKind::Route {
                held.push(other);
                end = symbol.range.end;
            }
        }
        held
    }

    fn whole(&self, at: usize, held: &[usize]) -> (CodeDigest, CodeDigest) {
        self.hash(&self.symbols[at].range, held)
    }

    /// Of a range: the hash of all in it, and of what is in none of some symbols in it.
    fn hash(&self, range: &Range<usize>, held: &[usize]) -> (CodeDigest, CodeDigest) {
        let mut hash = Sha256::new();
        if held.is_empty() {
            self.feed(&mut hash, range.clone(), true);
            let all = short(hash);
            return (all, all);
        }
        let mut from = range.start;
        for inner in held {
            let inner = &self.symbols[*inner].range;
            self.feed(&mut hash, from..inner.start, false);
            from = inner.end;
        }
        self.feed(&mut hash, from..range.end, false);
        let frame = short(hash.clone());
        let is_callable = |at: &&usize| {
            matches!(
                self.symbols[**at].kind,
                SymbolKind::Function | SymbolKind::Method
            )
        };
        let whole = |at: &usize| self.whole(*at, &self.held(*at)).0;
        let mut moving: Vec<CodeDigest> = held.iter().filter(is_callable).map(whole).collect();
        moving.sort_unstable();
        let staying = held.iter().filter(|at| !is_callable(at)).map(whole);
        for digest in staying.chain(moving) {
            hash.update(digest.0.to_be_bytes());
        }
        (short(hash), frame)
    }

    /// The words of a range. Where nodes start and end is left out at its bounds, where that may be of what is around, and
    /// between pieces, whose neighbours may move.
    fn feed(&self, hash: &mut Sha256, range: Range<usize>, marked: bool) {
        let from = self
            .words
            .partition_point(|word| word.range.start < range.start);
        let mut marks: Vec<&Said<'_>> = Vec::new();
        let mut started = false;
        for word in self.words[from..]
            .iter()
            .take_while(|word| word.range.start < range.end)
        {
            let Said::Text(said) = &word.said else {
                marks.push(&word.said);
                continue;
            };
            if word.range.end > range.end {
                continue;
            }
            for mark in marks.drain(..).filter(|_| marked && started) {
                match mark {
                    Said::Opens(kind) => {
                        hash.update([1]);
                        hash.update(kind);
                        hash.update([0]);
                    }
                    _ => hash.update([2]),
                }
            }
            started = true;
            // No word holds it, so that "a b" and "ab" differ.
            hash.update(said.as_bytes());
            hash.update([0]);
        }
    }
}

fn short(hash: Sha256) -> CodeDigest {
    let bytes = hash.finalize();
    let first: [u8; 8] = std::array::from_fn(|at| bytes[at]);
    CodeDigest(u64::from_be_bytes(first))
}
