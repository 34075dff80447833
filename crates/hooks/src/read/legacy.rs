//! `{"when": {"type": …, "patterns": […]}, "then": {"type": …, "prompt": …}}`.

use super::raw::{Act, At, Narrow, Raw};
use super::v1::millis;
use crate::hook::Action;
use crate::node::Node;
use crate::trigger::Trigger;

/// The keys of the file.
pub(crate) static KEYS: &[&str] = &[
    "enabled",
    "name",
    "description",
    "version",
    "when",
    "then",
    "workspaceFolderName",
    "shortName",
    "id",
];
/// The keys of `when`.
pub(crate) static WHEN_KEYS: &[&str] = &["type", "patterns", "toolTypes", "tools"];
/// The keys of `then`.
pub(crate) static THEN_KEYS: &[&str] = &["type", "prompt", "command", "timeout"];
/// What `then.type` can be; other tools write `shellCommand`.
pub(crate) static THEN_TYPES: &[&str] = &["askAgent", "runCommand", "shellCommand"];

pub(crate) fn read(object: &Node, file_name: &str) -> Raw {
    let mut raw = Raw::new(object.range.clone());
    raw.made_up = file_name.to_owned();
    raw.keys(object, KEYS);
    raw.name = raw
        .text(object, "name")
        .filter(|n| !n.value.trim().is_empty());
    raw.description = raw.text(object, "description").map(|d| d.value);
    raw.enabled = raw.boolean(object, "enabled").unwrap_or(true);
    if let Some(when) = object.get("when") {
        if when.is_map() {
            raw.keys(when, WHEN_KEYS);
            raw.trigger = raw.text(when, "type");
            raw.triggers = raw
                .trigger
                .iter()
                .filter_map(|t| Trigger::of_legacy(&t.value))
                .collect();
            let globs = raw.texts(when, "patterns");
            let tools = raw.texts(when, "toolTypes");
            let tools = tools.or_else(|| raw.texts(when, "tools"));
            let on_tool = raw
                .triggers
                .iter()
                .any(|t| t.subject() == crate::trigger::Subject::Tool);
            raw.matcher = match (tools, globs) {
                (Some(tools), _) if on_tool => Some(At {
                    range: tools.range,
                    value: Narrow::Tools(tools.value),
                }),
                (_, Some(globs)) => Some(At {
                    range: globs.range,
                    value: Narrow::Globs(globs.value),
                }),
                (Some(tools), None) => Some(At {
                    range: tools.range,
                    value: Narrow::Tools(tools.value),
                }),
                (None, None) => None,
            }
            .filter(|m| !matches!(&m.value, Narrow::Globs(v) | Narrow::Tools(v) if v.is_empty()));
        } else {
            raw.expected(when, "when", "an object");
        }
    }
    if let Some(then) = object.get("then") {
        if then.is_map() {
            raw.keys(then, THEN_KEYS);
            raw.timeout = raw.number(then, "timeout").map(|t| At {
                value: millis(t.value, 1000.0),
                range: t.range,
            });
            raw.action = Some(At {
                value: action(&mut raw, then),
                range: then.range.clone(),
            });
        } else {
            raw.expected(then, "then", "an object");
        }
    }
    raw
}

fn action(raw: &mut Raw, then: &Node) -> Act {
    let Some(kind) = raw.text(then, "type") else {
        return Act::Lacks("`type`");
    };
    match kind.value.as_str() {
        "askAgent" => match raw
            .text(then, "prompt")
            .filter(|p| !p.value.trim().is_empty())
        {
            Some(prompt) => Act::Known(Action::Agent {
                prompt: prompt.value,
            }),
            None => Act::Lacks("`prompt`"),
        },
        "runCommand" | "shellCommand" => match raw
            .text(then, "command")
            .filter(|c| !c.value.trim().is_empty())
        {
            Some(command) => Act::Known(Action::Command {
                command: command.value,
            }),
            None => Act::Lacks("`command`"),
        },
        _ => Act::Unknown(kind, THEN_TYPES[..2].to_vec()),
    }
}
