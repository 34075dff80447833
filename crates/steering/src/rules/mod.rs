//! What can be wrong with steering, one file a rule: its doc comment is the user's text about it, its tests stand below.
//!
//! A new rule is a file with a `RULE`, a `mod` line and a line in [`RULES`].

mod checkable;
mod empty_pattern;
mod front_matter;
mod missing_file;
mod missing_pattern;
mod power;
mod repeated;
mod secret;
mod too_long;

use rutter_text::rule::{About, Levels, Sink};
use rutter_text::{Finding, silence};

use crate::Steering;

pub use repeated::Said;

/// What the rules look at beside the file itself; what is not handed in is not judged.
#[derive(Clone, Copy, Default)]
pub struct Context<'a> {
    /// Every steering file, this one too.
    pub files: &'a [Steering],
    /// The files of the project, relative to the root.
    pub project: Option<&'a [String]>,
    /// Whether there is a file at a path relative to the root.
    pub exists: Option<&'a dyn Fn(&str) -> bool>,
    /// What the files say, where more than one of them is looked at.
    pub said: Option<&'a Said<'a>>,
}

/// A rule about a steering file.
pub type Rule = rutter_text::rule::Rule<fn(&Steering, &Context<'_>, &mut Sink<'_>)>;

static RULES: &[&Rule] = &[
    &checkable::RULE,
    &empty_pattern::RULE,
    &front_matter::RULE,
    &missing_file::RULE,
    &missing_pattern::RULE,
    &power::RULE,
    &repeated::RULE,
    &secret::RULE,
    &too_long::RULE,
];

/// What the user reads about each rule, by code.
pub fn about() -> impl Iterator<Item = About> {
    RULES.iter().map(|rule| rule.about())
}

/// Which rules look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// Those that look at the file and the files of the project: as long as these stay, what they find stays.
    Lasting,
    /// Those that look at other steering files, or at what is on disk.
    Passing,
}

/// Rules whose findings change with other files.
const PASSING: [&str; 3] = [
    missing_file::RULE.code,
    power::RULE.code,
    repeated::RULE.code,
];

/// What the rules find in a file, in document order.
pub fn check(file: &Steering, context: &Context<'_>, levels: &Levels) -> Vec<Finding> {
    check_with(Which::All, file, context, levels)
}

/// What some of the rules find in a file, in document order.
pub fn check_with(
    which: Which,
    file: &Steering,
    context: &Context<'_>,
    levels: &Levels,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let looks = |rule: &Rule| match which {
        Which::All => true,
        Which::Lasting => !PASSING.contains(&rule.code),
        Which::Passing => PASSING.contains(&rule.code),
    };
    for rule in RULES.iter().filter(|rule| looks(rule)) {
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
            said: None,
        };
        check(&files[0], &context, &Levels::default())
            .into_iter()
            .filter(|f| f.code == rule.code)
            .map(|f| format!("{}|{}", &files[0].text[f.range], f.message))
            .collect()
    }
}
