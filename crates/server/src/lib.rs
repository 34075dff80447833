//! server
pub mod front;
