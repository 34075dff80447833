//! What trust binds to.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::hook::Hook;

/// SHA-256, in hex, of a canonical form of all that decides what a hook runs and when. A hook that is migrated to
/// another format without a change in meaning keeps it.
pub(crate) fn digest(hook: &Hook) -> String {
    let action = match &hook.action {
        crate::Action::Builtin { name, options } => {
            let mut options: Vec<_> = options.iter().map(|(k, v)| (k, sorted(v))).collect();
            options.sort_by(|a, b| a.0.cmp(b.0));
            json!(["builtin", name, options])
        }
        other => json!([other.kind(), other.text()]),
    };
    let canonical = json!([
        "rutter-hook-1",
        hook.trigger.as_str(),
        hook.matcher.v1(),
        action,
        hook.timeout
            .map(|t| u64::try_from(t.as_millis()).unwrap_or(u64::MAX)),
        hook.max_output,
        hook.cache.as_secs(),
        hook.confirm.as_ref().map(sorted),
        hook.from_outside,
    ]);
    let hash = Sha256::digest(canonical.to_string().as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The same value with the keys of every object in order.
fn sorted(value: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Array(items) => items.iter().map(sorted).collect(),
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by(|a, b| a.0.cmp(b.0));
            Value::Object(
                entries
                    .into_iter()
                    .map(|(k, v)| (k.clone(), sorted(v)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}
