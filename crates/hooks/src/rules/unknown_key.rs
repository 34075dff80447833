//! A key is misspelt, so what it says is ignored.
//!
//! Only a key that is nearly a known one is reported: a newer Kiro or another tool may have keys of its own.
//!
//! ```json
//! {"name": "Lint", "trigger": "PostFileSave", "macher": "\\.ts$"}      <- every saved file is linted
//! ```

use rutter_text::Edit;
use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::hook::Format;
use crate::near::nearest;

pub(super) const RULE: Rule = Rule {
    code: "hook/unknown-key",
    default: Level::Warning,
    docs: docs!("unknown_key.rs"),
    check: Some(check),
};

/// What other formats and tools call the same thing.
static OTHER: &[(&str, &str)] = &[
    ("pattern", "matcher"),
    ("patterns", "matcher"),
    ("fileMatch", "matcher"),
    ("glob", "matcher"),
    ("regex", "matcher"),
    ("event", "trigger"),
    ("timeout_ms", "timeout"),
    ("timeoutMs", "timeout"),
    ("timeout", "timeout_ms"),
    ("run", "command"),
];

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (key, known) in context.reading.raws.iter().flat_map(|r| &r.unknown) {
        let other = OTHER
            .iter()
            .find(|(n, k)| *n == key.value && known.contains(k))
            .map(|(_, k)| *k);
        let near = nearest(&key.value, known.iter().copied());
        let Some(meant) = other.or(near) else {
            continue;
        };
        let finding = sink.finding(
            key.range.clone(),
            format!(
                "`{}` means nothing here and is ignored. Did you mean `{meant}`?",
                key.value
            ),
        );
        // What another format calls it has another kind of value too.
        sink.add(if other.is_some() {
            finding
        } else {
            let new = if context.format() == Format::Yaml {
                meant.to_owned()
            } else {
                context.quoted(meant)
            };
            finding.fix(
                format!("Change to {meant}"),
                vec![Edit::replace(key.range.clone(), new)],
            )
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, v1};
    use super::RULE;

    #[test]
    fn a_misspelt_key_is_shown_and_a_foreign_one_is_not() {
        assert_eq!(
            found(
                RULE.code,
                "a.json",
                &v1("\"macher\": \"a\",\n\"owner\": \"me\"")
            ),
            [
                "\"macher\"|`macher` means nothing here and is ignored. Did you mean `matcher`?|Change to matcher → \"matcher\": \"a\","
            ]
        );
        assert_eq!(
            found(RULE.code, "a.json", &v1("\"patterns\": [\"a\"]")).len(),
            1
        );
    }
}
