//! Which folders hold source and which hold tests.

use crate::Language;

/// The most folders listed.
const MAX_DIRS: usize = 12;

/// Folders that a tool made.
const FOREIGN: [&str; 10] = [
    "target",
    "dist",
    "build",
    "out",
    "obj",
    "coverage",
    "vendor",
    "third_party",
    "venv",
    "Pods",
];

/// Folders of what others wrote or a tool keeps, wherever they are.
const ALWAYS_FOREIGN: [&str; 8] = [
    "node_modules",
    ".venv",
    "site-packages",
    "__pycache__",
    ".git",
    ".next",
    ".nuxt",
    ".tox",
];

/// Folders whose files belong together as one body of source.
const SOURCE_ROOTS: [&str; 7] = ["src", "lib", "app", "cmd", "internal", "pkg", "include"];

/// Folders that hold a project in each of their folders.
const GROUPS: [&str; 7] = [
    "packages", "crates", "apps", "services", "libs", "modules", "projects",
];

const TEST_DIRS: [&str; 7] = [
    "test",
    "tests",
    "spec",
    "specs",
    "__tests__",
    "e2e",
    "testing",
];

/// Inside a folder of foreign or generated files. Inside source, `build` is a name like any other.
pub(super) fn is_foreign(path: &str) -> bool {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let outside = folder
        .split('/')
        .take_while(|part| !SOURCE_ROOTS.contains(part));
    outside.clone().any(|part| FOREIGN.contains(&part))
        || folder.split('/').any(|part| ALWAYS_FOREIGN.contains(&part))
        || file.ends_with(".min.js")
        || file.ends_with(".d.ts")
}

/// Languages and how many files each has, most first.
pub(super) fn languages(files: &[&str]) -> Vec<(Language, usize)> {
    let mut counts: Vec<(Language, usize)> = Vec::new();
    for language in files.iter().filter_map(|path| Language::of_path(path)) {
        match counts.iter_mut().find(|(known, _)| *known == language) {
            Some((_, count)) => *count += 1,
            None => counts.push((language, 1)),
        }
    }
    // A header is C++ where the rest is.
    let cpp = counts
        .iter()
        .any(|(language, _)| *language == Language::Cpp);
    let c_sources = files.iter().any(|path| path.ends_with(".c"));
    if let Some(at) = counts
        .iter()
        .position(|(language, _)| *language == Language::C)
        .filter(|_| cpp && !c_sources)
    {
        let (_, headers) = counts.remove(at);
        counts
            .iter_mut()
            .filter(|(language, _)| *language == Language::Cpp)
            .for_each(|(_, count)| *count += headers);
    }
    counts.sort_by_key(|(language, count)| (std::cmp::Reverse(*count), *language));
    counts
}

/// Whether a path is a test by its name or its folder.
pub fn is_test_path(path: &str) -> bool {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let Some(language) = Language::of_path(path) else {
        return false;
    };
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    // Django's `tests.py` and Rust's `tests.rs`.
    let whole = matches!(language, Language::Python | Language::Rust) && stem == "tests";
    whole
        || affix(language, stem).is_some()
        || folder.split('/').any(|part| {
            TEST_DIRS.contains(&part) || part.ends_with(".Tests") || part.ends_with("Tests")
        })
        || folder.contains("src/test/")
}

/// What marks a file's name as a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Affix {
    Prefix(&'static str),
    Suffix(&'static str),
}

impl Affix {
    /// The name of what is tested.
    pub fn taken_off<'s>(&self, stem: &'s str) -> &'s str {
        match self {
            Self::Prefix(mark) => stem.strip_prefix(mark),
            Self::Suffix(mark) => stem.strip_suffix(mark),
        }
        .unwrap_or(stem)
    }

    /// The name of the test.
    pub fn put_on(&self, stem: &str) -> String {
        match self {
            Self::Prefix(mark) => format!("{mark}{stem}"),
            Self::Suffix(mark) => format!("{stem}{mark}"),
        }
    }
}

/// The mark on the name of a test, without its extension.
pub(super) fn affix(language: Language, stem: &str) -> Option<Affix> {
    let (prefixes, suffixes): (&[&'static str], &[&'static str]) = match language {
        Language::TypeScript | Language::Tsx | Language::JavaScript => {
            (&[], &[".test", ".spec", "_test", "-test", ".e2e-spec"])
        }
        Language::Python => (&["test_"], &["_test"]),
        Language::Go => (&[], &["_test"]),
        Language::Java => (&[], &["Test", "Tests", "IT"]),
        Language::CSharp => (&[], &["Tests", "Test"]),
        Language::Ruby => (&["test_"], &["_spec", "_test"]),
        Language::Php => (&[], &["Test"]),
        Language::C | Language::Cpp => (&["test_"], &["_test", "_tests", "_unittest", "Test"]),
        Language::Rust => (&[], &["_test", "_tests"]),
    };
    let longer = |mark: &&&'static str| stem.len() > mark.len();
    let prefix = prefixes
        .iter()
        .filter(longer)
        .find(|mark| stem.starts_with(**mark))
        .map(|mark| Affix::Prefix(mark));
    prefix.or_else(|| {
        suffixes
            .iter()
            .filter(longer)
            .find(|mark| stem.ends_with(**mark))
            .map(|mark| Affix::Suffix(mark))
    })
}

pub(super) fn source_dirs(files: &[&str]) -> Vec<String> {
    let sources = files.iter().filter(|path| {
        Language::of_path(path).is_some() && !is_test_path(path) && !is_set_up(path)
    });
    most_first(sources.map(|path| source_root(path)))
}

pub(super) fn test_dirs(files: &[&str]) -> Vec<String> {
    let tests = files.iter().filter(|path| is_test_path(path));
    most_first(tests.filter_map(|path| test_root(path)))
}

/// Sets the project up rather than being part of it.
fn is_set_up(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    matches!(
        file,
        "setup.py"
            | "noxfile.py"
            | "manage.py"
            | "conftest.py"
            | "Gemfile"
            | "Rakefile"
            | "build.rs"
    ) || file.contains(".config.")
}

fn source_root(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    let folders = &parts[..parts.len() - 1];
    let root = folders
        .iter()
        .position(|part| SOURCE_ROOTS.contains(part))
        .map(|at| at + 1);
    let end = match root {
        Some(at) if folders.get(at) == Some(&"main") => (at + 2).min(folders.len()),
        Some(at) => at,
        None if folders.first().is_some_and(|first| GROUPS.contains(first)) => 2.min(folders.len()),
        None => 1.min(folders.len()),
    };
    if end == 0 {
        ".".to_owned()
    } else {
        folders[..end].join("/")
    }
}

fn test_root(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let folders = &parts[..parts.len() - 1];
    let at = folders.iter().position(|part| {
        TEST_DIRS.contains(part) || part.ends_with(".Tests") || part.ends_with("Tests")
    })?;
    let java = folders.get(at) == Some(&"test")
        && at > 0
        && folders[at - 1] == "src"
        && folders.len() > at + 1;
    let holder = matches!(folders.get(at + 1), Some(next) if next.ends_with(".Tests"));
    Some(folders[..at + 1 + usize::from(java || holder)].join("/"))
}

fn most_first(dirs: impl Iterator<Item = String>) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for dir in dirs {
        match counts.iter_mut().find(|(known, _)| *known == dir) {
            Some((_, count)) => *count += 1,
            None => counts.push((dir, 1)),
        }
    }
    counts.sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then_with(|| a.cmp(b)));
    counts.truncate(MAX_DIRS);
    counts.into_iter().map(|(dir, _)| dir).collect()
}
