//! What can be wrong with a file of hooks, one file a rule: its doc comment is the user's text about it.
//!
//! A new rule is a file with a `RULE`, a `mod` line and a line in [`RULES`].

mod bad_matcher;
mod duplicate_name;
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

use std::ops::Range;

use rutter_text::rule::{About, Level, Levels};
use rutter_text::{Finding, Severity};

use crate::hook::Format;
use crate::read::Reading;

pub use superseded::superseded;

/// A rule: what it is called, how much it matters, how it is explained and how it looks.
pub struct Rule {
    /// `hook/<rule>` in kebab case.
    pub code: &'static str,
    /// How much it matters unless `.rutter/config.toml` says otherwise.
    pub default: Level,
    /// The user's text about it, in Markdown: the first line says what, then why, then an example.
    pub docs: &'static str,
    /// Looks through a file; `None` for a rule about several files.
    check: Option<fn(&Context<'_>, &mut Sink<'_>)>,
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
    &bad_matcher::RULE,
    &duplicate_name::RULE,
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

/// Every rule, by code.
pub fn rules() -> &'static [&'static Rule] {
    RULES
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

/// Takes the findings of one rule.
pub(crate) struct Sink<'a> {
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
            check(
                &context,
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
    found.dedup();
    found
}

#[cfg(test)]
pub(crate) mod testing {
    //! Findings as lines.

    use rutter_text::edit;

    use crate::HookFile;

    /// What one rule finds: `text at the place|message|fixes`, each fix as the changed line.
    pub(crate) fn found(code: &str, path: &str, text: &str) -> Vec<String> {
        HookFile::parse(path, text)
            .findings
            .iter()
            .filter(|f| f.code == code)
            .map(|f| {
                let mut line = format!("{}|{}", &text[f.range.clone()], f.message);
                for fix in &f.fixes {
                    let new = edit::apply(text, &fix.edits);
                    let changed: Vec<&str> = new
                        .lines()
                        .filter(|l| !text.lines().any(|o| o == *l))
                        .map(str::trim)
                        .collect();
                    line.push_str(&format!("|{} → {}", fix.title, changed.join("⏎")));
                }
                line
            })
            .collect()
    }

    /// A v1 file with one hook.
    pub(crate) fn v1(hook: &str) -> String {
        format!("{{\n\"version\": \"v1\",\n\"hooks\": [\n{{\n{hook}\n}}\n]\n}}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_order_and_are_explained() {
        assert!(rules().iter().map(|r| r.code).is_sorted());
        for rule in rules() {
            let blocks: Vec<_> = rule.docs.split("\n\n").collect();
            assert!(
                blocks.len() >= 3 && rule.docs.contains("```"),
                "{}",
                rule.code
            );
            assert!(
                blocks[0].ends_with('.') && rule.code.starts_with("hook/"),
                "{}",
                rule.code
            );
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
