//! The world around the verbs and the server: this machine's disk, clock, folders and user.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy;
use rutter_commands::{Code, CommandError};
use rutter_host::{Disk, Files, Home, Settings, SystemClock};
use rutter_server::Environment;
use rutter_store::Store;
use rutter_text::Encoding;
use rutter_workspace::World;

use crate::models;

/// Where this program keeps its own things.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The user's settings file.
    pub settings: PathBuf,
    /// The state folder.
    pub state: PathBuf,
    /// Where the user's own files lie.
    pub home: Option<Home>,
}

impl Folders {
    /// `RUTTER_CONFIG_DIR` and `RUTTER_STATE_DIR`, else the places the system has for them.
    pub fn find() -> Result<Self, CommandError> {
        let fixed = |name: &str| {
            std::env::var_os(name)
                .filter(|v| !v.is_empty())
                .map(PathBuf::from)
        };
        let base = etcetera::choose_base_strategy().map_err(|e| {
            CommandError::new(
                Code::Io,
                format!("The home folder can't be found: {e}."),
                "Set HOME, or RUTTER_CONFIG_DIR and RUTTER_STATE_DIR.",
            )
        });
        let (config, state) = match (fixed("RUTTER_CONFIG_DIR"), fixed("RUTTER_STATE_DIR")) {
            (Some(config), Some(state)) => (config, state),
            (config, state) => {
                let base = base?;
                let own = |dir: PathBuf| dir.join("rutter");
                (
                    config.unwrap_or_else(|| own(base.config_dir())),
                    state.unwrap_or_else(|| {
                        own(base.state_dir().unwrap_or_else(|| base.data_dir()))
                    }),
                )
            }
        };
        Ok(Self {
            home: home(fixed("KIRO_HOME")),
            settings: config.join("config.toml"),
            state,
        })
    }
}

/// The home folder, with Kiro's folder where `KIRO_HOME` says.
fn home(kiro: Option<PathBuf>) -> Option<Home> {
    let home = Home::new(etcetera::home_dir().ok()?);
    Some(match kiro.map(std::path::absolute) {
        Some(Ok(kiro)) => home.with_kiro(kiro),
        _ => home,
    })
}

/// What the server and the verbs stand on.
pub fn environment(folders: &Folders) -> Environment {
    let files: Arc<dyn Files> = Arc::new(Disk);
    Environment {
        store: Arc::new(Store::new(Arc::clone(&files), folders.state.clone())),
        files,
        clock: Arc::new(SystemClock),
        who: Arc::new(rutter_workspace::who),
        model: Arc::new(models::find),
        home: folders.home.clone(),
        user_settings: Some(folders.settings.clone()),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// The workspace over some folders, read from disk. A broken settings file of the user is an error here.
pub fn workspace(environment: &Environment, roots: Vec<PathBuf>) -> Result<World, CommandError> {
    let mut world = World::new(Arc::clone(&environment.files), roots, Encoding::Utf16);
    let mut user = Settings::default();
    if let Some(path) = &environment.user_settings
        && let Some(text) = environment.files.read_text_if_any(path)?
    {
        user = Settings::from_user(&text).map_err(|e| {
            CommandError::new(
                Code::BrokenFile,
                format!("{} can't be read: {e}.", path.display()),
                "Repair the file or remove it.",
            )
        })?;
    }
    world.set_settings(Some(user), None);
    world.load();
    Ok(world)
}

/// A path made absolute and clean, without asking the disk about links.
pub fn absolute(path: &Path) -> Result<PathBuf, CommandError> {
    let full = std::path::absolute(path).map_err(|e| {
        CommandError::new(
            Code::WrongArgument,
            format!("{} is no path: {e}.", path.display()),
            "Name a file or folder.",
        )
    })?;
    let mut clean = PathBuf::new();
    for part in full.components() {
        match part {
            std::path::Component::ParentDir => {
                clean.pop();
            }
            std::path::Component::CurDir => {}
            other => clean.push(other),
        }
    }
    Ok(clean)
}

/// Logs to stderr; `RUTTER_LOG` says what, in the words of `tracing_subscriber::EnvFilter`.
pub fn log_to_stderr(default: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("RUTTER_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(default));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .try_init();
}
