//! The prompts of `fixtures/drafting/prompts.toml` and how their entries match.

use std::path::{Path, PathBuf};

use regex::RegexBuilder;
use serde::Deserialize;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromptFile {
    pub project: Vec<Project>,
    pub prompt: Vec<Prompt>,
}

/// A sample project.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    pub id: String,
    /// The command by which this project runs its tests; tasks must name it.
    pub tests: Entry,
}

/// One prompt; the fields are explained at the head of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    pub id: String,
    pub project: String,
    #[serde(default = "requirements_first")]
    pub workflow: String,
    pub text: String,
    #[serde(default)]
    pub small: bool,
    pub max_criteria: Option<usize>,
    pub same_class_as: Option<String>,
    pub expect: Vec<Entry>,
    #[serde(default)]
    pub names: Vec<Entry>,
    #[serde(default)]
    pub exclude: Vec<Entry>,
    #[serde(default)]
    pub inject: Vec<Entry>,
}

fn requirements_first() -> String {
    "requirements-first".to_owned()
}

impl Prompt {
    /// The most criteria that its draft may have.
    pub fn criteria_bound(&self) -> usize {
        self.max_criteria.unwrap_or(if self.small { 5 } else { 20 })
    }
}

/// A substring, `a|b` alternatives, or `re:` and a regular expression; case never counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "String")]
pub struct Entry(String);

impl From<String> for Entry {
    fn from(text: String) -> Self {
        Entry(text)
    }
}

impl Entry {
    /// Whether one of the alternatives stands in the text.
    pub fn matches(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        let is_regex = |part: &str| {
            RegexBuilder::new(part)
                .case_insensitive(true)
                .build()
                .unwrap()
                .is_match(text)
        };
        match self.0.strip_prefix("re:") {
            Some(regex) => is_regex(regex),
            None => self
                .0
                .split('|')
                .any(|part| match part.strip_prefix("re:") {
                    Some(regex) => is_regex(regex),
                    None => lower.contains(&part.to_lowercase()),
                }),
        }
    }

    /// As it stands in the file, on one printable line.
    pub fn shown(&self) -> String {
        self.0.escape_debug().to_string()
    }
}

/// The folder `fixtures` of the repository.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

/// Reads the prompts.
pub fn load() -> PromptFile {
    let path = fixtures().join("drafting/prompts.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn entries_match_alternatives_and_expressions() {
    let entry = |text: &str| Entry(text.to_owned());
    assert!(entry("e-mail|email").matches("sends an Email"));
    assert!(!entry("e-mail|email").matches("sends a mail"));
    assert!(entry(r"re:\b0?7:00").matches("at 07:00"));
    assert!(entry(r"noon|re:\b12\b").matches("at 12"));
    assert!(!entry(r"re:\b12\b").matches("at 120"));
    assert!(entry("(1)").matches("(1)"));
}

#[test]
fn the_file_is_whole() {
    let file = load();
    assert_eq!(file.prompt.len(), 30);
    for prompt in &file.prompt {
        assert!(
            file.project.iter().any(|p| p.id == prompt.project),
            "{}",
            prompt.id
        );
        assert!(
            fixtures().join("projects").join(&prompt.project).is_dir(),
            "{}",
            prompt.id
        );
        if let Some(other) = &prompt.same_class_as {
            assert!(file.prompt.iter().any(|p| p.id == *other), "{}", prompt.id);
        }
        for entry in prompt
            .expect
            .iter()
            .chain(&prompt.names)
            .chain(&prompt.exclude)
            .chain(&prompt.inject)
        {
            assert!(
                !entry.matches(""),
                "{}: {} matches everything",
                prompt.id,
                entry.shown()
            );
        }
    }
}

/// What is known to be wrong with the drafts and not yet mended, a fault a line. The list may only shrink.
pub fn known_gaps() -> Vec<&'static str> {
    include_str!("../../../fixtures/drafting/known-gaps.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}
