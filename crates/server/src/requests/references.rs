//! `textDocument/references`: every place of a spec, and of the sources, that names what stands here.

use lsp_types::{Location, ReferenceParams};
use rutter_commands::trace::labels_at;
use rutter_spec::Document;
use rutter_spec::features::references::occurrences;
use rutter_spec::features::{self, Occurrence, Thing};
use rutter_text::Ident;
use rutter_workspace::trace::{Meant, criteria, meant};
use rutter_workspace::{Snapshot, SpecFolder};

use super::target;
use crate::{convert, foreign, linked};

/// The places, with the definition where it is asked for; in source files only from a link.
pub fn handle(snapshot: &Snapshot, params: &ReferenceParams) -> Option<Vec<Location>> {
    let place = &params.text_document_position;
    let Some(here) = target(snapshot, &place.text_document.uri) else {
        let uri = &place.text_document.uri;
        return match foreign::place(snapshot, uri) {
            Some(here) => here.references(place.position, params.context.include_declaration),
            None => in_source(snapshot, params),
        };
    };
    let spec = here.folder.spec();
    let offset = here.offset(snapshot, place.position);
    let found = features::references(spec, here.document, offset)?;
    let mut locations = in_spec(snapshot, &here.folder, found, params);
    let labels = labels_at(spec, here.document, offset);
    locations.extend(linked::locations(snapshot, &here.folder, &labels));
    Some(locations)
}

fn in_spec(
    snapshot: &Snapshot,
    folder: &SpecFolder,
    found: Vec<Occurrence>,
    params: &ReferenceParams,
) -> Vec<Location> {
    let wanted = found
        .into_iter()
        .filter(|o| params.context.include_declaration || !o.is_definition);
    let locations = wanted.filter_map(|o| {
        let source = folder.spec().source(o.document)?;
        let uri = convert::uri(&folder.path_of(o.document))?;
        let range = convert::range(source, &o.range, snapshot.encoding);
        Some(Location::new(uri, range))
    });
    locations.collect()
}

fn in_source(snapshot: &Snapshot, params: &ReferenceParams) -> Option<Vec<Location>> {
    let place = &params.text_document_position;
    let here = linked::at(snapshot, &place.text_document.uri)?;
    let offset = here.offset(place.position);
    let with_definition = params.context.include_declaration;
    let (root, file) = (here.root, &here.file);
    if let Some(found) =
        foreign::references_from_source(snapshot, root, file, offset, with_definition)
    {
        return Some(found);
    }
    let link = here.file.link_at(offset)?;
    let Meant::One(folder) = meant(&snapshot.folders_in(here.root), link) else {
        return None;
    };
    let ids = match link.id_at(offset) {
        Some(id) => vec![id.id.clone()],
        None => link.ids.clone(),
    };
    let spec = folder.spec();
    let mut found: Vec<Location> = Vec::new();
    let mut labels = Vec::new();
    for id in ids {
        let thing = Ident::parse(&id).and_then(|id| Thing::of_id(spec, &id));
        let Some(thing) = thing else { continue };
        let named = occurrences(spec, &thing, &Document::ALL);
        found.extend(in_spec(snapshot, folder, named, params));
        labels.extend(criteria(spec, &id));
    }
    found.extend(linked::locations(snapshot, folder, &labels));
    let mut seen: Vec<Location> = Vec::new();
    for location in found {
        if !seen.contains(&location) {
            seen.push(location);
        }
    }
    Some(seen)
}
