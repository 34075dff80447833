//! What hooks did: one line of JSON for every outcome, the oldest forgotten.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::store::Store;

/// Bytes kept of a workspace's log: at most this, at least half of it. An outcome takes some 200.
const LIMIT: usize = 4 * 1024 * 1024;

/// What became of one hook at one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutcomeKind {
    /// It ran and ended well.
    Ran,
    /// It ran and failed, or could not be started.
    Failed,
    /// It said no, and the event may be blocked.
    Blocked,
    /// Its prompt waits for a person or a model.
    Waiting,
    /// Nobody has trusted this content.
    Untrusted,
    /// A later event took its place before it was started.
    Superseded,
}

/// One outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookOutcome {
    /// When, in RFC 3339.
    pub at: String,
    /// The hook: `file#name`.
    pub hook: String,
    /// The trigger, such as `PostFileSave`.
    pub trigger: String,
    /// The files of the event, relative with `/`.
    pub paths: Vec<String>,
    /// What became of it.
    pub outcome: OutcomeKind,
    /// The exit code, where it ran to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<i32>,
    /// Milliseconds from the start to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub took: Option<u64>,
    /// One sentence, or the last of what it printed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// The log of one workspace.
#[derive(Clone)]
pub struct HookLog<'a> {
    store: &'a Store,
    root: PathBuf,
    path: PathBuf,
}

impl<'a> HookLog<'a> {
    pub(crate) fn new(store: &'a Store, root: &Path) -> Self {
        Self {
            store,
            root: root.to_owned(),
            path: store.workspace(root).join("hooks.jsonl"),
        }
    }

    /// Notes outcomes, in order.
    pub fn note(&self, outcomes: &[HookOutcome]) -> Result<(), StoreError> {
        let mut lines = String::new();
        for outcome in outcomes {
            lines.push_str(
                &serde_json::to_string(outcome)
                    .map_err(|_| StoreError::Damaged(self.path.clone()))?,
            );
            lines.push('\n');
        }
        let _lock = self.store.lock_named(&self.root, "hooks-log")?;
        let length = self.store.files().append(&self.path, lines.as_bytes())?;
        if length > LIMIT as u64 {
            self.forget_oldest()?;
        }
        Ok(())
    }

    /// The outcomes that are kept, the oldest first. A line that a crash cut short is left out.
    pub fn read(&self) -> Result<Vec<HookOutcome>, StoreError> {
        let text = self.store.read(&self.path)?.unwrap_or_default();
        Ok(text.lines().filter_map(in_line).collect())
    }

    fn forget_oldest(&self) -> Result<(), StoreError> {
        let text = self.store.read(&self.path)?.unwrap_or_default();
        let half = text.len().saturating_sub(LIMIT / 2);
        let kept = text.as_bytes()[half..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or("", |end| &text[half + end + 1..]);
        Ok(self.store.files().write(&self.path, kept.as_bytes())?)
    }
}

/// The outcome in a line. One that was cut short has the next one on its line: inside a text its quotes would be escaped.
fn in_line(line: &str) -> Option<HookOutcome> {
    let whole = || serde_json::from_str(line).ok();
    let last = || serde_json::from_str(&line[line.rfind(r#"{"at":"#)?..]).ok();
    whole().or_else(last)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a look at the real file")]
mod tests {
    use std::sync::Arc;

    use rutter_host::{Disk, Files};

    use super::*;

    fn outcome(n: usize) -> HookOutcome {
        HookOutcome {
            at: "2026-11-21T09:30:00Z".into(),
            hook: format!("checks.json#{n}"),
            trigger: "PostFileSave".into(),
            paths: vec!["src/a.rs".into()],
            outcome: OutcomeKind::Ran,
            code: Some(0),
            took: Some(12),
            detail: String::new(),
        }
    }

    #[test]
    fn outcomes_are_kept_in_order_and_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(Arc::new(Disk), folder.path());
        let log = store.hook_log(Path::new("/w"));
        assert_eq!(log.read().unwrap(), []);
        log.note(&[outcome(1), outcome(2)]).unwrap();
        log.note(&[outcome(3)]).unwrap();
        assert_eq!(log.read().unwrap(), [outcome(1), outcome(2), outcome(3)]);
        Disk.append(&log.path, b"{\"at\":\"20").unwrap();
        assert_eq!(log.read().unwrap().len(), 3);
        log.note(&[outcome(4)]).unwrap();
        assert_eq!(log.read().unwrap().last(), Some(&outcome(4)));
        let many: Vec<HookOutcome> = (0..LIMIT / 100).map(outcome).collect();
        log.note(&many).unwrap();
        let kept = log.read().unwrap();
        assert!(kept.len() > 1_000 && kept.len() < many.len());
        assert_eq!(kept.last(), many.last());
        assert!(kept.windows(2).all(|two| two[0].hook != two[1].hook));
    }

    #[test]
    fn who_writes_at_once_tears_no_line_and_loses_none() {
        const WRITERS: usize = 4;
        const NOTES: usize = 25;
        let folder = tempfile::tempdir().unwrap();
        // Each has a store of its own, as another process has.
        std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                let store = Store::new(Arc::new(Disk), folder.path());
                scope.spawn(move || {
                    for note in 0..NOTES {
                        let mut long = outcome(writer * NOTES + note);
                        long.detail = "x".repeat(10_000);
                        let log = store.hook_log(Path::new("/w"));
                        log.note(&[long.clone(), long]).unwrap();
                    }
                });
            }
        });
        let store = Store::new(Arc::new(Disk), folder.path());
        let log = store.hook_log(Path::new("/w"));
        let text = store.read(&log.path).unwrap().unwrap();
        assert_eq!(text.lines().count(), 2 * WRITERS * NOTES);
        let mut hooks: Vec<String> = log.read().unwrap().into_iter().map(|o| o.hook).collect();
        assert_eq!(hooks.len(), 2 * WRITERS * NOTES);
        hooks.sort();
        hooks.dedup();
        assert_eq!(hooks.len(), WRITERS * NOTES);
    }

    /// As many as 500 hooks leave at 10,000 saves; fewer where nothing is optimised.
    #[test]
    fn millions_of_outcomes_take_little_room_and_time() {
        const AT_ONCE: usize = 500;
        const NOTES: usize = if cfg!(debug_assertions) { 200 } else { 10_000 };
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(Arc::new(Disk), folder.path());
        let log = store.hook_log(Path::new("/w"));
        let mut largest = 0;
        for note in 0..NOTES {
            let some: Vec<HookOutcome> =
                (0..AT_ONCE).map(|n| outcome(note * AT_ONCE + n)).collect();
            log.note(&some).unwrap();
            largest = largest.max(std::fs::metadata(&log.path).unwrap().len());
        }
        assert!(largest <= LIMIT as u64, "{largest}");
        let kept = log.read().unwrap();
        let last = NOTES * AT_ONCE;
        let expected: Vec<HookOutcome> = (last - kept.len()..last).map(outcome).collect();
        assert!(kept.len() > LIMIT / 500 && kept == expected);
    }
}
