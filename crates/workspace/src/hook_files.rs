//! The hook files of a project, and the user's own, as they are on disk: what runs is what was saved.

use std::path::{Path, PathBuf};

use rutter_hooks::{HookFile, resolve_pairs};
use rutter_host::{FileKind, Files, Home};

/// A hook file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The file.
    pub path: PathBuf,
    /// Why, as a sentence.
    pub message: String,
}

/// The hooks of one project.
#[derive(Clone, Debug, Default)]
pub struct Hooks {
    /// The files, the project's first; the paths of the user's own begin with `~/`.
    pub files: Vec<HookFile>,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

/// Folders of hook files, below the project or the home folder.
const FOLDERS: [&str; 2] = [".kiro/hooks", ".rutter/hooks"];
/// Where the YAML form also stands alone.
const SINGLE: [&str; 2] = [".kiro/hooks.yaml", ".kiro/hooks.yml"];
const AGENTS: &str = ".kiro/agents";

/// Whether a file of this name in a folder of hooks is one.
fn is_hook_file(name: &str) -> bool {
    [".json", ".kiro.hook", ".yaml", ".yml"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// Whether a path, relative to a project with `/`, is that of a hook file.
pub fn is_hook_path(relative: &str) -> bool {
    SINGLE.contains(&relative)
        || FOLDERS.iter().any(|folder| {
            relative
                .strip_prefix(folder)
                .and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|name| !name.contains('/') && is_hook_file(name))
        })
        || relative.starts_with(".kiro/agents/") && relative.ends_with(".json")
}

/// Reads them all, those of `home` after the project's.
pub fn hooks(files: &dyn Files, root: &Path, home: Option<&Home>) -> Hooks {
    let mut found = Hooks::default();
    read_below(files, &|name| root.join(name), "", &mut found);
    if let Some(home) = home.filter(|home| home.folder() != root) {
        read_below(files, &|name| home.path(name), "~/", &mut found);
    }
    resolve_pairs(&mut found.files);
    found
}

/// Where a file lies that has this name, relative with `/`.
type At<'a> = &'a dyn Fn(&str) -> PathBuf;

/// The names of the hook files that there are, relative with `/`.
pub(crate) fn paths(files: &dyn Files, at: At<'_>) -> Vec<String> {
    let mut paths: Vec<String> = SINGLE
        .iter()
        .filter(|single| files.exists(&at(single)))
        .map(|single| (*single).to_owned())
        .collect();
    for folder in FOLDERS {
        let Ok(entries) = files.list(&at(folder)) else {
            continue;
        };
        paths.extend(
            entries
                .into_iter()
                .filter(|e| e.kind == FileKind::File && is_hook_file(&e.name))
                .map(|e| format!("{folder}/{}", e.name)),
        );
    }
    agents(files, at, AGENTS, 4, &mut paths);
    paths
}

fn read_below(files: &dyn Files, at: At<'_>, prefix: &str, found: &mut Hooks) {
    let paths = paths(files, at);
    for path in paths {
        let full = at(&path);
        match files.read_text(&full) {
            Ok(text) => {
                // Most agents have no hooks, and what else is in their file is not ours to judge.
                if path.starts_with(AGENTS) && !text.contains("\"hooks\"") {
                    continue;
                }
                found
                    .files
                    .push(HookFile::parse(&format!("{prefix}{path}"), &text));
            }
            Err(error) => found.unread.push(Unread {
                path: full,
                message: error.to_string(),
            }),
        }
    }
}

fn agents(files: &dyn Files, at: At<'_>, folder: &str, depth: usize, paths: &mut Vec<String>) {
    let Ok(entries) = files.list(&at(folder)) else {
        return;
    };
    for entry in entries {
        let path = format!("{folder}/{}", entry.name);
        match entry.kind {
            FileKind::Folder if depth > 0 => agents(files, at, &path, depth - 1, paths),
            FileKind::File if entry.name.ends_with(".json") => paths.push(path),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use rutter_host::Memory;

    use super::*;

    #[test]
    fn hook_files_are_found_where_they_may_stand() {
        let v1 = r#"{"version":"v1","hooks":[{"name":"A","trigger":"PostFileSave","action":{"type":"command","command":"x"}}]}"#;
        let files = Memory::with([
            ("/w/.kiro/hooks/a.json", v1),
            ("/w/.kiro/hooks/notes.md", "no hook"),
            ("/w/.rutter/hooks/b.json", v1),
            (
                "/w/.kiro/hooks.yaml",
                "hooks:\n  - trigger: on_save\n    action: Look.\n",
            ),
            ("/w/.kiro/agents/team/x.json", r#"{"name":"x"}"#),
            (
                "/w/.kiro/agents/y.json",
                r#"{"hooks":{"stop":[{"command":"x"}]}}"#,
            ),
            ("/h/.kiro/hooks/mine.json", v1),
        ]);
        let found = hooks(&files, Path::new("/w"), Some(&Home::new("/h")));
        let paths: Vec<&str> = found.files.iter().map(|f| f.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                ".kiro/hooks.yaml",
                ".kiro/hooks/a.json",
                ".rutter/hooks/b.json",
                ".kiro/agents/y.json",
                "~/.kiro/hooks/mine.json"
            ]
        );
        assert!(is_hook_path(".kiro/hooks/x.kiro.hook") && is_hook_path(".kiro/hooks.yml"));
        assert!(!is_hook_path(".kiro/hooks/README.md") && !is_hook_path("src/hooks/a.json"));
    }
}
