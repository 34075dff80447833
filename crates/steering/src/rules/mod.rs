//! What can be wrong with steering, one file a rule: its doc comment is the user's text about it, its tests stand below.
//!
//! A new rule is a file with a `RULE`, a `mod` line and a line in [`RULES`].

mod empty_pattern;
mod front_matter;
mod missing_file;
mod missing_pattern;
mod repeated;
mod secret;
mod too_long;

use rutter_text::rule::{About, Levels, Sink};
use rutter_text::{Finding, silence};

use crate::Steering;

/// What the rules look at beside the file itself; what is not handed in is not judged.
#[derive(Clone, Copy, Default)]
pub struct Context<'a> {
    /// Every steering file, this one too.
    pub files: &'a [Steering],
    /// The files of the project, relative to the root.
    pub project: Option<&'a [String]>,
    /// Whether there is a file at a path relative to the root.
    pub exists: Option<&'a dyn Fn(&str) -> bool>,
}

/// A rule about a steering file.
pub type Rule = rutter_text::rule::Rule<fn(&Steering, &Context<'_>, &mut Sink<'_>)>;

static RULES: &[&Rule] = &[
    &empty_pattern::RULE,
    &front_matter::RULE,
    &missing_file::RULE,
    &missing_pattern::RULE,
    &repeated::RULE,
    &secret::RULE,
    &too_long::RULE,
];

/// What the user reads about each rule, by code.
pub fn about() -> impl Iterator<Item = About> {
    RULES.iter().map(|rule| rule.about())
}

/// What the rules find in a file, in document order.
pub fn check(file: &Steering, context: &Context<'_>, levels: &Levels) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in RULES {
        if let Some(severity) = levels.of(&rule.about()).severity() {
            let mut sink = Sink::new(rule.code, severity, &mut found);
            (rule.check)(file, context, &mut sink);
        }
    }
    silence::retain(&file.text, &mut found);
    Finding::sort(&mut found);
    found
}

#[cfg(test)]
mod testing {
    use super::*;

    /// What one rule finds in the first file: `text at the place|message`.
    pub(super) fn found(rule: &Rule, files: &[(&str, &str)], project: &[&str]) -> Vec<String> {
        let files: Vec<Steering> = files.iter().map(|(p, t)| Steering::parse(p, t)).collect();
        let project: Vec<String> = project.iter().map(|p| (*p).to_owned()).collect();
        let exists = |path: &str| project.iter().any(|p| p == path);
        let context = Context {
            files: &files,
            project: Some(&project),
            exists: Some(&exists),
        };
        check(&files[0], &context, &Levels::default())
            .into_iter()
            .filter(|f| f.code == rule.code)
            .map(|f| format!("{}|{}", &files[0].text[f.range], f.message))
            .collect()
    }
}
