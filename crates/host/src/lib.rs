//! What the world offers, as small traits: files, a clock, progress, cancel, settings. The one crate that touches the
//! file system; everything above asks here, so that tests can hand in a world of their own.

mod cancel;
mod clock;
mod disk;
mod files;
mod home;
mod memory;
mod permit;
mod progress;
pub mod settings;
mod temporary;

pub use cancel::Cancel;
pub use clock::{Clock, FixedClock, SystemClock, WallMinute};
pub use disk::Disk;
pub use files::{Entry, FileError, FileKind, Files};
pub use home::Home;
pub use memory::Memory;
pub use permit::{Grounds, Permit};
pub use progress::{NoProgress, Progress};
pub use settings::Settings;
