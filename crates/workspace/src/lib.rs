//! The workspace: spec folders with unsaved text over them, as a snapshot that readers share, and the facts about the
//! project around them.

mod agent_files;
pub mod baseline;
pub mod dismissed;
pub mod drift;
pub mod evidence;
mod folder;
pub mod foreign;
mod ground;
pub mod history;
pub mod hook_files;
pub mod likely;
mod location;
mod open;
mod own;
pub mod past;
mod snapshot;
mod sources;
mod steering;
pub mod trace;
mod user;
mod world;

pub use agent_files::{AgentFile, AgentFiles, AgentKind};
pub use folder::{Problem, SpecFolder, relative};
pub use foreign::ForeignFolder;
pub use ground::{Ground, ground};
pub use location::{Location, locate};
pub use open::{Change, OpenDocument};
pub use own::{OwnFile, OwnFiles};
pub use snapshot::{FindError, Snapshot};
pub use sources::{SourceFile, Sources};
pub use steering::{IgnoredBy, SteeringOf, steering_of};
pub use user::{Who, who};
pub use world::World;
