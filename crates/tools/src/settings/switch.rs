//! Switching a server on and off, as the smallest edit.

use rutter_text::Edit;
use rutter_text::json::{self, Value, bytes};

use super::Server;

/// The edit that switches a server of this text on or off; nothing where its `{…}` can't be read.
pub fn switch(text: &str, server: &Server, on: bool) -> Option<Edit> {
    let base = server.body.start;
    let body = text.get(server.body.clone())?;
    let Ok(Some(Value::Object(object))) = json::parse(body) else {
        return None;
    };
    let off = if on { "false" } else { "true" };
    if let Some(prop) = object.get("disabled") {
        let value = bytes(&prop.value);
        return Some(Edit::replace(base + value.start..base + value.end, off));
    }
    let at = base + 1;
    let entry = match object.properties.first() {
        // As the first key stands behind the brace, so shall this one.
        Some(first) => {
            let space = &body[1..bytes(first).start];
            let space = if space.trim().is_empty() { space } else { "" };
            format!(
                "{space}\"disabled\": {off},{}",
                if space.is_empty() { " " } else { "" }
            )
        }
        None => format!("\"disabled\": {off}"),
    };
    Some(Edit::insert(at, entry))
}

#[cfg(test)]
mod tests {
    use rutter_text::edit::apply;

    use super::*;
    use crate::settings::{McpFile, Place};

    #[test]
    fn it_is_one_small_edit() {
        for (body, off) in [
            ("{}", "{\"disabled\": true}"),
            (
                "{\"command\": \"é\"}",
                "{\"disabled\": true, \"command\": \"é\"}",
            ),
            (
                "{\r\n  \"command\": \"x\"\r\n}",
                "{\r\n  \"disabled\": true,\r\n  \"command\": \"x\"\r\n}",
            ),
            (
                "{ // why\n\"command\": \"x\"}",
                "{\"disabled\": true,  // why\n\"command\": \"x\"}",
            ),
            (
                "{\"command\": \"x\", \"disabled\" : false,}",
                "{\"command\": \"x\", \"disabled\" : true,}",
            ),
        ] {
            let whole = |body: &str| format!("{{\"mcpServers\": {{\"a\": {body}}}}}");
            let text = whole(body);
            let parsed = |text: &str| McpFile::parse(Place::Workspace, text);
            let edit = switch(&text, parsed(&text).server("a").unwrap(), false).unwrap();
            let new = apply(&text, &[edit]);
            assert_eq!(new, whole(off));
            let server = parsed(&new).server("a").unwrap().clone();
            assert!(server.disabled);
            let back = apply(&new, &[switch(&new, &server, true).unwrap()]);
            assert!(!parsed(&back).server("a").unwrap().disabled);
        }
    }
}
