//! What a source file does today, as far as its syntax tree shows: what each function says of itself, and the conditions on
//! which it gives up or returns early. Nothing here guesses why.

mod docs;
mod exits;
mod grammar;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::comments::comments_of;
use crate::parse::parse;
use crate::symbols::symbols_of;
use crate::{Language, Symbol, SymbolKind};

/// A function or method and what is seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// The symbol.
    pub symbol: Symbol,
    /// The first sentence of its comment.
    pub says: Option<String>,
    /// Where it leaves early, in source order.
    pub exits: Vec<Exit>,
    /// How many exits could not be put into few words.
    pub left_out: usize,
}

/// A place where a function is left when a condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    /// The condition.
    pub when: When,
    /// What happens then.
    pub then: Then,
    /// The place of the condition, in bytes.
    pub range: Range<usize>,
}

/// A condition, in the words of the code on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// It holds.
    Holds(String),
    /// It does not hold.
    Fails(String),
    /// A value does not have a shape: what is looked at, and the shape.
    IsNot(String, String),
    /// A call gives an error.
    ErrorFrom(String),
    /// No case fits a value.
    NoCase(String),
}

/// What a function does in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// It gives up with an error: the verb, and the code of the error.
    Fails(Verb, String),
    /// It returns a value.
    Returns(String),
    /// It runs this and returns without a value.
    Runs(String),
    /// It returns without a value.
    Stops,
}

/// How a language says that something went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    /// An exception, in Python.
    Raise,
    /// An exception, elsewhere.
    Throw,
    /// A value that means an error.
    Return,
    /// The end of the thread or process.
    Panic,
}

impl Verb {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Raise => "raise",
            Self::Throw => "throw",
            Self::Return => "return",
            Self::Panic => "panic with",
        }
    }
}

/// A constant with a plain value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Its name.
    pub name: String,
    /// The number or string, as written.
    pub value: String,
}

/// What a file shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observations {
    /// The first sentence of the comment at its top.
    pub says: Option<String>,
    /// Its functions and methods, in source order.
    pub functions: Vec<Observed>,
    /// The other declarations that can be used from outside, with what they say of themselves.
    pub types: Vec<(Symbol, Option<String>)>,
    /// Constants with plain values.
    pub values: Vec<Value>,
}

/// Whether a language is one whose functions are looked into.
pub fn is_observed(language: Language) -> bool {
    matches!(
        language,
        Language::Rust
            | Language::TypeScript
            | Language::Tsx
            | Language::JavaScript
            | Language::Python
            | Language::Go
            | Language::Java
    )
}

/// Looks at a text; `None` in a language that is not looked into, or where the text can't be parsed.
pub fn observe(language: Language, text: &str) -> Option<Observations> {
    if !is_observed(language) {
        return None;
    }
    let tree = parse(language, text)?;
    let symbols = symbols_of(language, text, &tree);
    let comments = comments_of(text, &tree);
    let mut found = Observations {
        says: docs::of_file(text, &comments),
        values: grammar::values(text, tree.root_node(), &symbols),
        ..Observations::default()
    };
    for symbol in symbols.into_iter().filter(|symbol| !symbol.is_test) {
        let says = docs::of_symbol(text, &symbol, &comments);
        match symbol.kind {
            SymbolKind::Function | SymbolKind::Method => {
                let (exits, left_out) = exits::exits(language, text, tree.root_node(), &symbol);
                found.functions.push(Observed {
                    symbol,
                    says,
                    exits,
                    left_out,
                });
            }
            SymbolKind::Class
            | SymbolKind::Struct
            | SymbolKind::Enum
            | SymbolKind::Interface
            | SymbolKind::Trait => found.types.push((symbol, says)),
            _ => {}
        }
    }
    Some(found)
}

/// The tests of a text with the code of each, to see what they speak of: title, place of the title, code.
pub fn tests(language: Language, text: &str) -> Vec<(String, Range<usize>, Range<usize>)> {
    let symbols = crate::symbols(language, text);
    let tests = symbols.into_iter().filter(|symbol| {
        symbol.is_test && matches!(symbol.kind, SymbolKind::Function | SymbolKind::Method)
    });
    tests
        .map(|symbol| (symbol.name, symbol.name_range, symbol.range))
        .collect()
}

#[cfg(test)]
mod testing;
