//! Pieces of code that can be compared over time: each symbol with a digest that changes only when the code does.

use std::fmt;
use std::ops::Range;

use sha2::{Digest as _, Sha256};
use tree_sitter::Tree;

use crate::comments::comments_of;
use crate::parse::parse;
use crate::symbols::symbols_of;
use crate::{Language, Symbol, SymbolKind};

/// The hash of a piece of code without its comments and the space between its words.
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
    /// What its code is.
    pub digest: CodeDigest,
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
    let tokens = Tokens::of(text, &tree, &comments_of(text, &tree));
    symbols_of(language, text, &tree)
        .iter()
        .map(|symbol| tokens.unit(symbol))
        .collect()
}

/// The hash of a whole text; `None` where it can't be parsed.
pub fn digest(language: Language, text: &str) -> Option<CodeDigest> {
    let tree = parse(language, text)?;
    let tokens = Tokens::of(text, &tree, &comments_of(text, &tree));
    Some(tokens.digest(&(0..text.len())))
}

/// The words of a text that is parsed, without comments.
pub(crate) struct Tokens<'t> {
    text: &'t str,
    /// In source order; an empty one ends a block that only its indentation shows.
    words: Vec<Range<usize>>,
}

impl<'t> Tokens<'t> {
    /// Reads them; `comments` are those of the text, in order.
    pub(crate) fn of(text: &'t str, tree: &Tree, comments: &[Range<usize>]) -> Self {
        let mut words: Vec<Range<usize>> = Vec::new();
        let mut cursor = tree.walk();
        'walk: loop {
            let node = cursor.node();
            let range = node.byte_range();
            let at = comments.partition_point(|comment| comment.end <= range.start);
            let in_comment = comments
                .get(at)
                .is_some_and(|comment| comment.start <= range.start && range.end <= comment.end);
            if !in_comment && cursor.goto_first_child() {
                continue;
            }
            if !in_comment && !range.is_empty() {
                // Formatters add and take away a comma at the end of a list.
                let closes = matches!(node.kind(), ")" | "]" | "}");
                if closes && words.last().is_some_and(|last| &text[last.clone()] == ",") {
                    words.pop();
                }
                words.push(range);
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    break 'walk;
                }
                let node = cursor.node();
                if node.kind() == "block" {
                    words.push(node.end_byte()..node.end_byte());
                }
            }
        }
        Self { text, words }
    }

    /// The symbol with its digest.
    pub(crate) fn unit(&self, symbol: &Symbol) -> Unit {
        Unit {
            name: symbol.name.clone(),
            container: symbol.container.clone(),
            kind: symbol.kind,
            range: symbol.range.clone(),
            name_range: symbol.name_range.clone(),
            is_test: symbol.is_test,
            digest: self.digest(&symbol.range),
        }
    }

    fn digest(&self, range: &Range<usize>) -> CodeDigest {
        let from = self.words.partition_point(|word| word.start < range.start);
        let mut hash = Sha256::new();
        for word in self.words[from..]
            .iter()
            .take_while(|word| word.start < range.end)
            .filter(|word| word.end <= range.end)
        {
            hash.update(self.text[word.clone()].trim());
            // No word holds it, so that "a b" and "ab" differ.
            hash.update([0]);
        }
        let bytes = hash.finalize();
        let first: [u8; 8] = std::array::from_fn(|at| bytes[at]);
        CodeDigest(u64::from_be_bytes(first))
    }
}
