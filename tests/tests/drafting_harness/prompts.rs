//! The prompts of `fixtures/drafting` and how their entries match.

use std::collections::BTreeSet;
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

/// The prompts that are drafted where `RUTTER_DRAFT_PROMPTS` says nothing else.
const JUDGED: [&str; 3] = [
    "fixtures/drafting/prompts.toml",
    "fixtures/drafting/second.toml",
    "fixtures/drafting/third.toml",
];

/// Reads the prompts: those of the files in `RUTTER_DRAFT_PROMPTS` (separated as in `PATH`, relative to the repository),
/// or the judged ones.
pub fn load() -> PromptFile {
    match std::env::var_os("RUTTER_DRAFT_PROMPTS") {
        Some(paths) => read(std::env::split_paths(&paths)),
        None => read(JUDGED),
    }
}

fn read(paths: impl IntoIterator<Item = impl AsRef<Path>>) -> PromptFile {
    let mut whole = PromptFile {
        project: Vec::new(),
        prompt: Vec::new(),
    };
    for path in paths {
        let path = fixtures().join("..").join(path);
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let file: PromptFile =
            toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for project in file.project {
            if !whole.project.iter().any(|p| p.id == project.id) {
                whole.project.push(project);
            }
        }
        whole.prompt.extend(file.prompt);
    }
    whole
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
fn the_files_are_whole() {
    let file = read([
        "fixtures/drafting/prompts.toml",
        "fixtures/drafting/second.toml",
        "fixtures/drafting/third.toml",
    ]);
    assert_eq!(file.prompt.len(), 90);
    let ids: BTreeSet<&str> = file.prompt.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids.len(), 90, "known gaps tell prompts apart by their ids");
    for gap in all_known_gaps() {
        assert!(ids.contains(prompt_of(gap)), "{gap}");
    }
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

/// What is known to be wrong with the drafts of these prompts and not yet mended, a fault a line. The list may only shrink.
pub fn known_gaps(file: &PromptFile) -> Vec<&'static str> {
    all_known_gaps()
        .filter(|gap| file.prompt.iter().any(|p| p.id == prompt_of(gap)))
        .collect()
}

fn all_known_gaps() -> impl Iterator<Item = &'static str> {
    include_str!("../../../fixtures/drafting/known-gaps.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The id of the prompt that a fault is about.
fn prompt_of(fault: &str) -> &str {
    fault.split_once(':').map_or(fault, |(id, _)| id)
}
