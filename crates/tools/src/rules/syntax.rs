//! The file, or a server in it, cannot be read.
//!
//! What cannot be read is not started. Comments and trailing commas are no mistake for Rutter.
//!
//! ```json
//! {"mcpServers": {"files": "npx server-files"}}      <- a server is an object: {"command": "npx", "args": ["server-files"]}
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};

pub(super) const RULE: Rule = Rule {
    code: "mcp/syntax",
    default: Level::Error,
    docs: docs!("syntax.rs"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (range, message) in &context.file.faults {
        sink.add(sink.finding(range.clone(), message.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    #[test]
    fn what_cannot_be_read_is_said() {
        for text in [
            "{",
            "[]",
            "{\"mcpServers\": []}",
            "{\"mcpServers\": {\"a\": \"x\"}}",
            "{\"a\" \"é\"}",
            "é",
        ] {
            let said = found(RULE.code, text);
            assert_eq!(said.len(), 1, "{text}");
            assert!(!said[0].starts_with('|'), "{said:?}");
        }
        for text in [
            "",
            "{}",
            "// x\n{\"mcpServers\": {\"a\": {\"command\": \"x\",},},}",
        ] {
            assert_eq!(found(RULE.code, text), [""; 0], "{text}");
        }
    }
}
