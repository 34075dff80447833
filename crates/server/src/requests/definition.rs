//! `textDocument/definition`: from a reference to what it means.

use lsp_types::{
    GotoDefinitionParams, GotoDefinitionResponse, Location, LocationLink, Range,
    TextDocumentPositionParams,
};
use rutter_spec::features::{self, Target};
use rutter_text::Ident;
use rutter_text::refs::{Reference, Target as To};
use rutter_workspace::trace::{Meant, meant};
use rutter_workspace::{Snapshot, SpecFolder};

use super::target;
use crate::documents::{Here, Kind};
use crate::foreign::{self, Goal};
use crate::session::Session;
use crate::{convert, documents, linked};

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
        })
        .unwrap_or_else(|| in_source(snapshot, place))?,
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
    let Some(here) = target(snapshot, &place.text_document.uri) else {
        return foreign::place(snapshot, &place.text_document.uri)?.definition(place.position);
    };
    let offset = here
        .source
        .offset(convert::position(place.position), snapshot.encoding);
    let found = features::definition(here.folder.spec(), here.document, offset)?;
    let origin = convert::range(&here.source, &found.origin, snapshot.encoding);
    Some((origin, goals(snapshot, &here.folder, &found.targets)))
}

fn goals(snapshot: &Snapshot, folder: &SpecFolder, targets: &[Target]) -> Vec<Goal> {
    let spec = folder.spec();
    let goals = targets.iter().filter_map(|t| {
        let source = spec.source(t.document)?;
        let uri = convert::uri(&folder.path_of(t.document))?;
        let whole = convert::range(source, &t.range, snapshot.encoding);
        let selection = convert::range(source, &t.selection, snapshot.encoding);
        Some((uri, whole, selection))
    });
    goals.collect()
}

/// From a link in source to what it names: in each spec that it could mean.
fn in_source(
    snapshot: &Snapshot,
    place: &TextDocumentPositionParams,
) -> Option<(Range, Vec<Goal>)> {
    let here = linked::at(snapshot, &place.text_document.uri)?;
    let offset = here.offset(place.position);
    if let Some((origin, goals)) = foreign::from_source(snapshot, here.root, &here.file, offset) {
        return Some((here.range(&origin), goals));
    }
    let link = here.file.link_at(offset)?;
    let (origin, ids) = match link.id_at(offset) {
        Some(id) => (&id.range, vec![&id.id]),
        None => (&link.range, link.ids.iter().collect()),
    };
    let folders = match meant(&snapshot.folders_in(here.root), link) {
        Meant::One(folder) => vec![folder],
        Meant::Several(folders) => folders,
        Meant::Unknown => return None,
    };
    let mut found = Vec::new();
    for folder in folders {
        for id in ids.iter().filter_map(|id| Ident::parse(id)) {
            let reference = Reference {
                target: To::Id(id),
                range: 0..0,
            };
            let targets = features::definition::of_reference(folder.spec(), &reference);
            found.extend(goals(snapshot, folder, &targets));
        }
    }
    (!found.is_empty()).then(|| (here.range(origin), found))
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
