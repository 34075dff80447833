//! What a user can do with tool servers: see which are declared, trust them, use them.

mod error;
pub mod list;
pub mod trust;

use std::path::{Path, PathBuf};

use rutter_host::{FileKind, Files};
use rutter_tools::settings::{FILE, McpFile, Place, Server, Variables, effective};

use crate::context::Context;
use crate::error::{Code, CommandError};

const AGENTS: &str = ".kiro/agents";
/// Folders in folders of agents that are looked into.
const DEPTH: usize = 4;

/// A file that names servers.
#[derive(Clone, Debug)]
pub struct Declaring {
    /// Its path, relative with `/`; the user's own begin with `~/`.
    pub path: String,
    /// Its text; why it can't be read, as a sentence, where it can't.
    pub text: Result<String, String>,
    /// What it says.
    pub file: McpFile,
}

/// A server that counts.
#[derive(Clone, Debug)]
pub struct Found {
    /// The workspace folder.
    pub root: PathBuf,
    /// The file that declares it, as in [`Declaring::path`].
    pub path: String,
    /// The server.
    pub server: Server,
}

/// The files that name servers for a workspace folder, as they are on disk: what runs is what was saved.
pub fn files(cx: &Context<'_>, root: &Path) -> Vec<Declaring> {
    let mut found = Vec::new();
    read_below(cx.files, &|name| root.join(name), "", &mut found);
    // In the home folder itself all is a repository's: the stricter reading.
    if let Some(home) = cx.home.filter(|home| home.folder() != root) {
        read_below(cx.files, &|name| home.path(name), "~/", &mut found);
    }
    found
}

/// The servers that count in a workspace folder, by name.
pub fn in_force(root: &Path, files: &[Declaring]) -> Vec<Found> {
    effective(files.iter().map(|f| &f.file))
        .into_iter()
        .map(|server| Found {
            root: root.to_owned(),
            path: files
                .iter()
                .find(|f| f.file.servers.iter().any(|s| std::ptr::eq(s, server)))
                .map(|f| f.path.clone())
                .unwrap_or_default(),
            server: server.clone(),
        })
        .collect()
}

/// Every server that counts, in the order of the roots; the user's own once.
pub fn all(cx: &Context<'_>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for root in cx.snapshot.roots.iter() {
        for found in in_force(root, &files(cx, root)) {
            let known = |f: &Found| f.path == found.path && f.server.name == found.server.name;
            if found.server.place.in_repository() || !all.iter().any(known) {
                all.push(found);
            }
        }
    }
    all
}

/// The server of this name.
pub fn find(cx: &Context<'_>, name: &str) -> Result<Found, CommandError> {
    let (mut fits, others): (Vec<_>, Vec<_>) = all(cx)
        .into_iter()
        .partition(|f| f.server.name.value == name);
    match fits.len() {
        1 => Ok(fits.remove(0)),
        0 => Err(CommandError::new(
            Code::UnknownServer,
            format!("There is no tool server `{name}`."),
            "`rutter mcp list` shows those there are.",
        )
        .among(others.into_iter().map(|f| f.server.name.value).collect())),
        _ => Err(CommandError::new(
            Code::Ambiguous,
            format!("Several workspace folders declare a tool server `{name}`."),
            "Name the folder with -C.",
        )
        .among(fits.iter().map(|f| f.root.display().to_string()).collect())),
    }
}

/// The variables that a declaration may use in a workspace folder.
pub fn variables(cx: &Context<'_>, root: &Path) -> Variables {
    let settings = cx.snapshot.settings_of(root);
    Variables::new(settings.approved_variables, |name| std::env::var(name).ok())
}

/// Where a file lies that has this name, relative with `/`.
type At<'a> = &'a dyn Fn(&str) -> PathBuf;

fn read_below(files: &dyn Files, at: At<'_>, prefix: &str, found: &mut Vec<Declaring>) {
    let (own, agents) = match prefix {
        "" => (Place::Workspace, Place::WorkspaceAgent),
        _ => (Place::User, Place::UserAgent),
    };
    let mut paths = vec![(own, FILE.to_owned())];
    below(files, at, AGENTS, DEPTH, &mut |path| {
        paths.push((agents, path))
    });
    for (place, path) in paths {
        let text = match files.read_text_if_any(&at(&path)) {
            Ok(None) => continue,
            // Most agents bring no servers, and what else is in their file is not ours to judge.
            Ok(Some(text)) if place == agents && !text.contains("\"mcpServers\"") => continue,
            Ok(Some(text)) => Ok(text),
            Err(error) => Err(error.to_string()),
        };
        found.push(Declaring {
            path: format!("{prefix}{path}"),
            file: McpFile::parse(place, text.as_deref().unwrap_or_default()),
            text,
        });
    }
}

fn below(files: &dyn Files, at: At<'_>, folder: &str, depth: usize, take: &mut dyn FnMut(String)) {
    let Ok(entries) = files.list(&at(folder)) else {
        return;
    };
    for entry in entries {
        let path = format!("{folder}/{}", entry.name);
        match entry.kind {
            FileKind::Folder if depth > 0 => below(files, at, &path, depth - 1, take),
            FileKind::File if entry.name.ends_with(".json") => take(path),
            _ => {}
        }
    }
}
