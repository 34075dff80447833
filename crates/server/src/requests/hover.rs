//! `textDocument/hover`: what a reference, an id or a term means.

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};
use rutter_spec::features;
use rutter_workspace::Snapshot;

use super::target;
use crate::convert;
use crate::session::Session;

/// What to say at a place.
pub fn handle(session: &Session, snapshot: &Snapshot, params: &HoverParams) -> Option<Hover> {
    let place = &params.text_document_position_params;
    let target = target(snapshot, &place.text_document.uri)?;
    let offset = target
        .source
        .offset(convert::position(place.position), snapshot.encoding);
    let hover = features::hover(target.folder.spec(), target.document, offset)?;
    // A client that names no format takes plain text only; our Markdown reads as that too.
    let kind = if session.client().markdown_hover {
        MarkupKind::Markdown
    } else {
        MarkupKind::PlainText
    };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind,
            value: hover.markdown,
        }),
        range: Some(convert::range(
            &target.source,
            &hover.range,
            snapshot.encoding,
        )),
    })
}
