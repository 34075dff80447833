//! What is checked in specs of other tools: structure only, and nothing is repaired, because they are never changed.

mod duplicate_id;
mod empty_change;
mod needs_clarification;
mod no_scenario;
mod unknown_base;
mod unknown_id;

use std::collections::BTreeMap;

use rutter_text::rule::{About, Levels, Sink};
use rutter_text::{Finding, silence};

use super::{ForeignDocument, ForeignSpec};

/// What the rules look at.
pub struct Context<'a> {
    /// The spec.
    pub spec: &'a ForeignSpec,
    /// The spec that a change is made against, by the name of the capability.
    pub base: &'a dyn Fn(&str) -> Option<&'a ForeignSpec>,
}

type Check = fn(&Context<'_>, &ForeignDocument, &mut Sink<'_>);

/// A rule about one document of a foreign spec.
pub type Rule = rutter_text::rule::Rule<Check>;

static RULES: &[&Rule] = &[
    &duplicate_id::RULE,
    &empty_change::RULE,
    &needs_clarification::RULE,
    &no_scenario::RULE,
    &unknown_base::RULE,
    &unknown_id::RULE,
];

/// What the user reads about each rule, by code.
pub fn about() -> impl Iterator<Item = About> {
    RULES.iter().map(|rule| rule.about())
}

/// What the rules find, by document; each document has an entry.
pub fn check(context: &Context<'_>, levels: &Levels) -> BTreeMap<String, Vec<Finding>> {
    let mut found = BTreeMap::new();
    for document in &context.spec.documents {
        let mut findings = Vec::new();
        for rule in RULES {
            if let Some(severity) = levels.of(&rule.about()).severity() {
                let mut sink = Sink::new(rule.code, severity, &mut findings);
                (rule.check)(context, document, &mut sink);
            }
        }
        silence::retain(document.source.text(), &mut findings);
        Finding::sort(&mut findings);
        found.insert(document.name.clone(), findings);
    }
    found
}

#[cfg(test)]
mod testing;
#[cfg(test)]
pub(super) use testing::spec as spec_of;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_explained_and_stand_in_order() {
        assert!(RULES.iter().map(|rule| rule.code).is_sorted());
        for rule in about() {
            assert!(rule.is_explained("foreign"), "{}", rule.code);
        }
    }
}
