//! Finding ids that stand twice.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rutter_text::Ident;

/// For each item whose id an earlier one has: `(first, again)`, by place. Items without numbers are passed over.
pub(super) fn again<'a>(ids: impl Iterator<Item = Option<&'a Ident>>) -> Vec<(usize, usize)> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for (place, id) in ids.enumerate() {
        let Some(id) = id.filter(|id| !id.numbers.is_empty()) else {
            continue;
        };
        match first.entry(key(id)) {
            Entry::Occupied(earlier) => found.push((*earlier.get(), place)),
            Entry::Vacant(free) => {
                free.insert(place);
            }
        }
    }
    found
}

/// The same for ids that [`Ident::matches`] takes for one.
pub(super) fn key(id: &Ident) -> String {
    let mut plain = id.clone();
    plain.prefix = plain
        .prefix
        .trim_end_matches(['-', '_', '.'])
        .to_ascii_uppercase();
    plain.to_string()
}

/// The lowest number above every sibling of `id`: those with its prefix and the same numbers but for the last.
pub(super) fn free<'a>(id: &Ident, all: impl Iterator<Item = &'a Ident>) -> Ident {
    let depth = id.numbers.len();
    let last = all
        .filter(|other| {
            other.numbers.len() >= depth && other.numbers[..depth - 1] == id.numbers[..depth - 1]
        })
        .map(|other| other.numbers[depth - 1])
        .max();
    let mut free = id.clone();
    free.suffix = None;
    if let Some(number) = free.numbers.last_mut() {
        *number = last.unwrap_or(*number).saturating_add(1);
    }
    free
}
