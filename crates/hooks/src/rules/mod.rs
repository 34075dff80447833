//! What can be wrong with a file of hooks, one file a rule: its doc comment is the user's text about it.
//!
//! A new rule is a file with a `RULE`, a `mod` line and a line in [`RULES`].

mod bad_matcher;
mod duplicate_name;
mod file_placeholder;
mod ignored_matcher;
mod legacy_format;
mod missing_key;
mod not_in_kiro;
mod odd_timeout;
mod superseded;
mod syntax;
mod unknown_action;
mod unknown_key;
mod unknown_trigger;
mod wrong_value;

use rutter_text::Finding;
use rutter_text::rule::{About, Levels, Sink};

use crate::hook::Format;
use crate::read::Reading;

pub use superseded::superseded;

/// A rule about a file of hooks; `None` for one about several files.
pub(crate) type Rule = rutter_text::rule::Rule<Option<fn(&Context<'_>, &mut Sink<'_>)>>;

static RULES: &[&Rule] = &[
    &bad_matcher::RULE,
    &duplicate_name::RULE,
    &file_placeholder::RULE,
    &ignored_matcher::RULE,
    &legacy_format::RULE,
    &missing_key::RULE,
    &not_in_kiro::RULE,
    &odd_timeout::RULE,
    &superseded::RULE,
    &syntax::RULE,
    &unknown_action::RULE,
    &unknown_key::RULE,
    &unknown_trigger::RULE,
    &wrong_value::RULE,
];

/// What the user reads about each rule, by code.
pub fn about() -> impl Iterator<Item = About> {
    RULES.iter().map(|rule| rule.about())
}

/// The findings of [`crate::HookFile::parse`] with the levels of a repository.
pub fn levelled(findings: &[Finding], levels: &Levels) -> Vec<Finding> {
    findings
        .iter()
        .filter_map(|finding| {
            let Some(rule) = RULES.iter().find(|r| r.code == finding.code) else {
                return Some(finding.clone());
            };
            let level = levels.of(&rule.about());
            if level == rule.default {
                return Some(finding.clone());
            }
            let mut finding = finding.clone();
            finding.severity = level.severity()?;
            Some(finding)
        })
        .collect()
}

/// What the rules look at.
pub(crate) struct Context<'a> {
    pub path: &'a str,
    pub text: &'a str,
    pub reading: &'a Reading,
}

impl Context<'_> {
    /// Whether the file lies where Kiro reads hooks.
    fn in_kiro(&self) -> bool {
        !self.path.contains(".rutter/") && self.path.contains(".kiro/hooks/")
    }

    /// A text as it is written in this format.
    fn quoted(&self, text: &str) -> String {
        // A JSON string is a YAML string too.
        serde_json::Value::from(text).to_string()
    }

    fn format(&self) -> Format {
        self.reading.format
    }
}

/// What the rules find in a file, at their own levels, in document order.
pub(crate) fn check(path: &str, text: &str, reading: &Reading) -> Vec<Finding> {
    let context = Context {
        path,
        text,
        reading,
    };
    let mut found = Vec::new();
    for rule in RULES {
        if let (Some(severity), Some(check)) = (rule.default.severity(), rule.check) {
            check(&context, &mut Sink::new(rule.code, severity, &mut found));
        }
    }
    Finding::sort(&mut found);
    found.dedup();
    found
}

#[cfg(test)]
pub(crate) mod testing {
    //! Findings as lines.

    use crate::HookFile;

    /// What one rule finds: `text at the place|message|fixes`, each fix as the changed line.
    pub(crate) fn found(code: &str, path: &str, text: &str) -> Vec<String> {
        HookFile::parse(path, text)
            .findings
            .iter()
            .filter(|f| f.code == code)
            .map(|f| f.line(text))
            .collect()
    }

    /// A v1 file with one hook.
    pub(crate) fn v1(hook: &str) -> String {
        format!("{{\n\"version\": \"v1\",\n\"hooks\": [\n{{\n{hook}\n}}\n]\n}}\n")
    }
}

#[cfg(test)]
mod tests {
    use rutter_text::rule::Level;

    use super::*;

    #[test]
    fn rules_stand_in_order_and_are_explained() {
        assert!(RULES.iter().map(|r| r.code).is_sorted());
        for rule in RULES {
            assert!(rule.about().is_explained("hook"), "{}", rule.code);
        }
    }

    #[test]
    fn a_repository_sets_levels() {
        let file = crate::HookFile::parse(".kiro/hooks/a.json", "{");
        let mut levels = Levels::default();
        assert_eq!(levelled(&file.findings, &levels), file.findings);
        levels.set("hook/syntax", Level::Off);
        assert_eq!(levelled(&file.findings, &levels), []);
    }
}
