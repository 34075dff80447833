//! Changes that no editor made: when they count as events.

use std::path::Path;

use rutter_host::Files;

/// What lies in a git folder while git is at work; a hook must not fire for what a merge or a rebase writes.
const AT_WORK: [&str; 8] = [
    "index.lock",
    "MERGE_HEAD",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "BISECT_LOG",
    "rebase-merge",
    "rebase-apply",
    "sequencer",
];

/// Whether git is in the middle of something in the repository around `root`. In a worktree `.git` is a file that says
/// where its folder is.
pub fn git_operation(files: &dyn Files, root: &Path) -> bool {
    root.ancestors().any(|folder| {
        let git = folder.join(".git");
        let linked = files.read_text(&git).ok().and_then(|text| {
            text.strip_prefix("gitdir:")
                .map(|path| folder.join(path.trim()))
        });
        let git = linked.unwrap_or(git);
        AT_WORK.iter().any(|name| files.exists(&git.join(name)))
    })
}

/// More changes from outside than this within one burst are one question.
const MANY: usize = 20;

/// What to do with changes that came together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Burst {
    /// Raise an event for each.
    Each(Vec<String>),
    /// Ask once.
    Ask(Vec<String>),
}

impl Burst {
    /// Judges the files that changed from outside at once.
    pub fn of(paths: Vec<String>) -> Self {
        if paths.len() > MANY {
            Self::Ask(paths)
        } else {
            Self::Each(paths)
        }
    }
}

#[cfg(test)]
mod tests {
    use rutter_host::Memory;

    use super::*;

    #[test]
    fn a_git_operation_is_seen_also_from_a_worktree() {
        let files = Memory::with([
            ("/r/.git/HEAD", ""),
            ("/m/.git/MERGE_HEAD", ""),
            ("/w/.git", "gitdir: /m/.git/worktrees/w\n"),
            ("/m/.git/worktrees/w/rebase-merge/done", ""),
        ]);
        let at = |root: &str| git_operation(&files, Path::new(root));
        assert!(!at("/r") && !at("/r/sub") && !at("/nowhere"));
        assert!(at("/m") && at("/m/sub") && at("/w"));
    }

    #[test]
    fn more_than_twenty_are_one_question() {
        let paths = |n: usize| -> Vec<String> { (0..n).map(|i| i.to_string()).collect() };
        assert!(matches!(Burst::of(paths(20)), Burst::Each(_)));
        assert!(matches!(Burst::of(paths(21)), Burst::Ask(_)));
    }
}
