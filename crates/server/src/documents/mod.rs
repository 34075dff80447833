//! The documents besides specs: one file a kind. Each answers in bytes; the requests convert.
//!
//! A new kind is a kind of [`rutter_workspace::AgentKind`], a file here and a line in [`kind`].

mod agent;
mod hooks;
mod servers;
mod steering;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{SymbolKind, Uri};
use rutter_commands::check_agents;
use rutter_commands::mcp::View;
use rutter_commands::mcp::check::Around;
use rutter_commands::steps::Step;
use rutter_text::Source;
use rutter_workspace::{AgentFile, AgentFiles, AgentKind, Snapshot};

use crate::convert;
use crate::session::Session;

/// A document that a request is about, with what stands around it.
pub struct Here<'a> {
    /// The session.
    pub session: &'a Session,
    /// The workspace.
    pub snapshot: &'a Snapshot,
    /// The folder that names are relative to.
    pub base: &'a Path,
    /// The other files of that folder.
    pub agents: &'a AgentFiles,
    /// The document.
    pub file: &'a AgentFile,
    /// Its text.
    pub source: &'a Source,
    /// Its URI as the client writes it.
    pub uri: &'a Uri,
}

/// What to say about some bytes, in Markdown.
pub struct Said {
    /// The bytes.
    pub range: Range<usize>,
    /// What to say.
    pub markdown: String,
}

/// Something that could stand at a place.
pub struct Item {
    /// What the list shows.
    pub label: String,
    /// What is written over `range`.
    pub insert: String,
    /// The bytes that are replaced; they lie in one line.
    pub range: Range<usize>,
    /// What it means, in Markdown.
    pub docs: String,
    /// Whether it is a whole piece of text rather than a word.
    pub is_template: bool,
}

/// What could stand at a place.
#[derive(Default)]
pub struct Items {
    /// The items.
    pub items: Vec<Item>,
    /// Whether there may be more when asked again.
    pub incomplete: bool,
}

/// A link to another file.
pub struct Link {
    /// The bytes of the link.
    pub range: Range<usize>,
    /// The file.
    pub target: PathBuf,
}

/// An entry of the outline.
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// More about it.
    pub detail: Option<String>,
    /// What it is, in LSP's words.
    pub kind: SymbolKind,
    /// The bytes of all of it.
    pub range: Range<usize>,
    /// The bytes where the cursor goes; inside `range`.
    pub selection: Range<usize>,
    /// What stands in it.
    pub children: Vec<Symbol>,
}

/// What a kind of document answers. What is wrong with it is `commands::check_agents`.
pub trait Kind: Sync {
    /// What to say about a byte.
    fn hover(&self, here: &Here<'_>, offset: usize) -> Option<Said>;
    /// What could stand at a byte.
    fn complete(&self, here: &Here<'_>, offset: usize) -> Items;
    /// The links to files that are there.
    fn links(&self, here: &Here<'_>) -> Vec<Link>;
    /// The outline.
    fn symbols(&self, here: &Here<'_>) -> Vec<Symbol>;
    /// What can be done, as lenses and as actions; the arguments are whole.
    fn steps(&self, here: &Here<'_>) -> Vec<Step>;
}

/// The answers of a kind.
pub fn kind(file: &AgentFile) -> &'static dyn Kind {
    match file.kind {
        AgentKind::Hooks if file.name.contains(".kiro/agents/") => &agent::Agent,
        AgentKind::Hooks => &hooks::Hooks,
        AgentKind::Servers => &servers::Servers,
        AgentKind::Steering => &steering::Rules,
    }
}

/// Answers for the document that a URI names; nothing for a spec, a source file, or a file that can't be read.
pub fn at<T>(
    session: &Session,
    snapshot: &Snapshot,
    uri: &Uri,
    answer: impl FnOnce(&Here<'_>, &dyn Kind) -> T,
) -> Option<T> {
    let path = convert::path(uri)?;
    let (base, agents, file) = snapshot.agent_file(&path)?;
    let here = Here {
        session,
        snapshot,
        base,
        agents,
        file,
        source: file.text.as_ref().ok()?,
        uri,
    };
    Some(answer(&here, kind(file)))
}

impl Here<'_> {
    /// Whether there is a file of this name.
    pub fn exists(&self, name: &str) -> bool {
        let files = self.session.environment().files.as_ref();
        check_agents::exists(self.agents, self.base, files, name)
    }

    /// The files that name tool servers, as the editor has them.
    pub fn servers(&self) -> Around {
        let session = self.session;
        session.with_context_of(self.snapshot, |cx| Around::of(cx, self.base, View::Open))
    }

    /// The path of a name.
    pub fn path_of(&self, name: &str) -> PathBuf {
        self.base.join(name.strip_prefix("~/").unwrap_or(name))
    }

    /// The files of the project, where they are known by now. What is no workspace folder is not looked through.
    pub fn project(&self) -> Option<Arc<Vec<String>>> {
        if self.is_in_project() {
            self.session.projects().of(self.session, self.base)
        } else {
            None
        }
    }

    /// Whether the document is part of a workspace folder.
    pub fn is_in_project(&self) -> bool {
        self.snapshot.roots.iter().any(|root| root == self.base)
    }

    /// The offset of a position of the client.
    pub fn offset(&self, position: lsp_types::Position) -> usize {
        self.source
            .offset(convert::position(position), self.snapshot.encoding)
    }

    /// The client's range of some bytes.
    pub fn range(&self, bytes: &Range<usize>) -> lsp_types::Range {
        convert::range(self.source, bytes, self.snapshot.encoding)
    }
}
