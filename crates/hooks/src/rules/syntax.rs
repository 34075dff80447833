//! A file of hooks, or a hook in it, cannot be read.
//!
//! What cannot be read never fires. The sound hooks beside it do. Comments and trailing commas are no mistake for Rutter.
//!
//! ```json
//! {"version": "v1", "hooks": [{"name": "Lint" "trigger": "PostFileSave"}]}      <- a comma is missing
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};

pub(super) const RULE: Rule = Rule {
    code: "hook/syntax",
    default: Level::Error,
    docs: docs!("syntax.rs"),
    check: Some(check),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (range, message) in &context.reading.faults {
        sink.add(sink.finding(range.clone(), message.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    #[test]
    fn what_cannot_be_read_is_said_and_the_rest_counts() {
        let text = "{\"version\": \"v1\", \"hooks\": [\n{\"name\": \"a\" \"trigger\": \"Stop\"},\n{\"name\": \"b\", \"trigger\": \"Stop\", \"action\": {\"type\": \"agent\", \"prompt\": \"x\"}}\n]}";
        let said = found(RULE.code, ".kiro/hooks/a.json", text);
        assert_eq!(said.len(), 1);
        assert!(
            said[0].contains("What is broken does not count"),
            "{said:?}"
        );
        assert_eq!(
            crate::HookFile::parse(".kiro/hooks/a.json", text).hooks[0].name,
            "b"
        );
        for (path, text) in [
            ("a.json", ""),
            ("a.json", "[]"),
            ("a.json", "{\"hooks\": 3}"),
            ("a.kiro.hook", "{}"),
            ("a.yaml", "a: 1\n"),
            ("a.json", "{\"trigger\": \"Stop\"}"),
            ("a.json", "{\"hooks\": [1]}"),
        ] {
            assert_eq!(found(RULE.code, path, text).len(), 1, "{text}");
        }
        assert_eq!(
            found(RULE.code, ".kiro/agents/a.json", "{\"name\": \"a\"}"),
            [""; 0]
        );
    }
}
