//! Files that name tool servers.

use std::collections::BTreeMap;

use lsp_types::SymbolKind;
use rutter_commands::mcp::check::Around;
use rutter_commands::mcp::{self, View};
use rutter_commands::steps::{Reach, Step};
use rutter_store::Verdict;
use rutter_tools::features::{self, Known, State};
use rutter_tools::settings::{Server, servers_key_of_front_matter};
use serde_json::json;

use super::{Here, Item, Items, Kind, Link, Said, Symbol};

/// Tool servers.
pub struct Servers;

impl Kind for Servers {
    fn hover(&self, here: &Here<'_>, offset: usize) -> Option<Said> {
        let around = here.servers();
        let declaring = around.named(&here.file.name)?;
        if !declaring.is_as_written() {
            return None;
        }
        let saved = saved(here);
        let mut states = BTreeMap::new();
        for server in &declaring.file.servers {
            let standing = standing(here, &saved, server);
            states.insert(server.name.value.clone(), standing.state());
        }
        let (text, variables) = (here.source.text(), around.variables());
        let tools = around.tools();
        let found = features::hover(&declaring.file, text, offset, variables, &states, tools)?;
        Some(Said {
            range: found.range,
            markdown: found.markdown,
        })
    }

    fn complete(&self, here: &Here<'_>, offset: usize) -> Items {
        if here.file.name.ends_with(".md") {
            return Items::default();
        }
        let around = here.servers();
        let known = Known {
            variables: around.variables(),
            tools: around.tools(),
        };
        let found = features::completions(here.source.text(), offset, known);
        let items = found.into_iter().map(|item| Item {
            label: item.label,
            // The cursor can't be placed in a plain text.
            insert: item.insert.replace("$0", ""),
            range: item.replace,
            docs: item.docs,
            is_template: false,
        });
        Items {
            items: items.collect(),
            incomplete: false,
        }
    }

    fn links(&self, _: &Here<'_>) -> Vec<Link> {
        Vec::new()
    }

    fn symbols(&self, here: &Here<'_>) -> Vec<Symbol> {
        let around = here.servers();
        let declaring = around.named(&here.file.name);
        let Some(declaring) = declaring.filter(|d| d.is_as_written()) else {
            return Vec::new();
        };
        features::symbols(&declaring.file)
            .into_iter()
            .map(|symbol| Symbol {
                name: symbol.name,
                detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
                kind: SymbolKind::INTERFACE,
                range: symbol.range,
                selection: symbol.selection,
                children: Vec::new(),
            })
            .collect()
    }

    fn steps(&self, here: &Here<'_>) -> Vec<Step> {
        let around = here.servers();
        let Some(declaring) = around.named(&here.file.name) else {
            return Vec::new();
        };
        // Of front matter only the key is known.
        let key = match declaring.is_as_written() {
            true => None,
            false => servers_key_of_front_matter(here.source.text()),
        };
        let saved = saved(here);
        let mut steps = Vec::new();
        for server in &declaring.file.servers {
            let name = server.name.value.as_str();
            let range = key.clone().unwrap_or_else(|| server.name.range.clone());
            let named = |title: &str| match key {
                Some(_) => format!("{title} ({name})"),
                None => title.to_owned(),
            };
            let mut add = |title: String, command, argument| {
                steps.push(Step {
                    range: range.clone(),
                    reach: Reach::Line,
                    title: named(&title),
                    command,
                    argument,
                });
            };
            let trust = json!({"what": format!("mcp:{name}")});
            match standing(here, &saved, server) {
                Standing::New => add("Trust as it stands".to_owned(), "rutter.trust", trust),
                Standing::Changed => add("Trust the change".to_owned(), "rutter.trust", trust),
                Standing::Ready if !server.disabled && server.transport().is_ok() => {
                    let title = match around.tools().get(name).map(Vec::len) {
                        None => "List its tools".to_owned(),
                        Some(1) => "1 tool".to_owned(),
                        Some(count) => format!("{count} tools"),
                    };
                    add(title, "rutter.mcpTools", json!({"server": name}));
                }
                Standing::Ready | Standing::Unsaved | Standing::Covered => {}
            }
            if key.is_none() {
                let word = if server.disabled { "Enable" } else { "Disable" };
                let argument =
                    json!({"server": name, "enabled": server.disabled, "uri": here.uri.as_str()});
                add(word.to_owned(), "rutter.toggleServer", argument);
            }
        }
        steps
    }
}

/// How a server that the editor shows stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// What is on disk is something else: that is what would run.
    Unsaved,
    /// Another file's server of this name counts.
    Covered,
    New,
    Changed,
    Ready,
}

impl Standing {
    fn state(self) -> State {
        match self {
            Self::Unsaved => State::Unsaved,
            Self::Covered => State::Covered,
            Self::New => State::Untrusted,
            Self::Changed => State::ChangedSinceTrust,
            Self::Ready => State::Ready,
        }
    }
}

/// The files as they are on disk: what runs and what is trusted is what was saved.
fn saved(here: &Here<'_>) -> Around {
    let session = here.session;
    session.with_context_of(here.snapshot, |cx| Around::of(cx, here.base, View::Saved))
}

fn standing(here: &Here<'_>, saved: &Around, server: &Server) -> Standing {
    let root = match here.snapshot.roots.iter().any(|root| root == here.base) {
        true => here.base,
        false => here
            .snapshot
            .roots
            .first()
            .map_or(here.base, |root| root.as_path()),
    };
    here.session.with_context_of(here.snapshot, |cx| {
        let counts = mcp::in_force(root, saved.files());
        let subject = mcp::subject(cx, root, server);
        let on_disk = saved
            .named(&here.file.name)
            .and_then(|d| d.file.server(&server.name.value));
        if on_disk.is_none_or(|on_disk| mcp::subject(cx, root, on_disk) != subject) {
            return Standing::Unsaved;
        }
        let mut same = counts
            .iter()
            .filter(|f| f.server.name.value == server.name.value);
        if same.all(|f| f.path != here.file.name) {
            return Standing::Covered;
        }
        if !mcp::needs_trust(cx, root, server) {
            return Standing::Ready;
        }
        let verdicts = cx
            .store
            .trust(root)
            .verdicts(std::slice::from_ref(&subject));
        // Where the store can't be read nothing counts as trusted.
        match verdicts.ok().and_then(|mut all| all.pop()) {
            Some(Verdict::Trusted) => Standing::Ready,
            Some(Verdict::Changed { .. }) => Standing::Changed,
            Some(Verdict::Unknown) | None => Standing::New,
        }
    })
}
