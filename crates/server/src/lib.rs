//! The LSP face: the only crate that knows tower-lsp and lsp-types. Everything inside speaks bytes and paths; this crate
//! converts at its edge.

mod backend;
mod capabilities;
mod carry_out;
mod command;
mod convert;
mod documents;
mod drift;
mod edits;
mod environment;
mod findings;
mod finish;
mod follow;
mod foreign;
pub mod front;
mod hooks;
mod kept;
mod link;
mod linked;
pub mod messages;
mod project;
mod publish;
mod requests;
mod session;
mod settings;
mod sources;
mod state_lane;
mod tools;
mod view;
mod watch;

pub use backend::{Backend, service};
pub use environment::{Environment, FindModel, FindWho};

/// A spec or file named by a URI or a plain name, as commands take it.
pub fn name_or_path(text: &str) -> String {
    convert::name_or_path(text)
}

/// The `file:` URI of an absolute path.
pub fn file_uri(path: &std::path::Path) -> Option<String> {
    convert::uri(path).map(|uri| uri.as_str().to_owned())
}
