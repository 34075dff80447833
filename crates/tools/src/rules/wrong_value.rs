//! A value is not of the kind its key takes, so it does not count.
//!
//! A number where a string is wanted starts the server without its variable; a list that is no list hides nothing.
//!
//! ```json
//! {"command": "npx", "env": {"PORT": 8080}}      <- variables are strings: "8080"
//! ```

use rutter_text::Edit;
use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};

pub(super) const RULE: Rule = Rule {
    code: "mcp/wrong-value",
    default: Level::Error,
    docs: docs!("wrong_value.rs"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for wrong in &context.file.wrong {
        let finding = sink.finding(wrong.range.clone(), wrong.message.as_str());
        sink.add(match &wrong.meant {
            Some(meant) => finding.fix(
                format!("Change to {meant}"),
                vec![Edit::replace(wrong.range.clone(), meant.as_str())],
            ),
            None => finding,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, one};
    use super::RULE;
    use crate::settings::{McpFile, Place};

    #[test]
    fn each_kind_is_told_and_what_was_meant_is_offered() {
        let said = found(
            RULE.code,
            &one(
                "\"command\": 3,\n\"args\": \"-x\",\n\"env\": {\"P\": 80},\n\"timeout\": \"9\",\n\"disabled\": \"true\",\n\"type\": \"streamableHttp\",\n\"headers\": []",
            ),
        );
        assert_eq!(
            said,
            [
                "3|`command` takes a string; what stands here does not count.",
                "\"-x\"|`args` takes a list of strings; what stands here does not count.|Change to [\"-x\"] → \"args\": [\"-x\"],",
                "80|`env` takes an object of strings; what stands here does not count.|Change to \"80\" → \"env\": {\"P\": \"80\"},",
                "\"9\"|`timeout` takes a number of milliseconds above 0; what stands here does not count.|Change to 9 → \"timeout\": 9,",
                "\"true\"|`disabled` takes true or false; until that is mended the server is not used.|Change to true → \"disabled\": true,",
                "\"streamableHttp\"|`type` takes \"stdio\", \"http\", \"streamable-http\", \"sse\" or \"registry\"; what stands here does not count.|Change to \"streamable-http\" → \"type\": \"streamable-http\",",
                "[]|`headers` takes an object of strings; what stands here does not count.",
            ]
        );
    }

    #[test]
    fn what_limits_a_server_fails_closed() {
        for (body, offered) in [
            ("\"command\": \"x\", \"disabledTools\": \"drop\"", false),
            (
                "\"command\": \"x\", \"disabledTools\": [\"drop\", 3]",
                false,
            ),
            ("\"command\": \"x\", \"disabledTools\": [\"drop\"]", true),
        ] {
            let file = McpFile::parse(Place::Workspace, &one(body));
            assert_eq!(file.servers[0].offers("list"), offered, "{body}");
        }
        let file = McpFile::parse(Place::Workspace, &one("\"disabled\": 1"));
        assert!(file.servers[0].disabled);
    }
}
