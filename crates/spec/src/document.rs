//! The documents of a spec folder.

use serde::{Deserialize, Serialize};

/// A document of a spec, by its file name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Document {
    /// `requirements.md`
    Requirements,
    /// `bugfix.md`, which stands in for the requirements of a bugfix.
    Bugfix,
    /// `design.md`
    Design,
    /// `tasks.md`
    Tasks,
}

impl Document {
    /// Every document, in the order a reader meets them.
    pub const ALL: [Self; 4] = [Self::Requirements, Self::Bugfix, Self::Design, Self::Tasks];

    /// The file name inside the spec folder.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Requirements => "requirements.md",
            Self::Bugfix => "bugfix.md",
            Self::Design => "design.md",
            Self::Tasks => "tasks.md",
        }
    }

    /// The document with this file name.
    pub fn of_file_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.file_name() == name)
    }

    /// The stage whose approval this document carries.
    pub fn stage(self) -> Stage {
        match self {
            Self::Requirements | Self::Bugfix => Stage::Requirements,
            Self::Design => Stage::Design,
            Self::Tasks => Stage::Tasks,
        }
    }
}

/// A stage of a spec; each has one document and one approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// What is wanted (in a bugfix: what is wrong).
    Requirements,
    /// How it will be done.
    Design,
    /// In which steps.
    Tasks,
}

impl Stage {
    /// Every stage in the order of the documents.
    pub const ALL: [Self; 3] = [Self::Requirements, Self::Design, Self::Tasks];

    /// The word used in commands, JSON and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requirements => "requirements",
            Self::Design => "design",
            Self::Tasks => "tasks",
        }
    }

    /// The stage with this name; `bugfix` is the requirements stage of a bugfix.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "requirements" | "bugfix" => Some(Self::Requirements),
            "design" => Some(Self::Design),
            "tasks" => Some(Self::Tasks),
            _ => None,
        }
    }
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
