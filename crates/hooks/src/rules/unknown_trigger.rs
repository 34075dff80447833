//! A hook waits for an event that does not exist.
//!
//! It can never fire. Mostly the name is misspelt, or it is that of an older format.
//!
//! ```json
//! {"name": "Lint", "trigger": "fileEdited"}      <- in the v1 format it is called PostFileSave
//! ```

use rutter_text::Edit;
use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::hook::Format;
use crate::near::nearest;
use crate::trigger::{AGENT, LEGACY, Trigger, YAML};

pub(super) const RULE: Rule = Rule {
    code: "hook/unknown-trigger",
    default: Level::Error,
    docs: docs!("unknown_trigger.rs"),
    check: Some(check),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut said = Vec::new();
    for raw in &context.reading.raws {
        let Some(trigger) = raw.trigger.as_ref().filter(|_| raw.triggers.is_empty()) else {
            continue;
        };
        if said.contains(&trigger.range) {
            continue;
        }
        said.push(trigger.range.clone());
        let meant = meant(context.format(), &trigger.value);
        let message = match meant {
            Some(meant) => format!(
                "There is no trigger `{}`. Did you mean `{meant}`?",
                trigger.value
            ),
            None => format!(
                "There is no trigger `{}`, so this hook never fires.",
                trigger.value
            ),
        };
        let mut finding = sink.finding(trigger.range.clone(), message);
        if let Some(meant) = meant {
            let new = if context.format() == Format::Yaml {
                meant.to_owned()
            } else {
                context.quoted(meant)
            };
            finding = finding.fix(
                format!("Change to {meant}"),
                vec![Edit::replace(trigger.range.clone(), new)],
            );
        }
        sink.add(finding);
    }
}

/// The name in this format that somebody meant: the same event's name in another format, or the nearest.
fn meant(format: Format, word: &str) -> Option<&'static str> {
    let all: Option<Trigger> = Trigger::parse(word)
        .or_else(|| Trigger::of_legacy(word))
        .or_else(|| Trigger::of_agent(word))
        .or_else(|| Trigger::of_yaml(word).first().copied());
    match format {
        Format::V1 => all
            .map(Trigger::as_str)
            .or_else(|| nearest(word, Trigger::ALL.map(Trigger::as_str))),
        Format::Legacy => named(LEGACY.iter().copied(), all, word),
        Format::Agent => named(AGENT.iter().copied(), all, word),
        Format::Yaml => named(YAML.iter().map(|(n, t)| (*n, t[0])), all, word)
            .or_else(|| nearest(word, Trigger::ALL.map(Trigger::as_str))),
    }
}

fn named(
    names: impl Iterator<Item = (&'static str, Trigger)> + Clone,
    same: Option<Trigger>,
    word: &str,
) -> Option<&'static str> {
    let by_event = names
        .clone()
        .find(|(_, t)| Some(*t) == same)
        .map(|(n, _)| n);
    by_event.or_else(|| nearest(word, names.map(|(n, _)| n)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, v1};
    use super::RULE;

    #[test]
    fn names_of_other_formats_and_misspelt_ones_are_understood() {
        for (written, meant) in [
            ("fileEdited", "PostFileSave"),
            ("PostFileSaved", "PostFileSave"),
            ("on_commit", "PreCommit"),
            ("preCommit", "PreCommit"),
        ] {
            assert_eq!(
                found(
                    RULE.code,
                    ".rutter/hooks/a.json",
                    &v1(&format!("\"trigger\": \"{written}\""))
                ),
                [format!(
                    "\"{written}\"|There is no trigger `{written}`. Did you mean `{meant}`?|Change to {meant} → \"trigger\": \"{meant}\""
                )]
            );
        }
        assert_eq!(
            found(
                RULE.code,
                "a.kiro.hook",
                "{\"when\": {\"type\": \"PostFileSave\"}, \"then\": {}}"
            ),
            [
                "\"PostFileSave\"|There is no trigger `PostFileSave`. Did you mean `fileEdited`?|Change to fileEdited → {\"when\": {\"type\": \"fileEdited\"}, \"then\": {}}"
            ]
        );
        assert_eq!(
            found(RULE.code, "a.json", &v1("\"trigger\": \"tomorrow\"")).len(),
            1
        );
        assert_eq!(
            found(
                RULE.code,
                "a.yaml",
                "hooks:\n  - trigger: on_sav\n    action: b\n"
            )[0],
            "on_sav|There is no trigger `on_sav`. Did you mean `on_save`?|Change to on_save → - trigger: on_save"
        );
    }
}
