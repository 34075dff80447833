//! `textDocument/prepareRename` and `textDocument/rename`: numbers and terms of a spec.

use std::collections::HashMap;

use lsp_types::{
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, PrepareRenameResponse,
    RenameParams, TextDocumentEdit, TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit,
};
use rutter_spec::Document;
use rutter_spec::features::{self, RenameError};
use rutter_text::Edit;
use rutter_workspace::Snapshot;
use serde_json::json;
use tower_lsp::jsonrpc;

use super::{Target, target};
use crate::convert;
use crate::session::Session;

/// What can be renamed, and under which name; nothing outside of specs.
pub fn prepare(
    snapshot: &Snapshot,
    place: &TextDocumentPositionParams,
) -> Option<PrepareRenameResponse> {
    let here = target(snapshot, &place.text_document.uri)?;
    let offset = here.offset(snapshot, place.position);
    let found = features::prepare(here.folder.spec(), here.document, offset)?;
    Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: convert::range(&here.source, &found.range, snapshot.encoding),
        placeholder: found.name,
    })
}

/// The edits of every document of the spec; a refusal is an error with a sentence for the user.
pub fn handle(
    session: &Session,
    snapshot: &Snapshot,
    params: &RenameParams,
) -> jsonrpc::Result<Option<WorkspaceEdit>> {
    let place = &params.text_document_position;
    let Some(here) = target(snapshot, &place.text_document.uri) else {
        return Ok(None);
    };
    let offset = here.offset(snapshot, place.position);
    let spec = here.folder.spec();
    let rename =
        features::rename(spec, here.document, offset, &params.new_name).map_err(refused)?;
    let documents = rename.edits.iter();
    let edits = documents.filter_map(|(document, edits)| {
        let (uri, version) = named(snapshot, &here, *document, &place.text_document.uri)?;
        let source = spec.source(*document)?;
        let edit = |e: &Edit| convert::text_edit(source, e, snapshot.encoding);
        Some((uri, version, edits.iter().map(edit).collect()))
    });
    Ok(Some(workspace_edit(
        session.client().versioned_edits,
        edits,
    )))
}

/// The URI of a document of the spec, as the client writes its own, and its version where it is open.
fn named(
    snapshot: &Snapshot,
    here: &Target,
    document: Document,
    own: &Uri,
) -> Option<(Uri, Option<i32>)> {
    let path = here.folder.path_of(document);
    let version = snapshot.open.get(&path).map(|open| open.version);
    let uri = if document == here.document {
        own.clone()
    } else {
        convert::uri(&path)?
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
