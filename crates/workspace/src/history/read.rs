//! Reading the history of tasks from a repository.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::diff::tree::recorder::Change;
use gix::objs::TreeRefIter;
use gix::revision::walk::Sorting;
use gix::traverse::commit::simple::CommitTimeOrder;
use rutter_host::Cancel;
use rutter_spec::{Document, Mark, Task, Tasks};

use super::repository::{Blob, Repository};
use super::{Changed, Commit, History, Mention, TaskName, Tie};
use crate::location::locate;

/// Commits that are older than the newest so many are not looked at.
pub const MAX_COMMITS: usize = 5_000;

/// The trailer that says which task a commit is for.
const TRAILER: &str = "Spec-Task";

/// Where specs lie.
const SPECS: &str = ".kiro/specs";

/// A document that shares so much of its lines with one that went is that one under another name: git's own measure.
const ALIKE: f64 = 0.5;

/// Specs under other names: the one before, the one since.
type Renamed = Vec<(String, String)>;

/// What a commit did to specs.
#[derive(Default)]
struct SpecsChanged {
    /// The tasks whose marks went from open to done, each with its spec's name.
    ticked: Vec<(String, TaskName)>,
    renamed: Renamed,
}

/// Objects that were just read stay in memory up to so many bytes.
const CACHE: usize = 4 * 1024 * 1024;

impl Repository {
    /// Reads what the newest [`MAX_COMMITS`] commits say of tasks. A commit that can't be read says nothing; a cancelled
    /// reading gives nothing.
    pub fn history(&mut self, cancel: &Cancel) -> Option<History> {
        self.git.object_cache_size_if_unset(CACHE);
        let mut history = History {
            head: self.head(),
            ..History::default()
        };
        let Ok(head) = self.git.head_id() else {
            return Some(history);
        };
        let newest = Sorting::ByCommitTime(CommitTimeOrder::NewestFirst);
        let Ok(walk) = self.git.rev_walk([head.detach()]).sorting(newest).all() else {
            return Some(history);
        };
        // What specs are called by now, by the names that they had before.
        let mut called: BTreeMap<String, String> = BTreeMap::new();
        for info in walk.take(MAX_COMMITS) {
            if cancel.is_cancelled() {
                return None;
            }
            let Ok(info) = info else { continue };
            let Some((mentions, renamed)) = self.mentions(&info) else {
                continue;
            };
            for mention in mentions {
                let now = called.get(&mention.spec).unwrap_or(&mention.spec).clone();
                history.specs.entry(now).or_default().push(mention);
            }
            for (old, new) in renamed {
                let now = called.get(&new).cloned().unwrap_or(new);
                called.insert(old, now);
            }
        }
        Some(history)
    }

    /// The tasks that a commit names or ticked, and the specs it renamed.
    fn mentions(&self, info: &gix::revision::walk::Info<'_>) -> Option<(Vec<Mention>, Renamed)> {
        let commit = info.object().ok()?;
        let parents: Vec<ObjectId> = info.parent_ids().map(gix::Id::detach).collect();
        let mut named: Vec<(String, TaskName, Tie)> = Vec::new();
        let decoded = commit.decode().ok()?;
        for trailer in decoded.message_trailers() {
            if trailer.token.eq_ignore_ascii_case(TRAILER.as_bytes()) {
                let value = trailer.value.to_str_lossy();
                let found = tasks_of_trailer(&value);
                named.extend(found.map(|(spec, task)| (spec, task, Tie::Trailer)));
            }
        }
        let tree = commit.tree_id().ok()?.detach();
        let parent = match parents.first() {
            Some(parent) => Some(self.git.find_commit(*parent).ok()?.tree_id().ok()?.detach()),
            None => None,
        };
        // What a merge brings was ticked where it comes from.
        let mut renamed = Renamed::new();
        if parents.len() == 1 {
            let changed = self.specs_changed(parent?, tree).unwrap_or_default();
            let ticked = changed.ticked.into_iter();
            named.extend(ticked.map(|(spec, task)| (spec, task, Tie::Tick)));
            renamed = changed.renamed;
        }
        if named.is_empty() {
            return Some((Vec::new(), renamed));
        }
        let commit = Arc::new(Commit {
            id: info.id.to_string(),
            at: commit.time().ok()?.seconds,
            subject: decoded.message().summary().to_str_lossy().trim().to_owned(),
            files: self.changed(parent, tree)?,
        });
        let mentions = named.into_iter().map(|(spec, task, tie)| {
            let commit = Arc::clone(&commit);
            Mention {
                spec,
                task,
                tie,
                commit,
            }
        });
        Some((mentions.collect(), renamed))
    }

    /// What happened to specs between two trees.
    fn specs_changed(&self, before: ObjectId, after: ObjectId) -> Option<SpecsChanged> {
        let specs = |tree: ObjectId| {
            let tree = self.git.find_tree(tree).ok()?;
            let entry = tree.lookup_entry_by_path(self.full(SPECS)).ok()??;
            entry.mode().is_tree().then(|| entry.object_id())
        };
        let (before, after) = (specs(before)?, specs(after)?);
        if before == after {
            return None;
        }
        let mut tasks: Vec<(String, Option<String>, Option<String>)> = Vec::new();
        for change in self.diff(Some(before), after)? {
            let at = locate(&Path::new(SPECS).join(&change.path));
            let Some(at) = at.filter(|at| at.document == Some(Document::Tasks)) else {
                continue;
            };
            let text = |blob: Option<Blob>| blob.and_then(|blob| self.text(blob));
            tasks.push((at.name, text(change.before), text(change.after)));
        }
        let mut found = SpecsChanged::default();
        for (name, old, new) in &tasks {
            let Some(new) = new else { continue };
            let moved = tasks.iter().filter(|(_, _, after)| after.is_none());
            let moved = moved.filter_map(|(from, before, _)| {
                let before = before.as_ref().filter(|_| old.is_none())?;
                Some((alike(before, new), from, before))
            });
            let moved = moved.max_by(|a, b| a.0.total_cmp(&b.0));
            let moved = moved.filter(|(alike, ..)| *alike >= ALIKE);
            if let Some((_, from, _)) = moved {
                found.renamed.push((from.clone(), name.clone()));
            }
            if let Some(old) = old.as_ref().or(moved.map(|(_, _, before)| before)) {
                let (old, new) = (Tasks::parse(old), Tasks::parse(new));
                let tasks = newly_done(&old, &new);
                found.ticked.extend(tasks.map(|task| (name.clone(), task)));
            }
        }
        Some(found)
    }

    /// The files of the workspace folder that differ between two trees.
    fn changed(&self, before: Option<ObjectId>, after: ObjectId) -> Option<Vec<Changed>> {
        let mut files = self.diff(before, after)?;
        files.retain_mut(|file| {
            let below = self.below(&file.path).map(str::to_owned);
            below.map(|below| file.path = below).is_some()
        });
        Some(files)
    }

    fn diff(&self, before: Option<ObjectId>, after: ObjectId) -> Option<Vec<Changed>> {
        let tree = |id: ObjectId| self.git.find_tree(id).ok();
        let old = match before {
            Some(id) => Some(tree(id)?),
            None => None,
        };
        let new = tree(after)?;
        let mut recorder = gix::diff::tree::Recorder::default();
        let old = old.as_ref().map_or(&[][..], |old| &old.data);
        gix::diff::tree(
            TreeRefIter::from_bytes(old, self.git.object_hash()),
            TreeRefIter::from_bytes(&new.data, self.git.object_hash()),
            gix::diff::tree::State::default(),
            &self.git.objects,
            &mut recorder,
        )
        .ok()?;
        let mut files: BTreeMap<String, Changed> = BTreeMap::new();
        for record in recorder.records {
            let (path, before, after) = match record {
                Change::Addition {
                    entry_mode,
                    oid,
                    path,
                    ..
                } if entry_mode.is_blob() => (path, None, Some(Blob(oid))),
                Change::Deletion {
                    entry_mode,
                    oid,
                    path,
                    ..
                } if entry_mode.is_blob() => (path, Some(Blob(oid)), None),
                Change::Modification {
                    entry_mode,
                    oid,
                    previous_entry_mode,
                    previous_oid,
                    path,
                } if entry_mode.is_blob() && previous_entry_mode.is_blob() => {
                    (path, Some(Blob(previous_oid)), Some(Blob(oid)))
                }
                _ => continue,
            };
            // A name that is no UTF-8 is in no language that we read.
            let Ok(path) = path.to_str() else { continue };
            let path = path.to_owned();
            files.insert(
                path.clone(),
                Changed {
                    path,
                    before,
                    after,
                },
            );
        }
        Some(files.into_values().collect())
    }
}

/// How much of the longer of two texts stands in the other: lines, from 0 to 1.
fn alike(one: &str, other: &str) -> f64 {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    for line in one.lines() {
        *lines.entry(line).or_default() += 1;
    }
    let shared = other.lines().filter(|line| match lines.get_mut(line) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    });
    let longer = one.lines().count().max(other.lines().count());
    shared.count() as f64 / longer.max(1) as f64
}

/// `login#3.1`, also several: `login#3.1, 3.2`.
fn tasks_of_trailer(value: &str) -> impl Iterator<Item = (String, TaskName)> {
    let mut spec = "";
    value.split(',').filter_map(move |part| {
        let part = part.trim();
        let number = match part.split_once('#') {
            Some((name, number)) => {
                spec = name.trim();
                number.trim()
            }
            None => part,
        };
        let task = TaskName {
            number: Some(number.trim_end_matches('.').to_owned()),
            title: String::new(),
        };
        (!spec.is_empty() && !number.is_empty()).then(|| (spec.to_owned(), task))
    })
}

/// The tasks that were open and are done: found again by title, else by number.
fn newly_done<'a>(old: &'a Tasks, new: &'a Tasks) -> impl Iterator<Item = TaskName> {
    let was_open = move |task: &Task| {
        let titled: Vec<&Task> = old.tasks.iter().filter(|t| t.title == task.title).collect();
        let before = match titled.as_slice() {
            [one] => Some(*one),
            _ => {
                let numbered = old.tasks.iter();
                let mut numbered =
                    numbered.filter(|t| t.number.is_some() && t.number == task.number);
                numbered.next().filter(|_| numbered.next().is_none())
            }
        };
        before.is_some_and(|before| before.mark != Mark::Done)
    };
    let done = new.tasks.iter().filter(|task| task.mark == Mark::Done);
    done.filter(move |task| was_open(task))
        .map(|task| TaskName {
            number: task.number.clone(),
            title: task.title.clone(),
        })
}
