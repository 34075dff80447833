//! What a user can do with tool servers: see which are declared, trust them, use them.

pub mod check;
mod error;
pub mod list;
pub mod show;
pub mod toggle;
pub mod trust;

use std::path::{Path, PathBuf};

use rutter_host::{FileKind, Files};
use rutter_steering::power;
use rutter_store::{PinChange, Subject};
use rutter_tools::settings::{
    FILE, McpFile, Place, Server, Variables, effective, servers_of_front_matter,
};

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
    /// Its text, of Markdown the front matter as JSON; why it can't be read, as a sentence, where it can't.
    pub text: Result<String, String>,
    /// What it says.
    pub file: McpFile,
}

impl Declaring {
    fn new(place: Place, path: String, text: Result<String, String>) -> Self {
        Self {
            path,
            file: McpFile::parse(place, text.as_deref().unwrap_or_default()),
            text,
        }
    }

    /// Whether the bytes of its servers are those of the file.
    pub fn is_as_written(&self) -> bool {
        !self.path.ends_with(".md")
    }
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

/// Which text of a file counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// As it is on disk: what runs is what was saved.
    Saved,
    /// As the editor has it, where it is open there.
    Open,
}

/// The files that name servers for a workspace folder, as they are on disk.
pub fn files(cx: &Context<'_>, root: &Path) -> Vec<Declaring> {
    declared(cx, Some(root), View::Saved)
}

/// The files that name servers: those of a workspace folder, the user's own, and those of the powers they installed.
pub fn declared(cx: &Context<'_>, root: Option<&Path>, view: View) -> Vec<Declaring> {
    let mut found = Vec::new();
    if let Some(root) = root {
        read_below(cx, view, &|name| root.join(name), "", &mut found);
    }
    // In the home folder itself all is a repository's: the stricter reading.
    if let Some(home) = cx.home.filter(|home| Some(home.folder()) != root) {
        let at = |name: &str| home.path(name);
        read_below(cx, view, &at, "~/", &mut found);
        for entry in cx.files.list(&at(power::INSTALLED)).unwrap_or_default() {
            let path = format!("{}/{}/{}", power::INSTALLED, entry.name, power::SERVERS);
            if let Some(text) = read(cx, view, &at(&path)) {
                found.push(Declaring::new(
                    Place::InstalledPower,
                    format!("~/{path}"),
                    text,
                ));
            }
        }
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
            if needs_trust(cx, root, &found.server) || !all.iter().any(known) {
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

/// Whether a server starts only once the user trusts it.
pub fn needs_trust(cx: &Context<'_>, root: &Path, server: &Server) -> bool {
    rutter_tools::trust::needed(cx.files, root, server)
}

/// What a server is to the trust store.
pub fn subject(cx: &Context<'_>, root: &Path, server: &Server) -> Subject {
    rutter_tools::trust::subject(cx.files, root, server)
}

/// Accepts what tools of a server say now, as it was shown to the user.
pub fn accept(cx: &Context<'_>, found: &Found, changes: &[PinChange]) -> Result<(), CommandError> {
    let now: Vec<_> = changes.iter().map(|c| c.now.clone()).collect();
    let digest = subject(cx, &found.root, &found.server).digest;
    let pins = cx.store.pins(&found.root);
    Ok(pins.accept(&found.server.name.value, &digest, &now)?)
}

/// The variables that a declaration may use in a workspace folder.
pub fn variables(cx: &Context<'_>, root: &Path) -> Variables {
    let settings = cx.snapshot.settings_of(root);
    Variables::new(settings.approved_variables, |name| std::env::var(name).ok())
}

/// Where a file lies that has this name, relative with `/`.
type At<'a> = &'a dyn Fn(&str) -> PathBuf;

fn read_below(cx: &Context<'_>, view: View, at: At<'_>, prefix: &str, found: &mut Vec<Declaring>) {
    let (own, agents) = match prefix {
        "" => (Place::Workspace, Place::WorkspaceAgent),
        _ => (Place::User, Place::UserAgent),
    };
    let mut paths = vec![(own, FILE.to_owned())];
    below(cx.files, at, AGENTS, DEPTH, &mut |path| {
        paths.push((agents, path))
    });
    for (place, path) in paths {
        let text = match read(cx, view, &at(&path)) {
            None => continue,
            // Most agents bring no servers, and what else is in their file is not ours to judge.
            Some(Ok(text)) if place == agents && !text.contains("mcpServers") => continue,
            Some(Ok(text)) if path.ends_with(".md") => match servers_of_front_matter(&text) {
                Some(servers) => servers,
                None => continue,
            },
            Some(text) => text,
        };
        found.push(Declaring::new(place, format!("{prefix}{path}"), text));
    }
}

fn read(cx: &Context<'_>, view: View, path: &Path) -> Option<Result<String, String>> {
    if view == View::Open
        && let Some(open) = cx.snapshot.open.get(path)
    {
        return Some(Ok(open.source.text().to_owned()));
    }
    match cx.files.read_text_if_any(path) {
        Ok(text) => text.map(Ok),
        Err(error) => Some(Err(error.to_string())),
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
            FileKind::File if path.ends_with(".json") || path.ends_with(".md") => take(path),
            _ => {}
        }
    }
}
