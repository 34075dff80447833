//! The key `hooks` in the JSON of a CLI agent.

use std::time::Duration;

use super::raw::{Act, At, Narrow, Raw};
use super::v1::millis;
use crate::hook::Action;
use crate::node::{Entry, Node, Value};
use crate::trigger::Trigger;

/// The keys of a hook; `enabled` is ours.
pub(crate) static KEYS: &[&str] = &[
    "command",
    "matcher",
    "timeout_ms",
    "max_output_size",
    "cache_ttl_seconds",
    "enabled",
    "name",
    "description",
];

/// How long a command may run where nothing is said.
const TIMEOUT: Duration = Duration::from_millis(30_000);
/// How many bytes of its output count where nothing is said.
const MAX_OUTPUT: u64 = 10_240;

/// The hooks of one event; one object instead of a list is read too.
pub(crate) fn read(event: &Entry) -> Vec<Raw> {
    let triggers: Vec<Trigger> = Trigger::of_agent(&event.key).into_iter().collect();
    let trigger = At {
        value: event.key.clone(),
        range: event.key_range.clone(),
    };
    let items = match &event.value.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(&event.value),
    };
    items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let mut raw = one(item);
            raw.made_up = format!("{} {}", event.key, index + 1);
            raw.trigger = Some(trigger.clone());
            raw.triggers.clone_from(&triggers);
            raw
        })
        .collect()
}

fn one(object: &Node) -> Raw {
    let mut raw = Raw::new(object.range.clone());
    if !object.is_map() {
        raw.expected(object, "hooks", "a list of objects");
        return raw;
    }
    raw.keys(object, KEYS);
    raw.name = raw
        .text(object, "name")
        .filter(|n| !n.value.trim().is_empty());
    raw.description = raw.text(object, "description").map(|d| d.value);
    raw.enabled = raw.boolean(object, "enabled").unwrap_or(true);
    raw.default_timeout = TIMEOUT;
    raw.timeout = raw.number(object, "timeout_ms").map(|t| At {
        value: millis(t.value, 1.0),
        range: t.range,
    });
    raw.max_output = Some(
        raw.number(object, "max_output_size")
            .map_or(MAX_OUTPUT, |n| millis(n.value, 1.0)),
    );
    raw.cache = raw
        .number(object, "cache_ttl_seconds")
        .map_or(0, |n| millis(n.value, 1.0));
    raw.matcher = raw.text(object, "matcher").map(|m| At {
        value: Narrow::One(m.value),
        range: m.range,
    });
    let command = raw
        .text(object, "command")
        .filter(|c| !c.value.trim().is_empty());
    raw.action = Some(match command {
        Some(command) => At {
            value: Act::Known(Action::Command {
                command: command.value,
            }),
            range: command.range,
        },
        None => At {
            value: Act::Lacks("`command`"),
            range: object.range.clone(),
        },
    });
    raw
}
