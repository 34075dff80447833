//! A value is of the wrong kind and is ignored.
//!
//! The hook still loads, but not as its author meant it.
//!
//! ```json
//! {"name": "Lint", "enabled": "false"}      <- a text is neither true nor false, so the hook stays enabled
//! ```

use rutter_text::Edit;
use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};

pub(super) const RULE: Rule = Rule {
    code: "hook/wrong-value",
    default: Level::Warning,
    docs: docs!("wrong_value.rs"),
    check: Some(check),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for wrong in context.reading.raws.iter().flat_map(|r| &r.wrong) {
        let mut finding = sink.finding(wrong.range.clone(), wrong.value.clone());
        let written = context.text.get(wrong.range.clone()).unwrap_or_default();
        let bare = written.trim_matches('"');
        // Only the quotes are wrong.
        if bare.len() + 2 == written.len()
            && (bare == "true" || bare == "false" || bare.parse::<u32>().is_ok())
        {
            finding = finding.fix(
                format!("Change to {bare}"),
                vec![Edit::replace(wrong.range.clone(), bare)],
            );
        }
        sink.add(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, v1};
    use super::RULE;

    #[test]
    fn quotes_around_false_are_taken_off() {
        let text = v1("\"enabled\": \"false\"");
        assert_eq!(
            found(RULE.code, ".kiro/hooks/a.json", &text),
            [
                "\"false\"|`enabled` must be true or false; here it is a text, which is ignored.|Change to false → \"enabled\": false"
            ]
        );
    }
}
