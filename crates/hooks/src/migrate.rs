//! From every older format to v1, and to the folder where the reader of a trigger is.

use std::ops::Range;

use rutter_text::Edit;
use serde_json::Value;

use crate::cut;
use crate::hook::{Format, Hook, HookFile};
use crate::node::Node;
use crate::read::Reading;
use crate::write;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path, with the same root as that of the old.
    pub path: String,
    /// All of its text.
    pub text: String,
}

/// What becomes of the old file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Old {
    /// It is deleted.
    Delete,
    /// It stays, without the hooks that moved.
    Edit(Vec<Edit>),
    /// One of the new files takes its place.
    Replaced,
}

/// A migration of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// What it does, as a menu entry.
    pub title: String,
    /// The new files. None of them exists yet, but for the one that takes the old file's place.
    pub new: Vec<NewFile>,
    /// What becomes of the old file.
    pub old: Old,
    /// What the new form means that the old did not, as sentences.
    pub notes: Vec<String>,
}

/// The migration that a file needs: an older format to v1, or hooks that Kiro cannot read to `.rutter/hooks/`. `None`
/// where all is well, or where a hook in it is broken: it would be lost. `taken` says whether there is a file at a path.
pub fn migrate(file: &HookFile, taken: &dyn Fn(&str) -> bool) -> Option<Migration> {
    if file.hooks.is_empty() || (!file.broken.is_empty() && file.format != Format::V1) {
        return None;
    }
    let (base, folder, stem) = split(&file.path);
    let fits = |hook: &&Hook| write::fits_kiro(hook.trigger, &hook.action);
    let (kiro, ours): (Vec<&Hook>, Vec<&Hook>) = match file.format {
        // In our folder, or elsewhere than in a folder of hooks, everything stays.
        Format::V1 if folder != Some(Folder::Kiro) => return None,
        Format::V1 => (Vec::new(), file.hooks.iter().filter(|h| !fits(h)).collect()),
        _ if folder == Some(Folder::Rutter) => (Vec::new(), file.hooks.iter().collect()),
        _ => file.hooks.iter().partition(fits),
    };
    if kiro.is_empty() && ours.is_empty() {
        return None;
    }
    let mut new = Vec::new();
    let mut replaced = false;
    for (hooks, in_kiro) in [(kiro, true), (ours, false)] {
        if hooks.is_empty() {
            continue;
        }
        let mut path = write::path(base, in_kiro, &stem);
        let mut n = 2;
        while path != file.path && taken(&path) {
            path = write::path(base, in_kiro, &format!("{stem}-{n}"));
            n += 1;
        }
        replaced |= path == file.path;
        new.push(NewFile {
            path,
            text: write::file(hooks.iter().map(|h| object(file, h)).collect()),
        });
    }
    let old = if replaced {
        Old::Replaced
    } else {
        match file.format {
            Format::Legacy | Format::Yaml => Old::Delete,
            Format::Agent => Old::Edit(vec![without_hooks(file)?]),
            Format::V1 if new_is_all(file) => Old::Delete,
            Format::V1 => Old::Edit(without_ours(file)?),
        }
    };
    Some(Migration {
        title: match file.format {
            Format::V1 => "Move hooks that Kiro lacks to .rutter/hooks".to_owned(),
            _ => format!(
                "Migrate to {}",
                new.iter()
                    .map(|n| n.path.as_str())
                    .collect::<Vec<_>>()
                    .join(" and ")
            ),
        },
        new,
        old,
        notes: notes(file),
    })
}

fn notes(file: &HookFile) -> Vec<String> {
    let mut notes = Vec::new();
    if file.format == Format::Agent {
        notes.push(
            "These hooks belonged to one agent; in their new file they belong to every agent."
                .to_owned(),
        );
        if file
            .hooks
            .iter()
            .any(|h| h.max_output.is_some() || !h.cache.is_zero())
        {
            notes.push("`maxOutput` and `cacheSeconds` count in Rutter; Kiro has no such keys in this format.".to_owned());
        }
    }
    notes
}

/// A hook as v1: as it stands where it is v1 already, so that nothing of it is lost.
fn object(file: &HookFile, hook: &Hook) -> Value {
    if file.format == Format::V1
        && let Ok(Some(node)) = crate::read::json::parse(&file.text[hook.range.clone()], 0)
    {
        return node.json();
    }
    write::object(hook)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Folder {
    Kiro,
    Rutter,
}

/// What stands before `.kiro/` or `.rutter/`, which of the two it is where hooks lie in it, and the file's name without
/// its ending.
fn split(path: &str) -> (&str, Option<Folder>, String) {
    let kiro = path.rfind(".kiro/");
    let rutter = path.rfind(".rutter/");
    let (at, folder) = match (kiro, rutter) {
        (Some(k), Some(r)) if k > r => (k, Folder::Kiro),
        (_, Some(r)) => (r, Folder::Rutter),
        (Some(k), None) => (k, Folder::Kiro),
        (None, None) => (path.rfind('/').map_or(0, |i| i + 1), Folder::Kiro),
    };
    let hooks = path[at..].contains("/hooks/");
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = [".kiro.hook", ".json", ".yaml", ".yml"]
        .iter()
        .find_map(|e| file.strip_suffix(e));
    let stem = stem.unwrap_or(file);
    let stem = if stem.is_empty() { "hooks" } else { stem };
    (&path[..at], hooks.then_some(folder), stem.to_owned())
}

/// Whether every hook of a v1 file moves.
fn new_is_all(file: &HookFile) -> bool {
    file.broken.is_empty()
        && file
            .hooks
            .iter()
            .all(|h| !write::fits_kiro(h.trigger, &h.action))
}

/// The edits that take the moved hooks out of a v1 file.
fn without_ours(file: &HookFile) -> Option<Vec<Edit>> {
    let root = Reading::new(&file.path, &file.text).root?;
    let all: Vec<Range<usize>> = root
        .get("hooks")?
        .items()
        .iter()
        .map(|i| i.range.clone())
        .collect();
    let gone = |range: &Range<usize>| {
        file.hooks
            .iter()
            .any(|h| h.range == *range && !write::fits_kiro(h.trigger, &h.action))
    };
    // One after the other, so that commas between two that go are right.
    let mut left = all.clone();
    let mut edits: Vec<Edit> = Vec::new();
    for range in all.iter().filter(|r| gone(r)) {
        let index = left.iter().position(|r| r == range)?;
        let edit = cut::element(&file.text, &left, index)?;
        left.remove(index);
        edits.push(edit);
    }
    Some(join(edits))
}

/// Joins edits that overlap or touch.
fn join(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|e| e.range.start);
    let mut out: Vec<Edit> = Vec::new();
    for edit in edits {
        match out.last_mut() {
            Some(last) if edit.range.start <= last.range.end => {
                last.range.end = last.range.end.max(edit.range.end);
            }
            _ => out.push(edit),
        }
    }
    out
}

/// The edit that takes `hooks` out of an agent.
fn without_hooks(file: &HookFile) -> Option<Edit> {
    let root: Node = Reading::new(&file.path, &file.text).root?;
    let all: Vec<Range<usize>> = root
        .entries()
        .iter()
        .map(crate::node::Entry::range)
        .collect();
    let index = root.entries().iter().position(|e| e.key == "hooks")?;
    cut::element(&file.text, &all, index)
}
