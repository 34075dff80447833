//! The files that name tool servers: `.kiro/settings/mcp.json` in a workspace and in the user's home, and the `mcpServers` of
//! an agent. Pure.

mod effective;
mod front;
pub(crate) mod keys;
mod read;
mod server;
mod switch;
mod variables;

use std::ops::Range;

pub use effective::effective;
pub use front::{servers_key_of_front_matter, servers_of_front_matter};
pub use read::{Duplicate, McpFile, UnknownKey, Wrong};
pub use server::{DEFAULT_TIME_LIMIT, Names, Oauth, Pair, Server, Text, Transport, Unusable};
pub use switch::switch;
pub use variables::{VariableError, Variables, names as variable_names};

/// The settings file of a workspace, from its root, and of a user, from their home.
pub const FILE: &str = ".kiro/settings/mcp.json";

/// Where a server is declared. The later wins over the earlier where two have one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The `mcp.json` of an installed power: it came from elsewhere, and nobody has looked at it yet.
    InstalledPower,
    /// `powers.mcpServers` in the user's own file.
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
    /// Whether it counts only once the user trusts it: somebody else wrote it.
    pub fn needs_trust(self) -> bool {
        self.in_repository() || self == Self::InstalledPower
    }

    /// Whether a repository brought it.
    pub fn in_repository(self) -> bool {
        matches!(self, Self::Workspace | Self::WorkspaceAgent)
    }

    /// For a sentence.
    pub fn describe(self) -> &'static str {
        match self {
            Self::InstalledPower => "a power you installed",
            Self::Power => "the powers in your own settings",
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
