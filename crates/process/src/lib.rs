//! The only code that starts a process. Each runs in a process group of its own, at low priority, inside a time limit and
//! with capped output, and nothing of its group is left when it ends. Who starts one hands over a permit.

mod capture;
mod request;
mod run;

pub use capture::Captured;
pub use request::{Environment, OUTPUT_LIMIT, Program, Request};
pub use run::{End, Group, Output, Piped, StartError, run, run_now, spawn_piped};
