//! The facts about a project that a draft stands on: its languages and tools, its symbols, and what its steering says.

use std::path::{Path, PathBuf};

use rutter_code::project::{self, Manifest, Project};
use rutter_code::{Language, search, symbols};
use rutter_host::{Cancel, Files};
use rutter_steering::Steering;

use crate::folder::relative;

/// More files than this are not looked at.
const MAX_FILES: usize = 20_000;

/// A source file larger than this is most likely generated.
const MAX_SOURCE: usize = 256 * 1024;

/// What a draft may know.
#[derive(Debug, Default)]
pub struct Ground {
    /// Languages, frameworks, test runner, conventions.
    pub project: Project,
    /// Symbols and files by their words.
    pub index: search::Index,
    /// What sources, pages and settings say, within a bound.
    pub texts: search::Texts,
    /// Every file, relative to the root, with `/`.
    pub files: Vec<String>,
    /// What the steering that is always included says, sentence by sentence.
    pub statements: Vec<String>,
    /// The team's catalogue files: name and text.
    pub catalogue: Vec<(String, String)>,
}

/// Looks at a project. Files that can't be read are passed over; a cancel ends it early with what was seen.
pub fn ground(files: &dyn Files, root: &Path, cancel: &Cancel) -> Ground {
    let paths = files.walk(root, MAX_FILES);
    let names: Vec<String> = paths.iter().map(|p| relative(root, p)).collect();
    let manifests: Vec<(String, String)> = names
        .iter()
        .zip(&paths)
        .filter(|(name, _)| project::is_manifest(name))
        .filter_map(|(name, path)| Some((name.clone(), files.read_text(path).ok()?)))
        .collect();
    let handed: Vec<Manifest<'_>> = manifests
        .iter()
        .map(|(path, text)| Manifest { path, text })
        .collect();
    let project = project::detect(&names, &handed);
    let (index, kept) = index(files, &names, &paths, cancel);
    Ground {
        project,
        index,
        texts: kept,
        files: names,
        statements: rutter_steering::statements(&steering(files, root)),
        catalogue: texts(files, &root.join(".rutter").join("catalogue"), "toml"),
    }
}

fn index(
    files: &dyn Files,
    names: &[String],
    paths: &[PathBuf],
    cancel: &Cancel,
) -> (search::Index, search::Texts) {
    let mut index = search::Index::default();
    let mut kept = search::Texts::default();
    for (name, path) in names.iter().zip(paths) {
        if cancel.is_cancelled() {
            break;
        }
        let language = Language::of_path(name);
        if language.is_none() && !search::holds_text(name) {
            continue;
        }
        let Ok(text) = files.read_text(path) else {
            continue;
        };
        if let Some(language) = language.filter(|_| text.len() <= MAX_SOURCE) {
            index.add(name, language, &symbols(language, &text));
        }
        kept.add(name, text);
    }
    (index, kept)
}

fn steering(files: &dyn Files, root: &Path) -> Vec<Steering> {
    texts(files, &root.join(".kiro").join("steering"), "md")
        .into_iter()
        .map(|(path, text)| Steering::parse(&path, &text))
        .collect()
}

/// The files of a folder with this extension, by name.
fn texts(files: &dyn Files, folder: &Path, extension: &str) -> Vec<(String, String)> {
    let Ok(entries) = files.list(folder) else {
        return Vec::new();
    };
    entries
        .into_iter()
        .filter(|e| e.path.extension().is_some_and(|x| x == extension))
        .filter_map(|e| Some((e.name, files.read_text(&e.path).ok()?)))
        .collect()
}
