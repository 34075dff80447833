//! `rutter mcp`: the tool servers there are, what they offer, and what their tools give.

mod call;
mod list;
mod run;
mod tools;
mod trust;

use rutter_commands::CommandError;

use crate::args::{Args, McpVerb};

/// Runs the verb; gives the exit code.
pub fn run(args: &Args, verb: &McpVerb) -> Result<u8, CommandError> {
    match verb {
        McpVerb::List => list::all(args),
        McpVerb::Tools { server } => tools::show(args, server.as_deref()),
        McpVerb::Call {
            server,
            tool,
            arguments,
        } => call::one(args, server, tool, arguments.as_deref()),
        McpVerb::Trust { name, all } => trust::run(args, name.as_deref(), *all),
    }
}
