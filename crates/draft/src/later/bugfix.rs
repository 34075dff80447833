//! Design and tasks of a bugfix.

use rutter_spec::Spec;

use crate::ground::Ground;

/// Drafts `design.md` from `bugfix.md`.
pub fn design(spec: &Spec, ground: &Ground) -> String {
    super::design::design(spec, ground)
}

/// Drafts `tasks.md` from `bugfix.md` and the design.
pub fn tasks(spec: &Spec, ground: &Ground) -> String {
    super::tasks::tasks(spec, ground)
}
