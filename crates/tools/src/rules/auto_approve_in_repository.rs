//! A repository says which tools may be called without asking; that counts only once you trust the server.
//!
//! Who can change the file could otherwise let tools run on your machine unasked. Trust binds to the exact text: a change
//! asks again.
//!
//! ```json
//! {"command": "npx", "autoApprove": ["list"]}      <- in .kiro/settings/mcp.json of a repository
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};

pub(super) const RULE: Rule = Rule {
    code: "mcp/auto-approve-in-repository",
    default: Level::Hint,
    docs: docs!("auto_approve_in_repository.rs"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for server in &context.file.servers {
        if server.place.in_repository()
            && !server.disabled
            && !server.auto_approve.is_empty()
            && let Some(key) = server.keys.get("autoApprove")
        {
            sink.add(sink.finding(
                key.clone(),
                format!(
                    "`autoApprove` in a repository counts only once you trust `{}`.",
                    server.name.value
                ),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::testing::{found, found_in, one};
    use super::RULE;
    use crate::settings::Place;

    #[test]
    fn it_is_said_in_a_repository_only() {
        let text = one("\"autoApprove\": [\"list\"]");
        assert_eq!(
            found(RULE.code, &text),
            ["\"autoApprove\"|`autoApprove` in a repository counts only once you trust `a`."]
        );
        assert_eq!(found(RULE.code, &one("\"autoApprove\": []")), [""; 0]);
        let off = one("\"disabled\": true, \"autoApprove\": [\"list\"]");
        assert_eq!(found(RULE.code, &off), [""; 0]);
        assert_eq!(
            found_in(RULE.code, Place::User, &text, &[], &BTreeMap::new()),
            [""; 0]
        );
    }
}
