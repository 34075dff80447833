//! What could stand at a place.

use std::ops::Range;

use super::cursor::{self, Cursor};
use super::words;
use crate::hook::{BUILTINS, Format, HookFile};
use crate::read::{agent, by_path, items, legacy, v1};
use crate::templates::{self, Language};
use crate::trigger::{AGENT, LEGACY, Trigger, YAML};

/// Something that could stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// What is written over `range`.
    pub insert: String,
    /// The bytes that are replaced.
    pub range: Range<usize>,
    /// What it means, as Markdown.
    pub docs: String,
    /// Whether it is a whole hook.
    pub template: bool,
}

/// What could stand at a byte of a file of hooks.
pub fn complete(path: &str, text: &str, offset: usize) -> Vec<Completion> {
    let format = HookFile::parse(path, text).format;
    let yaml = by_path(path) == Format::Yaml;
    let cursor = if yaml {
        cursor::yaml(text, offset)
    } else {
        cursor::json(text, offset)
    };
    let Some(cursor) = cursor else {
        return Vec::new();
    };
    let candidates = candidates(format, &cursor, path.contains(".rutter/"));
    let value = cursor.key.is_some();
    let colon = text[cursor.range.end.min(text.len())..]
        .trim_start()
        .starts_with(':');
    candidates
        .into_iter()
        .filter(|(label, ..)| value || !cursor.present.contains(label))
        .map(|(label, docs, hook)| {
            let insert = match (&hook, value, yaml) {
                (Some(hook), ..) => hook.clone(),
                (None, true, true) => label.clone(),
                (None, true, false) => format!("\"{label}\""),
                (None, false, true) if colon => label.clone(),
                (None, false, true) => format!("{label}: "),
                (None, false, false) if colon => format!("\"{label}\""),
                (None, false, false) => format!("\"{label}\": "),
            };
            Completion {
                label,
                insert,
                range: cursor.range.clone(),
                docs,
                template: hook.is_some(),
            }
        })
        .collect()
}

/// Label, docs, and the whole hook of a template.
type Candidate = (String, String, Option<String>);

fn candidates(format: Format, cursor: &Cursor, ours: bool) -> Vec<Candidate> {
    let path: Vec<&str> = cursor.path.iter().map(String::as_str).collect();
    let plain = |label: &str, docs: &str| (label.to_owned(), docs.to_owned(), None);
    let names = |names: &mut dyn Iterator<Item = (&'static str, Trigger)>| {
        names
            .map(|(name, trigger)| (name.to_owned(), words::trigger(trigger), None))
            .collect()
    };
    let actions = |types: &[&'static str]| {
        types
            .iter()
            .map(|t| plain(t, words::action(t).unwrap_or_default()))
            .collect()
    };
    if cursor.item && format == Format::V1 && cursor.key.as_deref() == Some("hooks") {
        return templates::TEMPLATES
            .iter()
            .map(|t| {
                let draft = t.draft(Language::Other);
                (t.title.to_owned(), t.what.to_owned(), Some(draft.json()))
            })
            .collect();
    }
    match (cursor.key.as_deref(), format) {
        (Some("type"), Format::Legacy) if path.ends_with(&["when"]) => {
            names(&mut LEGACY.iter().copied())
        }
        (Some("type"), Format::Legacy) => actions(&legacy::THEN_TYPES[..2]),
        (Some("type"), _) => actions(if ours {
            v1::ACTION_TYPES
        } else {
            &v1::ACTION_TYPES[..2]
        }),
        (Some("name"), _) if path.ends_with(&["action"]) => {
            BUILTINS.iter().map(|(n, what)| plain(n, what)).collect()
        }
        (Some("trigger"), Format::Yaml) => names(&mut YAML.iter().map(|(n, t)| (*n, t[0]))),
        (Some("trigger"), _) => names(
            &mut Trigger::ALL
                .into_iter()
                .filter(|t| ours || t.in_kiro())
                .map(|t| (t.as_str(), t)),
        ),
        (Some(_), _) => Vec::new(),
        (None, _) => {
            let (keys, parent): (&[&str], _) = match (format, &path[..]) {
                (Format::V1 | Format::Yaml, []) => (&["version", "hooks"], None),
                (Format::V1 | Format::Yaml, [.., "action"]) => (v1::ACTION_KEYS, Some("action")),
                (Format::V1, ["hooks"]) => (v1::KEYS, Some("hooks")),
                (Format::Yaml, ["hooks"]) => (items::KEYS, Some("hooks")),
                (Format::Legacy, []) => (
                    &["name", "description", "version", "enabled", "when", "then"],
                    None,
                ),
                (Format::Legacy, ["when"]) => (&legacy::WHEN_KEYS[..3], Some("when")),
                (Format::Legacy, ["then"]) => (legacy::THEN_KEYS, Some("then")),
                (Format::Agent, ["hooks"]) => return names(&mut AGENT.iter().copied()),
                (Format::Agent, ["hooks", _]) => (agent::KEYS, Some("hooks")),
                _ => (&[], None),
            };
            keys.iter()
                .map(|k| plain(k, words::key(format, parent, k).unwrap_or_default()))
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(path: &str, text: &str) -> Vec<String> {
        let at = text.find("$0").unwrap();
        let text = text.replace("$0", "");
        complete(path, &text, at)
            .into_iter()
            .map(|c| c.label)
            .collect()
    }

    #[test]
    fn keys_triggers_types_and_templates() {
        let keys = labels(
            ".kiro/hooks/a.json",
            "{\"hooks\": [{\"name\": \"a\", \"$0\"}]}",
        );
        assert!(
            keys.contains(&"trigger".to_owned()) && !keys.contains(&"name".to_owned()),
            "{keys:?}"
        );
        let triggers = labels(".kiro/hooks/a.json", "{\"hooks\": [{\"trigger\": \"Post$0");
        assert!(
            triggers.contains(&"PostFileSave".to_owned())
                && !triggers.contains(&"PreCommit".to_owned())
        );
        assert!(
            labels(".rutter/hooks/a.json", "{\"hooks\": [{\"trigger\": $0}]}")
                .contains(&"PreCommit".to_owned())
        );
        assert_eq!(
            labels(
                ".kiro/hooks/a.json",
                "{\"hooks\": [{\"action\": {\"type\": \"$0\"}}]}"
            ),
            ["command", "agent"]
        );
        assert_eq!(
            labels(
                ".rutter/hooks/a.json",
                "{\"hooks\": [{\"action\": {\"name\": \"$0\"}}]}"
            )
            .len(),
            BUILTINS.len()
        );
        assert_eq!(
            labels(".kiro/hooks/a.json", "{\"hooks\": [$0]}").len(),
            templates::TEMPLATES.len()
        );
        assert!(
            labels("a.kiro.hook", "{\"when\": {\"type\": \"$0\"}}")
                .contains(&"fileEdited".to_owned())
        );
        assert!(
            labels(".kiro/agents/a.json", "{\"hooks\": {\"$0\": []}}")
                .contains(&"agentSpawn".to_owned())
        );
        assert!(labels("a.yaml", "hooks:\n  - trigger: on_$0\n").contains(&"on_save".to_owned()));
        assert!(
            labels("a.yaml", "hooks:\n  - trigger: on_save\n    $0")
                .contains(&"pattern".to_owned())
        );
        assert_eq!(labels("a.json", "{ // $0\n}"), [""; 0]);
    }

    #[test]
    fn what_is_replaced_has_its_quotes() {
        let text = "{\"hooks\": [{\"trigger\": \"Sto\"}]}";
        let at = text.find("Sto").unwrap() + 1;
        let stop = complete(".kiro/hooks/a.json", text, at)
            .into_iter()
            .find(|c| c.label == "Stop")
            .unwrap();
        assert_eq!(
            (&text[stop.range], stop.insert.as_str()),
            ("\"Sto\"", "\"Stop\"")
        );
    }
}
