//! What every rule is, whichever crate it stands in: a name, a level and the user's text about it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::{Finding, Severity};

/// A rule as the user knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// `<area>/<rule>` in kebab case.
    pub code: &'static str,
    /// How much it matters unless `.rutter/config.toml` says otherwise.
    pub default: Level,
    /// The user's text about it, in Markdown: the first line says what, then why, then an example.
    pub docs: &'static str,
}

/// A rule: what it is called, how much it matters, how it is explained, and how it looks (`C`, as its crate calls it).
pub struct Rule<C> {
    /// `<area>/<rule>` in kebab case.
    pub code: &'static str,
    /// How much it matters unless `.rutter/config.toml` says otherwise.
    pub default: Level,
    /// The user's text about it, in Markdown: the first line says what, then why, then an example.
    pub docs: &'static str,
    /// What looks.
    pub check: C,
}

impl<C> Rule<C> {
    /// The rule as the user knows it.
    pub const fn about(&self) -> About {
        About {
            code: self.code,
            default: self.default,
            docs: self.docs,
        }
    }
}

impl About {
    /// Whether it is of this area and its text says what, why and shows an example. What every crate's tests demand.
    pub fn is_explained(&self, area: &str) -> bool {
        let blocks: Vec<&str> = self.docs.split("\n\n").collect();
        blocks.len() >= 3
            && self.docs.contains("```")
            && blocks[0].ends_with('.')
            && self.code.split_once('/').is_some_and(|(of, _)| of == area)
    }
}

/// Takes the findings of one rule about one file.
pub struct Sink<'a> {
    code: &'static str,
    severity: Severity,
    found: &'a mut Vec<Finding>,
}

impl<'a> Sink<'a> {
    /// Takes the findings of the rule with this code at this severity.
    pub fn new(code: &'static str, severity: Severity, found: &'a mut Vec<Finding>) -> Self {
        Self {
            code,
            severity,
            found,
        }
    }

    /// A finding of this rule at its level, to be completed and given to [`Sink::add`].
    pub fn finding(&self, range: Range<usize>, message: impl Into<String>) -> Finding {
        Finding::new(self.code, self.severity, range, message)
    }

    /// Keeps a finding.
    pub fn add(&mut self, finding: Finding) {
        self.found.push(finding);
    }

    /// Keeps a finding of this rule; gives it, to be completed.
    pub fn report(&mut self, range: Range<usize>, message: impl Into<String>) -> &mut Finding {
        let at = self.found.len();
        self.add(self.finding(range, message));
        &mut self.found[at]
    }
}

/// How much a rule matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It is not applied.
    Off,
    /// A suggestion.
    Hint,
    /// Worth knowing.
    Info,
    /// Most likely wrong.
    Warning,
    /// Broken.
    Error,
}

impl Level {
    /// Every level, the quietest first.
    pub const ALL: [Self; 5] = [
        Self::Off,
        Self::Hint,
        Self::Info,
        Self::Warning,
        Self::Error,
    ];

    /// The word in settings and in the reference.
    pub fn as_str(self) -> &'static str {
        self.severity().map_or("off", Severity::as_str)
    }

    /// The level with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.as_str() == name)
    }

    /// The severity of its findings; `None` where there are none.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Hint => Some(Severity::Hint),
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// The levels that differ from the rules' own, by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<String, Level>);

impl Levels {
    /// The level of a rule.
    pub fn of(&self, rule: &About) -> Level {
        self.0.get(rule.code).copied().unwrap_or(rule.default)
    }

    /// Sets the level of the rule with this code.
    pub fn set(&mut self, code: &str, level: Level) {
        self.0.insert(code.to_owned(), level);
    }
}

/// The module text of a rule's file, as Markdown: the lines behind `//!` at its top.
#[macro_export]
macro_rules! docs {
    ($file:literal) => {{
        const SOURCE: &str = include_str!($file);
        const LENGTH: usize = $crate::rule::docs_length(SOURCE);
        const BYTES: [u8; LENGTH] = $crate::rule::docs_bytes(SOURCE);
        match std::str::from_utf8(&BYTES) {
            Ok(docs) => docs,
            Err(_) => panic!("a doc comment is UTF-8"),
        }
    }};
}
pub use docs;

/// How many bytes [`docs_bytes`] gives.
pub const fn docs_length(source: &str) -> usize {
    walk(source.as_bytes(), &mut [])
}

/// The doc comment alone, so that the binary does not carry a rule's whole source.
pub const fn docs_bytes<const N: usize>(source: &str) -> [u8; N] {
    let mut out = [0; N];
    walk(source.as_bytes(), &mut out);
    out
}

const fn walk(source: &[u8], out: &mut [u8]) -> usize {
    let mut at = 0;
    let mut length = 0;
    while at + 2 < source.len()
        && source[at] == b'/'
        && source[at + 1] == b'/'
        && source[at + 2] == b'!'
    {
        at += 3;
        if at < source.len() && source[at] == b' ' {
            at += 1;
        }
        while at < source.len() {
            let byte = source[at];
            at += 1;
            if byte != b'\r' {
                if length < out.len() {
                    out[length] = byte;
                }
                length += 1;
            }
            if byte == b'\n' {
                break;
            }
        }
    }
    length
}

/// The heading's anchor of a rule in the reference.
pub fn anchor(code: &str) -> String {
    code.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect()
}

/// The reference of all rules, in Markdown.
pub fn reference(rules: &[About]) -> String {
    let mut out = String::from(
        "# Rules\n\nWhat Rutter checks. Generated from the rules themselves; change it there.\n\n\
         A rule's level is set in `.rutter/config.toml`: `off`, `hint`, `info`, `warning` or `error`.\n\n\
         ```toml\n[rules]\n\"requirement/uncovered\" = \"off\"\n```\n\n\
         One finding is silenced by a comment on its line or on the line before:\n\n\
         ```markdown\n<!-- rutter: ignore task/unknown-requirement -->\n```\n\n\
         | rule | level | finds |\n|---|---|---|\n",
    );
    for rule in rules {
        let what = rule.docs.split("\n\n").next().unwrap_or_default();
        let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!(
            "| [`{}`](#{}) | {} | {} |\n",
            rule.code,
            anchor(rule.code),
            rule.default.as_str(),
            what.replace('|', "\\|")
        ));
    }
    for rule in rules {
        out.push_str(&format!(
            "\n## {}\n\nLevel: `{}`\n\n{}\n",
            rule.code,
            rule.default.as_str(),
            rule.docs.trim_end()
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_are_the_lines_at_the_top() {
        const SOURCE: &str = "//! A é.\r\n//!\n//!  b\n\nuse x;\n//! no\n";
        const BYTES: [u8; docs_length(SOURCE)] = docs_bytes(SOURCE);
        assert_eq!(std::str::from_utf8(&BYTES), Ok("A é.\n\n b\n"));
    }
}
