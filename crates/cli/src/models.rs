//! The models there are. For now: none that thinks, and one that tries out what long work looks like.

use std::sync::Arc;
use std::time::Duration;

use rutter_model::{Chat, Echo};

/// The model of a name; `offline` and unknown names draft offline.
pub fn find(name: &str) -> Option<Arc<dyn Chat>> {
    match name {
        "scripted/slow" => Some(Arc::new(Echo::new(16, Duration::from_millis(25)))),
        _ => None,
    }
}
