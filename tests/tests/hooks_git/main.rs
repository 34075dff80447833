//! Hooks of commits and pushes, with real git in real repositories.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used
)]
#![cfg(unix)]

mod commit;
mod install;
mod message;
mod push;
mod repository;
