//! What stands above each hook.

use std::ops::Range;

use crate::hook::{Hook, HookFile};

/// The lenses of one hook. Whether it is trusted is known outside; it is asked for by `digest`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Where they stand: the hook's name, or its first character.
    pub range: Range<usize>,
    /// The hook's id, `file#name`.
    pub hook: String,
    /// What trust binds to.
    pub digest: String,
    /// Whether it is enabled: then *Disable* is offered, else *Enable*.
    pub enabled: bool,
    /// Whether *Run* makes sense: it counts, whatever it waits for.
    pub runnable: bool,
    /// The newer form that counts instead.
    pub superseded_by: Option<String>,
}

/// The lenses of a file, in order.
pub fn lenses(file: &HookFile) -> Vec<Lens> {
    file.hooks
        .iter()
        .map(|hook| Lens {
            range: place(file, hook),
            hook: hook.id.clone(),
            digest: hook.digest.clone(),
            enabled: hook.enabled,
            runnable: hook.superseded_by.is_none(),
            superseded_by: hook.superseded_by.clone(),
        })
        .collect()
}

/// The name of a hook, or its first character where it has none.
pub(super) fn place(file: &HookFile, hook: &Hook) -> Range<usize> {
    if !hook.name_range.is_empty() {
        return hook.name_range.clone();
    }
    let start = hook.range.start;
    let one = file.text().get(start..).and_then(|t| t.chars().next());
    start..start + one.map_or(0, char::len_utf8)
}
