//! The files besides specs that tell agents and hooks what to do: hook files, steering and what is like it. As they are on
//! disk, with unsaved text over them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rutter_hooks::{HookFile, resolve_pairs};
use rutter_host::{FileKind, Files};
use rutter_steering::{Steering, place};
use rutter_text::Source;

use crate::hook_files::{is_hook_path, paths};
use crate::steering::{FOLDERS, MAX_DEPTH, MAX_FILES, SINGLE};

/// What makes a folder one whose files are read: without any of these nothing in it is.
const OURS: [&str; 3] = [".kiro", ".rutter", "AGENTS.md"];
/// What else stands at the root, besides what steers.
const ALSO: [&str; 2] = ["SKILL.md", "POWER.md"];

/// The settings that name tool servers.
const SERVERS: &str = ".kiro/settings/mcp.json";
/// The folder of custom agents; those in Markdown may name tool servers.
const AGENTS: &str = ".kiro/agents";

/// What sort of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AgentKind {
    /// Hooks, in any format.
    Hooks,
    /// Whatever steers: see [`rutter_steering::place`].
    Steering,
    /// Tool servers: settings, and agents in Markdown that may bring some.
    Servers,
}

impl AgentKind {
    /// The kind of a path relative to its base with `/`, or in the user's own folder with `~/`.
    pub fn of(name: &str) -> Option<Self> {
        let below = name.strip_prefix("~/").unwrap_or(name);
        if is_hook_path(below) {
            return Some(Self::Hooks);
        }
        if is_servers_path(below) {
            return Some(Self::Servers);
        }
        place(name).map(|_| Self::Steering)
    }
}

fn is_servers_path(below: &str) -> bool {
    let is_agent = |rest: &str| rest.starts_with('/') && rest.ends_with(".md");
    below == SERVERS || below.strip_prefix(AGENTS).is_some_and(is_agent)
}

#[derive(Clone, Debug)]
enum Reading {
    Hooks(HookFile),
    Steering(Steering),
    /// A file of an agent that says nothing about hooks, or one that names tool servers.
    Nothing,
}

/// One such file at one moment; what it says is read on first use.
#[derive(Clone, Debug)]
pub struct AgentFile {
    /// The file.
    pub path: PathBuf,
    /// Its path relative to its base with `/`; in the user's own folder with `~/`.
    pub name: String,
    /// What it is.
    pub kind: AgentKind,
    /// Its text; where it can't be read, one sentence that says why.
    pub text: Result<Source, String>,
    reading: Arc<OnceLock<Reading>>,
}

impl AgentFile {
    fn new(path: PathBuf, name: String, kind: AgentKind, text: Result<Source, String>) -> Self {
        Self {
            path,
            name,
            kind,
            text,
            reading: Arc::default(),
        }
    }

    fn read(files: &dyn Files, path: PathBuf, name: String) -> Option<Self> {
        let kind = AgentKind::of(&name)?;
        let text = match files.read_text_if_any(&path) {
            Ok(text) => Ok(Source::new(text?)),
            Err(error) => Err(error.to_string()),
        };
        Some(Self::new(path, name, kind, text))
    }

    fn reading(&self) -> &Reading {
        self.reading.get_or_init(|| {
            let text = self.text.as_ref().map_or("", Source::text);
            match self.kind {
                // Most agents have no hooks, and what else is in their file is not ours to judge.
                AgentKind::Hooks
                    if self.name.contains(".kiro/agents/") && !text.contains("\"hooks\"") =>
                {
                    Reading::Nothing
                }
                AgentKind::Hooks => Reading::Hooks(HookFile::parse(&self.name, text)),
                AgentKind::Servers => Reading::Nothing,
                AgentKind::Steering => Reading::Steering(Steering::parse(&self.name, text)),
            }
        })
    }

    /// The hooks in it, each by itself; a newer form of one of them in another file is not seen from here.
    pub fn hooks(&self) -> Option<&HookFile> {
        match self.reading() {
            Reading::Hooks(file) => Some(file),
            _ => None,
        }
    }

    /// What it says, where it steers.
    pub fn steering(&self) -> Option<&Steering> {
        match self.reading() {
            Reading::Steering(file) => Some(file),
            _ => None,
        }
    }

    fn same_as(&self, other: &Self) -> bool {
        self.name == other.name && self.text == other.text
    }
}

/// The files of one base at one moment: those of a workspace folder that are where they are looked for, and those that are
/// open wherever they lie. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct AgentFiles {
    files: BTreeMap<PathBuf, Arc<AgentFile>>,
    hooks: OnceLock<Vec<HookFile>>,
    steering: OnceLock<Vec<Steering>>,
}

impl AgentFiles {
    /// Whether anything of a folder is read at all.
    pub fn are_in(files: &dyn Files, base: &Path) -> bool {
        OURS.iter().any(|name| files.exists(&base.join(name)))
    }

    /// Reads those of a workspace folder from disk.
    pub fn read(files: &dyn Files, base: &Path) -> Self {
        let mut found = Self::default();
        if !Self::are_in(files, base) {
            return found;
        }
        let mut names = paths(files, &|name| base.join(name));
        names.extend(SINGLE.iter().chain(&ALSO).map(|name| (*name).to_owned()));
        for folder in FOLDERS {
            below(files, base, folder, MAX_DEPTH, &mut names);
        }
        names.push(SERVERS.to_owned());
        let mut agents = Vec::new();
        below(files, base, AGENTS, MAX_DEPTH, &mut agents);
        names.extend(agents.into_iter().filter(|name| is_servers_path(name)));
        for name in names {
            if found.files.len() >= MAX_FILES {
                break;
            }
            if let Some(file) = AgentFile::read(files, base.join(&name), name) {
                found.files.insert(file.path.clone(), Arc::new(file));
            }
        }
        found
    }

    /// Whether a file of this name is looked for, also while it is not open.
    pub(crate) fn looks_for(name: &str) -> bool {
        is_hook_path(name)
            || is_servers_path(name)
            || SINGLE.contains(&name)
            || ALSO.contains(&name)
            || FOLDERS.iter().any(|folder| {
                name.strip_prefix(folder)
                    .is_some_and(|r| r.starts_with('/'))
            })
    }

    /// Whether a folder of this name may hold such files, or be above some.
    pub(crate) fn may_be_below(name: &str) -> bool {
        let folders = FOLDERS.iter().copied().chain([
            ".kiro/hooks",
            ".rutter/hooks",
            AGENTS,
            ".kiro/settings",
        ]);
        folders.into_iter().any(|folder| {
            let holds = |outer: &str, inner: &str| {
                inner
                    .strip_prefix(outer)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            holds(name, folder) || holds(folder, name)
        })
    }

    /// Whether a file that is open counts although nothing else in its base is ours: its own path says that it is.
    pub(crate) fn is_ours_alone(name: &str) -> bool {
        name.starts_with("~/")
            || name.contains(".kiro/")
            || name.contains(".rutter/")
            || name.rsplit('/').next() == Some("AGENTS.md")
    }

    /// With the file as it is on disk now; gone where it is not there.
    pub(crate) fn refresh(&mut self, files: &dyn Files, path: &Path, name: &str) {
        let read = AgentFile::read(files, path.to_owned(), name.to_owned());
        self.set(path, read);
    }

    /// With this text of the editor.
    pub(crate) fn lay_over(&mut self, path: &Path, name: &str, source: &Source) {
        let file = AgentKind::of(name)
            .map(|kind| AgentFile::new(path.to_owned(), name.to_owned(), kind, Ok(source.clone())));
        self.set(path, file);
    }

    pub(crate) fn remove(&mut self, path: &Path) {
        self.set(path, None);
    }

    fn set(&mut self, path: &Path, file: Option<AgentFile>) {
        self.hooks = OnceLock::new();
        self.steering = OnceLock::new();
        match file {
            Some(file) => {
                self.files.insert(path.to_owned(), Arc::new(file));
            }
            None => {
                self.files.remove(path);
            }
        }
    }

    /// Whether both hold the same texts.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        self.files.len() == other.files.len()
            && self
                .files
                .values()
                .zip(other.files.values())
                .all(|(a, b)| a.same_as(b))
    }

    /// Every file, by path.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<AgentFile>> {
        self.files.values()
    }

    /// The file at a path.
    pub fn get(&self, path: &Path) -> Option<&Arc<AgentFile>> {
        self.files.get(path)
    }

    /// The file of this name.
    pub fn named(&self, name: &str) -> Option<&Arc<AgentFile>> {
        self.iter().find(|file| file.name == name)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The hook files, with the hooks named whose newer form counts instead.
    pub fn hooks(&self) -> &[HookFile] {
        self.hooks.get_or_init(|| {
            let mut all: Vec<HookFile> = self
                .iter()
                .filter_map(|file| file.hooks())
                .cloned()
                .collect();
            resolve_pairs(&mut all);
            all
        })
    }

    /// What steers.
    pub fn steering(&self) -> &[Steering] {
        self.steering.get_or_init(|| {
            self.iter()
                .filter_map(|file| file.steering())
                .cloned()
                .collect()
        })
    }
}

fn below(files: &dyn Files, base: &Path, folder: &str, depth: usize, names: &mut Vec<String>) {
    let Ok(entries) = files.list(&base.join(folder)) else {
        return;
    };
    for entry in entries {
        let name = format!("{folder}/{}", entry.name);
        match entry.kind {
            FileKind::File => names.push(name),
            FileKind::Folder if depth > 0 => below(files, base, &name, depth - 1, names),
            FileKind::Folder | FileKind::Other => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use rutter_host::Memory;

    use super::*;

    const V1: &str = r#"{"version":"v1","hooks":[{"name":"Docs","trigger":"PostFileSave","action":{"type":"agent","prompt":"x"}}]}"#;
    const LEGACY: &str =
        r#"{"name":"Docs","when":{"type":"fileEdited"},"then":{"type":"askAgent","prompt":"x"}}"#;

    #[test]
    fn what_is_there_is_read_and_what_is_not_ours_is_not() {
        let files = Memory::with([
            ("/w/.kiro/hooks/docs.json", V1),
            ("/w/.kiro/hooks/docs.kiro.hook", LEGACY),
            ("/w/.kiro/hooks/README.md", "no hook"),
            ("/w/.kiro/agents/x.json", r#"{"name":"x"}"#),
            ("/w/.kiro/agents/y.md", "---\nname: y\n---\n"),
            ("/w/.kiro/steering/a/b.md", "B"),
            ("/w/.kiro/settings/mcp.json", "{}"),
            ("/w/AGENTS.md", "A"),
            ("/w/src/a.rs", ""),
            ("/v/CLAUDE.md", "alone"),
        ]);
        files
            .write(Path::new("/w/.kiro/steering/c.md"), b"\xff")
            .unwrap();
        let found = AgentFiles::read(&files, Path::new("/w"));
        let names: Vec<&str> = found.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(
            names,
            [
                ".kiro/agents/x.json",
                ".kiro/agents/y.md",
                ".kiro/hooks/docs.json",
                ".kiro/hooks/docs.kiro.hook",
                ".kiro/settings/mcp.json",
                ".kiro/steering/a/b.md",
                ".kiro/steering/c.md",
                "AGENTS.md",
            ]
        );
        assert!(found.named(".kiro/steering/c.md").unwrap().text.is_err());
        assert!(
            found
                .named(".kiro/agents/x.json")
                .unwrap()
                .hooks()
                .is_none()
        );
        assert!(found.hooks()[1].hooks[0].superseded_by.is_some());
        assert!(AgentFiles::read(&files, Path::new("/v")).is_empty());
    }

    #[test]
    fn places() {
        for (name, looked_for, folder) in [
            (".kiro/hooks/a.json", true, true),
            (".kiro/steering/a/b.md", true, true),
            (".kiro/settings/mcp.json", true, true),
            (".kiro/settings", false, true),
            (".kiro/agents/a/b.md", true, true),
            ("AGENTS.md", true, false),
            ("web/AGENTS.md", false, false),
            (".kiro", false, true),
            (".kiro/specs/a", false, false),
            ("src", false, false),
        ] {
            assert_eq!(AgentFiles::looks_for(name), looked_for, "{name}");
            assert_eq!(AgentFiles::may_be_below(name), folder, "{name}");
        }
    }
}
