//! The hook actions that need no command and no model. Each is one file.

mod licence_header;
mod link_check;
mod secret_scan;
mod spec_check;

use std::path::Path;
use std::sync::Arc;

use rutter_automation::{Builtins, Report};
use rutter_hooks::{Event, Trigger};
use rutter_host::Files;
use serde_json::{Map, Value};

use crate::error::CommandError;
use crate::git::{Repository, Version};

/// The built-in actions over these files.
pub struct BuiltIn {
    /// The file system.
    pub files: Arc<dyn Files>,
    /// The files of a push, as its commits hold them.
    pub pushed: Vec<Version>,
}

/// What an action looks at.
pub(crate) struct Look<'a> {
    files: &'a Arc<dyn Files>,
    root: &'a Path,
    texts: Vec<(String, String)>,
}

impl BuiltIn {
    /// Over files as they are on disk, or as they are staged before a commit.
    pub fn new(files: Arc<dyn Files>) -> Self {
        Self {
            files,
            pushed: Vec::new(),
        }
    }

    /// The texts of the event's files: what a commit or push takes, else what is on disk. What is gone, or is no text, is
    /// left out.
    fn texts(
        &self,
        trigger: Trigger,
        root: &Path,
        paths: &[String],
    ) -> Result<Vec<(String, String)>, CommandError> {
        if !trigger.is_git() {
            return Ok(paths
                .iter()
                .filter_map(|path| {
                    let text = self.files.read_text(&root.join(path)).ok()?;
                    (!text.contains('\0')).then(|| (path.clone(), text))
                })
                .collect());
        }
        let repository = Repository::around(root)?;
        let mut versions = if trigger == Trigger::PrePush {
            self.pushed.clone()
        } else {
            repository.staged()?
        };
        versions.retain(|version| {
            repository
                .below(root, &version.path)
                .is_some_and(|path| paths.contains(&path))
        });
        let texts = repository.texts(&versions)?;
        Ok(texts
            .into_iter()
            .filter_map(|(path, text)| Some((repository.below(root, &path)?, text)))
            .collect())
    }
}

/// The line of a byte, from 1.
fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

impl Builtins for BuiltIn {
    fn run(
        &self,
        name: &str,
        options: &Map<String, Value>,
        root: &Path,
        event: &Event,
        paths: &[String],
    ) -> Result<Report, String> {
        let texts = self
            .texts(event.trigger, root, paths)
            .map_err(|error| error.message)?;
        let look = Look {
            files: &self.files,
            root,
            texts,
        };
        let problems = match name {
            "secret-scan" => secret_scan::run(&look),
            "spec-check" => spec_check::run(&look),
            "link-check" => link_check::run(&look),
            "licence-header" => licence_header::run(&look, options)?,
            other => {
                return Err(format!(
                    "There is no built-in action `{other}`: there are {}.",
                    rutter_hooks::BUILTINS
                        .iter()
                        .map(|(name, _)| *name)
                        .collect::<Vec<_>>()
                        .join(", ")
                ));
            }
        };
        Ok(Report { problems })
    }
}
