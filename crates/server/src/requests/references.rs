//! `textDocument/references`: every place of a spec that names what stands here.

use lsp_types::{Location, ReferenceParams};
use rutter_spec::features;
use rutter_workspace::Snapshot;

use super::target;
use crate::convert;

/// The places, with the definition where it is asked for; nothing outside of specs.
pub fn handle(snapshot: &Snapshot, params: &ReferenceParams) -> Option<Vec<Location>> {
    let place = &params.text_document_position;
    let here = target(snapshot, &place.text_document.uri)?;
    let spec = here.folder.spec();
    let offset = here.offset(snapshot, place.position);
    let found = features::references(spec, here.document, offset)?;
    let wanted = found
        .into_iter()
        .filter(|o| params.context.include_declaration || !o.is_definition);
    let locations = wanted.filter_map(|o| {
        let source = spec.source(o.document)?;
        let uri = convert::uri(&here.folder.path_of(o.document))?;
        let range = convert::range(source, &o.range, snapshot.encoding);
        Some(Location::new(uri, range))
    });
    Some(locations.collect())
}
