//! The part of the world that is specs of other tools.

use std::path::Path;
use std::sync::Arc;

use rutter_text::Source;

use super::World;
use crate::foreign::{self, ForeignFolder};

impl World {
    /// Reads those of a workspace folder anew; the same texts keep what was read from them.
    pub(super) fn load_foreign(&mut self, root: &Path) -> bool {
        let mut found = foreign::read(self.files.as_ref(), root);
        for (path, document) in self.now.open.iter() {
            if self.now.root_of(path).is_some_and(|of| of == root) {
                foreign::lay_over(&mut found, root, path, &document.source);
            }
        }
        let known = self.now.foreign_in(root).count();
        let mut changed = known != found.len();
        for folder in &mut found {
            match self.now.foreign.get(&folder.path) {
                Some(old) if old.same_as(folder) => *folder = old.as_ref().clone(),
                _ => changed = true,
            }
        }
        if changed {
            let all = Arc::make_mut(&mut self.now.foreign);
            all.retain(|_, folder| folder.root != root);
            all.extend(found.into_iter().map(|f| (f.path.clone(), Arc::new(f))));
        }
        changed
    }

    /// The editor's text of a document, where it belongs to one of these.
    pub(super) fn put_foreign(&mut self, path: &Path, source: &Source) {
        let Some(root) = self.now.root_of(path).cloned() else {
            return;
        };
        let Some(place) = foreign::place(&root, path) else {
            return;
        };
        if let Some(known) = self.now.foreign.get(&place.folder) {
            let changed = known.with(&place.document, source.clone());
            Arc::make_mut(&mut self.now.foreign).insert(place.folder, Arc::new(changed));
        } else if ForeignFolder::are_in(self.files.as_ref(), &root) {
            let mut one = Vec::new();
            foreign::lay_over(&mut one, &root, path, source);
            let all = Arc::make_mut(&mut self.now.foreign);
            all.extend(one.into_iter().map(|f| (f.path.clone(), Arc::new(f))));
        }
    }

    /// A file or folder may have changed on disk; gives whether one of these did.
    pub(super) fn refresh_foreign(&mut self, path: &Path) -> bool {
        let Some(root) = self.now.root_of(path).cloned() else {
            return false;
        };
        if self.now.open.contains_key(path) || !foreign::may_be_below(&root, path) {
            return false;
        }
        self.load_foreign(&root)
    }
}
