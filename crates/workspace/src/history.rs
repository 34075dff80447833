//! What git remembers of tasks: the commits that ticked one, and those that say in a trailer which one they are for.
//!
//! A folder outside any repository, a shallow clone and a broken repository have no history; that is no error, because
//! nothing depends on there being one.

mod read;
mod repository;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use read::MAX_COMMITS;
pub use repository::{Blob, Repository};

/// A commit that changed more files than this links files, not functions.
pub const MAX_FILES: usize = 30;

/// What a commit did to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its path below the workspace folder, with `/`.
    pub path: String,
    /// What was in it; `None` where it is new.
    pub before: Option<Blob>,
    /// What is in it since; `None` where it went.
    pub after: Option<Blob>,
}

/// A commit that has to do with a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its id, in hex.
    pub id: String,
    /// When it was made, in seconds since 1970.
    pub at: i64,
    /// The first line of its message.
    pub subject: String,
    /// The files it changed below the workspace folder, by path.
    pub files: Vec<Changed>,
}

impl Commit {
    /// Whether it changed so many files that nothing smaller can be said of it.
    pub fn is_wide(&self) -> bool {
        self.files.len() > MAX_FILES
    }

    /// When it was made: the first nineteen characters of RFC 3339, UTC.
    pub fn utc(&self) -> String {
        let time = gix::date::Time::new(self.at, 0);
        let text = time.format_or_unix(gix::date::time::format::ISO8601_STRICT);
        text.chars().take(19).collect()
    }

    /// The id as people write it.
    pub fn short(&self) -> &str {
        self.id.get(..8).unwrap_or(&self.id)
    }
}

/// A task as a commit knew it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskName {
    /// The number, or `None` where it has none.
    pub number: Option<String>,
    /// The title; empty where a trailer named the task.
    pub title: String,
}

/// How a commit belongs to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// A trailer of it names the task.
    Trailer,
    /// It set the task's mark from open to done.
    Tick,
}

/// A commit that belongs to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name of the spec then.
    pub spec: String,
    /// The task, as it was then.
    pub task: TaskName,
    /// How.
    pub tie: Tie,
    /// The commit.
    pub commit: Arc<Commit>,
}

/// What a repository remembers of the tasks of a workspace folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The commit it was read from; `None` where there is no history.
    pub head: Option<String>,
    /// By the name of the spec, newest first.
    specs: BTreeMap<String, Vec<Mention>>,
}

impl History {
    /// The specs that commits name.
    pub fn specs(&self) -> impl Iterator<Item = &str> {
        self.specs.keys().map(String::as_str)
    }

    /// Every mention, with the name its spec has by now.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Mention)> {
        let specs = self.specs.iter();
        specs.flat_map(|(spec, all)| all.iter().map(move |mention| (spec.as_str(), mention)))
    }

    /// The commits that belong to a task of a spec, newest first. `others` are the titles of the other tasks: a number
    /// that had the title of one of them belongs to that one.
    pub fn of<'a>(
        &'a self,
        spec: &str,
        number: Option<&'a str>,
        title: &'a str,
        others: &'a [&'a str],
    ) -> impl Iterator<Item = &'a Mention> {
        let all = self.specs.get(spec).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(move |mention| {
            let same_number = number.is_some() && mention.task.number.as_deref() == number;
            match mention.tie {
                Tie::Trailer => same_number,
                Tie::Tick if mention.task.title == title => same_number || !others.contains(&title),
                Tie::Tick => same_number && !others.contains(&mention.task.title.as_str()),
            }
        })
    }
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests;
