//! Steering: every file that tells an agent how to work in a project, as one model. Which of them apply to a file, in
//! what order and why; what is wrong with them; editor features in bytes. Pure.
//!
//! Paths are relative to the root with `/`; those of the user's own folder begin with `~/`.

pub mod agent;
pub mod checkable;
pub mod effective;
pub mod features;
pub mod front;
mod keys;
pub mod kind;
pub mod kiroignore;
pub mod pattern;
pub mod power;
pub mod reference;
pub mod rules;
pub mod starter;
pub mod statement;
mod steering;
pub mod tokens;

pub use effective::{Applied, LeftOut, Work, effective, left_out};
pub use kind::{Elsewhere, Kind, Place, place};
pub use statement::statements;
pub use steering::{Inclusion, Steering};
