//! The next task, where a list item is begun.

use super::{Entry, EntryKind, Place};
use crate::rules::free_number;
use crate::{Document, Mark};

/// A task with the next number, indented like the line.
pub(super) fn tasks(place: &Place<'_>) -> Option<Vec<Entry>> {
    let typed = place.typed();
    let begun = typed.trim_start();
    let indent = &typed[..typed.len() - begun.len()];
    let box_of = format!("- [{}] ", Mark::Pending.as_char());
    if place.document != Document::Tasks || !begun.starts_with('-') || !box_of.starts_with(begun) {
        return None;
    }
    let all = &place.spec.tasks.as_ref()?.tasks;
    let width = indent.len();
    let numbered = |t: &&crate::Task| t.id.is_some() && t.range.start < place.before.start;
    let sibling = all
        .iter()
        .rev()
        .filter(numbered)
        .find(|t| t.indent <= width)?;
    let ids = all.iter().filter_map(|t| t.id.as_ref());
    let own = sibling.id.as_ref()?;
    let id = if sibling.indent < width && !sibling.has_children {
        own.child(1)
    } else {
        free_number(own, ids)
    };
    let dot = if id.numbers.len() == 1 { "." } else { "" };
    let insert = format!("{box_of}{id}{dot} ${{1:Title}}\n  - _Requirements: ${{2:1.1}}_");
    Some(vec![Entry {
        label: format!("{box_of}{id}{dot} …"),
        detail: "next task".to_owned(),
        insert,
        range: place.before.start + width..place.before.end,
        indent: indent.to_owned(),
        kind: EntryKind::Skeleton,
    }])
}
