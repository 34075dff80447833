//! `{"version": "v1", "hooks": [...]}`.

use super::raw::{Act, At, Narrow, Raw};
use crate::hook::{Action, BUILTINS};
use crate::node::Node;
use crate::trigger::Trigger;

/// The keys of a hook, those of ours last.
pub(crate) static KEYS: &[&str] = &[
    "name",
    "description",
    "trigger",
    "matcher",
    "action",
    "timeout",
    "enabled",
    "confirm",
    "fromOutside",
    "maxOutput",
    "cacheSeconds",
];

/// The keys of an action.
pub(crate) static ACTION_KEYS: &[&str] = &["type", "command", "prompt", "name", "options"];

/// The types of an action.
pub(crate) static ACTION_TYPES: &[&str] = &["command", "agent", "builtin"];

pub(crate) fn read(object: &Node, index: usize) -> Raw {
    let mut raw = Raw::new(object.range.clone());
    raw.made_up = format!("hook {}", index + 1);
    raw.keys(object, KEYS);
    raw.name = raw
        .text(object, "name")
        .filter(|n| !n.value.trim().is_empty());
    raw.description = raw.text(object, "description").map(|d| d.value);
    raw.trigger = raw.text(object, "trigger");
    raw.triggers = raw
        .trigger
        .iter()
        .filter_map(|t| Trigger::parse(&t.value))
        .collect();
    raw.matcher = raw.text(object, "matcher").map(|m| At {
        value: Narrow::One(m.value),
        range: m.range,
    });
    raw.enabled = raw.boolean(object, "enabled").unwrap_or(true);
    raw.timeout = raw.number(object, "timeout").map(|t| At {
        value: millis(t.value, 1000.0),
        range: t.range,
    });
    raw.from_outside = raw.boolean(object, "fromOutside").unwrap_or(false);
    raw.max_output = raw
        .number(object, "maxOutput")
        .map(|n| millis(n.value, 1.0));
    raw.cache = raw
        .number(object, "cacheSeconds")
        .map_or(0, |n| millis(n.value, 1.0));
    raw.confirm = object.get("confirm").map(Node::json);
    raw.action = object.get("action").and_then(|node| action(&mut raw, node));
    raw
}

/// A number as milliseconds; one that is not zero stays so, as zero means no limit.
pub(super) fn millis(value: f64, factor: f64) -> u64 {
    let scaled = (value * factor).round();
    // A cast from a float saturates.
    let whole = scaled as u64;
    if value > 0.0 { whole.max(1) } else { 0 }
}

pub(super) fn action(raw: &mut Raw, node: &Node) -> Option<At<Act>> {
    if !node.is_map() {
        raw.expected(
            node,
            "action",
            "an object such as `{\"type\": \"command\", \"command\": …}`",
        );
        return None;
    }
    raw.keys(node, ACTION_KEYS);
    let value = match raw.text(node, "type") {
        None => Act::Lacks("`type`"),
        Some(kind) => match kind.value.as_str() {
            "command" => match raw
                .text(node, "command")
                .filter(|c| !c.value.trim().is_empty())
            {
                Some(command) => Act::Known(Action::Command {
                    command: command.value,
                }),
                None => Act::Lacks("`command`"),
            },
            "agent" => match raw
                .text(node, "prompt")
                .filter(|p| !p.value.trim().is_empty())
            {
                Some(prompt) => Act::Known(Action::Agent {
                    prompt: prompt.value,
                }),
                None => Act::Lacks("`prompt`"),
            },
            "builtin" => match raw.text(node, "name") {
                Some(name) if BUILTINS.iter().any(|(b, _)| *b == name.value) => {
                    Act::Known(Action::Builtin {
                        name: name.value,
                        options: node
                            .get("options")
                            .and_then(|o| o.json().as_object().cloned())
                            .unwrap_or_default(),
                    })
                }
                Some(name) => Act::Unknown(name, BUILTINS.iter().map(|(b, _)| *b).collect()),
                None => Act::Lacks("`name`"),
            },
            _ => Act::Unknown(kind, ACTION_TYPES.to_vec()),
        },
    };
    Some(At {
        value,
        range: node.range.clone(),
    })
}
