//! A hook lacks a trigger, an action or a name.
//!
//! Without trigger or action it cannot fire. Kiro reads no v1 hook without a name, and no v1 file without `version`.
//!
//! ```json
//! {"version": "v1", "hooks": [{"name": "Lint", "trigger": "PostFileSave"}]}      <- nothing is done
//! ```

use std::ops::Range;

use rutter_text::Edit;
use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::hook::Format;
use crate::read::raw::{Act, Raw};

pub(super) const RULE: Rule = Rule {
    code: "hook/missing-key",
    default: Level::Error,
    docs: docs!("missing_key.rs"),
    check: Some(check),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let format = context.format();
    for raw in &context.reading.raws {
        let place = place(context, raw);
        let (trigger, action) = match format {
            Format::Legacy => ("`when` with a `type`", "`then`"),
            _ => ("`trigger`", "`action`"),
        };
        if raw.trigger.is_none() {
            sink.add(sink.finding(
                place.clone(),
                format!("This hook has no {trigger}, so it never fires."),
            ));
        }
        match &raw.action {
            None => sink.add(sink.finding(
                place.clone(),
                format!("This hook has no {action}, so it does nothing."),
            )),
            Some(action) => {
                if let Act::Lacks(what) = action.value {
                    let start = action.range.start;
                    let at = first(context.text, start);
                    sink.add(sink.finding(
                        at,
                        format!("This action has no {what}, so it does nothing."),
                    ));
                }
            }
        }
        if format == Format::V1 && raw.name.is_none() {
            sink.add(sink.finding(
                place,
                "This hook has no `name`; Kiro does not read it without one.",
            ));
        }
    }
    if let (Format::V1, Some(root)) = (format, &context.reading.root)
        && root.get("version").is_none()
        && context.path.contains(".kiro/hooks/")
        && root.is_map()
        && context.text[root.range.clone()].starts_with('{')
    {
        let at = root.range.start;
        let comma = if root.entries().is_empty() { "" } else { ", " };
        sink.add(
            sink.finding(
                first(context.text, at),
                "This file has no `version`; Kiro does not read it without one.",
            )
            .fix(
                "Add \"version\": \"v1\"",
                vec![Edit::insert(at + 1, format!("\"version\": \"v1\"{comma}"))],
            ),
        );
    }
}

/// Where to show what a whole hook lacks: its name, its trigger or its first character.
fn place(context: &Context<'_>, raw: &Raw) -> Range<usize> {
    let named = raw.name.as_ref().or(raw.trigger.as_ref());
    named.map_or_else(|| first(context.text, raw.range.start), |n| n.range.clone())
}

fn first(text: &str, at: usize) -> Range<usize> {
    at..at + text[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, v1};
    use super::RULE;

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(
            found(RULE.code, "a.json", &v1("\"name\": \"é\"")),
            [
                "\"é\"|This hook has no `action`, so it does nothing.",
                "\"é\"|This hook has no `trigger`, so it never fires."
            ]
            .map(str::to_owned)
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
        );
        assert_eq!(
            found(
                RULE.code,
                "a.json",
                &v1("\"trigger\": \"Stop\", \"action\": {\"type\": \"agent\"}")
            )
            .len(),
            2
        );
        assert_eq!(found(RULE.code, "a.kiro.hook", "{\"when\": {}}").len(), 2);
        assert_eq!(
            found(RULE.code, ".kiro/hooks/a.json", "{\"hooks\": []}").len(),
            1
        );
        assert_eq!(
            found(RULE.code, ".rutter/hooks/a.json", "{\"hooks\": []}").len(),
            0
        );
    }
}
