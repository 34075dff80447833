//! What a project is, from its manifests and the list of its files. Nothing is run or read here.

mod commands;
mod known;
mod layout;
mod manifest;
mod properties;
mod test_style;

use crate::Language;
pub use layout::is_test_path;
use manifest::{Ecosystem, Facts};
pub use properties::{PropertyHome, PropertyLibrary, property_homes};
pub use test_style::TestFileStyle;

/// A manifest's path and its text, such as `Cargo.toml` or `package.json`.
#[derive(Debug, Clone, Copy)]
pub struct Manifest<'a> {
    /// The path from the project's root, with `/`.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// Whether [`detect`] can read a file of this path as a manifest.
pub fn is_manifest(path: &str) -> bool {
    manifest::ecosystem_of(path).is_some()
}

/// What runs the tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestRunner {
    /// Its name, such as `vitest`.
    pub name: String,
    /// The command that runs all tests, from the project's root.
    pub command: String,
}

/// What a project is made of and how it is worked on. Names are in lower case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Project {
    /// The project's name, from its first manifest.
    pub name: Option<String>,
    /// Languages and how many files each has, most first.
    pub languages: Vec<(Language, usize)>,
    /// Frameworks, those of the first manifest first.
    pub frameworks: Vec<String>,
    /// Databases and libraries worth knowing.
    pub libraries: Vec<String>,
    /// What runs the tests.
    pub test_runner: Option<TestRunner>,
    /// What installs packages, such as `pnpm`.
    pub package_manager: Option<String>,
    /// The command that builds.
    pub build_command: Option<String>,
    /// The command that lints.
    pub lint_command: Option<String>,
    /// Folders that hold source, most files first; `.` is the root.
    pub source_dirs: Vec<String>,
    /// Folders that hold tests, most files first.
    pub test_dirs: Vec<String>,
    /// Where the test of a source file goes.
    pub test_file_style: TestFileStyle,
}

/// What the project is. `files` are paths from the root, with `/`. A manifest that can't be
/// parsed counts as a file only.
pub fn detect(files: &[String], manifests: &[Manifest<'_>]) -> Project {
    let own: Vec<&str> = files
        .iter()
        .map(String::as_str)
        .filter(|path| !layout::is_foreign(path))
        .collect();
    let languages = layout::languages(&own);
    let mut facts: Vec<Facts> = manifests
        .iter()
        .filter(|m| !layout::is_foreign(m.path))
        .filter_map(manifest::read)
        .collect();
    let strongest = languages
        .iter()
        .map(|(language, _)| *language)
        .collect::<Vec<_>>();
    facts.sort_by_key(|facts| {
        (
            rank(facts.ecosystem, &strongest),
            facts.depth(),
            facts.path.clone(),
        )
    });
    let mut shallow: Vec<&Facts> = facts.iter().collect();
    shallow.sort_by_key(|facts| facts.depth());
    let runner = commands::test_runner(&own, &facts, &languages);
    Project {
        name: shallow.iter().find_map(|facts| facts.name.clone()),
        frameworks: known::frameworks(&facts),
        libraries: known::libraries(&facts),
        package_manager: commands::package_manager(&own, &facts),
        build_command: commands::build(&own, &facts),
        lint_command: commands::lint(&own, &facts),
        source_dirs: layout::source_dirs(&own),
        test_dirs: layout::test_dirs(&own),
        test_file_style: TestFileStyle::seen(
            &own,
            runner.as_ref().map(|runner| runner.name.as_str()),
        ),
        test_runner: runner,
        languages,
    }
}

/// Where an ecosystem's strongest language stands in the list of languages.
fn rank(ecosystem: Ecosystem, languages: &[Language]) -> usize {
    languages
        .iter()
        .position(|language| ecosystem.is_of(*language))
        .unwrap_or(usize::MAX)
}
