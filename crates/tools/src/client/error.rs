//! Why a tool could not be used.

use std::time::Duration;

use rutter_process::StartError;
use rutter_store::{PinChange, StoreError};

use crate::settings::{Unusable, VariableError};

/// Why a server could not be reached or a tool not be called. Each says in a sentence what happened and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// Somebody else wrote what it runs, and nobody trusted it.
    #[error(
        "The tool server `{server}` is not trusted: look at what it runs, then `rutter mcp trust {server}`."
    )]
    Untrusted {
        /// Its name.
        server: String,
    },
    /// What the server declares changed since it was trusted.
    #[error(
        "The tool server `{server}` was changed since you trusted it: look at what it runs now, then `rutter mcp trust {server}`."
    )]
    ChangedSinceTrust {
        /// Its name.
        server: String,
        /// The declaration that was trusted, where it is still kept.
        before: Option<String>,
    },
    /// `disabled` is set.
    #[error("The tool server `{server}` is disabled in its settings.")]
    Disabled {
        /// Its name.
        server: String,
    },
    /// It can't be reached as it is declared.
    #[error("The tool server `{server}` cannot be used: {why}.")]
    Unusable {
        /// Its name.
        server: String,
        /// Why.
        why: Unusable,
    },
    /// A variable could not be filled in.
    #[error("The tool server `{server}` is not started. {source}")]
    Variable {
        /// Its name.
        server: String,
        /// Which, and why.
        source: VariableError,
    },
    /// A header can't be sent, or the address is none.
    #[error("The tool server `{server}` cannot be reached: {what}.")]
    BadRequest {
        /// Its name.
        server: String,
        /// What is wrong with the declaration; never a value of a header.
        what: String,
    },
    /// Its process could not be started.
    #[error("The tool server `{server}` could not be started. {source}")]
    Start {
        /// Its name.
        server: String,
        /// Why.
        source: StartError,
    },
    /// It did not answer in time.
    #[error("The tool server `{server}` did not answer within {} s while {doing}{said}. A longer `timeout` can be set in its settings.", limit.as_secs_f32())]
    TimedOut {
        /// Its name.
        server: String,
        /// Its time limit.
        limit: Duration,
        /// What was asked, as in "while starting".
        doing: String,
        /// What it printed, in a sentence; may be empty.
        said: String,
    },
    /// It ended, or the connection broke off.
    #[error("The tool server `{server}` ended while {doing}{said}.")]
    Ended {
        /// Its name.
        server: String,
        /// What was asked.
        doing: String,
        /// What it printed, in a sentence; may be empty.
        said: String,
    },
    /// It answered with an error of the protocol.
    #[error("The tool server `{server}` refused while {doing}: {message}")]
    Refused {
        /// Its name.
        server: String,
        /// What was asked.
        doing: String,
        /// What it said.
        message: String,
    },
    /// There is no such tool.
    #[error(
        "The tool server `{server}` has no tool `{tool}`: `rutter mcp tools {server}` lists those it has."
    )]
    NoSuchTool {
        /// The server's name.
        server: String,
        /// The tool's name.
        tool: String,
    },
    /// `disabledTools` names it.
    #[error("The tool `{tool}` of `{server}` is disabled in the server's settings.")]
    DisabledTool {
        /// The server's name.
        server: String,
        /// The tool's name.
        tool: String,
    },
    /// What the server says of the tool is not what it said when it was trusted.
    #[error("The tool `{}` of `{server}` {}: look at what it says now, then `rutter mcp trust {server}`.", change.now.tool, if change.before.is_some() { "describes itself differently than when you trusted it" } else { "was not there when you trusted the server" })]
    ChangedTool {
        /// The server's name.
        server: String,
        /// The tool, before and after.
        change: Box<PinChange>,
    },
    /// The arguments are no JSON object.
    #[error("The arguments of a tool are a JSON object, such as {{\"path\": \"src\"}}.")]
    BadArguments,
    /// Nobody wants the answer any more.
    #[error("The call was cancelled.")]
    Cancelled,
    /// The state folder could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}
