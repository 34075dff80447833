//! A variable is not approved, so the server is not started.
//!
//! A file of a repository could send any secret of your environment to a server. Only names in your own settings are
//! filled in: `approvedVariables` under `[mcp]` in your `config.toml`.
//!
//! ```json
//! {"env": {"TOKEN": "${DEMO_TOKEN}"}}      <- approvedVariables = ["DEMO_TOKEN"]
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::settings::variable_names;

pub(super) const RULE: Rule = Rule {
    code: "mcp/unapproved-variable",
    default: Level::Info,
    docs: docs!("unapproved_variable.rs"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for server in &context.file.servers {
        for template in server.templates() {
            // In the file, not in the string: an escape before it moves it.
            let written = &context.text[template.range.clone()];
            for (range, name) in variable_names(written) {
                if !context.variables.approved(name) {
                    let start = template.range.start;
                    sink.add(sink.finding(
                        start + range.start..start + range.end,
                        format!(
                            "{name} is not approved, so `{}` is not started: add it to `approvedVariables` under `[mcp]` in your config.toml.",
                            server.name.value
                        ),
                    ));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, one};
    use super::RULE;

    #[test]
    fn only_what_the_user_approved_is_quiet() {
        assert_eq!(
            found(
                RULE.code,
                &one("\"command\": \"x\", \"args\": [\"é\\n${NOPE}\", \"${APPROVED}\"]")
            ),
            [
                "${NOPE}|NOPE is not approved, so `a` is not started: add it to `approvedVariables` under `[mcp]` in your config.toml."
            ]
        );
        assert_eq!(
            found(
                RULE.code,
                &one("\"url\": \"https://x\", \"headers\": {\"A\": \"${X} ${Y}\"}")
            )
            .len(),
            2
        );
    }
}
