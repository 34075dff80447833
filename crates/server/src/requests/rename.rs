//! `textDocument/prepareRename` and `textDocument/rename`: numbers and terms of a spec; links in source follow.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use lsp_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, PrepareRenameResponse,
    RenameParams, TextDocumentEdit, TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit,
};
use rutter_spec::Document;
use rutter_spec::features::{self, RenameError, Thing};
use rutter_text::{Edit, Ident};
use rutter_workspace::trace::{Meant, meant};
use rutter_workspace::{Snapshot, SpecFolder};
use serde_json::json;
use tower_lsp::jsonrpc;

use super::target;
use crate::session::Session;
use crate::{convert, follow, linked};

/// Something of a spec that can be named from a place.
struct Named {
    folder: Arc<SpecFolder>,
    document: Document,
    offset: usize,
}

/// What can be renamed, and under which name; in source files only an id of a link.
pub fn prepare(
    snapshot: &Snapshot,
    place: &TextDocumentPositionParams,
) -> Option<PrepareRenameResponse> {
    let Some(here) = target(snapshot, &place.text_document.uri) else {
        let (_, range, name) = in_source(snapshot, place)?;
        return Some(PrepareRenameResponse::RangeWithPlaceholder {
            range,
            placeholder: name,
        });
    };
    let offset = here.offset(snapshot, place.position);
    let found = features::prepare(here.folder.spec(), here.document, offset)?;
    Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: convert::range(&here.source, &found.range, snapshot.encoding),
        placeholder: found.name,
    })
}

/// What an id of a link in source means, with its bytes and itself; nothing where it could mean several things.
fn in_source(
    snapshot: &Snapshot,
    place: &TextDocumentPositionParams,
) -> Option<(Named, lsp_types::Range, String)> {
    let here = linked::at(snapshot, &place.text_document.uri)?;
    let offset = here.offset(place.position);
    let link = here.file.link_at(offset)?;
    let written = link.id_at(offset)?;
    let Meant::One(folder) = meant(&snapshot.folders_in(here.root), link) else {
        return None;
    };
    let thing = Thing::of_id(folder.spec(), &Ident::parse(&written.id)?)?;
    let definition = thing.definition(folder.spec())?;
    let named = Named {
        folder: Arc::clone(folder),
        document: definition.document,
        offset: definition.name.start,
    };
    Some((named, here.range(&written.range), written.id.clone()))
}

/// The edits of every document of the spec and of the sources that name it; a refusal is an error with a sentence for the user.
pub fn handle(
    session: &Session,
    snapshot: &Snapshot,
    params: &RenameParams,
) -> jsonrpc::Result<Option<WorkspaceEdit>> {
    let place = &params.text_document_position;
    let own = &place.text_document.uri;
    let named = match target(snapshot, own) {
        Some(here) => Named {
            offset: here.offset(snapshot, place.position),
            document: here.document,
            folder: here.folder,
        },
        None => match in_source(snapshot, place) {
            Some((named, _, _)) => named,
            None => return Ok(None),
        },
    };
    let spec = named.folder.spec();
    let rename =
        features::rename(spec, named.document, named.offset, &params.new_name).map_err(refused)?;
    let documents = rename.edits.iter();
    let edits = documents.filter_map(|(document, edits)| {
        let (uri, version) = uri_of(snapshot, &named.folder.path_of(*document), own)?;
        let source = spec.source(*document)?;
        let edit = |e: &Edit| convert::text_edit(source, e, snapshot.encoding);
        Some((uri, version, edits.iter().map(edit).collect()))
    });
    let sources = follow::edits(session, snapshot, &named.folder, &rename.names);
    let sources = sources.into_iter().filter_map(|(path, edits)| {
        let (uri, version) = uri_of(snapshot, &path, own)?;
        Some((uri, version, edits))
    });
    Ok(Some(workspace_edit(
        session.client().versioned_edits,
        edits.chain(sources),
    )))
}

/// The URI of a file, as the client writes its own, and its version where it is open.
fn uri_of(snapshot: &Snapshot, path: &Path, own: &Uri) -> Option<(Uri, Option<i32>)> {
    let version = snapshot.open.get(path).map(|open| open.version);
    let uri = if convert::path(own).as_deref() == Some(path) {
        own.clone()
    } else {
        convert::uri(path)?
    };
    Some((uri, version))
}

/// With versions where the client knows them.
#[allow(
    clippy::mutable_key_type,
    reason = "the protocol's own type; a URI is never changed"
)]
fn workspace_edit(
    versioned: bool,
    edits: impl Iterator<Item = (Uri, Option<i32>, Vec<TextEdit>)>,
) -> WorkspaceEdit {
    if !versioned {
        let changes: HashMap<Uri, Vec<TextEdit>> = edits.map(|(uri, _, e)| (uri, e)).collect();
        return WorkspaceEdit::new(changes);
    }
    let documents = edits.map(|(uri, version, edits)| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    });
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(documents.collect())),
        ..WorkspaceEdit::default()
    }
}

/// RequestFailed: the request was right and could not be done.
fn refused(error: RenameError) -> jsonrpc::Error {
    let message = error.to_string();
    let hint = message
        .split_once(": ")
        .map_or(message.as_str(), |(_, hint)| hint);
    jsonrpc::Error {
        code: jsonrpc::ErrorCode::ServerError(-32803),
        data: Some(json!({"code": "rename", "hint": hint})),
        message: message.into(),
    }
}
