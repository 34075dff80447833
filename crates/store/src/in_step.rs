//! Which requirements the other documents of a spec were in step with, and what they cited then.

use std::path::{Path, PathBuf};

use rutter_spec::edits::InStep;
use rutter_spec::hash::sha256;
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::store::Store;

/// So many are kept of a spec: a sync that was taken back leads to the one before.
const KEPT: usize = 4;

/// One moment at which design and tasks were in step with the requirements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// SHA-256 of the requirements; [`Store::text`] has them.
    pub requirements: String,
    /// What design and tasks cited.
    pub cited: InStep,
}

impl Store {
    /// The moments noted of a spec, the latest first.
    pub fn steps(&self, root: &Path, spec: &str) -> Result<Vec<Step>, StoreError> {
        let path = self.steps_path(root, spec);
        let Some(text) = self.read(&path)? else {
            return Ok(Vec::new());
        };
        serde_json::from_str(&text).map_err(|_| StoreError::Damaged(path))
    }

    /// Notes that what a spec cites is in step with a text of its requirements.
    pub fn note_step(
        &self,
        root: &Path,
        spec: &str,
        requirements: &str,
        cited: &InStep,
    ) -> Result<(), StoreError> {
        let step = Step {
            requirements: self.put_text(requirements)?,
            cited: cited.clone(),
        };
        let _lock = self.lock_named(root, "steps")?;
        let mut steps = match self.steps(root, spec) {
            // What can't be read is of no use to anybody; it begins anew.
            Err(StoreError::Damaged(_)) => Vec::new(),
            steps => steps?,
        };
        if steps.first() == Some(&step) {
            return Ok(());
        }
        steps.insert(0, step);
        steps.truncate(KEPT);
        let path = self.steps_path(root, spec);
        let text = serde_json::to_string(&steps).map_err(|_| StoreError::Damaged(path.clone()))?;
        self.files().write(&path, text.as_bytes())?;
        Ok(())
    }

    /// A name may hold what no file name may.
    fn steps_path(&self, root: &Path, spec: &str) -> PathBuf {
        let name = format!("{}.json", &sha256(spec)[..16]);
        self.workspace(root).join("steps").join(name)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rutter_host::{Files, Memory};

    use super::*;

    #[test]
    fn the_latest_come_first_and_damage_is_overcome() {
        let files = Arc::new(Memory::default());
        let store = Store::in_memory(Arc::clone(&files) as Arc<dyn Files>, "/state");
        let root = Path::new("/w");
        let note = |n: usize| {
            let cited = InStep::default();
            store.note_step(root, "team/a", &n.to_string(), &cited)
        };
        let texts = || -> Vec<String> {
            let steps = store.steps(root, "team/a").unwrap();
            let text = |step: &Step| store.text(&step.requirements).unwrap();
            steps.iter().filter_map(text).collect()
        };
        for n in [1, 2, 2, 3, 4, 5] {
            note(n).unwrap();
        }
        assert_eq!(texts(), ["5", "4", "3", "2"]);
        assert_eq!(store.steps(root, "b").unwrap(), []);
        files
            .write(&store.steps_path(root, "team/a"), b"{")
            .unwrap();
        assert!(matches!(
            store.steps(root, "team/a"),
            Err(StoreError::Damaged(_))
        ));
        note(6).unwrap();
        assert_eq!(texts(), ["6"]);
    }
}
