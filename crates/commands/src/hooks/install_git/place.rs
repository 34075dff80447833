//! Where git's hooks live, and who else has a say there.

use std::path::{Path, PathBuf};

use rutter_host::Files;

use super::block::HOOKS;
use crate::error::CommandError;
use crate::git::Repository;

/// Where the hooks are that git, or who keeps them, runs.
pub(super) struct Place {
    /// Their folder.
    pub folder: PathBuf,
    /// Whether husky runs them by `sh -e`: they need not be programs.
    pub sourced: bool,
    /// Whom a change concerns besides the user of this repository.
    pub concern: Option<String>,
}

impl Place {
    pub(super) fn find(files: &dyn Files, repository: &Repository) -> Result<Self, CommandError> {
        let folder = repository.hooks()?;
        let set = repository.hooks_path();
        // Husky 9 has git run `.husky/_/pre-commit`, which runs `.husky/pre-commit`.
        if folder.ends_with("_") && files.exists(&folder.join("h")) {
            let above = folder.parent().unwrap_or(&folder).to_owned();
            return Ok(Self {
                concern: Some(husky(repository, &above)),
                folder: above,
                sourced: true,
            });
        }
        let concern = if files.exists(&folder.join("_").join("husky.sh")) {
            Some(husky(repository, &folder))
        } else if has_lefthook(files, repository, &folder) {
            Some(format!(
                "lefthook keeps this repository's hooks and writes them anew when it is installed or its settings change; the block is lost then. To keep it, name the calls in lefthook's settings too: {}.",
                HOOKS
                    .map(|(hook, event)| {
                        let call = super::block::line(event).replace("\"$1\"", "{1}");
                        format!("`{call}` below {hook}")
                    })
                    .join(", ")
            ))
        } else if is_old_husky(files, &folder) {
            Some("husky 4 keeps this repository's hooks and may write them anew when it is installed; the block is lost then: install it again.".to_owned())
        } else {
            set.map(|(path, scope)| elsewhere(repository, &folder, &path, &scope))
        };
        let linked = files
            .list(&folder)
            .unwrap_or_default()
            .into_iter()
            .find(|entry| entry.link && HOOKS.iter().any(|(hook, _)| entry.name == *hook));
        let concern = concern.or_else(|| {
            linked.map(|entry| {
                format!(
                    "{} is a link: the file it leads to is what changes.",
                    entry.path.display()
                )
            })
        });
        Ok(Self {
            folder,
            sourced: false,
            concern,
        })
    }
}

fn husky(repository: &Repository, folder: &Path) -> String {
    format!(
        "husky keeps this repository's hooks in {}, which is committed: everybody who works here gets the block. It does nothing where `rutter` is not installed.",
        super::shown(repository, folder)
    )
}

fn elsewhere(repository: &Repository, folder: &Path, path: &str, scope: &str) -> String {
    let whom = match scope {
        "global" | "system" => {
            "it holds for every repository. The block does nothing in those without hooks of Rutter"
        }
        _ if folder.starts_with(repository.top()) => {
            "who else uses that folder gets the block. It does nothing where `rutter` is not installed"
        }
        _ => {
            "other repositories may use that folder. The block does nothing in those without hooks of Rutter"
        }
    };
    format!("`core.hooksPath` names {path} ({scope} settings of git): {whom}.")
}

fn has_lefthook(files: &dyn Files, repository: &Repository, folder: &Path) -> bool {
    const NAMES: [&str; 8] = [
        "lefthook.yml",
        "lefthook.yaml",
        "lefthook.toml",
        "lefthook.json",
        ".lefthook.yml",
        ".lefthook.yaml",
        ".lefthook.toml",
        ".lefthook.json",
    ];
    NAMES
        .iter()
        .any(|name| files.exists(&repository.top().join(name)))
        || mentions(files, folder, &["call_lefthook", "LEFTHOOK"])
}

fn is_old_husky(files: &dyn Files, folder: &Path) -> bool {
    files.exists(&folder.join("husky.sh")) || mentions(files, folder, &["# husky", "husky.sh"])
}

fn mentions(files: &dyn Files, folder: &Path, words: &[&str]) -> bool {
    HOOKS.iter().any(|(hook, _)| {
        files
            .read_text(&folder.join(hook))
            .is_ok_and(|text| words.iter().any(|word| text.contains(word)))
    })
}
