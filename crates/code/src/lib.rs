//! Source code, read with tree-sitter: symbols, comments, links to requirements, search, and what
//! kind of project it is. Pure: text is handed in, nothing is read from disk. A grammar is first
//! touched when a text of its language is parsed.

pub mod api;
pub mod comments;
mod language;
pub mod links;
pub mod observe;
mod parse;
pub mod project;
pub mod search;
mod symbol;
mod symbols;
mod unit;
mod words;

pub use language::Language;
pub use parse::MAX_BYTES;
pub use symbol::{Symbol, SymbolKind};
pub use symbols::symbols;
pub use unit::{CodeDigest, Unit, digest, units};
