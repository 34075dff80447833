//! What an editor shows in a file of servers, in bytes.

mod completion;
mod cursor;
mod hover;
mod symbols;

pub use completion::{Completion, Known, completions};
pub use hover::{Hover, State, hover};
pub use symbols::{Symbol, symbols};
