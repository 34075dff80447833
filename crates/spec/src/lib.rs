//! Specs: requirements, design, tasks and bugfix documents with byte spans, EARS, the task graph, rules, edits, stages
//! and approvals. Pure: texts come in, structures, findings and edits go out; nothing here touches the world.

pub mod approvals;
pub mod config;
pub mod decisions;
pub mod design;
pub mod document;
pub mod ears;
pub mod edits;
pub mod features;
pub mod foreign;
pub mod hash;
pub mod heading;
pub mod labels;
mod mentions;
pub mod requirements;
pub mod rules;
pub mod spec;
pub mod stages;
pub mod tasks;
pub mod terms;
pub mod trace;
pub mod trace_line;
pub mod waves;
mod wording;

pub use config::{Config, SpecType, Workflow};
pub use decisions::{Concern, Decision};
pub use design::{Design, Property};
pub use document::{Document, Stage};
pub use ears::{Ears, Pattern};
pub use requirements::{Criterion, Observed, Requirement, Requirements, Term};
pub use spec::{Parsed, Reading, Resolved, Spec};
pub use tasks::{Mark, Task, Tasks};
