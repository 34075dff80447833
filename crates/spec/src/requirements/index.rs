//! Finding requirements and criteria by their numbers: a document has thousands, and every reference asks.

use std::collections::HashMap;

use super::Requirement;

/// Places by numbers, in document order.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    requirements: HashMap<Vec<u32>, Vec<usize>>,
    criteria: HashMap<Vec<u32>, Vec<(usize, usize)>>,
}

impl Index {
    /// Reads what is there.
    pub(super) fn new(requirements: &[Requirement]) -> Self {
        let mut index = Self::default();
        for (r, requirement) in requirements.iter().enumerate() {
            let numbers = requirement.id.numbers.clone();
            index.requirements.entry(numbers).or_default().push(r);
            for (c, criterion) in requirement.criteria.iter().enumerate() {
                let numbers = criterion.id.numbers.clone();
                index.criteria.entry(numbers).or_default().push((r, c));
            }
        }
        index
    }

    /// The places of requirements with these numbers.
    pub(super) fn requirements(&self, numbers: &[u32]) -> &[usize] {
        self.requirements.get(numbers).map_or(&[], Vec::as_slice)
    }

    /// The places of criteria with these numbers: of the requirement, and in it.
    pub(super) fn criteria(&self, numbers: &[u32]) -> &[(usize, usize)] {
        self.criteria.get(numbers).map_or(&[], Vec::as_slice)
    }
}
