//! Two servers have one name, and only one of them counts.
//!
//! In one file the last counts. A server of the workspace takes the place of yours with the same name, which may be meant;
//! then give it a name of its own, or turn this rule off.
//!
//! ```json
//! {"mcpServers": {"git": {"command": "a"}, "git": {"command": "b"}}}      <- the first is not used
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};

pub(super) const RULE: Rule = Rule {
    code: "mcp/duplicate-server",
    default: Level::Warning,
    docs: docs!("duplicate_server.rs"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for duplicate in &context.file.duplicates {
        let name = &duplicate.earlier.value;
        sink.add(sink.finding(
            duplicate.earlier.range.clone(),
            format!("A later server is called `{name}` too, so this one is not used: rename one."),
        ));
    }
    for server in &context.file.servers {
        let covered = context
            .others
            .iter()
            .flat_map(|f| &f.servers)
            .find(|s| s.name.value == server.name.value && s.place < server.place);
        if let Some(covered) = covered {
            sink.add(sink.finding(
                server.name.range.clone(),
                format!(
                    "This takes the place of `{}` from {}: give it a name of its own if both are meant.",
                    server.name.value,
                    covered.place.describe()
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
    use crate::settings::{McpFile, Place};

    #[test]
    fn what_is_not_used_is_shown() {
        let text = "{\"mcpServers\": {\"a\": {\"command\": \"x\"}, \"a\": {\"command\": \"y\"}}}";
        assert_eq!(
            found(RULE.code, text),
            ["\"a\"|A later server is called `a` too, so this one is not used: rename one."]
        );
        let file = McpFile::parse(Place::Workspace, text);
        assert_eq!(file.server("a").unwrap().summary(), "y");
    }

    #[test]
    fn what_takes_the_place_of_yours_is_shown_in_the_workspace() {
        let text = one("\"command\": \"x\"");
        let (user, workspace) = (
            McpFile::parse(Place::User, &text),
            McpFile::parse(Place::Workspace, &text),
        );
        assert_eq!(
            found_in(
                RULE.code,
                Place::Workspace,
                &text,
                &[&user],
                &BTreeMap::new()
            ),
            [
                "\"a\"|This takes the place of `a` from your own settings: give it a name of its own if both are meant."
            ]
        );
        assert_eq!(
            found_in(
                RULE.code,
                Place::User,
                &text,
                &[&workspace],
                &BTreeMap::new()
            ),
            [""; 0]
        );
    }
}
