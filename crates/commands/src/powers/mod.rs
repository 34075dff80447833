//! Powers that the user installed: folders below `~/.kiro/powers/installed`.

pub mod add;
mod fetch;
mod record;
pub mod remove;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rutter_host::{FileKind, Files};
use rutter_steering::power::{self, Power};
use rutter_tools::settings::{McpFile, Place};
use serde::Serialize;

use crate::context::Context;
use crate::error::{Code, CommandError};

/// More servers than this are too many for most models.
const MANY_SERVERS: usize = 5;
/// More tools than this too.
const MANY_TOOLS: usize = 50;

/// A power, for lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its name: that of its folder.
    pub name: String,
    /// Its name for people.
    pub display_name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The words that call it.
    pub keywords: Vec<String>,
    /// The names of its servers.
    pub servers: Vec<String>,
    /// Its steering files.
    pub steering: Vec<String>,
    /// What of it could not be read.
    pub problems: Vec<String>,
}

/// The folder that powers are installed in.
fn installed(cx: &Context<'_>) -> Result<PathBuf, CommandError> {
    let home = cx.home.ok_or_else(|| {
        CommandError::new(
            Code::NotFound,
            "Your home folder can't be found, and powers are installed in it.",
            "Set HOME.",
        )
    })?;
    Ok(home.path(power::INSTALLED))
}

/// The installed powers, by name.
pub fn list(cx: &Context<'_>) -> Result<Vec<Row>, CommandError> {
    let folder = installed(cx)?;
    let entries = match cx.files.list(&folder) {
        Ok(entries) => entries,
        Err(error) if error.is_not_found() => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let folders = entries.into_iter().filter(|e| e.kind == FileKind::Folder);
    Ok(folders
        .filter(|e| cx.files.exists(&e.path.join(power::FILE)))
        .map(|e| row(cx.files, &e.path, &e.name).0)
        .collect())
}

/// Reads the power in a folder, and what it says its name is.
fn row(files: &dyn Files, folder: &Path, name: &str) -> (Row, Power) {
    let mut problems = Vec::new();
    let mut read = |file: &str| match files.read_text_if_any(&folder.join(file)) {
        Ok(text) => text,
        Err(error) => {
            problems.push(error.to_string());
            None
        }
    };
    let power = Power::parse(name, &read(power::FILE).unwrap_or_default());
    let servers = read(power::SERVERS).map(|text| McpFile::parse(Place::InstalledPower, &text));
    if let Some((_, fault)) = servers.as_ref().and_then(|s| s.faults.first()) {
        problems.push(format!("{}: {fault}", power::SERVERS));
    }
    let steering = files
        .list(&folder.join(power::STEERING))
        .unwrap_or_default();
    let row = Row {
        name: name.to_owned(),
        display_name: power.display_name.clone(),
        description: power.description.clone(),
        keywords: power.keywords.clone(),
        servers: servers
            .map(|s| s.servers.into_iter().map(|s| s.name.value).collect())
            .unwrap_or_default(),
        steering: steering
            .into_iter()
            .filter(|e| e.kind == FileKind::File && e.name.ends_with(".md"))
            .map(|e| e.name)
            .collect(),
        problems,
    };
    (row, power)
}

/// A warning where the installed powers bring more than a model deals with well: by their servers, and by the tools that
/// these were known to offer when last listed.
pub fn weight(cx: &Context<'_>, rows: &[Row]) -> Result<Option<String>, CommandError> {
    let names: BTreeSet<&str> = rows
        .iter()
        .flat_map(|r| &r.servers)
        .map(|s| s.as_str())
        .collect();
    let mut listed: BTreeMap<String, usize> = BTreeMap::new();
    for root in cx.snapshot.roots.iter() {
        for (name, tools) in cx.store.pins(root).listed()? {
            let known = listed.entry(name).or_default();
            *known = (*known).max(tools.len());
        }
    }
    let tools: usize = names.iter().filter_map(|name| listed.get(*name)).sum();
    let what = match (names.len() > MANY_SERVERS, tools > MANY_TOOLS) {
        (false, false) => return Ok(None),
        (true, false) => format!("{} servers", names.len()),
        (false, true) => format!("{tools} tools"),
        (true, true) => format!("{} servers with {tools} tools", names.len()),
    };
    Ok(Some(format!(
        "Your powers bring {what}. Models choose worse among more than {MANY_SERVERS} servers or {MANY_TOOLS} tools: \
         remove what you don't use. `rutter mcp tools` counts the tools of those you start."
    )))
}

/// A name that is one plain folder: letters, digits, `-`, `_` and `.`, a letter or digit first.
fn checked(name: &str) -> Result<(), CommandError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let starts = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if starts && name.len() <= 64 && name.chars().all(plain) && !name.ends_with('.') {
        return Ok(());
    }
    Err(CommandError::new(
        Code::BadName,
        format!("`{name}` can't be the name of a power."),
        "A name has up to 64 letters, digits, `-`, `_` and `.`, and starts with a letter or digit.",
    ))
}
