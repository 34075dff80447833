//! Switching a hook on or off with the smallest edit.

use rutter_text::Edit;

use crate::hook::{Format, Hook, HookFile};
use crate::node::Node;
use crate::read::{Reading, json, yaml};

/// The edit that enables or disables a hook; `None` where it is so already, or where the text is another than the hook
/// was read from. In the JSON of a CLI agent the key `enabled` is ours: Kiro's command line does not look at it.
pub fn toggle(file: &HookFile, hook: &Hook, enabled: bool) -> Option<Edit> {
    if hook.enabled == enabled {
        return None;
    }
    let text = file.text();
    let object = object(file, hook)?;
    if let Some(node) = object.get("enabled") {
        return Some(Edit::replace(node.range.clone(), enabled.to_string()));
    }
    let first = object.entries().first()?;
    let at = first.key_range.start;
    let before = &text[..at];
    let line = before.rfind('\n').map_or(0, |i| i + 1);
    if file.format == Format::Yaml && !before.trim_end().ends_with('{') {
        // The item's dash stands before its first key; the next line is indented to that key.
        let indent: String = before[line..]
            .chars()
            .map(|c| if c == '\t' { c } else { ' ' })
            .collect();
        let end = rutter_text::edit::line_ending(text);
        return Some(Edit::insert(at, format!("enabled: {enabled}{end}{indent}")));
    }
    let key = if file.format == Format::Yaml {
        "enabled"
    } else {
        "\"enabled\""
    };
    // The white space between the brace and the first key comes again behind the new one.
    let gap = &before[before.rfind('{').map_or(at, |i| i + 1)..];
    let gap = if !gap.trim().is_empty() {
        // A comment stands between them.
        if before[line..].trim().is_empty() {
            format!(
                "{}{}",
                rutter_text::edit::line_ending(text),
                &before[line..]
            )
        } else {
            " ".to_owned()
        }
    } else if gap.contains('\n') {
        format!(
            "{}{}",
            rutter_text::edit::line_ending(text),
            &before[line..]
        )
    } else {
        " ".to_owned()
    };
    Some(Edit::insert(at, format!("{key}: {enabled},{gap}")))
}

/// The object of a hook in its file.
pub(crate) fn object(file: &HookFile, hook: &Hook) -> Option<Node> {
    let text = file.text();
    let slice = text.get(hook.range.clone())?;
    if file.format != Format::Yaml {
        return json::parse(slice, hook.range.start)
            .ok()?
            .filter(Node::is_map);
    }
    let reading = Reading::new(&file.path, text);
    let items = match &reading.root {
        Some(root) => root.get("hooks")?.items().to_vec(),
        None => yaml::salvage(text).0,
    };
    items.into_iter().find(|i| i.range == hook.range)
}

#[cfg(test)]
mod tests {
    use rutter_text::edit::apply;

    use super::*;

    fn toggled(path: &str, text: &str, index: usize, enabled: bool) -> Option<String> {
        let file = HookFile::parse(path, text);
        let edit = toggle(&file, &file.hooks[index], enabled)?;
        let new = apply(text, &[edit]);
        let again = HookFile::parse(path, &new);
        assert_eq!(again.hooks[index].enabled, enabled, "{new}");
        assert_eq!(again.hooks[index].digest, file.hooks[index].digest, "{new}");
        Some(new)
    }

    #[test]
    fn every_format_keeps_its_form() {
        let v1 = "{\"hooks\": [\r\n  {\r\n    // why\r\n    \"name\": \"a\", \"trigger\": \"Stop\",\r\n    \"action\": {\"type\": \"agent\", \"prompt\": \"é\"} }]}";
        assert_eq!(
            toggled("a.json", v1, 0, false).unwrap(),
            v1.replace(
                "\"name\": \"a\"",
                "\"enabled\": false,\r\n    \"name\": \"a\""
            )
        );
        let off = "{\"hooks\": [{\"enabled\": false /* x */, \"trigger\": \"Stop\", \"action\": {\"type\": \"agent\", \"prompt\": \"p\"}}]}";
        assert_eq!(
            toggled("a.json", off, 0, true).unwrap(),
            off.replace("false", "true")
        );
        assert_eq!(toggled("a.json", off, 0, false), None);
        let legacy = "{\n  \"name\": \"a\",\n  \"when\": {\"type\": \"manual\"},\n  \"then\": {\"type\": \"askAgent\", \"prompt\": \"p\"}\n}";
        assert_eq!(
            toggled("a.kiro.hook", legacy, 0, false).unwrap(),
            legacy.replace("{\n  \"name\"", "{\n  \"enabled\": false,\n  \"name\"")
        );
        let agent = "{\"hooks\": {\"stop\": [{\"command\": \"a\"}]}}";
        assert_eq!(
            toggled("agents/a.json", agent, 0, false).unwrap(),
            agent.replace("{\"command\"", "{\"enabled\": false, \"command\"")
        );
        let yaml = "hooks:\n  - trigger: on_save # x\n    action: a\n  - {trigger: on_commit, action: b}\n";
        assert_eq!(
            toggled("a.yaml", yaml, 0, false).unwrap(),
            yaml.replace(
                "- trigger: on_save",
                "- enabled: false\n    trigger: on_save"
            )
        );
        let flow = toggled("a.yaml", yaml, 1, false);
        assert_eq!(
            flow.unwrap(),
            yaml.replace("{trigger", "{enabled: false, trigger")
        );
    }
}
