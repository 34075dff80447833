//! `textDocument/definition`: from a reference to what it means.

use lsp_types::{
    GotoDefinitionParams, GotoDefinitionResponse, Location, LocationLink, Range,
    TextDocumentPositionParams, Uri,
};
use rutter_spec::features;
use rutter_workspace::Snapshot;

use super::target;
use crate::documents::{Here, Kind};
use crate::session::Session;
use crate::{convert, documents};

/// A place to go to: the file, all of it that is meant, and where the cursor goes.
type Goal = (Uri, Range, Range);

/// Where to go.
pub fn handle(
    session: &Session,
    snapshot: &Snapshot,
    params: &GotoDefinitionParams,
) -> Option<GotoDefinitionResponse> {
    let place = &params.text_document_position_params;
    let (origin, goals) = match in_spec(snapshot, place) {
        Some(found) => found,
        None => documents::at(session, snapshot, &place.text_document.uri, |here, kind| {
            link(here, kind, place)
        })??,
    };
    Some(if session.client().definition_links {
        let link = |(target_uri, target_range, target_selection_range)| LocationLink {
            origin_selection_range: Some(origin),
            target_uri,
            target_range,
            target_selection_range,
        };
        GotoDefinitionResponse::Link(goals.into_iter().map(link).collect())
    } else {
        GotoDefinitionResponse::Array(
            goals
                .into_iter()
                .map(|(uri, _, selection)| Location::new(uri, selection))
                .collect(),
        )
    })
}

fn in_spec(snapshot: &Snapshot, place: &TextDocumentPositionParams) -> Option<(Range, Vec<Goal>)> {
    let here = target(snapshot, &place.text_document.uri)?;
    let offset = here
        .source
        .offset(convert::position(place.position), snapshot.encoding);
    let spec = here.folder.spec();
    let found = features::definition(spec, here.document, offset)?;
    let goals = found.targets.iter().filter_map(|t| {
        let source = spec.source(t.document)?;
        let uri = convert::uri(&here.folder.path_of(t.document))?;
        let whole = convert::range(source, &t.range, snapshot.encoding);
        let selection = convert::range(source, &t.selection, snapshot.encoding);
        Some((uri, whole, selection))
    });
    let origin = convert::range(&here.source, &found.origin, snapshot.encoding);
    Some((origin, goals.collect()))
}

/// From a link to the start of its file.
fn link(
    here: &Here<'_>,
    kind: &dyn Kind,
    place: &TextDocumentPositionParams,
) -> Option<(Range, Vec<Goal>)> {
    let offset = here.offset(place.position);
    let mut links = kind.links(here).into_iter();
    let link = links.find(|l| l.range.start <= offset && offset <= l.range.end)?;
    let start = Range::default();
    let goal = (convert::uri(&link.target)?, start, start);
    Some((here.range(&link.range), vec![goal]))
}
