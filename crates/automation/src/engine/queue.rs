//! What waits for a hook: of the same files only the last, in the order in which they came first.

use std::collections::{BTreeMap, HashMap};

use super::{Absorb, Call};

pub(super) struct Queue<T> {
    calls: BTreeMap<u64, Call<T>>,
    places: HashMap<Vec<String>, u64>,
    next: u64,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            calls: BTreeMap::new(),
            places: HashMap::new(),
            next: 0,
        }
    }
}

impl<T> Queue<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    pub(super) fn take_first(&mut self) -> Option<Call<T>> {
        let (_, call) = self.calls.pop_first()?;
        self.places.remove(&call.paths);
        Some(call)
    }

    pub(super) fn into_calls(self) -> impl Iterator<Item = Call<T>> {
        self.calls.into_values()
    }
}

impl<T: Absorb> Queue<T> {
    /// Puts a call at the end, or in the place of the one that waits for the same files, which is given back.
    pub(super) fn put(&mut self, mut call: Call<T>) -> Option<Call<T>> {
        if let Some(old) = self
            .places
            .get(&call.paths)
            .and_then(|place| self.calls.get_mut(place))
        {
            call.work.absorb(&old.work);
            return Some(std::mem::replace(old, call));
        }
        self.places.insert(call.paths.clone(), self.next);
        self.calls.insert(self.next, call);
        self.next += 1;
        None
    }
}
