//! What can be wrong with a file of servers, one file a rule: its doc comment is the user's text about it.
//!
//! A new rule is a file with a `RULE`, a `mod` line and a line in [`RULES`].

mod auto_approve_all;
mod auto_approve_in_repository;
mod bad_url;
mod duplicate_server;
mod missing_transport;
mod secret;
mod syntax;
mod too_many;
mod tool_conflict;
mod two_transports;
mod unapproved_variable;
mod unknown_key;
mod wrong_value;

use std::collections::BTreeMap;

use rutter_text::Finding;
use rutter_text::rule::{About, Levels, Sink};

use crate::settings::{McpFile, Variables};

/// A rule about a file that names tool servers.
pub type Rule = rutter_text::rule::Rule<fn(&Context<'_>, &mut Sink<'_>)>;

static RULES: &[&Rule] = &[
    &auto_approve_all::RULE,
    &auto_approve_in_repository::RULE,
    &bad_url::RULE,
    &duplicate_server::RULE,
    &missing_transport::RULE,
    &secret::RULE,
    &syntax::RULE,
    &too_many::RULE,
    &tool_conflict::RULE,
    &two_transports::RULE,
    &unapproved_variable::RULE,
    &unknown_key::RULE,
    &wrong_value::RULE,
];

/// What the user reads about each rule, by code.
pub fn about() -> impl Iterator<Item = About> {
    RULES.iter().map(|rule| rule.about())
}

/// What the rules look at.
pub struct Context<'a> {
    /// The file.
    pub file: &'a McpFile,
    /// Its text.
    pub text: &'a str,
    /// The other files whose servers are in force beside it.
    pub others: &'a [&'a McpFile],
    /// The variables the user approved.
    pub variables: &'a Variables,
    /// How many tools each server offered when it was last listed, by name; nothing for one that was never listed.
    pub tools: &'a BTreeMap<String, usize>,
}

/// What the rules find in a file, in document order.
pub fn check(context: &Context<'_>, levels: &Levels) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in RULES {
        if let Some(severity) = levels.of(&rule.about()).severity() {
            (rule.check)(context, &mut Sink::new(rule.code, severity, &mut found));
        }
    }
    Finding::sort(&mut found);
    found
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use rutter_text::rule::Level;

    use super::*;

    #[test]
    fn rules_stand_in_order_and_are_explained() {
        assert!(RULES.iter().map(|r| r.code).is_sorted());
        for rule in RULES {
            assert!(rule.about().is_explained("mcp"), "{}", rule.code);
        }
    }

    #[test]
    fn a_repository_sets_levels() {
        let mut levels = Levels::default();
        assert_eq!(testing::check_with("{", &levels).len(), 1);
        levels.set("mcp/syntax", Level::Off);
        assert_eq!(testing::check_with("{", &levels), []);
    }
}
