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
use std::ops::Range;

use rutter_text::rule::{About, Level, Levels};
use rutter_text::{Finding, Severity};

use crate::settings::{McpFile, Variables};

/// A rule: what it is called, how much it matters, how it is explained and how it looks.
pub struct Rule {
    /// `mcp/<rule>` in kebab case.
    pub code: &'static str,
    /// How much it matters unless `.rutter/config.toml` says otherwise.
    pub default: Level,
    /// The user's text about it, in Markdown: the first line says what, then why, then an example.
    pub docs: &'static str,
    check: fn(&Context<'_>, &mut Sink<'_>),
}

impl Rule {
    /// The rule as the user knows it.
    pub fn about(&self) -> About {
        About {
            code: self.code,
            default: self.default,
            docs: self.docs,
        }
    }
}

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

/// Takes the findings of one rule.
struct Sink<'a> {
    code: &'static str,
    severity: Severity,
    found: &'a mut Vec<Finding>,
}

impl Sink<'_> {
    fn finding(&self, range: Range<usize>, message: impl Into<String>) -> Finding {
        Finding::new(self.code, self.severity, range, message)
    }

    fn add(&mut self, finding: Finding) {
        self.found.push(finding);
    }
}

/// What the rules find in a file, in document order.
pub fn check(context: &Context<'_>, levels: &Levels) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in RULES {
        if let Some(severity) = levels.of(&rule.about()).severity() {
            (rule.check)(
                context,
                &mut Sink {
                    code: rule.code,
                    severity,
                    found: &mut found,
                },
            );
        }
    }
    found.sort_by(|a, b| {
        (a.range.start, a.range.end, a.code).cmp(&(b.range.start, b.range.end, b.code))
    });
    found
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_order_and_are_explained() {
        assert!(RULES.iter().map(|r| r.code).is_sorted());
        for rule in RULES {
            let blocks: Vec<_> = rule.docs.split("\n\n").collect();
            assert!(
                blocks.len() >= 3 && rule.docs.contains("```"),
                "{}",
                rule.code
            );
            assert!(
                blocks[0].ends_with('.') && rule.code.starts_with("mcp/"),
                "{}",
                rule.code
            );
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
