//! The likely links that a person said are none: `.rutter/dismissed-links.jsonl`, committed, so that nobody of the team is asked
//! again. One a line and sorted, so that two branches merge.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::likely::Claim;

/// The file, from the root of the workspace.
pub const FILE: &str = ".rutter/dismissed-links.jsonl";

/// What is no link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NoLink {
    /// The file below the workspace folder, with `/`.
    pub path: String,
    /// The full name of the function; nothing for the whole file.
    #[serde(default)]
    pub name: Option<String>,
    /// The name of the spec.
    pub spec: String,
    /// The task.
    pub task: String,
}

impl NoLink {
    /// That a claim is wrong.
    pub fn of(claim: &Claim) -> Self {
        Self {
            path: claim.path.clone(),
            name: claim.name.clone(),
            spec: claim.spec.clone(),
            task: claim.task.clone(),
        }
    }
}

/// All of a workspace folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dismissed {
    all: BTreeSet<NoLink>,
    /// The bytes of lines that say nothing of the kind.
    pub broken: Vec<Range<usize>>,
}

/// The file of a workspace folder.
pub fn path_of(root: &Path) -> PathBuf {
    root.join(FILE)
}

impl Dismissed {
    /// Reads the file; what is no such line counts for nothing.
    pub fn parse(text: &str) -> Self {
        let mut read = Self::default();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let said = line.trim();
            match serde_json::from_str(said) {
                Ok(one) => {
                    read.all.insert(one);
                }
                Err(_) if said.is_empty() => {}
                Err(_) => read.broken.push(at..at + line.trim_end().len()),
            }
            at += line.len();
        }
        read
    }

    /// Whether a claim was dismissed.
    pub fn has(&self, claim: &Claim) -> bool {
        self.all.contains(&NoLink::of(claim))
    }

    /// The text of the file with one more line in its place; the other lines stay as they are.
    pub fn with(text: &str, one: &NoLink) -> String {
        // What is written here always can be.
        let new = serde_json::to_string(one).unwrap_or_default();
        let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut lines: Vec<&str> = text.lines().collect();
        let is_after = |line: &str| serde_json::from_str::<NoLink>(line).is_ok_and(|l| l > *one);
        let at = lines.iter().position(|line: &&str| is_after(line));
        lines.insert(at.unwrap_or(lines.len()), &new);
        lines.join(ending) + ending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(path: &str, task: &str) -> NoLink {
        NoLink {
            path: path.into(),
            name: Some("lock".into()),
            spec: "login".into(),
            task: task.into(),
        }
    }

    #[test]
    fn lines_are_added_in_order_and_others_stay() {
        let first = Dismissed::with("", &one("src/b.rs", "1"));
        assert_eq!(
            first,
            "{\"path\":\"src/b.rs\",\"name\":\"lock\",\"spec\":\"login\",\"task\":\"1\"}\n"
        );
        let both = Dismissed::with(&first, &one("src/a.rs", "2"));
        assert!(
            both.ends_with(&first) && both.lines().count() == 2,
            "{both}"
        );
        let odd = format!("<<<<<<< HEAD\n{both}");
        let more = Dismissed::with(&odd, &one("src/c.rs", "1"));
        assert!(more.starts_with(&odd), "{more}");
        let read = Dismissed::parse(&more);
        assert_eq!((read.all.len(), read.broken.first()), (3, Some(&(0..12))));
    }
}
