//! The servers of an agent that is a Markdown file: its front matter is YAML.

use std::ops::Range;

use rutter_text::front_matter;
use serde_json::{Value, json};

/// The servers as JSON that says the same as the front matter; nothing where it names none. Where the YAML is broken, one
/// sentence that says so.
pub fn servers_of_front_matter(text: &str) -> Option<Result<String, String>> {
    let yaml = &text[front_matter::find(text)?.yaml];
    if !yaml.contains(KEY) {
        return None;
    }
    match serde_saphyr::from_str::<Value>(yaml) {
        Ok(value) => {
            let servers = value.get(KEY)?;
            Some(Ok(json!({KEY: servers}).to_string()))
        }
        Err(error) => {
            let message = error.to_string();
            let first = message.lines().next().unwrap_or_default();
            Some(Err(format!(
                "The front matter is no valid YAML: {}. None of its servers counts until that is mended.",
                first.trim_end_matches('.')
            )))
        }
    }
}

/// The bytes of the key in the front matter.
pub fn servers_key_of_front_matter(text: &str) -> Option<Range<usize>> {
    let yaml = front_matter::find(text)?.yaml;
    let mut at = yaml.start;
    for line in text[yaml].split_inclusive('\n') {
        if line.starts_with(KEY) {
            return Some(at..at + KEY.len());
        }
        at += line.len();
    }
    None
}

const KEY: &str = "mcpServers";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{McpFile, Place};

    #[test]
    fn servers_are_read_from_yaml() {
        let text = "---\nname: é\nmcpServers:\n  files:\n    command: npx\n    args: [-y, \"x\"]\n    env:\n      A: \"1\"\n---\nYou are é.\n";
        let servers = servers_of_front_matter(text).unwrap().unwrap();
        let file = McpFile::parse(Place::WorkspaceAgent, &servers);
        let server = file.server("files").unwrap();
        assert_eq!(server.summary(), "npx -y x");
        assert_eq!(server.env[0].value.value, "1");
        assert_eq!(
            &text[servers_key_of_front_matter(text).unwrap()],
            "mcpServers"
        );
    }

    #[test]
    fn most_agents_have_none_and_a_broken_one_says_so() {
        for text in [
            "",
            "mcpServers: {}",
            "---\nname: x\n---\nmcpServers: a\n",
            "---\nabout: mcpServers\n---\n",
        ] {
            assert_eq!(servers_of_front_matter(text), None, "{text}");
        }
        let broken = servers_of_front_matter("---\nmcpServers: {a: [\n---\n").unwrap();
        assert!(broken.unwrap_err().contains("no valid YAML"));
    }
}
