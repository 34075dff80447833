//! What a hook's trigger is narrowed to.

use crate::glob;
use crate::pattern::Pattern;
use crate::schedule::Schedule;
use crate::tool::Tools;
use crate::trigger::{Subject, Trigger};

/// What a hook's trigger is narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matcher {
    /// Nothing: every event of the trigger.
    All,
    /// Paths, relative or absolute, by a regular expression.
    Path(Pattern),
    /// Relative paths, by the globs of an older format, and the regular expression that means the same.
    Globs(Vec<String>, Pattern),
    /// Tools.
    Tools(Tools),
    /// A build command.
    Command(String),
    /// Times, and the five fields as written.
    Schedule(String, Schedule),
}

impl Matcher {
    /// Reads a v1 matcher for a trigger. The error is a sentence.
    pub fn parse(trigger: Trigger, text: &str) -> Result<Self, String> {
        match trigger.subject() {
            Subject::Nothing => Ok(Self::All),
            Subject::Schedule => {
                Schedule::parse(text).map(|s| Self::Schedule(text.trim().to_owned(), s))
            }
            _ if text.is_empty() => Ok(Self::All),
            Subject::Path => Pattern::new(text).map(Self::Path),
            Subject::Tool => Tools::new(text).map(Self::Tools),
            Subject::Command => Ok(Self::Command(words(text))),
        }
    }

    /// Reads the globs of an older format. The error is a sentence.
    pub fn globs(globs: Vec<String>) -> Result<Self, String> {
        let globs: Vec<String> = globs.into_iter().filter(|g| !g.trim().is_empty()).collect();
        let regex = glob::to_regex(&globs);
        if regex.is_empty() {
            return Ok(Self::All);
        }
        let pattern = Pattern::new(&regex).map_err(|_| {
            "This glob is too big or has letters in an order that has no meaning.".to_owned()
        })?;
        Ok(Self::Globs(globs, pattern))
    }

    /// The v1 text of it; `None` where there is none.
    pub fn v1(&self) -> Option<&str> {
        match self {
            Self::All => None,
            Self::Path(pattern) | Self::Globs(_, pattern) => Some(pattern.as_str()),
            Self::Tools(tools) => Some(tools.as_str()),
            Self::Command(text) | Self::Schedule(text, _) => Some(text),
        }
    }

    /// As a person wrote it: globs as globs.
    pub fn written(&self) -> Option<String> {
        match self {
            Self::Globs(globs, _) => Some(globs.join(", ")),
            other => other.v1().map(str::to_owned),
        }
    }

    /// Whether a path matches: `path` relative with `/`, `root` the absolute folder it lies in. A match on the relative
    /// or on the absolute path counts, as it is not documented which of them Kiro means.
    pub fn is_path(&self, root: Option<&str>, path: &str) -> bool {
        match self {
            Self::All => true,
            Self::Path(pattern) => {
                pattern.is_match(path)
                    || root.is_some_and(|root| {
                        pattern.is_match(&format!("{}/{path}", root.trim_end_matches('/')))
                    })
            }
            Self::Globs(_, pattern) => pattern.is_match(path),
            Self::Tools(_) | Self::Command(_) | Self::Schedule(..) => false,
        }
    }
}

/// A command with single spaces between its words.
pub(crate) fn words(command: &str) -> String {
    command.split_whitespace().collect::<Vec<_>>().join(" ")
}
