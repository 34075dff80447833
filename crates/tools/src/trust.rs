//! What a server is to the trust store.

use std::path::Path;

use rutter_host::Files;
use rutter_store::{Subject, scripts};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::settings::{Names, Pair, Server, Text};

/// The server as something that can be trusted: exactly what is started or connected to, with what, and which of its tools
/// are offered and approved; and the scripts of the project that it starts. Formatting, the order of variables, `disabled`
/// and `timeout` don't count.
pub fn subject(files: &dyn Files, root: &Path, server: &Server) -> Subject {
    scripts::bind(declared(server), files, root, &started(files, root, server))
}

/// Whether it needs trust: what the user declared themselves is their word, unless it runs what the project holds.
pub fn needed(files: &dyn Files, root: &Path, server: &Server) -> bool {
    server.place.needs_trust() || !started(files, root, server).is_empty()
}

/// The files of the project that it starts, relative with `/`.
fn started(files: &dyn Files, root: &Path, server: &Server) -> Vec<String> {
    let Some(command) = &server.command else {
        return Vec::new();
    };
    let words: Vec<&str> = std::iter::once(command)
        .chain(&server.args)
        .map(|word| word.value.as_str())
        .collect();
    let folder = match &server.cwd {
        Some(cwd) => root.join(&cwd.value),
        None => root.to_owned(),
    };
    scripts::of_program(files, root, &folder, &words)
}

fn declared(server: &Server) -> Subject {
    let exact = canonical(server, &|text| text.to_owned());
    let shown = canonical(server, &|text| rutter_secrets::redact(text).into_owned());
    Subject {
        what: what(&server.name.value),
        digest: sha256(&format!("rutter-mcp-1 {exact}")),
        text: format!("{shown:#}"),
    }
}

/// What the trust store calls a server.
pub fn what(name: &str) -> String {
    format!("mcp:{name}")
}

fn canonical(server: &Server, show: &dyn Fn(&str) -> String) -> Value {
    let text = |text: &Option<Text>| text.as_ref().map(|t| show(&t.value));
    let texts = |all: &[Text]| all.iter().map(|t| show(&t.value)).collect::<Vec<_>>();
    let mut out = serde_json::Map::new();
    let mut put = |key: &str, value: Value| {
        let empty = match &value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(map) => map.is_empty(),
            _ => false,
        };
        if !empty {
            out.insert(key.to_owned(), value);
        }
    };
    put("type", json!(text(&server.kind)));
    put("command", json!(text(&server.command)));
    put("args", json!(texts(&server.args)));
    put("env", pairs(&server.env, show));
    put("cwd", json!(text(&server.cwd)));
    put("url", json!(text(&server.url)));
    put("headers", pairs(&server.headers, show));
    if let Some(oauth) = &server.oauth {
        put(
            "oauth",
            json!({
                "clientId": text(&oauth.client_id),
                "redirectUri": text(&oauth.redirect_uri),
                "oauthScopes": texts(&oauth.scopes),
            }),
        );
    }
    put("autoApprove", names(&server.auto_approve));
    put("disabledTools", names(&server.disabled_tools));
    Value::Object(out)
}

fn pairs(pairs: &[Pair], show: &dyn Fn(&str) -> String) -> Value {
    // Of two with one name the last counts, for the process too.
    let sorted: std::collections::BTreeMap<&str, String> = pairs
        .iter()
        .map(|p| {
            let name = p.name.value.as_str();
            // With its name before it, a secret is seen for what it is.
            let line = show(&format!("{name}={}", p.value.value));
            let value = line.strip_prefix(&format!("{name}=")).map(str::to_owned);
            (name, value.unwrap_or_else(|| show(&p.value.value)))
        })
        .collect();
    json!(sorted)
}

fn names(names: &Names) -> Value {
    let mut all: Vec<&str> = names.names.iter().map(|t| t.value.as_str()).collect();
    if names.all.is_some() {
        all.push("*");
    }
    all.sort_unstable();
    all.dedup();
    json!(all)
}

pub(crate) fn sha256(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{McpFile, Place};

    fn of(body: &str) -> Subject {
        let text = format!("{{\"mcpServers\": {{\"a\": {{{body}}}}}}}");
        declared(McpFile::parse(Place::Workspace, &text).server("a").unwrap())
    }

    #[test]
    fn all_that_decides_what_runs_is_bound_and_formatting_is_not() {
        let base = "\"command\": \"x\", \"args\": [\"1\", \"2\"], \"env\": {\"A\": \"1\", \"B\": \"${T}\"}, \"autoApprove\": [\"l\", \"r\"]";
        let same = [
            "\"autoApprove\": [\"r\", \"l\"],\n\"env\": {\"B\": \"${T}\", \"A\": \"1\"}, \"args\": [\"1\",\"2\",], \"command\": \"\\u0078\"",
            &format!("{base}, \"disabled\": true, \"timeout\": 5, \"cwd\": 3"),
        ];
        for body in same {
            assert_eq!(of(base).digest, of(body).digest, "{body}");
        }
        let other = [
            base.replace("\"x\"", "\"y\""),
            base.replace("\"1\", \"2\"", "\"2\", \"1\""),
            base.replace("\"1\", \"2\"", "\"1 2\""),
            base.replace("\"A\": \"1\"", "\"A\": \"2\""),
            base.replace("\"A\"", "\"C\""),
            base.replace("[\"l\", \"r\"]", "\"*\""),
            format!("{base}, \"cwd\": \"z\""),
            format!("{base}, \"disabledTools\": [\"d\"]"),
            format!("{base}, \"url\": \"https://a\""),
            format!("{base}, \"headers\": {{\"A\": \"1\"}}"),
            format!("{base}, \"oauth\": {{\"clientId\": \"1\"}}"),
        ];
        let mut digests: Vec<String> = other.iter().map(|b| of(b).digest).collect();
        digests.push(of(base).digest);
        digests.sort();
        digests.dedup();
        assert_eq!(digests.len(), other.len() + 1);
    }

    #[test]
    fn a_script_of_the_project_is_part_of_it() {
        let files = rutter_host::Memory::with([("/w/tools/server.py", "one")]);
        let root = Path::new("/w");
        let file = |place| {
            let text = r#"{"mcpServers": {"a": {"command": "python3", "args": ["server.py"], "cwd": "tools"}, "b": {"command": "npx"}}}"#;
            McpFile::parse(place, text)
        };
        let file = file(Place::User);
        let (own, plain) = (file.server("a").unwrap(), file.server("b").unwrap());
        let one = subject(&files, root, own);
        assert!(
            one.text.contains("--- tools/server.py\none"),
            "{}",
            one.text
        );
        files
            .write(Path::new("/w/tools/server.py"), b"two")
            .unwrap();
        assert_ne!(subject(&files, root, own).digest, one.digest);
        assert!(needed(&files, root, own) && !needed(&files, root, plain));
        assert!(!needed(&files, Path::new("/v"), own));
    }

    #[test]
    fn what_is_kept_for_a_person_holds_no_secret() {
        let token = format!("ghp_{}", "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5");
        let subject = of(&format!(
            "\"command\": \"x\", \"env\": {{\"T\": \"{token}\"}}"
        ));
        assert_eq!(subject.what, "mcp:a");
        assert!(
            subject.text.contains("\"command\": \"x\"") && !subject.text.contains(&token),
            "{}",
            subject.text
        );
    }
}
