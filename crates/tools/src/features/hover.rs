//! What to say about a place, as Markdown.

use std::collections::BTreeMap;

use crate::settings::{Bytes, McpFile, Server, Variables, keys, variable_names};

/// What to say, and about which bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The bytes.
    pub range: Bytes,
    /// Markdown.
    pub markdown: String,
}

/// How a server stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// A repository brought it and nobody trusted it yet.
    Untrusted,
    /// It was trusted, and what it declares changed since.
    ChangedSinceTrust,
    /// What is on disk is something else.
    Unsaved,
    /// A nearer declaration of the same name counts.
    Covered,
    /// It may be started, and is when one of its tools is wanted.
    Ready,
    /// It is being started or asked.
    Busy,
    /// It is connected.
    Connected {
        /// How many tools it offers.
        tools: usize,
    },
    /// It could not be reached.
    Failed {
        /// Why, in one sentence.
        message: String,
    },
}

impl State {
    fn describe(&self, name: &str) -> String {
        match self {
            Self::Untrusted => format!(
                "Not trusted: it is not started until you trust it (`rutter mcp trust {name}`)."
            ),
            Self::ChangedSinceTrust => format!(
                "Changed since you trusted it: it is not started until you trust it again (`rutter mcp trust {name}`)."
            ),
            Self::Unsaved => "Not saved yet: what would start is what is on disk.".to_owned(),
            Self::Covered => "Another file's server of this name counts instead.".to_owned(),
            Self::Ready => "Starts when one of its tools is wanted.".to_owned(),
            Self::Busy => "Being asked now.".to_owned(),
            Self::Connected { tools: 1 } => "Connected, 1 tool.".to_owned(),
            Self::Connected { tools } => format!("Connected, {tools} tools."),
            Self::Failed { message } => message.clone(),
        }
    }
}

/// What to say about `offset`; `states` are what is known of the servers, `tools` those last listed, by name.
pub fn hover(
    file: &McpFile,
    text: &str,
    offset: usize,
    variables: &Variables,
    states: &BTreeMap<String, State>,
    tools: &BTreeMap<String, Vec<String>>,
) -> Option<Hover> {
    let server = file.servers.iter().find(|s| on(&s.range, offset))?;
    if on(&server.name.range, offset) {
        return Some(Hover {
            range: server.name.range.clone(),
            markdown: of_server(
                server,
                states.get(&server.name.value),
                tools.get(&server.name.value),
            ),
        });
    }
    if let Some((name, range)) = server.keys.iter().find(|(_, r)| on(r, offset)) {
        let key = keys::server_key(name)?;
        return Some(Hover {
            range: range.clone(),
            markdown: format!("**{}**: {}\n\n{}", key.name, key.takes.describe(), key.docs),
        });
    }
    let template = server.templates().find(|t| on(&t.range, offset))?;
    let start = template.range.start;
    let (range, name) = variable_names(&text[template.range.clone()])
        .map(|(r, name)| (start + r.start..start + r.end, name))
        .find(|(r, _)| on(r, offset))?;
    Some(Hover {
        range,
        markdown: if variables.approved(name) {
            format!("**{name}** is filled in from the environment: you approved it.")
        } else {
            format!(
                "**{name}** is not approved, so the server is not started. Add it to `approvedVariables` under `[mcp]` in your config.toml."
            )
        },
    })
}

fn of_server(server: &Server, state: Option<&State>, tools: Option<&Vec<String>>) -> String {
    let mut out = format!("**{}** from {}", server.name.value, server.place.describe());
    let summary = server.summary();
    if !summary.is_empty() {
        // A fence longer than any inside.
        out.push_str(&format!("\n\n````\n{}\n````", summary.replace("````", "")));
    }
    out.push_str("\n\n");
    match (server.disabled, server.transport(), state) {
        (true, ..) => out.push_str("Disabled."),
        (false, Err(why), _) => out.push_str(&format!("Not used: {why}.")),
        (false, Ok(_), Some(state)) => out.push_str(&state.describe(&server.name.value)),
        (false, Ok(_), None) => out.push_str("Not asked yet."),
    }
    if let Some(tools) = tools.filter(|tools| !tools.is_empty()) {
        let named: Vec<String> = tools
            .iter()
            .map(|tool| match server.offers(tool) {
                true => format!("`{tool}`"),
                false => format!("~~`{tool}`~~"),
            })
            .collect();
        out.push_str(&format!(
            "\n\nIts tools when last listed: {}.",
            named.join(", ")
        ));
    }
    out
}

fn on(range: &Bytes, offset: usize) -> bool {
    range.start <= offset && offset <= range.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Place;

    fn at(marked: &str, states: &[(&str, State)]) -> Option<(String, String)> {
        let offset = marked.find('¦').unwrap();
        let text = marked.replace('¦', "");
        let file = McpFile::parse(Place::Workspace, &text);
        let states = states
            .iter()
            .map(|(n, s)| ((*n).to_owned(), s.clone()))
            .collect();
        let variables = Variables::new(["YES".to_owned()], |_| None);
        let tools = BTreeMap::from([("é".to_owned(), vec!["read".to_owned(), "drop".to_owned()])]);
        let hover = hover(&file, &text, offset, &variables, &states, &tools)?;
        Some((text[hover.range].to_owned(), hover.markdown))
    }

    #[test]
    fn a_server_says_what_it_runs_and_how_it_stands() {
        let text = "{\"mcpServers\": {\"é¦\": {\"command\": \"npx\", \"args\": [\"x\"]}}}";
        let (range, said) = at(text, &[("é", State::Untrusted)]).unwrap();
        assert_eq!(range, "\"é\"");
        assert!(
            said.contains("npx x") && said.contains("rutter mcp trust é"),
            "{said}"
        );
        assert!(
            at(text, &[("é", State::Connected { tools: 3 })])
                .unwrap()
                .1
                .ends_with("Connected, 3 tools.\n\nIts tools when last listed: `read`, `drop`.")
        );
        assert!(
            at("{\"mcpServers\": {\"a¦\": {}}}", &[])
                .unwrap()
                .1
                .contains("neither")
        );
        assert!(
            at(
                "{\"mcpServers\": {\"a¦\": {\"command\": \"x\", \"disabled\": true}}}",
                &[]
            )
            .unwrap()
            .1
            .ends_with("Disabled.")
        );
    }

    #[test]
    fn keys_and_variables_are_explained() {
        let (range, said) = at(
            "{\"mcpServers\": {\"a\": {\"auto¦Approve\": [\"x\"]}}}",
            &[],
        )
        .unwrap();
        assert_eq!(range, "\"autoApprove\"");
        assert!(said.contains("without asking"), "{said}");
        let (range, said) = at(
            "{\"mcpServers\": {\"a\": {\"args\": [\"é\\n${YES} ${N¦O}\"]}}}",
            &[],
        )
        .unwrap();
        assert_eq!(range, "${NO}");
        assert!(said.contains("not approved"));
        assert!(
            at("{\"mcpServers\": {\"a\": {\"args\": [\"${Y¦ES}\"]}}}", &[])
                .unwrap()
                .1
                .contains("you approved it")
        );
        assert_eq!(at("{\"mcp¦Servers\": {}}", &[]), None);
        assert_eq!(
            at("{\"mcpServers\": {\"a\": {\"command\": \"n¦px\"}}}", &[]),
            None
        );
    }
}
