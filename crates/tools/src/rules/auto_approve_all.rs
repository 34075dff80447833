//! Every tool of a server may be called without asking.
//!
//! The star covers what the server adds later too, and what a tool does can be more than its name says. Name the tools that
//! only read.
//!
//! ```json
//! {"command": "npx", "autoApprove": ["*"]}      <- ["list", "read"]
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};

pub(super) const RULE: Rule = Rule {
    code: "mcp/auto-approve-all",
    default: Level::Warning,
    docs: docs!("auto_approve_all.rs"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for server in &context.file.servers {
        if let Some(star) = &server.auto_approve.all {
            sink.add(sink.finding(
                star.clone(),
                format!(
                    "Every tool of `{}` may be called without asking, also those it gets later: name the ones you mean.",
                    server.name.value
                ),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, one};
    use super::RULE;

    #[test]
    fn the_star_is_shown_alone_and_in_a_list() {
        for value in ["\"*\"", "[\"list\", \"*\"]"] {
            let said = found(RULE.code, &one(&format!("\"autoApprove\": {value}")));
            assert_eq!(said.len(), 1, "{value}");
            assert!(said[0].starts_with("\"*\"|"), "{said:?}");
        }
        assert_eq!(
            found(RULE.code, &one("\"autoApprove\": [\"list\"]")),
            [""; 0]
        );
    }
}
