//! Finding ids that stand twice.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::RandomState;
use rutter_text::Ident;

/// For each item whose id an earlier one has: `(first, again)`, by place. Items without numbers are passed over.
pub(super) fn again<'a>(ids: impl Iterator<Item = Option<&'a Ident>>) -> Vec<(usize, usize)> {
    let mut first: HashMap<Key<'_>, usize, RandomState> = HashMap::default();
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

/// What ids that [`Ident::matches`] takes for one have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key<'a> {
    prefix: Cow<'a, str>,
    numbers: &'a [u32],
    suffix: Option<char>,
}

/// The same for ids that [`Ident::matches`] takes for one.
pub(super) fn key(id: &Ident) -> Key<'_> {
    let prefix = id.prefix.trim_end_matches(['-', '_', '.']);
    let prefix = if prefix.bytes().any(|b| b.is_ascii_lowercase()) {
        Cow::Owned(prefix.to_ascii_uppercase())
    } else {
        Cow::Borrowed(prefix)
    };
    Key {
        prefix,
        numbers: &id.numbers,
        suffix: id.suffix,
    }
}

/// The lowest number above every sibling of `id`: those with its prefix and the same numbers but for the last.
pub(crate) fn free<'a>(id: &Ident, all: impl Iterator<Item = &'a Ident>) -> Ident {
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
