//! A file of the team's catalogue does not count.
//!
//! A file in `.rutter/catalogue` that is no TOML or not of a catalogue's shape is left out as a whole, a class that breaks a
//! rule of the catalogue alone. Drafting goes on without them.
//!
//! ```toml
//! [[class]]
//! id = "refund      <- the quotation mark is not closed
//! ```

use rutter_text::rule::docs;

use super::{Level, Rule};

pub(super) const RULE: Rule = Rule {
    code: "catalogue/broken",
    default: Level::Warning,
    docs: docs!("catalogue_broken.rs"),
    check: None,
};
