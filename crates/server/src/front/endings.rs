//! What the server must end itself before its process goes, such as programs that it started.

use std::{fmt, sync::Arc};

use parking_lot::Mutex;

use super::guard::catch;

type Ending = Box<dyn FnOnce() + Send>;

/// What is called once, on the front thread, however the server ends; each must keep to a few hundred milliseconds.
#[derive(Clone, Default)]
pub struct Endings(Arc<Mutex<Vec<Ending>>>);

impl fmt::Debug for Endings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endings").finish_non_exhaustive()
    }
}

impl Endings {
    /// Adds one.
    pub fn add(&self, ending: impl FnOnce() + Send + 'static) {
        self.0.lock().push(Box::new(ending));
    }

    pub(super) fn run(&self) {
        let all = std::mem::take(&mut *self.0.lock());
        for ending in all {
            // A panic was logged; the server is about to end.
            let _ = catch("an ending", ending);
        }
    }
}
