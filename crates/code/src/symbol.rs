//! What a symbol is.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A named thing that a source file declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Symbol {
    /// Its name as written; for a test with a title, the title; for a route, `POST /login`.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// The name of the nearest symbol it belongs to.
    pub container: Option<String>,
    /// The whole declaration in bytes, with attributes and decorators, without the comment above.
    pub range: Range<usize>,
    /// The name in bytes.
    pub name_range: Range<usize>,
    /// The declaration up to its body, on one line.
    pub signature: String,
    /// The first line of its comment or doc string.
    pub doc: Option<String>,
    /// A test, or a group of tests.
    pub is_test: bool,
    /// Can be used from outside its file or package, as far as its own declaration says.
    pub is_public: bool,
    /// The line its name is on, from 0.
    pub line: u32,
}

/// What kind of thing a symbol is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SymbolKind {
    /// A function; also a test with a title.
    Function,
    /// A function that belongs to a type.
    Method,
    /// A class.
    Class,
    /// A struct, record or union.
    Struct,
    /// An enumeration.
    Enum,
    /// An interface or protocol.
    Interface,
    /// A trait or mixin.
    Trait,
    /// A module or namespace; also a group of tests.
    Module,
    /// Another name for a type.
    Type,
    /// A value that does not change.
    Constant,
    /// A value that may change.
    Variable,
    /// A field or property of a type.
    Field,
    /// A macro.
    Macro,
    /// An HTTP route, named `METHOD /path`.
    Route,
}
