//! A key is misspelt or another tool's, so what it says is ignored.
//!
//! Only a key that is nearly a known one, or that other tools use for the same thing, is reported: a newer Kiro may have keys
//! of its own.
//!
//! ```json
//! {"servers": {"files": {"command": "npx"}}}      <- Kiro reads mcpServers
//! ```

use rutter_text::Edit;
use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::settings::keys::nearest;

pub(super) const RULE: Rule = Rule {
    code: "mcp/unknown-key",
    default: Level::Warning,
    docs: docs!("unknown_key.rs"),
    check,
};

/// What other tools call the same thing with the same kind of value.
static OTHER: &[(&str, &str)] = &[
    ("servers", "mcpServers"),
    ("mcp", "mcpServers"),
    ("context_servers", "mcpServers"),
    ("alwaysAllow", "autoApprove"),
    ("trustedTools", "autoApprove"),
    ("excludeTools", "disabledTools"),
    ("serverUrl", "url"),
    ("httpUrl", "url"),
    ("environment", "env"),
    ("workingDirectory", "cwd"),
    ("arguments", "args"),
    ("scopes", "oauthScopes"),
];

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for unknown in &context.file.unknown {
        let word = unknown.key.value.as_str();
        let other = OTHER
            .iter()
            .find(|(name, known)| *name == word && unknown.known.contains(known))
            .map(|(_, known)| *known);
        let Some(meant) = other.or_else(|| nearest(word, unknown.known.iter().copied())) else {
            continue;
        };
        let finding = sink.finding(
            unknown.key.range.clone(),
            format!("`{word}` means nothing here and is ignored. Did you mean `{meant}`?"),
        );
        sink.add(finding.fix(
            format!("Change to {meant}"),
            vec![Edit::replace(
                unknown.key.range.clone(),
                format!("\"{meant}\""),
            )],
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, one};
    use super::RULE;

    #[test]
    fn misspelt_and_other_tools_keys_are_shown_and_foreign_ones_are_not() {
        assert_eq!(
            found(
                RULE.code,
                &one("\"commmand\": \"a\",\n\"alwaysAllow\": [],\n\"note\": \"mine\"")
            ),
            [
                "\"commmand\"|`commmand` means nothing here and is ignored. Did you mean `command`?|Change to command → \"command\": \"a\",",
                "\"alwaysAllow\"|`alwaysAllow` means nothing here and is ignored. Did you mean `autoApprove`?|Change to autoApprove → \"autoApprove\": [],"
            ]
        );
        assert_eq!(found(RULE.code, "{\"servers\": {}}").len(), 1);
        assert_eq!(
            found(RULE.code, "{\"inputs\": [], \"$schema\": \"x\"}"),
            [""; 0]
        );
    }
}
