//! A server names neither a program nor an address, so it cannot be reached.
//!
//! `command` is a program that is started; `url` is an address that is connected to. A server needs one of them.
//!
//! ```json
//! {"mcpServers": {"files": {"args": ["server-files"]}}}      <- "command": "npx" is missing
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::settings::Unusable;

pub(super) const RULE: Rule = Rule {
    code: "mcp/missing-transport",
    default: Level::Error,
    docs: docs!("missing_transport.rs"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for server in &context.file.servers {
        let Err(why @ (Unusable::Neither | Unusable::Sse)) = server.transport() else {
            continue;
        };
        // A `command` of the wrong kind is another rule's, and stands at the value.
        let said = server.keys.contains_key("command") || server.keys.contains_key("url");
        if why == Unusable::Sse || !said {
            sink.add(sink.finding(
                server.name.range.clone(),
                format!(
                    "The server `{}` cannot be reached: {why}.",
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
    fn a_server_needs_a_program_or_an_address() {
        assert_eq!(
            found(RULE.code, &one("\"args\": []")),
            ["\"a\"|The server `a` cannot be reached: it names neither a `command` nor a `url`."]
        );
        assert_eq!(
            found(
                RULE.code,
                &one("\"type\": \"sse\", \"url\": \"https://a.b\"")
            )
            .len(),
            1
        );
        for body in [
            "\"type\": \"registry\"",
            "\"command\": 3",
            "\"url\": \"http://a\"",
        ] {
            assert_eq!(found(RULE.code, &one(body)), [""; 0], "{body}");
        }
    }
}
