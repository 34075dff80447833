//! The state folder, outside every repository: approved texts, the journal that undo reads, what the user trusts, what
//! tool servers said of themselves, what hooks did and what waits, and the locks that keep two processes from writing into one workspace at once. Everything goes through `rutter_host::Files`, whose writes are
//! atomic.

mod error;
mod folder;
mod hook_log;
mod in_step;
mod journal;
mod lock;
mod pending;
mod pins;
pub mod scripts;
mod store;
mod texts;
mod trust;
mod undo;
mod write;

pub use error::StoreError;
pub use folder::{canonical_root, state_folder, workspace_folder};
pub use hook_log::{HookLog, HookOutcome, OutcomeKind};
pub use in_step::Step;
pub use journal::{Change, FileNote, Journal, KEPT};
pub use lock::Lock;
pub use pending::{Pending, PendingPrompts};
pub use pins::{PinChange, Pinned, Pins};
pub use store::{Claim, Store};
pub use trust::{Subject, Trust, Verdict};
pub use undo::{Restore, UndoError};
pub use write::{WriteError, write_if_unchanged};
