//! What a save changed in the public interface of a file. Texts are kept only where a hook waits for such changes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rutter_code::Language;
use rutter_hooks::{ApiChange, HookFile, Trigger};

use crate::session::Session;

/// The texts that were saved last, of the files that matter.
#[derive(Default)]
pub(super) struct Interfaces(HashMap<PathBuf, String>);

impl Interfaces {
    /// A document was opened: what is on disk is what was saved last.
    pub(super) fn opened(&mut self, session: &Session, hooks: &[HookFile], path: &Path) {
        if matters(hooks, path)
            && let Ok(text) = session.environment().files.read_text(path)
        {
            self.0.entry(path.to_owned()).or_insert(text);
        }
    }

    /// A document was saved: what changed since it was saved before.
    pub(super) fn saved(
        &mut self,
        session: &Session,
        hooks: &[HookFile],
        path: &Path,
        relative: &str,
    ) -> Vec<ApiChange> {
        if !matters(hooks, path) {
            return Vec::new();
        }
        let Ok(now) = session.environment().files.read_text(path) else {
            return Vec::new();
        };
        // A file that is saved for the first time is all new.
        let before = self
            .0
            .insert(path.to_owned(), now.clone())
            .unwrap_or_default();
        rutter_commands::hooks::api::changes(relative, &before, &now)
    }
}

fn matters(hooks: &[HookFile], path: &Path) -> bool {
    Language::of_path(&path.to_string_lossy()).is_some()
        && hooks.iter().any(|file| {
            file.hooks
                .iter()
                .any(|hook| hook.enabled && hook.trigger == Trigger::ApiChange)
        })
}
