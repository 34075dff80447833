//! Looks for files whose first lines lack the licence header.

use serde_json::{Map, Value};

use super::Look;

/// A header stands within these lines: before it may be a `#!` line, an encoding, a declaration.
const LINES: usize = 10;

pub(super) fn run(look: &Look<'_>, options: &Map<String, Value>) -> Result<Vec<String>, String> {
    let header = options
        .get("header")
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|header| !header.is_empty())
        .ok_or(
            "`licence-header` needs the option `header`: the text that each file shall begin with.",
        )?;
    let wanted = plain(header);
    Ok(look
        .texts
        .iter()
        .filter(|(_, text)| {
            let beginning: Vec<&str> = text.lines().take(LINES + header.lines().count()).collect();
            !plain(&beginning.join("\n")).contains(&wanted)
        })
        .map(|(path, _)| format!("{path}: has no licence header."))
        .collect())
}

/// The words alone: how a language marks its comments plays no part.
fn plain(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
