//! Helpers for the tests that cross crates.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests touch the world themselves"
)]

pub mod bench;
pub mod binary;
pub mod corpus;
pub mod git;
pub mod lsp;
pub mod product;
