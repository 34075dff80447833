//! What can be written at a place.

use std::collections::BTreeMap;

use super::cursor::{Cursor, cursor};
use crate::settings::keys::{self, Key, Takes};
use crate::settings::{Bytes, Variables};

/// Something that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it is called.
    pub label: String,
    /// What it means, in Markdown; may be empty.
    pub docs: String,
    /// The bytes it takes the place of.
    pub replace: Bytes,
    /// The new text; `$0` is where the cursor goes, at most once.
    pub insert: String,
}

/// What is known beside the text.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The variables the user approved.
    pub variables: &'a Variables,
    /// The tools of each server as last listed, by its name.
    pub tools: &'a BTreeMap<String, Vec<String>>,
}

/// What can be written at `offset`; the text may be broken.
pub fn completions(text: &str, offset: usize, known: Known<'_>) -> Vec<Completion> {
    let Some(cursor) = cursor(text, offset) else {
        return Vec::new();
    };
    let path: Vec<&str> = cursor.path.iter().map(String::as_str).collect();
    // The user's own file holds the servers of powers one level deeper.
    let path = match path.as_slice() {
        ["powers", rest @ ..] if !rest.is_empty() => rest,
        path => path,
    };
    match (path, cursor.is_key) {
        ([], true) if !taken(&cursor, "mcpServers") => vec![Completion {
            label: "mcpServers".to_owned(),
            docs: "The tool servers of this file, by name.".to_owned(),
            replace: cursor.range.clone(),
            insert: key_text(text, &cursor, "mcpServers", "{$0}"),
        }],
        (["mcpServers"], true) => new_servers(text, &cursor),
        (["mcpServers", _], true) => keys_of(keys::SERVER, text, &cursor),
        (["mcpServers", _, "oauth"], true) => keys_of(keys::OAUTH, text, &cursor),
        (["mcpServers", server, key], false) => match keys::server_key(key).map(|k| k.takes) {
            Some(Takes::Kind) => values(&cursor, keys::KINDS.iter().map(|k| format!("\"{k}\""))),
            Some(Takes::Switch) => values(&cursor, ["true", "false"].map(str::to_owned)),
            Some(Takes::Tools) => {
                let tools = known.tools.get(*server).into_iter().flatten();
                let free = tools.filter(|t| !taken(&cursor, t));
                let list = !in_list(text, &cursor);
                values(
                    &cursor,
                    free.map(|t| {
                        if list {
                            format!("[\"{t}\"]")
                        } else {
                            format!("\"{t}\"")
                        }
                    }),
                )
            }
            Some(Takes::Text | Takes::Texts) => variables(text, offset, &cursor, known),
            _ => Vec::new(),
        },
        (["mcpServers", _, "env" | "headers", _], false) => variables(text, offset, &cursor, known),
        _ => Vec::new(),
    }
}

fn taken(cursor: &Cursor, name: &str) -> bool {
    cursor.siblings.iter().any(|s| s == name)
}

/// Whether the value under the cursor is an item of a list.
fn in_list(text: &str, cursor: &Cursor) -> bool {
    let before = text[..cursor.range.start].trim_end();
    before.ends_with(['[', ','])
}

fn keys_of(keys: &[Key], text: &str, cursor: &Cursor) -> Vec<Completion> {
    let has = |name: &str| taken(cursor, name);
    keys.iter()
        .filter(|k| !has(k.name))
        // A server has one of the two, and each has keys of its own.
        .filter(|k| match k.name {
            "command" | "args" | "env" | "cwd" => !has("url"),
            "url" | "headers" | "oauth" => !has("command"),
            _ => true,
        })
        .map(|key| Completion {
            label: key.name.to_owned(),
            docs: key.docs.to_owned(),
            replace: cursor.range.clone(),
            insert: key_text(text, cursor, key.name, key.takes.template()),
        })
        .collect()
}

fn new_servers(text: &str, cursor: &Cursor) -> Vec<Completion> {
    if text[cursor.range.end..].trim_start().starts_with(':') {
        return Vec::new();
    }
    [
        (
            "command server",
            "A server that is started on this machine.",
            "{\"command\": \"$0\", \"args\": []}",
        ),
        (
            "url server",
            "A server at an address.",
            "{\"url\": \"https://$0\"}",
        ),
    ]
    .into_iter()
    .map(|(label, docs, body)| Completion {
        label: label.to_owned(),
        docs: docs.to_owned(),
        replace: cursor.range.clone(),
        insert: format!("\"{}\": {body}", free_name(cursor)),
    })
    .collect()
}

fn free_name(cursor: &Cursor) -> String {
    let mut name = "server".to_owned();
    let mut number = 2;
    while taken(cursor, &name) {
        name = format!("server-{number}");
        number += 1;
    }
    name
}

/// A key, and a value behind it where none stands yet.
fn key_text(text: &str, cursor: &Cursor, name: &str, value: &str) -> String {
    if text[cursor.range.end..].trim_start().starts_with(':') {
        format!("\"{name}\"")
    } else {
        format!("\"{name}\": {value}")
    }
}

fn values(cursor: &Cursor, all: impl IntoIterator<Item = String>) -> Vec<Completion> {
    all.into_iter()
        .map(|value| Completion {
            label: value.trim_matches(['"', '[', ']']).to_owned(),
            docs: String::new(),
            replace: cursor.range.clone(),
            insert: value,
        })
        .collect()
}

/// The approved variables, behind `${` or `$` or anywhere in a string.
fn variables(text: &str, offset: usize, cursor: &Cursor, known: Known<'_>) -> Vec<Completion> {
    if !cursor.quoted {
        return Vec::new();
    }
    let before = &text[cursor.range.start..offset];
    let word = before
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .map_or(0, |i| i + 1);
    let start = if before[..word].ends_with("${") {
        word - 2
    } else if before[..word].ends_with('$') {
        word - 1
    } else {
        word
    };
    let start = cursor.range.start + start;
    let end = if text[offset..].starts_with('}') {
        offset + 1
    } else {
        offset
    };
    known
        .variables
        .names()
        .map(|name| Completion {
            label: format!("${{{name}}}"),
            docs: "A variable you approved.".to_owned(),
            replace: start..end,
            insert: format!("${{{name}}}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is offered, as `label → the text with it`; `¦` is the cursor.
    fn at(marked: &str) -> Vec<(String, String)> {
        let offset = marked.find('¦').unwrap();
        let text = marked.replace('¦', "");
        let variables = Variables::new(["DEMO".to_owned()], |_| None);
        let tools = BTreeMap::from([("a".to_owned(), vec!["list".to_owned(), "drop".to_owned()])]);
        let known = Known {
            variables: &variables,
            tools: &tools,
        };
        completions(&text, offset, known)
            .into_iter()
            .map(|c| {
                let mut new = text.clone();
                new.replace_range(c.replace, &c.insert);
                (c.label, new)
            })
            .collect()
    }

    fn labels(marked: &str) -> Vec<String> {
        at(marked).into_iter().map(|(label, _)| label).collect()
    }

    #[test]
    fn keys_are_offered_once_and_fit_the_transport() {
        assert_eq!(
            at("{¦}"),
            [("mcpServers".to_owned(), "{\"mcpServers\": {$0}}".to_owned())]
        );
        let keys = labels("{\"mcpServers\": {\"a\": {\"url\": \"x\", ¦}}}");
        assert!(keys.contains(&"headers".to_owned()) && keys.contains(&"disabled".to_owned()));
        assert!(!keys.contains(&"url".to_owned()) && !keys.contains(&"args".to_owned()));
        let all = at("{\"mcpServers\": {\"é\": {\"co¦\n}}}");
        assert!(
            all.contains(&(
                "command".to_owned(),
                "{\"mcpServers\": {\"é\": {\"command\": \"$0\"\n}}}".to_owned()
            )),
            "{all:?}"
        );
        assert!(at("{\"mcpServers\": {\"a\": {\"co¦\": 1}}}").contains(&(
            "command".to_owned(),
            "{\"mcpServers\": {\"a\": {\"command\": 1}}}".to_owned()
        )));
        assert_eq!(
            labels("{\"powers\": {\"mcpServers\": {\"a\": {\"oauth\": {¦}}}}}").len(),
            3
        );
    }

    #[test]
    fn new_servers_get_a_free_name() {
        let offered = at("{\"mcpServers\": {\"server\": {}, ¦}}");
        assert_eq!(offered.len(), 2);
        assert!(
            offered[0].1.contains("\"server-2\": {\"command\""),
            "{offered:?}"
        );
    }

    #[test]
    fn values_are_offered_where_they_are_known() {
        assert_eq!(
            labels("{\"mcpServers\": {\"a\": {\"disabled\": ¦}}}"),
            ["true", "false"]
        );
        assert_eq!(
            labels("{\"mcpServers\": {\"a\": {\"type\": \"¦\"}}}").len(),
            5
        );
        assert_eq!(
            at("{\"mcpServers\": {\"a\": {\"disabledTools\": [\"list\", \"¦\"]}}}"),
            [(
                "drop".to_owned(),
                "{\"mcpServers\": {\"a\": {\"disabledTools\": [\"list\", \"drop\"]}}}".to_owned()
            )]
        );
        assert_eq!(
            at("{\"mcpServers\": {\"a\": {\"autoApprove\": ¦}}}")[0].1,
            "{\"mcpServers\": {\"a\": {\"autoApprove\": [\"list\"]}}}"
        );
        assert_eq!(
            at("{\"mcpServers\": {\"a\": {\"env\": {\"T\": \"é ${DE¦}\"}}}}"),
            [(
                "${DEMO}".to_owned(),
                "{\"mcpServers\": {\"a\": {\"env\": {\"T\": \"é ${DEMO}\"}}}}".to_owned()
            )]
        );
        assert_eq!(
            at("{\"mcpServers\": {\"a\": {\"args\": [\"$¦\"]}}}")[0].1,
            "{\"mcpServers\": {\"a\": {\"args\": [\"${DEMO}\"]}}}"
        );
        assert_eq!(
            labels("{\"mcpServers\": {\"a\": {\"timeout\": ¦}}}"),
            [""; 0]
        );
    }
}
