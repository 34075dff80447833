//! A rename, and where everything stands afterwards.

use rutter_text::{Edit, Ident};

use super::{Rename, Renamed};
use crate::Document;

/// What a rename does to a spec.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// What the caller gets.
    pub rename: Rename,
    /// For each criterion, in document order, its place afterwards; empty where none moves.
    pub criteria: Vec<usize>,
    /// The same for properties.
    pub properties: Vec<usize>,
    /// The same for tasks.
    pub tasks: Vec<usize>,
}

impl Plan {
    /// Adds the edits of a document.
    pub fn edit(&mut self, document: Document, mut edits: Vec<Edit>) {
        edits.sort_by_key(|e| (e.range.start, e.range.end));
        if !edits.is_empty() {
            self.rename.edits.push((document, edits));
        }
    }

    /// Adds a name that changes; the first of two that had the same name is the one that others mean.
    pub fn name(&mut self, name: Renamed) {
        let again = |n: &Renamed| n.kind == name.kind && n.old == name.old;
        if name.old != name.new && !self.rename.names.iter().any(again) {
            self.rename.names.push(name);
        }
    }
}

/// An id in the way another was written: leading zeros stay.
pub(super) fn written(as_before: &str, new: &Ident) -> String {
    let Some((old, used)) = Ident::read(as_before) else {
        return new.to_string();
    };
    let digits = as_before[..used].trim_end_matches(|c: char| c.is_ascii_lowercase());
    let start = digits
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |i| i + 1);
    let last = &digits[start..];
    let depth = new.numbers.len();
    let same_head = old.prefix == new.prefix
        && old.numbers.len() == depth
        && old.numbers[..depth - 1] == new.numbers[..depth - 1];
    if !last.starts_with('0') || !same_head {
        return new.to_string();
    }
    let (width, number) = (last.len(), new.numbers[depth - 1]);
    let suffix = new.suffix.map(String::from).unwrap_or_default();
    format!("{}{number:0width$}{suffix}", &as_before[..start])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_stay() {
        for (before, new, expected) in [
            ("REQ-001", "REQ-12", "REQ-012"),
            ("1.2", "1.10", "1.10"),
            ("REQ-001", "FR-2", "FR-2"),
            ("5.3a", "5.4", "5.4"),
        ] {
            let new = Ident::parse(new).unwrap_or_else(|| panic!("{new}"));
            assert_eq!(written(before, &new), expected);
        }
    }
}
