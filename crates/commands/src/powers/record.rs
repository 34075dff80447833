//! What an installation wrote, so that removing takes away that and nothing else.

use std::path::{Component, Path};

use rutter_host::Files;
use serde::{Deserialize, Serialize};

use crate::error::CommandError;

/// The file in the power's folder that says what was installed.
pub const FILE: &str = ".rutter-power.json";

/// What was installed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    /// Where it came from.
    pub from: String,
    /// The files, relative to the power's folder with `/`.
    pub files: Vec<String>,
}

impl Record {
    /// The record in a power's folder; nothing where something else installed it, or the record is no such.
    pub fn read(files: &dyn Files, folder: &Path) -> Result<Option<Self>, CommandError> {
        let text = files.read_text_if_any(&folder.join(FILE))?;
        let record: Option<Self> = text.and_then(|t| serde_json::from_str(&t).ok());
        let inside = |path: &String| {
            let mut parts = Path::new(path).components();
            !path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
        };
        Ok(record.filter(|r| r.files.iter().all(inside)))
    }

    /// Its text.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
