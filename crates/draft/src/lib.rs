//! A prompt becomes requirements, a design and tasks: offline, from the catalogue and what the project shows. The same
//! prompt on the same project gives the same text.

mod ground;
mod later;
mod plan;
mod prompt;
mod start;
mod write;

pub use ground::Ground;
pub use later::next;
pub use start::{Draft, DraftError, Request, start};
