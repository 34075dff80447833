//! `textDocument/hover`: what a reference, an id, a term or a key means.

use lsp_types::{
    Hover, HoverContents, HoverParams, MarkupContent, MarkupKind, TextDocumentPositionParams,
};
use rutter_commands::trace::likely::text_of;
use rutter_commands::trace::{changed, hover as of_link, labels_at};
use rutter_spec::features;
use rutter_workspace::Snapshot;
use rutter_workspace::history::Repository;
use rutter_workspace::likely::Shown;
use rutter_workspace::trace::{Meant, meant};

use super::target;
use crate::session::Session;
use crate::{convert, documents, foreign, linked};

/// What to say at a place.
pub fn handle(session: &Session, snapshot: &Snapshot, params: &HoverParams) -> Option<Hover> {
    let place = &params.text_document_position_params;
    let uri = &place.text_document.uri;
    let (markdown, range) = match in_spec(session, snapshot, place) {
        Some(found) => found,
        None => documents::at(session, snapshot, uri, |here, kind| {
            let said = kind.hover(here, here.offset(place.position))?;
            Some((said.markdown, here.range(&said.range)))
        })
        .unwrap_or_else(|| in_source(session, snapshot, place))?,
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
    session: &Session,
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
    let changed = session
        .drift()
        .changed_of(session, snapshot, &target.folder);
    if !changed.is_empty() {
        let root = &target.folder.root;
        let files = session.environment().files.as_ref();
        let now = |name: &str| text_of(snapshot, files, &root.join(name));
        let repository = Repository::open(root);
        let document = target.document;
        let said = changed::in_spec(spec, &changed, document, offset, repository.as_ref(), &now);
        hover
            .markdown
            .extend(said.map(|said| format!("\n\n{said}")));
    }
    let range = convert::range(&target.source, &hover.range, snapshot.encoding);
    Some((hover.markdown, range))
}

/// In a source file only on a link.
fn in_source(
    session: &Session,
    snapshot: &Snapshot,
    place: &TextDocumentPositionParams,
) -> Option<(String, lsp_types::Range)> {
    let here = linked::at(snapshot, &place.text_document.uri)?;
    let offset = here.offset(place.position);
    let ours = of_link::of_link(snapshot, here.root, &here.file, offset, &linked::markdown);
    let found =
        ours.or_else(|| rutter_commands::foreign::of_link(snapshot, here.root, &here.file, offset));
    let (range, mut said) = found?;
    if let Some(link) = here.file.link_at(offset)
        && let Meant::One(folder) = meant(&snapshot.folders_in(here.root), link)
    {
        let changed = session.drift().changed_of(session, snapshot, folder);
        let repository = (!changed.is_empty()).then(|| Repository::open(here.root));
        let repository = repository.flatten();
        let more = changed::on_link(
            folder.spec(),
            &changed,
            &here.file,
            link,
            repository.as_ref(),
        );
        said.extend(more.map(|more| format!("\n\n{more}")));
    }
    Some((said, here.range(&range)))
}
