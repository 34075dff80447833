//! More than five servers or fifty tools are in use.
//!
//! Each tool's description goes to the model with every question; with many, models choose worse and answers cost more.
//! Disable the servers you don't need here, or single tools with `disabledTools`.
//!
//! ```json
//! {"command": "npx", "disabled": true}      <- stays in the file and costs nothing
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::settings::effective;

pub(super) const RULE: Rule = Rule {
    code: "mcp/too-many",
    default: Level::Warning,
    docs: docs!("too_many.rs"),
    check,
};

/// More servers than this are many.
const SERVERS: usize = 5;
/// More tools than this are many.
const TOOLS: usize = 50;

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(range) = context.file.servers_key.clone() else {
        return;
    };
    // Whoever has nothing to switch off here need not be told.
    if !context.file.servers.iter().any(|s| !s.disabled) {
        return;
    }
    let files = context.others.iter().copied().chain([context.file]);
    let used: Vec<&str> = effective(files)
        .into_iter()
        .filter(|s| !s.disabled)
        .map(|s| s.name.value.as_str())
        .collect();
    let tools: usize = used
        .iter()
        .filter_map(|name| context.tools.get(*name))
        .sum();
    let what = match (used.len() > SERVERS, tools > TOOLS) {
        (false, false) => return,
        (true, false) => format!("{} servers are in use", used.len()),
        (false, true) => format!("The servers in use offer {tools} tools"),
        (true, true) => format!("{} servers with {tools} tools are in use", used.len()),
    };
    sink.add(sink.finding(
        range,
        format!(
            "{what}; above {SERVERS} servers or {TOOLS} tools models choose worse: disable what is not needed here."
        ),
    ));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::testing::found_in;
    use super::RULE;
    use crate::settings::{McpFile, Place};

    fn servers(names: &[&str]) -> String {
        let list: Vec<String> = names
            .iter()
            .map(|n| format!("\"{n}\": {{\"command\": \"x\"}}"))
            .collect();
        format!("{{\"mcpServers\": {{{}}}}}", list.join(", "))
    }

    #[test]
    fn servers_and_tools_of_all_files_count_together() {
        let user = McpFile::parse(Place::User, &servers(&["a", "b", "c"]));
        let of = |names: &[&str], tools: &[(&str, usize)]| {
            let tools: BTreeMap<String, usize> =
                tools.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect();
            found_in(
                RULE.code,
                Place::Workspace,
                &servers(names),
                &[&user],
                &tools,
            )
        };
        assert_eq!(of(&["c", "d", "e"], &[("a", 50)]), [""; 0]);
        assert_eq!(
            of(&["d", "e", "f"], &[]),
            [
                "\"mcpServers\"|6 servers are in use; above 5 servers or 50 tools models choose worse: disable what is not needed here."
            ]
        );
        assert_eq!(of(&["d"], &[("a", 50), ("d", 1)]).len(), 1);
        assert_eq!(of(&[], &[("a", 51)]), [""; 0]);
    }
}
