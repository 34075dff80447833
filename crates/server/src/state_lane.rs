//! The notifications that change the workspace. All of them run in wire order and wait for nobody.

use lsp_types::{
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, Uri,
};
use rutter_workspace::{Change, OpenDocument};

use crate::convert;
use crate::session::Session;
use crate::settings;

/// `textDocument/didOpen`
pub fn open(session: &Session, params: DidOpenTextDocumentParams) {
    let document = params.text_document;
    let Some(path) = convert::path(&document.uri) else {
        return;
    };
    session.change(|world| {
        world.open(
            path,
            OpenDocument::new(document.version, document.language_id, &document.text),
        )
    });
}

/// `textDocument/didChange`
pub fn change(session: &Session, params: DidChangeTextDocumentParams) {
    let Some(path) = convert::path(&params.text_document.uri) else {
        return;
    };
    let changes: Vec<Change> = params
        .content_changes
        .into_iter()
        .map(|c| Change {
            range: c
                .range
                .map(|r| (convert::position(r.start), convert::position(r.end))),
            text: c.text,
        })
        .collect();
    let known = session.change(|world| world.change(&path, params.text_document.version, &changes));
    if !known {
        tracing::warn!(path = %path.display(), "a change of a document that is not open");
    }
}

/// `textDocument/didSave`
pub fn save(session: &Session, params: DidSaveTextDocumentParams) {
    // The text is known already; the approvals of an open document depend on what is on disk only when they are given.
    tracing::debug!(uri = params.text_document.uri.as_str(), "saved");
    let _ = session;
}

/// `textDocument/didClose`
pub fn close(session: &Session, params: DidCloseTextDocumentParams) {
    let Some(path) = convert::path(&params.text_document.uri) else {
        return;
    };
    session.change(|world| world.close(&path));
}

/// `workspace/didChangeWatchedFiles`
pub fn watched(session: &Session, params: DidChangeWatchedFilesParams) {
    let paths: Vec<_> = params
        .changes
        .iter()
        .filter_map(|c| convert::path(&c.uri))
        .collect();
    session.refresh(paths.iter().map(std::path::PathBuf::as_path));
}

/// `workspace/didChangeWorkspaceFolders`
pub fn folders(session: &Session, params: DidChangeWorkspaceFoldersParams) {
    let paths = |folders: Vec<lsp_types::WorkspaceFolder>| -> Vec<_> {
        folders
            .iter()
            .filter_map(|f| convert::path(&f.uri))
            .collect()
    };
    let (added, removed) = (paths(params.event.added), paths(params.event.removed));
    session.change(|world| world.change_roots(&added, &removed));
    session.refresh_views();
}

/// `workspace/didChangeConfiguration`: the settings are in the notification, or have to be asked for.
pub fn configuration(session: &Session, params: DidChangeConfigurationParams) {
    let section = params.settings.get("rutter").cloned().unwrap_or_default();
    if !section.is_null() {
        settings::take_in(session, &section);
    } else if session.client().configuration {
        settings::ask(session);
    }
}

/// The folders a client opens at the start: `workspaceFolders`, else `rootUri`, else `rootPath`.
pub fn roots(params: &lsp_types::InitializeParams) -> Vec<std::path::PathBuf> {
    let folders: Vec<&Uri> = params
        .workspace_folders
        .iter()
        .flatten()
        .map(|f| &f.uri)
        .collect();
    let mut roots: Vec<_> = folders.into_iter().filter_map(convert::path).collect();
    #[allow(deprecated, reason = "older clients send nothing else")]
    if roots.is_empty() {
        roots.extend(params.root_uri.as_ref().and_then(convert::path));
        if roots.is_empty() {
            roots.extend(
                params
                    .root_path
                    .as_ref()
                    .filter(|p| !p.is_empty())
                    .map(std::path::PathBuf::from),
            );
        }
    }
    // A single file may come as a folder; then what holds it counts.
    for root in &mut roots {
        if root.extension().is_some() && root.is_file() {
            root.pop();
        }
    }
    roots.dedup();
    roots
}
