//! What a user can do, one file each. A command takes a snapshot and an argument and gives an [`Outcome`]: files to write,
//! something to show, a sentence. It knows no LSP; server and command line carry outcomes out.

pub mod apply;
pub mod approve;
pub mod builtin;
pub mod check;
pub mod check_agents;
pub mod check_own;
pub mod context;
pub mod decide;
pub mod error;
pub mod foreign;
pub mod from_code;
pub mod git;
mod ground;
pub mod hooks;
pub mod in_step;
pub mod mcp;
pub mod move_references;
pub mod new_spec;
pub mod next_stage;
pub mod outcome;
pub mod powers;
pub mod prompt;
pub mod property_test;
pub mod registry;
pub mod report;
pub mod rules;
pub mod set_task;
pub mod show;
pub mod status;
pub mod steering;
pub mod steps;
mod stream;
pub mod sync;
pub mod take_in;
pub mod trace;
pub mod trust;
pub mod undo;

pub use context::Context;
pub use error::{Code, CommandError};
pub use outcome::{FileChange, Offer, Outcome, Show};
pub use registry::{COMMANDS, Command, find};
