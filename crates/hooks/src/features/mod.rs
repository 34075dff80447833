//! What an editor asks about a file of hooks: pure, in byte offsets, one file a question.

mod complete;
mod cursor;
mod hover;
mod lens;
mod symbols;
mod words;

pub use complete::{Completion, complete};
pub use hover::{Hover, hover};
pub use lens::{Lens, lenses};
pub use symbols::{Symbol, symbols};
