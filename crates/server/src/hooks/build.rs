//! Builds, as far as the editor's problems tell: from no error to some, and back.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rutter_hooks::Trigger;

/// How many errors each workspace folder had.
#[derive(Default)]
pub(super) struct Builds(HashMap<PathBuf, usize>);

impl Builds {
    /// The event that a new count means. The first count is where things stand, and no event.
    pub(super) fn problems(&mut self, root: &Path, errors: usize) -> Option<Trigger> {
        match (self.0.insert(root.to_owned(), errors), errors) {
            (Some(0), 1..) => Some(Trigger::BuildFailed),
            (Some(1..), 0) => Some(Trigger::BuildPassed),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_way_to_and_from_no_error_counts() {
        let mut builds = Builds::default();
        let root = Path::new("/w");
        let seen: Vec<Option<Trigger>> = [0, 2, 3, 0, 0, 1]
            .into_iter()
            .map(|errors| builds.problems(root, errors))
            .collect();
        let (failed, passed) = (Some(Trigger::BuildFailed), Some(Trigger::BuildPassed));
        assert_eq!(seen, [None, failed, None, passed, None, failed]);
        assert_eq!(Builds::default().problems(root, 4), None);
    }
}
