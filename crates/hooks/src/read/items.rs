//! An item of the YAML form: `trigger: on_save`, `pattern`, `action`.

use super::raw::{Act, At, Narrow, Raw};
use super::v1::{self, millis};
use crate::hook::Action;
use crate::node::Node;
use crate::trigger::Trigger;

/// The keys of an item.
pub(crate) static KEYS: &[&str] = &[
    "trigger",
    "pattern",
    "patterns",
    "matcher",
    "action",
    "prompt",
    "command",
    "name",
    "description",
    "enabled",
    "timeout",
    "fromOutside",
    "confirm",
    "maxOutput",
    "cacheSeconds",
];

/// Makes an action of a text.
type Make = fn(String) -> Action;

pub(crate) fn read(item: &Node, index: usize) -> Raw {
    let mut raw = v1::read(item, index);
    raw.unknown.clear();
    raw.wrong.retain(|w| !w.value.starts_with("`action`"));
    raw.keys(item, KEYS);
    if let Some(trigger) = &raw.trigger {
        let word = trigger.value.to_lowercase().replace('-', "_");
        if raw.triggers.is_empty() {
            raw.triggers = Trigger::of_yaml(&word).to_vec();
        }
        raw.made_up = format!("{} {}", trigger.value, index + 1);
    }
    let globs = raw.texts(item, "pattern");
    let globs = globs.or_else(|| raw.texts(item, "patterns"));
    if let Some(globs) = globs {
        raw.matcher = Some(At {
            value: Narrow::Globs(globs.value),
            range: globs.range,
        });
    }
    raw.timeout = raw.number(item, "timeout").map(|t| At {
        value: millis(t.value, 1000.0),
        range: t.range,
    });
    let words: [(&str, Make); 3] = [
        ("action", |prompt| Action::Agent { prompt }),
        ("prompt", |prompt| Action::Agent { prompt }),
        ("command", |command| Action::Command { command }),
    ];
    for (key, action) in words {
        if let Some(node) = item.get(key)
            && let Some(text) = node.text()
        {
            let value = if text.trim().is_empty() {
                Act::Lacks("text")
            } else {
                Act::Known(action(text.trim_end().to_owned()))
            };
            raw.action = Some(At {
                value,
                range: node.range.clone(),
            });
        }
    }
    // `v1::read` notes some of these a second time.
    raw.wrong.dedup();
    raw
}
