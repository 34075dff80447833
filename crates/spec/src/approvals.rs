//! `approvals.json`: who said yes to which content. Read forgivingly about fields it doesn't know, strictly about
//! everything else: a file that can't be read is no approval.

mod read;
mod render;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Document, Stage};

/// The file's name in the spec folder.
pub const FILE_NAME: &str = "approvals.json";

/// The version this code reads and writes.
pub const VERSION: u64 = 1;

/// A person who approved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The public key that signs for this person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What else the file says.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Who {
    /// A person without a key.
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            email: email.into(),
            ..Self::default()
        }
    }
}

/// An item as it was approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovedItem {
    /// Its id in the document that was approved.
    pub id: String,
    /// The hash of the item.
    pub sha256: String,
    /// What it cited, as it went into the hash; tells later which of it changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<String>,
    /// What else the file says.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// The yes to one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The stage.
    pub stage: Stage,
    /// The file name of its document.
    pub document: String,
    /// The hash of the document as it was when all of it was approved.
    pub sha256: String,
    /// Whether some items were never approved.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
    /// The approved items.
    #[serde(default)]
    pub items: Vec<ApprovedItem>,
    /// The hashes of the documents of the stages before, by the stage's name.
    #[serde(default)]
    pub upstream: BTreeMap<String, String>,
    /// Who approved.
    pub who: Who,
    /// When, in RFC 3339.
    pub at: String,
    /// A signature over the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Value>,
    /// What else the file says.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Approval {
    /// Whether it was given to this document.
    pub fn is_for(&self, document: Document) -> bool {
        self.document == document.file_name()
    }
}

/// What makes the file unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Two branches met and nobody chose.
    Conflict,
    /// A later version of this program wrote it.
    Newer,
    /// It isn't what such a file looks like.
    Broken,
}

/// Why the file counts as no approval, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// The kind.
    pub kind: ProblemKind,
    /// The bytes.
    pub range: Range<usize>,
    /// What is wrong and what to do, for a person.
    pub message: String,
}

/// The approvals of a spec.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approvals {
    approvals: Vec<Approval>,
    /// Entries of a kind that is not known here, kept as they are.
    foreign: Vec<Value>,
    extra: Map<String, Value>,
    problem: Option<Problem>,
}

impl Approvals {
    /// Reads the file. Where it can't be read, there is no approval in it and [`Self::problem`] says why.
    pub fn read(text: &str) -> Self {
        read::read(text).unwrap_or_else(|problem| Self {
            problem: Some(problem),
            ..Self::default()
        })
    }

    /// Why the file could not be read.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// Whether nothing was ever approved.
    pub fn is_empty(&self) -> bool {
        self.approvals.is_empty()
    }

    /// The approval of a stage.
    pub fn get(&self, stage: Stage) -> Option<&Approval> {
        self.approvals.iter().find(|a| a.stage == stage)
    }

    /// These approvals with `approval` in the place of the one for its stage.
    #[must_use]
    pub fn with(mut self, mut approval: Approval) -> Self {
        if let Some(old) = self.get(approval.stage) {
            for (key, value) in &old.extra {
                approval
                    .extra
                    .entry(key.clone())
                    .or_insert_with(|| value.clone());
            }
        }
        self.approvals.retain(|a| a.stage != approval.stage);
        self.approvals.push(approval);
        self.sort();
        self
    }

    fn sort(&mut self) {
        self.approvals.sort_by_key(|a| a.stage);
        for approval in &mut self.approvals {
            approval
                .items
                .sort_by(|a, b| natural(&a.id, &b.id).then_with(|| a.sha256.cmp(&b.sha256)));
        }
    }

    /// The text of the file: sorted, an item a line, so that the work of two branches merges.
    pub fn render(&self) -> String {
        render::render(self)
    }
}

/// Ids as people count them: `1.2` before `1.10`.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (x, y) = (chunk(left), chunk(right));
        if x.is_empty() || y.is_empty() {
            return left.len().cmp(&right.len()).then_with(|| a.cmp(b));
        }
        let order = match (number(x), number(y)) {
            (Some(x), Some(y)) => x.cmp(&y),
            _ => x.cmp(y),
        };
        if order != Ordering::Equal {
            return order;
        }
        (left, right) = (&left[x.len()..], &right[y.len()..]);
    }
}

/// The digits, or the other characters, that a text starts with.
fn chunk(text: &str) -> &str {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text
        .find(|c: char| c.is_ascii_digit() != digits)
        .unwrap_or(text.len());
    &text[..end]
}

fn number(chunk: &str) -> Option<u64> {
    chunk.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_sorted_as_people_count() {
        let mut ids = vec!["task:10", "1.10", "1.2", "task:9.1", "1.2~2", "2", "term:B"];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(
            ids,
            ["1.2", "1.2~2", "1.10", "2", "task:9.1", "task:10", "term:B"]
        );
    }
}
