//! Tool servers that speak MCP: the settings files that name them, who may start them, and the client that talks with them.
//!
//! [`settings`], [`rules`] and [`features`] are pure: text in, structures with byte ranges out. [`trust`] says what a server
//! is to the trust store.

pub mod features;
pub mod rules;
pub mod settings;
pub mod trust;
