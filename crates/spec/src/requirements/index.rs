//! Finding requirements and criteria by their numbers: a document has thousands, and every reference asks.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::Requirement;

/// Places by numbers, in document order.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    requirements: ByNumbers<usize>,
    criteria: ByNumbers<(usize, usize)>,
}

impl Index {
    /// Reads what is there.
    pub(super) fn new(requirements: &[Requirement]) -> Self {
        let mut index = Self::default();
        for (r, requirement) in requirements.iter().enumerate() {
            index.requirements.add(&requirement.id.numbers, r);
            for (c, criterion) in requirement.criteria.iter().enumerate() {
                index.criteria.add(&criterion.id.numbers, (r, c));
            }
        }
        index
    }

    /// The places of requirements with these numbers.
    pub(super) fn requirements(&self, numbers: &[u32]) -> impl Iterator<Item = usize> + Clone {
        self.requirements.get(numbers)
    }

    /// The places of criteria with these numbers: of the requirement, and in it.
    pub(super) fn criteria(&self, numbers: &[u32]) -> impl Iterator<Item = (usize, usize)> + Clone {
        self.criteria.get(numbers)
    }
}

/// Values by numbers. Few and small numbers, as nearly all are, need no memory of their own as a key.
#[derive(Clone, Debug)]
struct ByNumbers<T> {
    short: HashMap<u64, Places<T>, RandomState>,
    long: HashMap<Vec<u32>, Places<T>, RandomState>,
}

/// Nearly always there is one.
#[derive(Clone, Debug)]
struct Places<T> {
    first: T,
    more: Vec<T>,
}

impl<T> Default for ByNumbers<T> {
    fn default() -> Self {
        Self {
            short: HashMap::default(),
            long: HashMap::default(),
        }
    }
}

impl<T: Copy> ByNumbers<T> {
    fn add(&mut self, numbers: &[u32], place: T) {
        let known = match packed(numbers) {
            Some(key) => self.short.get_mut(&key),
            None => self.long.get_mut(numbers),
        };
        if let Some(known) = known {
            known.more.push(place);
            return;
        }
        let places = Places {
            first: place,
            more: Vec::new(),
        };
        match packed(numbers) {
            Some(key) => self.short.insert(key, places),
            None => self.long.insert(numbers.to_vec(), places),
        };
    }

    fn get(&self, numbers: &[u32]) -> impl Iterator<Item = T> + Clone {
        let places = match packed(numbers) {
            Some(key) => self.short.get(&key),
            None => self.long.get(numbers),
        };
        places
            .into_iter()
            .flat_map(|p| std::iter::once(p.first).chain(p.more.iter().copied()))
    }
}

/// Up to three numbers of up to 20 bits as one, with how many they are.
fn packed(numbers: &[u32]) -> Option<u64> {
    if numbers.len() > 3 || numbers.iter().any(|&n| n >= 1 << 20) {
        return None;
    }
    let joined = numbers.iter().fold(0, |key, &n| key << 20 | u64::from(n));
    Some((numbers.len() as u64) << 60 | joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_any_length_and_size_are_kept_apart() {
        let keys: [&[u32]; 7] = [
            &[],
            &[0],
            &[0, 0],
            &[1, 2],
            &[1, 2, 3, 4],
            &[1 << 20, 2],
            &[1 << 20],
        ];
        let mut index = ByNumbers::default();
        for (place, key) in keys.iter().enumerate() {
            index.add(key, place);
            index.add(key, place + 10);
        }
        for (place, key) in keys.iter().enumerate() {
            let found: Vec<usize> = index.get(key).collect();
            assert_eq!(found, [place, place + 10], "{key:?}");
        }
        assert_eq!(index.get(&[9]).count() + index.get(&[1; 5]).count(), 0);
    }
}
