//! A tool is approved and disabled at once.
//!
//! Disabled wins: the tool is not offered. One of the two entries says something that is not so.
//!
//! ```json
//! {"autoApprove": ["drop"], "disabledTools": ["drop"]}      <- remove one
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};

pub(super) const RULE: Rule = Rule {
    code: "mcp/tool-conflict",
    default: Level::Warning,
    docs: docs!("tool_conflict.rs"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for server in &context.file.servers {
        for approved in &server.auto_approve.names {
            if server.disabled_tools.contains(&approved.value) {
                sink.add(sink.finding(
                    approved.range.clone(),
                    format!(
                        "`{}` is disabled too, so approving it changes nothing: remove it here or from `disabledTools`.",
                        approved.value
                    ),
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, one};
    use super::RULE;

    #[test]
    fn the_approved_one_is_shown() {
        assert_eq!(
            found(
                RULE.code,
                &one("\"autoApprove\": [\"a\", \"b\"], \"disabledTools\": [\"b\", \"c\"]")
            ),
            [
                "\"b\"|`b` is disabled too, so approving it changes nothing: remove it here or from `disabledTools`."
            ]
        );
        assert_eq!(
            found(
                RULE.code,
                &one("\"autoApprove\": \"*\", \"disabledTools\": [\"b\"]")
            ),
            [""; 0]
        );
    }
}
