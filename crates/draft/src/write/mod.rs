//! The documents as text.

pub mod marks;
pub mod requirements;
