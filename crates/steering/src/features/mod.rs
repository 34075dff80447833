//! What an editor shows in a steering file. Everything is in bytes.

mod completion;
mod hover;
mod lens;
mod links;
mod symbols;

pub use completion::{Item, complete};
pub use hover::{Hover, hover};
pub use lens::{Lens, lens};
pub use links::{Link, links};
pub use symbols::{Symbol, symbols};
