//! The smallest edits that do what was asked: marks, criteria, references and the sync of design and tasks.
//!
//! Every function takes texts and gives [`rutter_text::Edit`]s of the text it was given; none touches a byte that it was
//! not asked for.

pub mod criteria;
pub mod moved;
pub mod references;
pub mod set_task;
pub mod split;
pub mod sync;

mod leaf;
mod lines;
mod new_property;
mod new_task;
mod numbering;
mod orphans;
mod renumbering;
mod sentence;
mod style;

pub use criteria::{CriterionError, Place};
pub use moved::{Moves, moved};
pub use renumbering::{Change, Renumbering};
pub use set_task::{TaskError, set_mark};
pub(crate) use style::property_line;
pub use sync::{InStep, SyncPlan, sync, sync_since};
