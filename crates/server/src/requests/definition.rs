//! `textDocument/definition`: from a reference to what it means.

use lsp_types::{GotoDefinitionParams, GotoDefinitionResponse, Location, LocationLink};
use rutter_spec::features;
use rutter_workspace::Snapshot;

use super::target;
use crate::convert;
use crate::session::Session;

/// Where to go.
pub fn handle(
    session: &Session,
    snapshot: &Snapshot,
    params: &GotoDefinitionParams,
) -> Option<GotoDefinitionResponse> {
    let place = &params.text_document_position_params;
    let here = target(snapshot, &place.text_document.uri)?;
    let offset = here
        .source
        .offset(convert::position(place.position), snapshot.encoding);
    let spec = here.folder.spec();
    let found = features::definition(spec, here.document, offset)?;
    let places = found.targets.iter().filter_map(|t| {
        let source = spec.source(t.document)?;
        let uri = convert::uri(&here.folder.path_of(t.document))?;
        let whole = convert::range(source, &t.range, snapshot.encoding);
        let selection = convert::range(source, &t.selection, snapshot.encoding);
        Some((uri, whole, selection))
    });
    Some(if session.client().definition_links {
        let origin = convert::range(&here.source, &found.origin, snapshot.encoding);
        let link = |(target_uri, target_range, target_selection_range)| LocationLink {
            origin_selection_range: Some(origin),
            target_uri,
            target_range,
            target_selection_range,
        };
        GotoDefinitionResponse::Link(places.map(link).collect())
    } else {
        GotoDefinitionResponse::Array(
            places
                .map(|(uri, _, selection)| Location::new(uri, selection))
                .collect(),
        )
    })
}
