//! Histories as projects have them, and which functions were changed for which task in a careful reader's eyes: what a task's
//! commit wrote or reworked for what the task asks, its own helpers too; no drive-by change, no wiring, no helper of tests.

/// What happened next.
pub(super) enum Step {
    /// A commit with all there is: its message and the files it writes.
    Commit(&'static str, &'static [(&'static str, &'static str)]),
    /// A file goes elsewhere, with the next commit.
    Move(&'static str, &'static str),
    /// What only git can say.
    Git(&'static [&'static str]),
}

/// A history with the links that are there, as `spec#task file function`.
pub(super) struct History {
    pub name: &'static str,
    pub steps: &'static [Step],
    pub links: &'static [&'static str],
}

mod plain;
mod tangled;

use plain::{CART, LOGIN, SEARCH, UPLOAD};
use tangled::{BIG, BOOKINGS, MERGED, REPORTS, WEBHOOKS};

pub(super) const HISTORIES: &[History] = &[
    LOGIN, CART, UPLOAD, SEARCH, REPORTS, BIG, WEBHOOKS, MERGED, BOOKINGS,
];
