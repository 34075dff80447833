//! What a command may use.

use std::path::Path;
use std::sync::Arc;

use rutter_host::{Cancel, Clock, Files, Home, Progress};
use rutter_model::Chat;
use rutter_spec::Spec;
use rutter_store::Store;
use rutter_workspace::{Snapshot, SpecFolder, Who};

use crate::error::{Code, CommandError};

/// What a command may use: the workspace as it was when the command was called, and the world.
pub struct Context<'a> {
    /// The workspace.
    pub snapshot: &'a Snapshot,
    /// The file system.
    pub files: &'a dyn Files,
    /// The state folder.
    pub store: &'a Store,
    /// The clock.
    pub clock: &'a dyn Clock,
    /// Who is at the keyboard, in a workspace folder.
    pub who: &'a dyn Fn(&Path) -> Who,
    /// Where steering and hooks of the user's own lie.
    pub home: Option<&'a Home>,
    /// The model that drafts; `None` drafts offline.
    pub model: Option<Arc<dyn Chat>>,
    /// Set when the work shall stop.
    pub cancel: &'a Cancel,
    /// Takes reports of progress.
    pub progress: &'a dyn Progress,
}

impl Context<'_> {
    /// The spec that an argument names; refused where it is another tool's.
    pub fn folder(&self, name: &str) -> Result<Arc<SpecFolder>, CommandError> {
        match self.snapshot.find(name) {
            Ok(folder) => Ok(Arc::clone(folder)),
            Err(error) => Err(match self.snapshot.find_foreign(name) {
                Some(foreign) => crate::foreign::refusal(foreign),
                None => error.into(),
            }),
        }
    }

    /// Refuses while a file of the spec is there and can't be read: to a command it would look as if it were missing.
    pub fn refuse_unreadable(
        &self,
        folder: &SpecFolder,
        names: impl IntoIterator<Item = &'static str>,
    ) -> Result<(), CommandError> {
        for name in names {
            let path = folder.path.join(name);
            if folder.problems.iter().any(|p| p.path == path) {
                self.files.read_text_if_any(&path)?;
                return Err(CommandError::new(
                    Code::Conflict,
                    format!("{} could not be read a moment ago.", path.display()),
                    "Try again.",
                ));
            }
        }
        Ok(())
    }

    /// Refuses while any document of the spec, or what is approved of it, is there and can't be read.
    pub fn refuse_unreadable_spec(&self, folder: &SpecFolder) -> Result<(), CommandError> {
        let documents = rutter_spec::Document::ALL.iter().map(|d| d.file_name());
        self.refuse_unreadable(folder, documents.chain([rutter_spec::approvals::FILE_NAME]))
    }

    /// Refuses while a document of the spec has changes in the editor that are not on disk.
    pub fn refuse_unsaved(
        &self,
        folder: &SpecFolder,
        documents: &[rutter_spec::Document],
    ) -> Result<(), CommandError> {
        for &document in documents {
            let path = folder.path_of(document);
            let Some(open) = self.snapshot.open.get(&path) else {
                continue;
            };
            let disk = self.files.read_text_if_any(&path)?;
            if disk.as_deref() != Some(open.source.text()) {
                return Err(CommandError::unsaved(&folder.relative(&path)));
            }
        }
        Ok(())
    }
}

/// The spec with some documents' texts replaced, read anew.
pub fn with_texts(spec: &Spec, texts: &[(rutter_spec::Document, String)]) -> Spec {
    let mut changed = spec.clone();
    for (document, text) in texts {
        changed.set(
            *document,
            Some(rutter_spec::Reading::new(
                *document,
                rutter_text::Source::new(text.as_str()),
            )),
        );
    }
    changed
}
