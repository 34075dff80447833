//! `rutter hooks list` and `rutter hooks match`: the hooks there are, and those an event fires.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rutter_hooks::{Event, HookFile, fires};
use rutter_store::{Pending, Verdict};
use serde::Serialize;
use serde_json::Value;

use super::trusted;
use crate::context::Context;
use crate::error::CommandError;

/// A hook as it is listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Its id, `file#name`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its file, relative with `/`; the user's own begin with `~/`.
    pub path: String,
    /// That file in full.
    #[serde(skip)]
    pub file: PathBuf,
    /// What it waits for.
    pub trigger: &'static str,
    /// What that is narrowed to, as written.
    pub matcher: Option<String>,
    /// What it does, as in a v1 file.
    pub action: Value,
    /// Whether it is switched on.
    pub enabled: bool,
    /// Whether this exact content may run.
    pub trusted: bool,
    /// `v1`, `legacy`, `agent` or `yaml`.
    pub format: &'static str,
    /// How many files its prompt waits for; absent where no prompt waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting: Option<usize>,
}

/// Every hook, in the order of the roots and files.
pub fn list(cx: &Context<'_>) -> Result<Vec<Row>, CommandError> {
    rows(cx, |_, _| true)
}

/// The hooks that an event fires.
pub fn matching(cx: &Context<'_>, event: &Event) -> Result<Vec<Row>, CommandError> {
    rows(cx, |_, hook| fires(hook, event).is_ok())
}

fn rows(
    cx: &Context<'_>,
    keep: impl Fn(&HookFile, &rutter_hooks::Hook) -> bool,
) -> Result<Vec<Row>, CommandError> {
    let mut rows: Vec<Row> = Vec::new();
    for (root, hooks) in super::all(cx) {
        let waiting = cx.store.pending(&root).list()?;
        for file in &hooks.files {
            for hook in file.hooks.iter().filter(|hook| keep(file, hook)) {
                if rows.iter().any(|r| r.id == hook.id && super::is_own(file)) {
                    continue;
                }
                let (_, verdict) = trusted(cx, &root, file, hook)?;
                rows.push(Row {
                    id: hook.id.clone(),
                    name: hook.name.clone(),
                    path: file.path.clone(),
                    file: super::path_of(cx, &root, file),
                    trigger: hook.trigger.as_str(),
                    matcher: hook.matcher.written(),
                    action: hook.action.json(),
                    enabled: hook.enabled,
                    trusted: verdict == Verdict::Trusted,
                    format: file.format.as_str(),
                    waiting: files_of(&waiting, &hook.id),
                });
            }
        }
    }
    Ok(rows)
}

fn files_of(waiting: &[Pending], hook: &str) -> Option<usize> {
    let mut own = waiting.iter().filter(|p| p.hook == hook).peekable();
    own.peek()?;
    let files: BTreeSet<&String> = own.flat_map(|p| &p.paths).collect();
    Some(files.len())
}
