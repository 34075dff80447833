//! Hooks of a workspace, and what became of them.

use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rutter_host::Disk;
use rutter_store::{HookOutcome, Store};
use serde_json::{Value, json};

use crate::lsp::WAIT;

/// The text of a v1 file with one hook that runs a command; `more` are further members of the hook.
pub fn command(name: &str, trigger: &str, command: &str, more: &Value) -> String {
    let mut hook = json!({
        "name": name, "trigger": trigger, "action": {"type": "command", "command": command},
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        hook[key] = value.clone();
    }
    json!({"version": "v1", "hooks": [hook]}).to_string()
}

/// Waits until so many outcomes are logged for a workspace folder, and gives them all. Nothing tells a test of a log, so it
/// is read until they are there.
///
/// # Panics
/// Where they don't come, or more of them.
pub fn logged(state: &Path, root: &Path, count: usize) -> Vec<HookOutcome> {
    let store = Store::new(Arc::new(Disk), state);
    let deadline = Instant::now() + WAIT;
    loop {
        let outcomes = store.hook_log(root).read().expect("a log");
        if outcomes.len() >= count {
            assert_eq!(outcomes.len(), count, "{outcomes:#?}");
            return outcomes;
        }
        assert!(
            Instant::now() < deadline,
            "{} of {count} outcomes: {outcomes:#?}",
            outcomes.len()
        );
        thread::sleep(Duration::from_millis(1));
    }
}

/// Outcomes in short: trigger, files, kind.
pub fn said(outcomes: &[HookOutcome]) -> Vec<String> {
    outcomes
        .iter()
        .map(|o| format!("{} {} {:?}", o.trigger, o.paths.join(","), o.outcome))
        .collect()
}
