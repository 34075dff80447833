//! The steering files that can matter to a file: those of the folders above it, of the user's own folder, and of the other
//! folders of the workspace. Read when asked for, nothing kept.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rutter_host::{FileKind, Files, Home};
use rutter_steering::agent::Agent;
use rutter_steering::kiroignore::Ignored;
use rutter_steering::{Applied, Elsewhere, LeftOut, Steering, Work, effective, left_out, place};

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
    ".kiro/powers",
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
    /// What was said in the chat, where that is known.
    pub message: Option<String>,
    /// The custom agents of the root, which load only what they name.
    pub agents: Vec<Agent>,
    /// What keeps the file from agents.
    pub ignored: Option<IgnoredBy>,
    /// Files that could not be read.
    pub problems: Vec<Problem>,
}

/// What keeps a file from agents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IgnoredBy {
    /// A `.kiroignore` of the project. Kiro heeds it only where its setting `kiroAgent.agentIgnoreFiles` lists the name.
    Project,
    /// The user's own `~/.kiro/settings/kiroignore`, which always counts.
    User,
}

impl IgnoredBy {
    /// In a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Project => {
                "`.kiroignore` keeps this file from agents; from Kiro's own only where its setting \
                 `kiroAgent.agentIgnoreFiles` lists `.kiroignore`."
            }
            Self::User => "`~/.kiro/settings/kiroignore` keeps this file from agents.",
        }
    }
}

impl SteeringOf {
    fn work(&self) -> Work<'_> {
        Work {
            file: &self.file,
            message: self.message.as_deref(),
        }
    }

    /// What applies, strongest first.
    pub fn effective(&self) -> Vec<Applied> {
        effective(&self.files, self.work())
    }

    /// What does not apply, and why not.
    pub fn left_out(&self) -> Vec<LeftOut> {
        left_out(&self.files, self.work())
    }
}

/// Gathers what steers the work on a file: from its root and the folders between, from the other roots, and from `home`.
/// What is open counts as it stands in the editor. A file outside every root is steered by `home` alone. `message` is what
/// was said in the chat.
pub fn steering_of(
    snapshot: &Snapshot,
    files: &dyn Files,
    home: Option<&Home>,
    path: &Path,
    message: Option<&str>,
) -> SteeringOf {
    // Where one root lies in another, the outer one is above the file too.
    let around = snapshot.roots.iter().filter(|r| path.starts_with(r));
    let root = around.min_by_key(|root| root.components().count()).cloned();
    let mut reader = Reader {
        snapshot,
        files,
        home,
        seen: BTreeSet::new(),
        found: SteeringOf::default(),
    };
    reader.found.message = message.map(str::to_owned);
    let mut ignored = Ignored::default();
    if let Some(root) = &root {
        reader.found.file = relative(root, path);
        for folder in folders_above(root, path) {
            let at = |name: &str| folder.join(name);
            reader.folder(&at, SINGLE, &|p| Some(relative(root, p)));
            if let Some(text) = reader.read(&folder.join(".kiroignore")) {
                ignored.add(&relative(root, &folder), &text);
            }
        }
        reader.agents(root);
        for other in snapshot.roots.iter().filter(|r| !r.starts_with(root)) {
            reader.elsewhere(other, root);
        }
        if ignored.ignores(&reader.found.file) {
            reader.found.ignored = Some(IgnoredBy::Project);
        }
    }
    if let Some(home) = home {
        reader.folder(&|name| home.path(name), GLOBAL, &|p| home.name(p));
        if let Some(text) = reader.read(&home.path(".kiro/settings/kiroignore")) {
            let mut global = Ignored::default();
            global.add("", &text);
            if global.ignores(&reader.found.file) {
                reader.found.ignored = Some(IgnoredBy::User);
            }
        }
    }
    reader.referenced(root.as_deref());
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
    home: Option<&'a Home>,
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

    /// Reads what steers from the places that `at` says; `name` is what a path is called.
    fn folder(
        &mut self,
        at: &dyn Fn(&str) -> PathBuf,
        single: &[&str],
        name: &dyn Fn(&Path) -> Option<String>,
    ) {
        for file in single {
            self.add(&at(file), name);
        }
        for rules in FOLDERS {
            let mut paths = Vec::new();
            self.below(&at(rules), MAX_DEPTH, &mut paths);
            for path in paths {
                self.add(&path, name);
            }
        }
    }

    fn add(&mut self, path: &Path, name: &dyn Fn(&Path) -> Option<String>) {
        let Some(name) = name(path) else { return };
        if place(&name).is_none()
            || self.found.files.len() >= MAX_FILES
            || self.seen.contains(&name)
        {
            return;
        }
        if let Some(text) = self.read(path) {
            self.found.files.push(Steering::parse(&name, &text));
            self.seen.insert(name);
        }
    }

    /// The steering of another root, as it stands towards files of `here`.
    fn elsewhere(&mut self, root: &Path, here: &Path) {
        let seen_as = here.file_name().unwrap_or_default().to_string_lossy();
        let mut paths = vec![root.join(".kiro/steering.md"), root.join("AGENTS.md")];
        self.below(&root.join(".kiro/steering"), MAX_DEPTH, &mut paths);
        for path in paths {
            let Some(mut place) = place(&relative(root, &path)) else {
                continue;
            };
            let name = path.to_string_lossy().replace('\\', "/");
            if self.found.files.len() < MAX_FILES
                && !self.seen.contains(&name)
                && let Some(text) = self.read(&path)
            {
                place.elsewhere = Some(Elsewhere {
                    root: root.to_string_lossy().replace('\\', "/"),
                    seen_as: seen_as.clone().into_owned(),
                });
                self.found.files.push(Steering::at(&name, place, &text));
                self.seen.insert(name);
            }
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
    fn referenced(&mut self, root: Option<&Path>) {
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
                .flat_map(|s| s.references.iter().map(|r| s.candidates(r)))
                .collect();
            for candidates in wanted {
                for path in candidates {
                    if self.seen.contains(&path) {
                        break;
                    }
                    if left == 0 {
                        return;
                    }
                    let own = path.strip_prefix("~/").zip(self.home);
                    let full = match (own, root) {
                        (Some((below, home)), _) => home.path(below),
                        (None, Some(root)) => root.join(&path),
                        (None, None) => continue,
                    };
                    if (self.snapshot.open.contains_key(&full)
                        || self.files.kind(&full).is_ok_and(|k| k == FileKind::File))
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
            foreign: Arc::default(),
            sources: Arc::default(),
            likely: Arc::default(),
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
                Some(&Home::new("/home/me")),
                Path::new(path),
                None,
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
        assert_eq!(found.ignored, None);
        assert_eq!(of("/w/web/key.pem").ignored, Some(IgnoredBy::Project));
        assert_eq!(of("/v/x.rs").effective()[0].path, "AGENTS.md");
        assert_eq!(of("/elsewhere/x.rs").effective().len(), 1);
        assert_eq!(
            of("/w/web/b.css").left_out()[0].why,
            "Its pattern `src/*.ts` does not match b.css."
        );
    }

    #[test]
    fn other_folders_of_the_workspace_speak_where_a_pattern_names_this_one() {
        let shared = "---\ninclusion: fileMatch\nfileMatchPattern: [\"**/*.ts\", \"shop/**/*.ts\"]\n---\nSee #[[file:docs/ts.md]].\n";
        let files = Memory::with([
            ("/all/rules/.kiro/steering/ts.md", shared),
            ("/all/rules/.kiro/steering/own.md", "Only here.\n"),
            ("/all/rules/docs/ts.md", "Strict.\n"),
            ("/all/shop/docs/ts.md", "Not this one.\n"),
            ("/all/shop/.kiro/steering/a.md", "Shop.\n"),
            ("/all/shop/web/.kiro/steering/b.md", "Web.\n"),
            ("/home/me/.kiro/steering.md", "Mine.\n"),
        ]);
        let now = snapshot(&["/all/rules", "/all/shop", "/all/shop/web"]);
        let home = Home::new("/home/me");
        let of = |path: &str| steering_of(&now, &files, Some(&home), Path::new(path), None);
        let found = of("/all/shop/web/src/a.ts");
        let rows = found.effective();
        let rows: Vec<(&str, &str)> = rows.iter().map(|a| (a.path.as_str(), a.scope)).collect();
        assert_eq!(
            rows,
            [
                ("web/.kiro/steering/b.md", "folder"),
                (".kiro/steering/a.md", "project"),
                ("/all/rules/.kiro/steering/ts.md", "workspace"),
                ("/all/rules/docs/ts.md", "project"),
                ("~/.kiro/steering.md", "global"),
            ]
        );
        assert_eq!(
            found.left_out()[0].why,
            "It speaks for the files of /all/rules only."
        );
        let row = &of("/all/shop/web/a.css").left_out()[1];
        assert_eq!(
            row.why,
            "It speaks for the files of /all/rules only: no pattern of it names the folder `shop`."
        );
        assert_eq!(of("/all/rules/x.ts").effective().len(), 4);
    }

    #[test]
    fn a_power_speaks_when_a_message_calls_it() {
        let power = "---\nname: demo-db\nkeywords: [sql, database]\n---\n# Use\n";
        let files = Memory::with([
            ("/kiro/powers/installed/db/POWER.md", power),
            (
                "/kiro/powers/installed/db/steering/all.md",
                "Use indexes.\n",
            ),
            (
                "/kiro/powers/installed/db/steering/rs.md",
                "---\ninclusion: fileMatch\nfileMatchPattern: \"*.rs\"\n---\nsqlx.\n",
            ),
            ("/home/me/.kiro/steering.md", "Not where KIRO_HOME says.\n"),
            (
                "/w/.kiro/steering/deploy.md",
                "---\ninclusion: manual\n---\nD\n",
            ),
        ]);
        let home = Home::new("/home/me").with_kiro("/kiro");
        let now = snapshot(&["/w"]);
        let of = |path: &str, said| steering_of(&now, &files, Some(&home), Path::new(path), said);
        let quiet = of("/w/a.rs", None);
        assert_eq!(quiet.effective(), []);
        let why = &quiet.left_out()[1].why;
        assert_eq!(
            why,
            "The power `demo-db` is used when a message names one of its keywords: `sql`, `database`."
        );
        let rows = |found: SteeringOf| -> Vec<String> {
            let rows = found.effective().into_iter();
            rows.map(|a| format!("{} {}: {}", a.inclusion, a.path, a.why))
                .collect()
        };
        let called = "The message names `sql`, which calls the power `demo-db`.";
        assert_eq!(
            rows(of("/w/a.rs", Some("Speed up the SQL, see #deploy."))),
            [
                "manual .kiro/steering/deploy.md: The message names it with `#deploy`.".to_owned(),
                format!(
                    "power ~/.kiro/powers/installed/db/steering/rs.md: {called} Its pattern `*.rs` matches a.rs."
                ),
                format!("power ~/.kiro/powers/installed/db/steering/all.md: {called}"),
                format!("power ~/.kiro/powers/installed/db/POWER.md: {called}"),
            ]
        );
        assert_eq!(rows(of("/w/a.ts", Some("mysql #deployment"))), [""; 0]);
    }
}
