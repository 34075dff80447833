//! The outline of a file of hooks.

use std::ops::Range;

use super::lens::place;
use crate::hook::HookFile;

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The hook's name.
    pub name: String,
    /// What it waits for, and that it is disabled or broken.
    pub detail: String,
    /// The bytes of all of it.
    pub range: Range<usize>,
    /// The bytes where the cursor goes; inside `range`.
    pub selection: Range<usize>,
}

/// Every hook, in order; broken ones too.
pub fn symbols(file: &HookFile) -> Vec<Symbol> {
    let sound = file.hooks.iter().map(|hook| {
        let selection = place(file, hook);
        let state = if hook.enabled { "" } else { ", disabled" };
        Symbol {
            name: hook.name.clone(),
            detail: format!("{}{state}", hook.trigger.as_str()),
            range: hook.range.start.min(selection.start)..hook.range.end.max(selection.end),
            selection,
        }
    });
    let broken = file.broken.iter().map(|b| Symbol {
        name: b.name.clone(),
        detail: "broken".to_owned(),
        range: b.range.clone(),
        selection: b.range.start..b.range.start,
    });
    let mut all: Vec<Symbol> = sound.chain(broken).collect();
    all.sort_by_key(|s| s.range.start);
    all
}
