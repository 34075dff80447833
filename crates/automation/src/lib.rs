//! The hook engine: what runs when, once, trusted and logged.

mod automation;
mod engine;
mod job;
mod ledger;
mod outside;
mod prompt;
mod raising;
mod run;
mod subject;

pub use automation::Automation;
pub use engine::{Absorb, Call, Cause, Engine, Held, Key, Limits, RunId, Step};
pub use outside::{Burst, git_operation};
pub use raising::{Listener, Raised, Raising};
pub use run::{Builtins, Ended, Report, Runner, Runs, Work};
pub use subject::subject;
