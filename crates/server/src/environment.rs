//! What the binary hands to the server: the world around it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rutter_host::{Clock, Files, Home};
use rutter_model::Chat;
use rutter_store::Store;
use rutter_workspace::Who;

/// Finds the person who works in a folder.
pub type FindWho = Arc<dyn Fn(&Path) -> Who + Send + Sync>;

/// Finds the model a name means; `None` where there is none of that name or it is `offline`.
pub type FindModel = Arc<dyn Fn(&str) -> Option<Arc<dyn Chat>> + Send + Sync>;

/// The world around the server.
#[derive(Clone)]
pub struct Environment {
    /// The file system.
    pub files: Arc<dyn Files>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The state folder.
    pub store: Arc<Store>,
    /// Who is at the keyboard.
    pub who: FindWho,
    /// The models there are.
    pub model: FindModel,
    /// Where steering and hooks of the user's own lie.
    pub home: Option<Home>,
    /// The user's settings file.
    pub user_settings: Option<PathBuf>,
    /// The version of the program.
    pub version: &'static str,
}
