//! Which of the servers with one name counts.

use super::{McpFile, Server};

/// The servers in force, by name: an agent's over the workspace's over the user's; of two in one file the last.
pub fn effective<'a>(files: impl IntoIterator<Item = &'a McpFile>) -> Vec<&'a Server> {
    let mut all: Vec<&Server> = Vec::new();
    for server in files.into_iter().flat_map(|f| &f.servers) {
        match all.iter_mut().find(|s| s.name.value == server.name.value) {
            Some(known) if known.place <= server.place => *known = server,
            Some(_) => {}
            None => all.push(server),
        }
    }
    all.sort_by(|a, b| a.name.value.cmp(&b.name.value));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Place;

    #[test]
    fn the_nearer_declaration_wins_whatever_the_order() {
        let file = |place, text: &str| McpFile::parse(place, text);
        let user = file(
            Place::User,
            r#"{"mcpServers":{"a":{"command":"u"},"b":{"command":"u"}},"powers":{"mcpServers":{"a":{"command":"p"},"c":{"command":"p"}}}}"#,
        );
        let workspace = file(
            Place::Workspace,
            r#"{"mcpServers":{"a":{"command":"w","disabled":true}}}"#,
        );
        let agent = file(
            Place::WorkspaceAgent,
            r#"{"name":"x","mcpServers":{"b":{"command":"g"}}}"#,
        );
        for files in [[&user, &workspace, &agent], [&agent, &workspace, &user]] {
            let found: Vec<_> = effective(files)
                .iter()
                .map(|s| (s.name.value.as_str(), s.summary(), s.place))
                .collect();
            assert_eq!(
                found,
                [
                    ("a", "w".to_owned(), Place::Workspace),
                    ("b", "g".to_owned(), Place::WorkspaceAgent),
                    ("c", "p".to_owned(), Place::Power)
                ]
            );
        }
    }
}
