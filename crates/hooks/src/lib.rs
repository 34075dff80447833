//! Every hook format → one model: what is wrong with a file, what fires for an event and why a hook does not, migration,
//! templates, a hook from a sentence, and what an editor asks about a place. No I/O, no clock, no process.

mod cut;
mod digest;
mod event;
pub mod features;
mod glob;
mod hook;
mod matcher;
pub mod migrate;
mod near;
mod node;
mod pattern;
mod placeholder;
mod read;
pub mod rules;
mod schedule;
mod sentence;
pub mod templates;
mod toggle;
mod tool;
mod trigger;
mod write;

pub use event::{ApiChange, Event, Match, Reason, fires, matching, resolve_pairs, why_not};
pub use hook::{Action, BUILTINS, Broken, Format, Hook, HookFile, TIMEOUT};
pub use matcher::Matcher;
pub use migrate::{Migration, migrate};
pub use near::nearest;
pub use pattern::Pattern;
pub use placeholder::{Placeholder, Word, fill, placeholders};
pub use schedule::{Moment, Schedule};
pub use sentence::{Question, from_sentence};
pub use templates::{Language, TEMPLATES, Template, template};
pub use toggle::toggle;
pub use tool::Tools;
pub use trigger::{Subject, Trigger};
pub use write::Draft;
