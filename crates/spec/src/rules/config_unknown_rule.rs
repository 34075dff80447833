//! `.rutter/config.toml` sets a level that means nothing.
//!
//! The rule or the level has another name, so the line has no effect. Every other line of the table counts.
//!
//! ```toml
//! [rules]
//! "task/unknown-requirements" = "off"      <- the rule is called task/unknown-requirement
//! ```

use super::{Level, Rule};
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "config/unknown-rule",
    default: Level::Warning,
    docs: docs!("config_unknown_rule.rs"),
    check: None,
};
