//! `textDocument/hover`: what a reference, an id, a term or a key means.

use lsp_types::{
    Hover, HoverContents, HoverParams, MarkupContent, MarkupKind, TextDocumentPositionParams,
};
use rutter_commands::trace::{hover as of_link, labels_at};
use rutter_spec::features;
use rutter_workspace::Snapshot;
use rutter_workspace::likely::Shown;

use super::target;
use crate::session::Session;
use crate::{convert, documents, foreign, linked};

/// What to say at a place.
pub fn handle(session: &Session, snapshot: &Snapshot, params: &HoverParams) -> Option<Hover> {
    let place = &params.text_document_position_params;
    let uri = &place.text_document.uri;
    let (markdown, range) = match in_spec(snapshot, place) {
        Some(found) => found,
        None => documents::at(session, snapshot, uri, |here, kind| {
            let said = kind.hover(here, here.offset(place.position))?;
            Some((said.markdown, here.range(&said.range)))
        })
        .unwrap_or_else(|| in_source(snapshot, place))?,
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
    let Some(target) = target(snapshot, &place.text_document.uri) else {
        return foreign::place(snapshot, &place.text_document.uri)?.hover(place.position);
    };
    let offset = target
        .source
        .offset(convert::position(place.position), snapshot.encoding);
    let spec = target.folder.spec();
    let mut hover = features::hover(spec, target.document, offset)?;
    let labels = labels_at(spec, target.document, offset);
    if let Some(naming) = of_link::naming(snapshot, &target.folder, &labels, &linked::markdown) {
        hover.markdown.push_str("\n\n");
        hover.markdown.push_str(&naming);
    }
    let place_of = |one: &Shown<'_>| linked::markdown_of_commit(&target.folder.root, one);
    if let Some(likely) = of_link::likely(snapshot, &target.folder, &labels, &place_of) {
        hover.markdown.push_str("\n\n");
        hover.markdown.push_str(&likely);
    }
    let range = convert::range(&target.source, &hover.range, snapshot.encoding);
    Some((hover.markdown, range))
}

/// In a source file only on a link.
fn in_source(
    snapshot: &Snapshot,
    place: &TextDocumentPositionParams,
) -> Option<(String, lsp_types::Range)> {
    let here = linked::at(snapshot, &place.text_document.uri)?;
    let offset = here.offset(place.position);
    let ours = of_link::of_link(snapshot, here.root, &here.file, offset, &linked::markdown);
    let found =
        ours.or_else(|| rutter_commands::foreign::of_link(snapshot, here.root, &here.file, offset));
    let (range, said) = found?;
    Some((said, here.range(&range)))
}
