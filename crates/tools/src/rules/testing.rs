//! Findings as lines.

use std::collections::BTreeMap;

use rutter_text::Finding;
use rutter_text::rule::Levels;

use super::{Context, check};
use crate::settings::{McpFile, Place, Variables};

pub(super) fn check_with(text: &str, levels: &Levels) -> Vec<Finding> {
    let file = McpFile::parse(Place::Workspace, text);
    let context = Context {
        file: &file,
        text,
        others: &[],
        variables: &Variables::default(),
        tools: &BTreeMap::new(),
    };
    check(&context, levels)
}

/// A file with one server.
pub(super) fn one(body: &str) -> String {
    format!("{{\"mcpServers\": {{\n\"a\": {{\n{body}\n}}\n}}}}\n")
}

/// What one rule finds in a workspace's file: `text at the place|message|fixes`, each fix as the changed lines.
pub(super) fn found(code: &str, text: &str) -> Vec<String> {
    found_in(code, Place::Workspace, text, &[], &BTreeMap::new())
}

pub(super) fn found_in(
    code: &str,
    place: Place,
    text: &str,
    others: &[&McpFile],
    tools: &BTreeMap<String, usize>,
) -> Vec<String> {
    let file = McpFile::parse(place, text);
    let variables = Variables::new(["APPROVED".to_owned()], |_| None);
    let context = Context {
        file: &file,
        text,
        others,
        variables: &variables,
        tools,
    };
    check(&context, &Levels::default())
        .iter()
        .filter(|f| f.code == code)
        .map(|f| f.line(text))
        .collect()
}
