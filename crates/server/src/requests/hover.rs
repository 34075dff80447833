//! `textDocument/hover`: what a reference, an id, a term or a key means.

use lsp_types::{
    Hover, HoverContents, HoverParams, MarkupContent, MarkupKind, TextDocumentPositionParams,
};
use rutter_spec::features;
use rutter_workspace::Snapshot;

use super::target;
use crate::session::Session;
use crate::{convert, documents};

/// What to say at a place.
pub fn handle(session: &Session, snapshot: &Snapshot, params: &HoverParams) -> Option<Hover> {
    let place = &params.text_document_position_params;
    let uri = &place.text_document.uri;
    let (markdown, range) = match in_spec(snapshot, place) {
        Some(found) => found,
        None => documents::at(session, snapshot, uri, |here, kind| {
            let said = kind.hover(here, here.offset(place.position))?;
            Some((said.markdown, here.range(&said.range)))
        })??,
    };
    // A client that names no format takes plain text only; our Markdown reads as that too.
    let kind = if session.client().markdown_hover {
        MarkupKind::Markdown
    } else {
        MarkupKind::PlainText
    };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind,
            value: markdown,
        }),
        range: Some(range),
    })
}

fn in_spec(
    snapshot: &Snapshot,
    place: &TextDocumentPositionParams,
) -> Option<(String, lsp_types::Range)> {
    let target = target(snapshot, &place.text_document.uri)?;
    let offset = target
        .source
        .offset(convert::position(place.position), snapshot.encoding);
    let hover = features::hover(target.folder.spec(), target.document, offset)?;
    let range = convert::range(&target.source, &hover.range, snapshot.encoding);
    Some((hover.markdown, range))
}
