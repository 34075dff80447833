//! A server names a program and an address, and only one can be meant.
//!
//! Tools differ in which of the two they take, so such a server is not started at all.
//!
//! ```json
//! {"command": "npx", "url": "https://example.com/mcp"}      <- remove one
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::settings::Unusable;

pub(super) const RULE: Rule = Rule {
    code: "mcp/two-transports",
    default: Level::Error,
    docs: docs!("two_transports.rs"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for server in &context.file.servers {
        let Err(why @ Unusable::Both) = server.transport() else {
            continue;
        };
        let range = server.keys.get("url").unwrap_or(&server.name.range);
        sink.add(sink.finding(
            range.clone(),
            format!("The server `{}` is not used: {why}.", server.name.value),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, one};
    use super::RULE;

    #[test]
    fn one_of_two_must_go() {
        assert_eq!(
            found(RULE.code, &one("\"command\": \"x\", \"url\": \"http://a\"")),
            [
                "\"url\"|The server `a` is not used: it names a `command` and a `url`, and only one can be meant."
            ]
        );
        assert_eq!(found(RULE.code, &one("\"command\": \"x\"")), [""; 0]);
    }
}
