//! Tool servers that speak MCP: the settings files that name them, who may start them, and the client that talks with them.
//!
//! [`settings`], [`rules`] and [`features`] are pure: text in, structures with byte ranges out. [`trust`] says what a server
//! is to the trust store, and [`Servers`] starts them on demand, lists their tools and calls them.

mod client;
pub mod features;
pub mod rules;
pub mod settings;
pub mod trust;

pub use client::{CallOutput, Listing, Servers, Tool, ToolError};
