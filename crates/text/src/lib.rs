//! Text as every other crate sees it: byte offsets inside, LSP position encodings at the edge, minimal edits,
//! Markdown lines with byte ranges, findings, and the grammar of ids and references that specs, code and
//! steering share. No I/O.

pub mod buffer;
pub mod edit;
pub mod finding;
pub mod front_matter;
pub mod ident;
pub mod json;
pub mod links;
pub mod markdown;
pub mod position;
pub mod refs;
pub mod rule;
pub mod silence;
pub mod source;
pub mod tags;

pub use buffer::Buffer;
pub use edit::Edit;
pub use finding::{Finding, Fix, Severity};
pub use ident::Ident;
pub use position::{Encoding, Position};
pub use source::Source;
