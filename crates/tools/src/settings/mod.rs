//! The files that name tool servers: `.kiro/settings/mcp.json` in a workspace and in the user's home, and the `mcpServers` of
//! an agent. Pure.

mod effective;
pub(crate) mod keys;
mod read;
mod server;
mod variables;

use std::ops::Range;

pub use effective::effective;
pub use read::{Duplicate, McpFile, UnknownKey, Wrong};
pub use server::{DEFAULT_TIME_LIMIT, Names, Oauth, Pair, Server, Text, Transport, Unusable};
pub use variables::{VariableError, Variables, names as variable_names};

/// The settings file of a workspace, from its root, and of a user, from their home.
pub const FILE: &str = ".kiro/settings/mcp.json";

/// Where a server is declared. The later wins over the earlier where two have one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// `powers.mcpServers` in the user's own file: brought by a power they installed.
    Power,
    /// The user's own file.
    User,
    /// The file of the workspace.
    Workspace,
    /// An agent in the user's home.
    UserAgent,
    /// An agent of the workspace.
    WorkspaceAgent,
}

impl Place {
    /// Whether a repository brought it: then nothing in it counts until the user trusts it.
    pub fn in_repository(self) -> bool {
        matches!(self, Self::Workspace | Self::WorkspaceAgent)
    }

    /// For a sentence.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Power => "a power you installed",
            Self::User => "your own settings",
            Self::Workspace => "the workspace",
            Self::UserAgent => "an agent of yours",
            Self::WorkspaceAgent => "an agent of the workspace",
        }
    }

    fn is_agent(self) -> bool {
        matches!(self, Self::UserAgent | Self::WorkspaceAgent)
    }
}

/// Bytes of a file.
pub type Bytes = Range<usize>;
