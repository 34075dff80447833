//! One LSP request, one file. Each takes a snapshot and answers from it; none waits or writes.

pub mod code_action;
pub mod code_lens;
pub mod completion;
pub mod definition;
pub mod diagnostic;
pub mod document_highlight;
pub mod document_link;
pub mod document_symbol;
pub mod folding_range;
pub mod formatting;
pub mod hover;
pub mod inlay_hint;
pub mod references;
pub mod rename;
pub mod selection_range;
pub mod semantic_tokens;
pub mod workspace_symbol;

use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::Uri;
use rutter_spec::Document;
use rutter_text::Source;
use rutter_workspace::{Snapshot, SpecFolder, locate};

use crate::convert;

/// A document of a spec that a request is about.
pub struct Target {
    /// The spec folder.
    pub folder: Arc<SpecFolder>,
    /// The document.
    pub document: Document,
    /// Its text.
    pub source: Source,
    /// Its path.
    pub path: PathBuf,
}

impl Target {
    /// The offset of a position of the client.
    pub fn offset(&self, snapshot: &Snapshot, position: lsp_types::Position) -> usize {
        let position = convert::position(position);
        self.source.offset(position, snapshot.encoding)
    }
}

/// The document of a spec that a URI names; `None` for every other file.
pub fn target(snapshot: &Snapshot, uri: &Uri) -> Option<Target> {
    let path = convert::path(uri)?;
    let location = locate(&path)?;
    let document = location.document?;
    let folder = Arc::clone(snapshot.folders.get(&location.folder)?);
    let source = folder.spec().source(document)?.clone();
    Some(Target {
        folder,
        document,
        source,
        path,
    })
}
