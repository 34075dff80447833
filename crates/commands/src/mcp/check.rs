//! What is wrong with a file that names tool servers, in sight of the others.

use std::collections::BTreeMap;
use std::path::Path;

use rutter_text::Finding;
use rutter_text::rule::Levels;
use rutter_tools::rules;
use rutter_tools::settings::{McpFile, Variables, servers_key_of_front_matter};

use super::{Declaring, View, declared, variables};
use crate::context::Context;

/// The files that name servers, and what else the rules look at.
#[derive(Default)]
pub struct Around {
    files: Vec<Declaring>,
    variables: Variables,
    tools: BTreeMap<String, Vec<String>>,
}

impl Around {
    /// Around the files of a folder: a workspace folder, the user's home, or the one that an open file belongs to.
    pub fn of(cx: &Context<'_>, base: &Path, view: View) -> Self {
        let is_home = cx.home.is_some_and(|home| home.folder() == base);
        let roots = cx.snapshot.roots.as_slice();
        let root = match roots.iter().any(|root| root == base) {
            false if is_home => roots.first().map(|root| root.as_path()),
            _ => Some(base),
        };
        let known = cx.store.pins(root.unwrap_or(base)).listed();
        Self {
            files: declared(cx, root, view),
            variables: variables(cx, root.unwrap_or(base)),
            // Only counts and names: a damaged store is told to whoever uses a tool.
            tools: known.unwrap_or_default(),
        }
    }

    /// The files.
    pub fn files(&self) -> &[Declaring] {
        &self.files
    }

    /// The file of this name, where it names servers.
    pub fn named(&self, name: &str) -> Option<&Declaring> {
        self.files.iter().find(|f| f.path == name)
    }

    /// The variables the user approved.
    pub fn variables(&self) -> &Variables {
        &self.variables
    }

    /// The tools of each server as last listed, by its name.
    pub fn tools(&self) -> &BTreeMap<String, Vec<String>> {
        &self.tools
    }

    /// The findings in the file of this name, whose text is `text`.
    pub fn findings(&self, name: &str, text: &str, levels: &Levels) -> Vec<Finding> {
        let Some(declaring) = self.named(name) else {
            return Vec::new();
        };
        if declaring.is_as_written() {
            return self.of_servers(declaring, levels);
        }
        // Of front matter only the key is known.
        let Some(key) = servers_key_of_front_matter(text) else {
            return Vec::new();
        };
        let mut found = self.of_servers(declaring, levels);
        for finding in &mut found {
            finding.range = key.clone();
            finding.fixes.clear();
            finding.related.clear();
        }
        found.dedup_by(|a, b| a.message == b.message);
        found
    }

    /// The findings in a file; their bytes are those of [`Declaring::text`].
    pub fn of_servers(&self, declaring: &Declaring, levels: &Levels) -> Vec<Finding> {
        let Ok(text) = &declaring.text else {
            return Vec::new();
        };
        let others: Vec<&McpFile> = self
            .files
            .iter()
            .filter(|f| f.path != declaring.path)
            .map(|f| &f.file)
            .collect();
        let counts = self.tools.iter();
        let context = rules::Context {
            file: &declaring.file,
            text,
            others: &others,
            variables: &self.variables,
            tools: &counts.map(|(name, t)| (name.clone(), t.len())).collect(),
        };
        rules::check(&context, levels)
    }
}
