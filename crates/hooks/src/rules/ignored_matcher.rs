//! A matcher is ignored, because its trigger has nothing to compare it with.
//!
//! The hook fires on every such event, though its author wanted fewer.
//!
//! ```json
//! {"name": "Sum up", "trigger": "Stop", "matcher": "\\.md$"}      <- fires whenever the agent stops
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::hook::Format;
use crate::read::raw::Narrow;
use crate::trigger::{Subject, Trigger};

pub(super) const RULE: Rule = Rule {
    code: "hook/ignored-matcher",
    default: Level::Info,
    docs: docs!("ignored_matcher.rs"),
    check: Some(check),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for raw in &context.reading.raws {
        let (Some(matcher), Some(trigger)) = (&raw.matcher, raw.triggers.first()) else {
            continue;
        };
        let all =
            matches!(&matcher.value, Narrow::One(text) if ["", "*", ".*"].contains(&text.trim()));
        let ignored = match (&matcher.value, trigger.subject()) {
            (_, Subject::Nothing) => true,
            (Narrow::Globs(_), subject) => subject != Subject::Path,
            (Narrow::Tools(_), subject) => subject != Subject::Tool,
            (Narrow::One(_), _) => false,
        };
        // Kiro's own editor left the patterns of a file's event in a hook that became manual.
        let left = *trigger == Trigger::Manual && context.format() == Format::Legacy;
        if ignored && !all && !left {
            sink.add(sink.finding(
                matcher.range.clone(),
                format!(
                    "{} has nothing to compare this with; the hook fires on every such event.",
                    trigger.as_str()
                ),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, v1};
    use super::RULE;

    #[test]
    fn only_a_matcher_that_wants_less_is_reported() {
        assert_eq!(
            found(
                RULE.code,
                "a.json",
                &v1("\"trigger\": \"Stop\", \"matcher\": \"x\"")
            )
            .len(),
            1
        );
        assert_eq!(
            found(
                RULE.code,
                "a.json",
                &v1("\"trigger\": \"Stop\", \"matcher\": \"*\"")
            )
            .len(),
            0
        );
        assert_eq!(
            found(
                RULE.code,
                "a.yaml",
                "hooks:\n- trigger: on_build\n  pattern: '*.rs'\n  action: x\n"
            )
            .len(),
            1
        );
    }
}
