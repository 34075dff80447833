//! A hook in `.kiro/hooks/` has a trigger or an action that Kiro lacks.
//!
//! Rutter fires it, but Kiro does not know it and may refuse the whole file. It belongs in `.rutter/hooks/`, which has the
//! same form.
//!
//! ```json
//! {"name": "Secrets", "trigger": "PreCommit", "action": {"type": "builtin", "name": "secret-scan"}}
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::hook::{Action, Format};
use crate::read::raw::Act;

pub(super) const RULE: Rule = Rule {
    code: "hook/not-in-kiro",
    default: Level::Warning,
    docs: docs!("not_in_kiro.rs"),
    check: Some(check),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    if context.format() != Format::V1 || !context.in_kiro() {
        return;
    }
    for raw in &context.reading.raws {
        if let (Some(written), Some(trigger)) =
            (&raw.trigger, raw.triggers.iter().find(|t| !t.in_kiro()))
        {
            sink.add(sink.finding(
                written.range.clone(),
                format!(
                    "Kiro has no trigger {}: move this hook to `.rutter/hooks/`.",
                    trigger.as_str()
                ),
            ));
        } else if let Some(action) = &raw.action
            && let Act::Known(Action::Builtin { .. }) = action.value
        {
            sink.add(sink.finding(
                action.range.clone(),
                "Kiro has no built-in actions: move this hook to `.rutter/hooks/`.",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, v1};
    use super::RULE;

    #[test]
    fn ours_belong_in_our_folder() {
        let text = v1("\"trigger\": \"PreCommit\"");
        assert_eq!(
            found(RULE.code, ".kiro/hooks/a.json", &text),
            ["\"PreCommit\"|Kiro has no trigger PreCommit: move this hook to `.rutter/hooks/`."]
        );
        assert_eq!(found(RULE.code, "sub/.rutter/hooks/a.json", &text), [""; 0]);
        assert_eq!(
            found(
                RULE.code,
                ".kiro/hooks/a.json",
                &v1("\"trigger\": \"Stop\"")
            ),
            [""; 0]
        );
    }
}
