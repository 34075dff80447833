//! Reading manifests: one file an ecosystem.

mod cargo;
mod cmake;
mod dotnet;
mod go;
mod jvm;
mod node;
mod php;
mod python;
mod ruby;

use super::Manifest;
use crate::Language;

/// A way of packaging code, with its own manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ecosystem {
    Cargo,
    Node,
    Python,
    Go,
    Maven,
    Gradle,
    DotNet,
    Ruby,
    Php,
    CMake,
}

impl Ecosystem {
    pub fn is_of(self, language: Language) -> bool {
        match language {
            Language::Rust => self == Self::Cargo,
            Language::TypeScript | Language::Tsx | Language::JavaScript => self == Self::Node,
            Language::Python => self == Self::Python,
            Language::Go => self == Self::Go,
            Language::Java => matches!(self, Self::Maven | Self::Gradle),
            Language::C | Language::Cpp => self == Self::CMake,
            Language::CSharp => self == Self::DotNet,
            Language::Ruby => self == Self::Ruby,
            Language::Php => self == Self::Php,
        }
    }
}

/// What one manifest says.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub path: String,
    pub ecosystem: Ecosystem,
    pub name: Option<String>,
    /// What it depends on, in lower case.
    pub dependencies: Vec<String>,
    /// Named commands, and in Python the names of the tools that are set up.
    pub scripts: Vec<(String, String)>,
    /// A package manager that it names.
    pub package_manager: Option<String>,
}

impl Facts {
    fn new(path: &str, ecosystem: Ecosystem) -> Self {
        Self {
            path: path.to_owned(),
            ecosystem,
            name: None,
            dependencies: Vec::new(),
            scripts: Vec::new(),
            package_manager: None,
        }
    }

    pub fn depth(&self) -> usize {
        self.path.matches('/').count()
    }

    pub fn has(&self, dependency: &str) -> bool {
        self.dependencies.iter().any(|known| known == dependency)
    }

    pub fn script(&self, name: &str) -> Option<&str> {
        self.scripts
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, command)| command.as_str())
    }
}

/// The ecosystem that a file of this path is a manifest of.
pub(super) fn ecosystem_of(path: &str) -> Option<Ecosystem> {
    let file = path.rsplit('/').next().unwrap_or(path);
    Some(match file {
        "Cargo.toml" => Ecosystem::Cargo,
        "package.json" => Ecosystem::Node,
        "pyproject.toml" | "setup.py" | "setup.cfg" | "Pipfile" => Ecosystem::Python,
        "go.mod" => Ecosystem::Go,
        "pom.xml" => Ecosystem::Maven,
        "build.gradle" | "build.gradle.kts" | "settings.gradle" | "settings.gradle.kts" => {
            Ecosystem::Gradle
        }
        "Gemfile" => Ecosystem::Ruby,
        "composer.json" => Ecosystem::Php,
        "CMakeLists.txt" => Ecosystem::CMake,
        _ if file.ends_with(".csproj") => Ecosystem::DotNet,
        _ if file.ends_with(".gemspec") => Ecosystem::Ruby,
        _ if file.starts_with("requirements") && file.ends_with(".txt") => Ecosystem::Python,
        _ => return None,
    })
}

/// What a manifest says; `None` if it is none, or can't be parsed.
pub(super) fn read(manifest: &Manifest<'_>) -> Option<Facts> {
    let ecosystem = ecosystem_of(manifest.path)?;
    let mut facts = Facts::new(manifest.path, ecosystem);
    let text = manifest.text.trim_start_matches('\u{feff}');
    match ecosystem {
        Ecosystem::Cargo => cargo::read(text, &mut facts)?,
        Ecosystem::Node => node::read(text, &mut facts)?,
        Ecosystem::Python => python::read(text, &mut facts)?,
        Ecosystem::Go => go::read(text, &mut facts),
        Ecosystem::Maven => jvm::read_maven(text, &mut facts),
        Ecosystem::Gradle => jvm::read_gradle(text, &mut facts),
        Ecosystem::DotNet => dotnet::read(text, &mut facts),
        Ecosystem::Ruby => ruby::read(text, &mut facts),
        Ecosystem::Php => php::read(text, &mut facts)?,
        Ecosystem::CMake => cmake::read(text, &mut facts),
    }
    facts
        .dependencies
        .iter_mut()
        .for_each(|name| *name = name.to_lowercase());
    facts.name = facts.name.filter(|name| !name.trim().is_empty());
    Some(facts)
}

/// The quoted strings on a line, of either quote.
fn quoted(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find(['"', '\'']) {
        let quote = &rest[start..=start];
        let Some(len) = rest[start + 1..].find(quote) else {
            break;
        };
        out.push(&rest[start + 1..start + 1 + len]);
        rest = &rest[start + len + 2..];
    }
    out
}
