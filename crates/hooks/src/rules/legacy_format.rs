//! A hook is written in an older format.
//!
//! Rutter fires it. Kiro 1.0 shows it, but does not run it until it is migrated; one action here writes the newer form.
//!
//! ```json
//! {"name": "Docs", "when": {"type": "fileEdited"}, "then": {"type": "askAgent", "prompt": "…"}}
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::hook::Format;

pub(super) const RULE: Rule = Rule {
    code: "hook/legacy-format",
    default: Level::Hint,
    docs: docs!("legacy_format.rs"),
    check: Some(check),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let message = match context.format() {
        Format::Legacy => {
            "This is the format of Kiro before 1.0, which Kiro no longer runs; migrate it to the v1 format."
        }
        Format::Yaml => "Kiro does not read hooks in YAML; migrate them to the v1 format.",
        Format::V1 | Format::Agent => return,
    };
    if let Some(raw) = context.reading.raws.first() {
        let start = raw.range.start;
        let end = start
            + context.text[start..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
        let place = raw
            .name
            .as_ref()
            .or(raw.trigger.as_ref())
            .map_or(start..end, |n| n.range.clone());
        sink.add(sink.finding(place, message));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    #[test]
    fn older_formats_are_a_hint() {
        assert_eq!(
            found(RULE.code, "a.kiro.hook", "{\"name\": \"a\", \"when\": {}}").len(),
            1
        );
        assert_eq!(
            found(
                RULE.code,
                "a.yml",
                "hooks:\n- trigger: on_save\n  action: a\n"
            )
            .len(),
            1
        );
        assert_eq!(
            found(
                RULE.code,
                "agents/a.json",
                "{\"hooks\": {\"stop\": [{\"command\": \"a\"}]}}"
            )
            .len(),
            0
        );
    }
}
