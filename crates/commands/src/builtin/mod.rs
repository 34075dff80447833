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

/// The built-in actions over these files.
pub struct BuiltIn {
    /// The file system.
    pub files: Arc<dyn Files>,
}

/// What an action looks at.
pub(crate) struct Look<'a> {
    files: &'a dyn Files,
    root: &'a Path,
    staged: bool,
    paths: &'a [String],
}

impl Look<'_> {
    /// The texts of the event's files: as they are staged before a commit, else as they are on disk. What is gone, or is no
    /// text, is left out.
    fn texts(&self) -> impl Iterator<Item = (&str, String)> {
        self.paths.iter().filter_map(|path| {
            let text = if self.staged {
                crate::git::staged_text(self.root, path).ok()?
            } else {
                self.files.read_text(&self.root.join(path)).ok()?
            };
            // Git gives any bytes; what holds a null is no text.
            (!text.contains('\0')).then_some((path.as_str(), text))
        })
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
        let look = Look {
            files: self.files.as_ref(),
            root,
            staged: event.trigger == Trigger::PreCommit,
            paths,
        };
        let problems = match name {
            "secret-scan" => secret_scan::run(&look),
            "spec-check" => spec_check::run(&self.files, root, paths),
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
