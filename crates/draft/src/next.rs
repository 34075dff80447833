//! The next document of a spec.

use rutter_spec::{Spec, Stage};

use crate::Ground;
use crate::start::DraftError;

/// Drafts the document of a stage from those before it, as the user left them.
///
/// # Errors
/// When the document it would be drafted from is missing or says nothing.
pub fn next(stage: Stage, spec: &Spec, ground: &Ground) -> Result<String, DraftError> {
    let _ = (spec, ground);
    Err(DraftError::NothingToDraftFrom { stage, missing: "requirements.md" })
}

pub(crate) fn design_first(_spec: &Spec, _ground: &Ground) -> String {
    String::new()
}
