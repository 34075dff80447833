//! Since a task was done, its requirement or the code made for it changed.
//!
//! What a done task is measured against is its record under `.rutter/evidence`, else the commit whose `Spec-Task:` trailer
//! names it, else the commit that ticked it and changed files that belong to it. Without any of these nothing is said.
//! Comments and formatting don't count. Setting the task to done again takes what there is now as right.
//!
//! ```markdown
//! 1. WHEN 3 sign-ins fail, THE Login SHALL refuse the next      <- it said 5 when task 1.2 was done
//! ```

use super::{Level, Rule};
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "trace/drift",
    default: Level::Hint,
    docs: docs!("trace_drift.rs"),
    check: None,
};
