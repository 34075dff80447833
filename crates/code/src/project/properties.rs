//! Libraries for property tests, and where a project has them.

use super::manifest::{self, Ecosystem};
use super::{Manifest, Project, layout};
use crate::Language;

/// A library for property tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PropertyLibrary {
    /// Rust.
    Proptest,
    /// Python.
    Hypothesis,
    /// TypeScript and JavaScript.
    FastCheck,
}

impl PropertyLibrary {
    /// Every library.
    pub const ALL: [Self; 3] = [Self::Proptest, Self::Hypothesis, Self::FastCheck];

    /// The name of its package.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proptest => "proptest",
            Self::Hypothesis => "hypothesis",
            Self::FastCheck => "fast-check",
        }
    }

    /// The library of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// The one that is usual for a language.
    pub fn of(language: Language) -> Option<Self> {
        match language {
            Language::Rust => Some(Self::Proptest),
            Language::Python => Some(Self::Hypothesis),
            Language::TypeScript | Language::Tsx | Language::JavaScript => Some(Self::FastCheck),
            _ => None,
        }
    }

    /// What adds it to a project; `manager` is what installs its packages.
    pub fn adding(self, manager: Option<&str>) -> String {
        match (self, manager) {
            (Self::Proptest, _) => "cargo add --dev proptest".to_owned(),
            (Self::Hypothesis, Some("uv")) => "uv add --dev hypothesis".to_owned(),
            (Self::Hypothesis, Some("poetry")) => "poetry add --group dev hypothesis".to_owned(),
            (Self::Hypothesis, _) => "pip install hypothesis".to_owned(),
            (Self::FastCheck, Some(manager @ ("yarn" | "pnpm" | "bun"))) => {
                format!("{manager} add --dev fast-check")
            }
            (Self::FastCheck, _) => "npm install --save-dev fast-check".to_owned(),
        }
    }

    fn ecosystem(self) -> Ecosystem {
        match self {
            Self::Proptest => Ecosystem::Cargo,
            Self::Hypothesis => Ecosystem::Python,
            Self::FastCheck => Ecosystem::Node,
        }
    }
}

/// A place where property tests can stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyHome {
    /// The library.
    pub library: PropertyLibrary,
    /// The folder of the package, with `/`; empty for the project's root.
    pub folder: String,
    /// Whether its manifest names the library.
    pub declared: bool,
}

/// The packages whose manifest names a library for property tests; where none does, those of the language that the project
/// has most of, with the library that is usual for it.
pub fn property_homes(project: &Project, manifests: &[Manifest<'_>]) -> Vec<PropertyHome> {
    let mut all = Vec::new();
    for manifest in manifests.iter().filter(|m| !layout::is_foreign(m.path)) {
        let Some(facts) = manifest::read(manifest) else {
            continue;
        };
        // A workspace of Cargo alone is no package that could hold tests.
        if facts.ecosystem == Ecosystem::Cargo && facts.name.is_none() {
            continue;
        }
        let folder = facts.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for library in PropertyLibrary::ALL {
            if facts.ecosystem == library.ecosystem() {
                all.push(PropertyHome {
                    library,
                    folder: folder.to_owned(),
                    declared: facts.has(library.as_str()),
                });
            }
        }
    }
    all.sort_by_key(|home| {
        (
            home.folder.matches('/').count(),
            home.folder.clone(),
            home.library,
            !home.declared,
        )
    });
    all.dedup_by(|next, last| next.folder == last.folder && next.library == last.library);
    if all.iter().any(|home| home.declared) {
        all.retain(|home| home.declared);
        return all;
    }
    let mut languages = project.languages.iter();
    let usual = languages.find_map(|(language, _)| PropertyLibrary::of(*language));
    all.retain(|home| Some(home.library) == usual);
    if let (Some(library), true) = (usual, all.is_empty()) {
        all.push(PropertyHome {
            library,
            folder: String::new(),
            declared: false,
        });
    }
    all.truncate(1);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::detect;

    fn shown(files: &[&str], manifests: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<String> = files.iter().map(|f| (*f).to_owned()).collect();
        let manifests: Vec<Manifest<'_>> = manifests
            .iter()
            .map(|(path, text)| Manifest { path, text })
            .collect();
        property_homes(&detect(&files, &manifests), &manifests)
            .iter()
            .map(|home| {
                format!(
                    "{} {:?} {}",
                    home.library.as_str(),
                    home.folder,
                    home.declared
                )
            })
            .collect()
    }

    #[test]
    fn what_is_declared_counts_else_what_is_usual() {
        let member = "[package]\nname = \"a\"\n[dev-dependencies]\nproptest = \"1\"\n";
        let root = "[workspace]\nmembers = [\"a\"]\n[workspace.dependencies]\nproptest = \"1\"\n";
        let python = "[project]\nname = \"p\"\ndependencies = [\"hypothesis\"]\n";
        for (manifests, expected) in [
            (
                vec![("Cargo.toml", root), ("a/Cargo.toml", member)],
                vec!["proptest \"a\" true"],
            ),
            (
                vec![("Cargo.toml", member), ("tools/pyproject.toml", python)],
                vec!["proptest \"\" true", "hypothesis \"tools\" true"],
            ),
            (
                vec![(
                    "package.json",
                    "{\"devDependencies\":{\"fast-check\":\"3\"}}",
                )],
                vec!["fast-check \"\" true"],
            ),
            (
                vec![("Cargo.toml", "[package]\nname = \"a\"\n")],
                vec!["proptest \"\" false"],
            ),
            (vec![], vec!["proptest \"\" false"]),
        ] {
            assert_eq!(
                shown(&["src/lib.rs"], &manifests),
                expected,
                "{manifests:?}"
            );
        }
        assert!(shown(&["main.go"], &[("go.mod", "module a\n")]).is_empty());
    }
}
