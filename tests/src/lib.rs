//! Helpers for the tests that cross crates.

pub mod corpus;
pub mod lsp;
