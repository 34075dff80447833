//! `textDocument/documentLink`: references to files, in hook files, steering and the like.

use lsp_types::{DocumentLink, DocumentLinkParams};
use rutter_workspace::Snapshot;

use crate::session::Session;
use crate::{convert, documents};

/// The links to files that are there.
pub fn handle(
    session: &Session,
    snapshot: &Snapshot,
    params: &DocumentLinkParams,
) -> Option<Vec<DocumentLink>> {
    documents::at(
        session,
        snapshot,
        &params.text_document.uri,
        |here, kind| {
            let links = kind.links(here).into_iter();
            let links = links.filter_map(|link| {
                Some(DocumentLink {
                    range: here.range(&link.range),
                    target: Some(convert::uri(&link.target)?),
                    tooltip: None,
                    data: None,
                })
            });
            links.collect()
        },
    )
}
