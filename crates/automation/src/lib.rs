//! The hook engine: what runs when, once, trusted and logged.

mod automation;
mod engine;
mod outside;
mod run;
mod subject;

pub use automation::{Automation, Listener, Raised, Raising};
pub use engine::{Call, Engine, Held, Limits, RunId, Step};
pub use outside::{Burst, git_operation};
pub use run::{Builtins, Ended, Report, Runner, Runs, Work};
pub use subject::subject;
