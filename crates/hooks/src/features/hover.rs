//! What to say about a place, as Markdown.

use std::ops::Range;

use super::words;
use crate::hook::{Format, HookFile};
use crate::node::{Entry, Node};
use crate::read::{Reading, json, yaml};
use crate::trigger::Trigger;

/// What to say, and about which bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The bytes.
    pub range: Range<usize>,
    /// Markdown.
    pub markdown: String,
}

/// What to say about a byte; `None` where there is nothing more than what stands there.
pub fn hover(file: &HookFile, offset: usize) -> Option<Hover> {
    let reading = Reading::new(&file.path, file.text());
    let mut found = None;
    match &reading.root {
        Some(root) => walk(file.format, root, None, offset, &mut found),
        None => {
            let salvage = if file.format == Format::Yaml {
                yaml::salvage
            } else {
                json::salvage
            };
            for node in salvage(file.text()).0 {
                walk(file.format, &node, Some("hooks"), offset, &mut found);
            }
        }
    }
    found
}

fn walk(
    format: Format,
    node: &Node,
    parent: Option<&str>,
    offset: usize,
    found: &mut Option<Hover>,
) {
    for item in node.items() {
        walk(format, item, parent, offset, found);
    }
    for entry in node.entries() {
        let at = |range: &Range<usize>| range.start <= offset && offset < range.end;
        if at(&entry.key_range) {
            *found = of_key(format, parent, entry);
        } else if at(&entry.value.range) {
            if entry.value.is_map() || !entry.value.items().is_empty() {
                let name = if format == Format::Agent && parent == Some("hooks") {
                    "hooks"
                } else {
                    &entry.key
                };
                walk(format, &entry.value, Some(name), offset, found);
            } else if let Some(markdown) = of_value(format, parent, entry) {
                *found = Some(Hover {
                    range: entry.value.range.clone(),
                    markdown,
                });
            }
        }
    }
}

fn of_key(format: Format, parent: Option<&str>, entry: &Entry) -> Option<Hover> {
    let event =
        (format == Format::Agent && parent == Some("hooks")).then(|| Trigger::of_agent(&entry.key));
    let markdown = match event.flatten() {
        Some(trigger) => words::trigger(trigger),
        None => format!(
            "`{}`: {}",
            entry.key,
            words::key(format, parent, &entry.key)?
        ),
    };
    Some(Hover {
        range: entry.key_range.clone(),
        markdown,
    })
}

fn of_value(format: Format, parent: Option<&str>, entry: &Entry) -> Option<String> {
    let text = entry.value.text()?;
    match (parent, entry.key.as_str()) {
        (Some("when"), "type") => Trigger::of_legacy(text).map(words::trigger),
        (Some("then" | "action"), "type") => {
            words::action(text).map(|what| format!("`{text}`: {what}"))
        }
        (Some("action"), "name") => words::builtin(text).map(|what| format!("`{text}`: {what}")),
        (_, "trigger") => {
            let triggers: Vec<Trigger> = match Trigger::parse(text) {
                Some(trigger) => vec![trigger],
                None if format == Format::Yaml => Trigger::of_yaml(text).to_vec(),
                None => Vec::new(),
            };
            let lines: Vec<String> = triggers.into_iter().map(words::trigger).collect();
            (!lines.is_empty()).then(|| lines.join("\n\n"))
        }
        (_, "command" | "prompt" | "matcher") => {
            words::key(format, parent, &entry.key).map(|what| format!("`{}`: {what}", entry.key))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(path: &str, text: &str, needle: &str) -> String {
        let file = HookFile::parse(path, text);
        hover(&file, text.find(needle).unwrap() + 1).map_or("-".to_owned(), |h| h.markdown)
    }

    #[test]
    fn keys_and_values_of_every_format() {
        let v1 = "{\"hooks\": [{\"trigger\": \"PreCommit\", \"matcher\": \"é\", \"action\": {\"type\": \"builtin\", \"name\": \"spec-check\"}, \"owner\": 1}]}";
        assert!(say("a.json", v1, "\"PreCommit").contains("exit code 2 stops it"));
        assert!(say("a.json", v1, "\"matcher").contains("five cron fields"));
        assert!(say("a.json", v1, "\"spec-check").contains("Checks the specs"));
        assert_eq!(say("a.json", v1, "\"owner"), "-");
        let legacy = "{\"when\": {\"type\": \"fileEdited\", \"patterns\": [\"a\"]}, \"then\": {\"type\": \"runCommand\", \"command\": \"c\"}}";
        assert!(say("a.kiro.hook", legacy, "\"fileEdited").starts_with("**PostFileSave**"));
        assert!(say("a.kiro.hook", legacy, "\"command").contains("RUTTER_FILE"));
        let agent = "{\"hooks\": {\"preToolUse\": [{\"command\": \"c\", \"timeout_ms\": 9}]}}";
        assert!(say("a.json", agent, "\"preToolUse").starts_with("**PreToolUse**"));
        assert!(say("a.json", agent, "\"timeout_ms").contains("milliseconds"));
        assert!(
            say(
                "a.yaml",
                "hooks:\n- trigger: on_build\n  action: x\n",
                "on_build"
            )
            .contains("**BuildPassed**")
        );
        assert!(
            say("a.json", "{\"hooks\": [{\"trigger\": \"Stop\"}", "\"Stop").starts_with("**Stop**")
        );
    }
}
