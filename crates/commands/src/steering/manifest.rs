//! What manifests and build files say word for word: purpose, versions, commands.

use rutter_steering::starter::Said;
use serde_json::Value;

/// The file's name without its folders.
fn file(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A manifest's own sentence about the project.
pub fn description(path: &str, text: &str) -> Option<String> {
    let found = match file(path) {
        "package.json" | "composer.json" => {
            let json: Value = serde_json::from_str(text).ok()?;
            json.get("description")?.as_str()?.to_owned()
        }
        "Cargo.toml" | "pyproject.toml" => toml_value(text, "description")?,
        "pom.xml" => between(text, "<description>", "</description>")?,
        _ => return None,
    };
    let found = found.split_whitespace().collect::<Vec<_>>().join(" ");
    (found.split(' ').count() > 1).then_some(found)
}

/// The version of the language that the manifest asks for, such as `Python >=3.11`.
pub fn version(path: &str, text: &str) -> Option<String> {
    Some(match file(path) {
        "Cargo.toml" => {
            let edition = toml_value(text, "edition").map(|e| format!("Rust edition {e}"));
            let least = toml_value(text, "rust-version").map(|v| format!("Rust {v} or later"));
            match (edition, least) {
                (Some(edition), Some(least)) => format!("{edition}, {least}"),
                (one, other) => one.or(other)?,
            }
        }
        "pyproject.toml" => format!("Python {}", toml_value(text, "requires-python")?),
        "go.mod" => {
            let line = text.lines().find(|l| l.starts_with("go "))?;
            format!("Go {}", line["go ".len()..].trim())
        }
        "pom.xml" => {
            let tags = [
                "java.version",
                "maven.compiler.release",
                "maven.compiler.source",
            ];
            let found = tags
                .iter()
                .find_map(|t| between(text, &format!("<{t}>"), &format!("</{t}>")))?;
            format!("Java {found}")
        }
        "package.json" => {
            let json: Value = serde_json::from_str(text).ok()?;
            format!("Node {}", json.get("engines")?.get("node")?.as_str()?)
        }
        _ => return None,
    })
}

/// The commands that a build file of the root names: what to type, and what that runs.
pub fn commands(path: &str, text: &str) -> Vec<(String, String)> {
    match path {
        "package.json" => scripts(text),
        "Makefile" | "makefile" | "GNUmakefile" => targets(text, "make"),
        "justfile" | "Justfile" | ".justfile" => targets(text, "just"),
        _ => Vec::new(),
    }
}

fn scripts(text: &str) -> Vec<(String, String)> {
    let Ok(json) = serde_json::from_str::<Value>(text) else {
        return Vec::new();
    };
    let Some(scripts) = json.get("scripts").and_then(Value::as_object) else {
        return Vec::new();
    };
    let said = |name: &String, line: &Value| Some((name.clone(), line.as_str()?.to_owned()));
    scripts
        .iter()
        .filter_map(|(name, line)| said(name, line))
        .filter(|(_, line)| !line.contains("no test specified"))
        .collect()
}

/// Targets with one plain name and a command below.
fn targets(text: &str, tool: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for pair in lines.windows(2) {
        let Some((name, rest)) = pair[0].split_once(':') else {
            continue;
        };
        let plain = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let recipe = pair[1]
            .strip_prefix('\t')
            .or_else(|| pair[1].strip_prefix("    "));
        if let (true, false, Some(recipe)) = (plain, rest.starts_with('='), recipe) {
            let recipe = recipe.trim().trim_start_matches(['@', '-']).trim();
            if !recipe.is_empty() && !recipe.contains('$') && !recipe.ends_with('\\') {
                found.push((format!("{tool} {name}"), recipe.to_owned()));
            }
        }
    }
    found
}

/// A string value at the start of a line of TOML, wherever it stands.
fn toml_value(text: &str, key: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let value = line
            .strip_prefix(key)?
            .trim_start()
            .strip_prefix('=')?
            .trim();
        let value = value.strip_prefix('"')?;
        let end = value.find('"')?;
        (end > 0).then(|| value[..end].to_owned())
    })
}

fn between(text: &str, start: &str, end: &str) -> Option<String> {
    let from = text.find(start)? + start.len();
    let to = from + text[from..].find(end)?;
    let found = text[from..to].trim();
    (!found.is_empty() && !found.contains("${")).then(|| found.to_owned())
}

/// A statement from a file.
pub fn said(text: impl Into<String>, path: &str) -> Said {
    Said::new(text, format!("`{path}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_not_found() {
        assert_eq!(version("Cargo.toml", "edition.workspace = true\n"), None);
        assert_eq!(
            version("pom.xml", "<java.version>${x}</java.version>"),
            None
        );
        assert_eq!(version("package.json", "{"), None);
        assert_eq!(description("package.json", "{\"description\": \"\"}"), None);
        assert_eq!(
            version("a/pyproject.toml", "requires-python = \">=3.11\"\n").as_deref(),
            Some("Python >=3.11")
        );
    }

    #[test]
    fn targets_with_a_plain_command_are_commands() {
        let text = "GO := go\n.PHONY: test\ntest:\n\t@go test ./...\nx: y\nbin/%: a\n\tb\nrun: test\n\t$(GO) run\n";
        assert_eq!(
            commands("Makefile", text),
            [("make test".to_owned(), "go test ./...".to_owned())]
        );
        assert_eq!(commands("sub/Makefile", text), []);
    }
}
