//! The client: servers are started on demand, only with leave, and end with us.

mod connection;
mod error;
mod http;
mod process;
mod servers;
mod tool;

pub use error::ToolError;
pub use servers::{Listing, Servers};
pub use tool::{CallOutput, Tool};
