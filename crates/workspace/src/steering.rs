//! The steering files that can matter to a file: those of the folders above it and of the user's own folder. Read when
//! asked for, nothing kept.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rutter_host::{FileKind, Files};
use rutter_steering::agent::Agent;
use rutter_steering::kiroignore::Ignored;
use rutter_steering::{Applied, Kind, LeftOut, Steering, effective, left_out, place};

use crate::folder::{Problem, relative};
use crate::snapshot::Snapshot;

/// Folders of rules are read this deep.
pub(crate) const MAX_DEPTH: usize = 6;
/// More steering files than this are not read.
pub(crate) const MAX_FILES: usize = 500;
/// More files that others refer to are not read.
const MAX_REFERENCED: usize = 100;

/// Folders that hold steering, below a folder of the project or the user's own.
pub(crate) const FOLDERS: &[&str] = &[
    ".kiro/steering",
    ".kiro/skills",
    ".cursor/rules",
    ".windsurf/rules",
    ".github/instructions",
];
/// Single files that steer.
pub(crate) const SINGLE: &[&str] = &[
    ".kiro/steering.md",
    "AGENTS.md",
    "CLAUDE.md",
    "GEMINI.md",
    ".cursorrules",
    ".windsurfrules",
    ".github/copilot-instructions.md",
];
/// The same in the user's own folder.
const GLOBAL: &[&str] = &[
    ".kiro/steering.md",
    ".claude/CLAUDE.md",
    ".gemini/GEMINI.md",
    ".codex/AGENTS.md",
];

/// What steers the work on one file.
#[derive(Debug, Default)]
pub struct SteeringOf {
    /// The file, relative to its root.
    pub file: String,
    /// Every steering file that was looked at, and what those that apply refer to.
    pub files: Vec<Steering>,
    /// The custom agents of the root, which load only what they name.
    pub agents: Vec<Agent>,
    /// Whether `.kiroignore` keeps the file from agents.
    pub ignored: bool,
    /// Files that could not be read.
    pub problems: Vec<Problem>,
}

impl SteeringOf {
    /// What applies, strongest first.
    pub fn effective(&self) -> Vec<Applied> {
        effective(&self.files, &self.file)
    }

    /// What does not apply, and why not.
    pub fn left_out(&self) -> Vec<LeftOut> {
        left_out(&self.files, &self.file)
    }
}

/// Gathers what steers the work on a file: from its root and the folders between, and from `home`. What is open counts as
/// it stands in the editor. A file outside every root is steered by `home` alone.
pub fn steering_of(
    snapshot: &Snapshot,
    files: &dyn Files,
    home: Option<&Path>,
    path: &Path,
) -> SteeringOf {
    let root = snapshot.root_of(path).cloned();
    let mut reader = Reader {
        snapshot,
        files,
        seen: BTreeSet::new(),
        found: SteeringOf::default(),
    };
    let mut ignored = Ignored::default();
    if let Some(root) = &root {
        reader.found.file = relative(root, path);
        for folder in folders_above(root, path) {
            reader.folder(&folder, SINGLE, &|p| relative(root, p));
            if let Some(text) = reader.read(&folder.join(".kiroignore")) {
                ignored.add(&relative(root, &folder), &text);
            }
        }
        reader.agents(root);
        reader.found.ignored = ignored.ignores(&reader.found.file);
    }
    if let Some(home) = home {
        reader.folder(home, GLOBAL, &|p| format!("~/{}", relative(home, p)));
        if let Some(text) = reader.read(&home.join(".kiro/settings/kiroignore")) {
            let mut global = Ignored::default();
            global.add("", &text);
            reader.found.ignored |= global.ignores(&reader.found.file);
        }
    }
    if let Some(root) = &root {
        reader.referenced(root);
    }
    reader.found
}

/// The root and each folder from it down to the one that holds the path.
fn folders_above(root: &Path, path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = path
        .ancestors()
        .skip(1)
        .take_while(|a| a.starts_with(root))
        .map(Path::to_owned)
        .collect();
    if folders.is_empty() {
        folders.push(root.to_owned());
    }
    folders.reverse();
    folders
}

struct Reader<'a> {
    snapshot: &'a Snapshot,
    files: &'a dyn Files,
    seen: BTreeSet<String>,
    found: SteeringOf,
}

impl Reader<'_> {
    /// The text as the editor has it, else as it is on disk.
    fn read(&mut self, path: &Path) -> Option<String> {
        if let Some(open) = self.snapshot.open.get(path) {
            return Some(open.source.text().to_owned());
        }
        match self.files.read_text_if_any(path) {
            Ok(text) => text,
            Err(error) => {
                self.found.problems.push(Problem {
                    path: path.to_owned(),
                    message: error.to_string(),
                });
                None
            }
        }
    }

    fn folder(&mut self, folder: &Path, single: &[&str], name: &dyn Fn(&Path) -> String) {
        for file in single {
            self.add(&folder.join(file), name);
        }
        for rules in FOLDERS {
            let mut paths = Vec::new();
            self.below(&folder.join(rules), MAX_DEPTH, &mut paths);
            for path in paths {
                self.add(&path, name);
            }
        }
    }

    fn add(&mut self, path: &Path, name: &dyn Fn(&Path) -> String) {
        let name = name(path);
        let steers = place(&name).is_some_and(|p| p.kind != Kind::Power);
        if !steers || self.found.files.len() >= MAX_FILES || self.seen.contains(&name) {
            return;
        }
        if let Some(text) = self.read(path) {
            self.found.files.push(Steering::parse(&name, &text));
            self.seen.insert(name);
        }
    }

    /// The files below a folder, those that are only in the editor too.
    fn below(&self, folder: &Path, depth: usize, out: &mut Vec<PathBuf>) {
        if let Ok(entries) = self.files.list(folder) {
            for entry in entries {
                match entry.kind {
                    FileKind::File => out.push(entry.path),
                    FileKind::Folder if depth > 0 => self.below(&entry.path, depth - 1, out),
                    FileKind::Folder | FileKind::Other => {}
                }
            }
        }
        let open = self.snapshot.open.keys();
        for path in open.filter(|p| p.parent() == Some(folder)) {
            if !out.contains(path) {
                out.push(path.clone());
            }
        }
    }

    fn agents(&mut self, root: &Path) {
        let mut paths = Vec::new();
        self.below(&root.join(".kiro/agents"), MAX_DEPTH, &mut paths);
        for path in paths {
            let agent = path.extension().is_some_and(|e| e == "md" || e == "json");
            if agent && let Some(text) = self.read(&path) {
                self.found
                    .agents
                    .push(Agent::parse(&relative(root, &path), &text));
            }
        }
    }

    /// Reads what the files that apply refer to, also through others; a circle ends where it began.
    fn referenced(&mut self, root: &Path) {
        let mut left = MAX_REFERENCED;
        let mut done: BTreeSet<String> = BTreeSet::new();
        loop {
            let next = self
                .found
                .effective()
                .into_iter()
                .find(|applied| !done.contains(&applied.path));
            let Some(applied) = next else { return };
            let wanted: Vec<Vec<String>> = self
                .found
                .files
                .iter()
                .filter(|s| s.path == applied.path)
                .flat_map(|s| {
                    s.references
                        .iter()
                        .map(|r| r.candidates(&s.place.base, &s.path))
                })
                .collect();
            for candidates in wanted {
                for path in candidates {
                    if self.seen.contains(&path) {
                        break;
                    }
                    if left == 0 {
                        return;
                    }
                    let full = root.join(&path);
                    if self.files.kind(&full).is_ok_and(|k| k == FileKind::File)
                        && let Some(text) = self.read(&full)
                    {
                        left -= 1;
                        self.found.files.push(Steering::referenced(&path, &text));
                        self.seen.insert(path);
                        break;
                    }
                }
            }
            done.insert(applied.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rutter_host::Memory;
    use rutter_text::Encoding;

    use super::*;

    fn snapshot(roots: &[&str]) -> Snapshot {
        Snapshot {
            roots: Arc::new(roots.iter().map(PathBuf::from).collect()),
            open: Arc::default(),
            folders: Arc::default(),
            settings: Arc::default(),
            own: Arc::default(),
            agents: Arc::default(),
            encoding: Encoding::Utf16,
            revision: 0,
        }
    }

    #[test]
    fn what_stands_above_the_file_and_at_home_is_read() {
        let files = Memory::with([
            ("/w/.kiro/steering/tech.md", "See #[[file:docs/a.md]].\n"),
            ("/w/docs/a.md", "And #[[file:docs/b.md]].\n"),
            ("/w/docs/b.md", "Back to #[[file:docs/a.md]].\n"),
            (
                "/w/web/.kiro/steering/ui.md",
                "---\ninclusion: fileMatch\nfileMatchPattern: src/*.ts\n---\nUI\n",
            ),
            ("/w/web/AGENTS.md", "Web.\n"),
            ("/w/api/AGENTS.md", "Api.\n"),
            ("/w/AGENTS.md", "All.\n"),
            ("/w/.kiroignore", "*.pem\n"),
            (
                "/w/.kiro/agents/r.json",
                "{\"resources\":[\"file://AGENTS.md\"]}",
            ),
            ("/v/AGENTS.md", "Other root.\n"),
            ("/home/me/.kiro/steering/mine.md", "Mine.\n"),
        ]);
        let of = |path: &str| {
            steering_of(
                &snapshot(&["/w", "/v"]),
                &files,
                Some(Path::new("/home/me")),
                Path::new(path),
            )
        };
        let found = of("/w/web/src/a.ts");
        let rows: Vec<(String, &str)> = found
            .effective()
            .into_iter()
            .map(|a| (a.path, a.scope))
            .collect();
        let rows: Vec<(&str, &str)> = rows.iter().map(|(p, s)| (p.as_str(), *s)).collect();
        assert_eq!(
            rows,
            [
                ("web/.kiro/steering/ui.md", "folder"),
                ("web/AGENTS.md", "folder"),
                (".kiro/steering/tech.md", "project"),
                ("docs/a.md", "project"),
                ("docs/b.md", "project"),
                ("AGENTS.md", "project"),
                ("~/.kiro/steering/mine.md", "global"),
            ]
        );
        assert_eq!(found.agents[0].loads("AGENTS.md"), Some("file://AGENTS.md"));
        assert!(!found.ignored && of("/w/web/key.pem").ignored);
        assert_eq!(of("/v/x.rs").effective()[0].path, "AGENTS.md");
        assert_eq!(of("/elsewhere/x.rs").effective().len(), 1);
        assert_eq!(
            of("/w/web/b.css").left_out()[0].why,
            "Its pattern `src/*.ts` does not match b.css."
        );
    }
}
