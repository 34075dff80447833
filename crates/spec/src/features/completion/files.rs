//! The paths behind `#[[file:`.

use super::{Entry, EntryKind, Place};

/// The files that begin as typed, then those that hold it.
pub(super) fn files(place: &Place<'_>, files: &dyn Fn() -> Vec<String>) -> Option<Vec<Entry>> {
    const OPEN: &str = "#[[file:";
    let typed = place.typed();
    let start = typed.rfind(OPEN)? + OPEN.len();
    let path = &typed[start..];
    if path.contains("]]") {
        return None;
    }
    let closed = place.parts.text[place.before.end..].starts_with("]]");
    let lower = path.to_lowercase();
    let mut all: Vec<String> = files()
        .into_iter()
        .filter(|f| f.to_lowercase().contains(&lower))
        .collect();
    all.sort_by_key(|f| {
        (
            !f.to_lowercase().starts_with(&lower),
            f.matches('/').count(),
        )
    });
    let entry = |file: String| Entry {
        insert: if closed {
            file.clone()
        } else {
            format!("{file}]]")
        },
        label: file,
        detail: String::new(),
        range: place.before.start + start..place.before.end,
        indent: String::new(),
        kind: EntryKind::File,
    };
    Some(all.into_iter().map(entry).collect())
}
