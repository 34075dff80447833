//! `textDocument/documentHighlight`: the places of this document that name what stands here.

use lsp_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};
use rutter_spec::features;
use rutter_workspace::Snapshot;

use super::target;
use crate::convert;

/// The places; the definition is the one that is written to.
pub fn handle(
    snapshot: &Snapshot,
    params: &DocumentHighlightParams,
) -> Option<Vec<DocumentHighlight>> {
    let place = &params.text_document_position_params;
    let here = target(snapshot, &place.text_document.uri)?;
    let offset = here.offset(snapshot, place.position);
    let found = features::highlights(here.folder.spec(), here.document, offset)?;
    let highlights = found.into_iter().map(|o| DocumentHighlight {
        range: convert::range(&here.source, &o.range, snapshot.encoding),
        kind: Some(if o.is_definition {
            DocumentHighlightKind::WRITE
        } else {
            DocumentHighlightKind::READ
        }),
    });
    Some(highlights.collect())
}
