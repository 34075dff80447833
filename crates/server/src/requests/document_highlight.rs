//! `textDocument/documentHighlight`: the places of this document that name what stands here.

use lsp_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};
use rutter_spec::features;
use rutter_workspace::Snapshot;

use super::target;
use crate::{convert, foreign};

/// The places; the definition is the one that is written to.
pub fn handle(
    snapshot: &Snapshot,
    params: &DocumentHighlightParams,
) -> Option<Vec<DocumentHighlight>> {
    let place = &params.text_document_position_params;
    let kind = |is_definition| {
        Some(if is_definition {
            DocumentHighlightKind::WRITE
        } else {
            DocumentHighlightKind::READ
        })
    };
    let Some(here) = target(snapshot, &place.text_document.uri) else {
        let here = foreign::place(snapshot, &place.text_document.uri)?;
        let found = here.highlights(place.position)?.into_iter();
        let highlights = found.map(|(range, is_definition)| DocumentHighlight {
            range,
            kind: kind(is_definition),
        });
        return Some(highlights.collect());
    };
    let offset = here.offset(snapshot, place.position);
    let found = features::highlights(here.folder.spec(), here.document, offset)?;
    let highlights = found.into_iter().map(|o| DocumentHighlight {
        range: convert::range(&here.source, &o.range, snapshot.encoding),
        kind: kind(o.is_definition),
    });
    Some(highlights.collect())
}
