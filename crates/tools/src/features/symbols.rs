//! The outline of a file: its servers.

use crate::settings::{Bytes, McpFile};

/// A server in the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// Its command line or address, and whether it is disabled.
    pub detail: String,
    /// All of it.
    pub range: Bytes,
    /// Its name with the quotes.
    pub selection: Bytes,
}

/// The outline, in the order of the file.
pub fn symbols(file: &McpFile) -> Vec<Symbol> {
    let mut all: Vec<Symbol> = file
        .servers
        .iter()
        .map(|server| {
            let summary = server.summary();
            Symbol {
                name: server.name.value.clone(),
                detail: match (server.disabled, summary.is_empty()) {
                    (false, _) => summary,
                    (true, true) => "disabled".to_owned(),
                    (true, false) => format!("{summary} (disabled)"),
                },
                range: server.range.clone(),
                selection: server.name.range.clone(),
            }
        })
        .collect();
    all.sort_by_key(|s| s.range.start);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Place;

    #[test]
    fn servers_are_listed_with_what_they_run() {
        let text = "{\"mcpServers\": {\"é\": {\"command\": \"npx\", \"args\": [\"-y\", \"x\"]},\n\"b\": {\"url\": \"https://b\", \"disabled\": true}}}";
        let found = symbols(&McpFile::parse(Place::Workspace, text));
        let details: Vec<_> = found
            .iter()
            .map(|s| (&text[s.selection.clone()], s.detail.as_str()))
            .collect();
        assert_eq!(
            details,
            [("\"é\"", "npx -y x"), ("\"b\"", "https://b (disabled)")]
        );
        assert!(text[found[0].range.clone()].ends_with("]}"));
    }
}
