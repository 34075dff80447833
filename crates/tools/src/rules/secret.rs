//! A secret stands in the file, where everyone who gets the file can read it.
//!
//! Put the value in the environment, approve the variable's name in your own settings, and write `${NAME}` here.
//!
//! ```json
//! {"headers": {"Authorization": "Bearer 9f8e7d6c5b4a39281706"}}      <- "Bearer ${DEMO_TOKEN}"
//! ```

use std::ops::Range;

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::settings::{Pair, Server};

pub(super) const RULE: Rule = Rule {
    code: "mcp/secret",
    default: Level::Warning,
    docs: docs!("secret.rs"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for server in &context.file.servers {
        for (range, kind) in secrets(context.text, server) {
            sink.add(sink.finding(
                range,
                format!(
                    "This looks like a {kind}: put it in the environment and write ${{NAME}} here."
                ),
            ));
        }
    }
}

fn secrets(text: &str, server: &Server) -> Vec<(Range<usize>, &'static str)> {
    let base = server.body.start;
    let mut found: Vec<(Range<usize>, &'static str)> =
        rutter_secrets::find(&text[server.body.clone()])
            .into_iter()
            .map(|s| (base + s.range.start..base + s.range.end, s.kind.name()))
            .collect();
    for header in &server.headers {
        if let Some(range) = credential(text, header)
            && !found
                .iter()
                .any(|(r, _)| r.start < range.end && range.start < r.end)
        {
            found.push((range, "credential"));
        }
    }
    found
}

/// The literal credential of a header that carries one, whatever its form.
fn credential(text: &str, header: &Pair) -> Option<Range<usize>> {
    let name = header.name.value.to_ascii_lowercase();
    if !matches!(
        name.as_str(),
        "authorization" | "proxy-authorization" | "cookie" | "x-api-key" | "api-key"
    ) {
        return None;
    }
    let inside = header.value.range.start + 1..header.value.range.end - 1;
    let written = &text[inside.clone()];
    let start = written.rfind(' ').map_or(0, |i| i + 1);
    let word = &written[start..];
    let literal = word.len() >= 16
        && word
            .chars()
            .all(|c| c.is_ascii_graphic() && !"${}<>*\\".contains(c))
        && word.contains(|c: char| c.is_ascii_digit())
        && word.contains(|c: char| c.is_ascii_alphabetic());
    literal.then_some(inside.start + start..inside.end)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, one};
    use super::RULE;

    #[test]
    fn a_literal_is_shown_and_a_variable_is_not() {
        let token = format!("ghp_{}", "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5");
        let said = found(
            RULE.code,
            &one(&format!(
                "\"command\": \"x\", \"env\": {{\"GITHUB\": \"{token}\"}}"
            )),
        );
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with(&token), "{said:?}");
        assert_eq!(
            found(
                RULE.code,
                &one(
                    "\"url\": \"https://a.b\", \"headers\": {\"Authorization\": \"Bearer 9f8e7d6c5b4a39281706\"}"
                )
            ),
            [
                "9f8e7d6c5b4a39281706|This looks like a credential: put it in the environment and write ${NAME} here."
            ]
        );
        for fine in [
            "\"env\": {\"TOKEN\": \"${DEMO_TOKEN}\"}",
            "\"headers\": {\"Authorization\": \"Bearer ${DEMO_TOKEN_WITH_9_LETTERS}\"}",
            "\"headers\": {\"Authorization\": \"Bearer <your-token-here-1234>\"}",
            "\"headers\": {\"X-Trace\": \"9f8e7d6c5b4a39281706\"}",
        ] {
            assert_eq!(found(RULE.code, &one(fine)), [""; 0], "{fine}");
        }
    }
}
