//! The notifications that change the workspace. All of them run in wire order and wait for nobody.

use std::collections::BTreeMap;
use std::path::PathBuf;

use lsp_types::{
    CreateFilesParams, DeleteFilesParams, DiagnosticSeverity, DidChangeConfigurationParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    FileChangeType, RenameFilesParams, Uri,
};
use rutter_hooks::Trigger;
use rutter_workspace::{Change, OpenDocument};

use crate::convert;
use crate::hooks::Happened;
use crate::messages::ProblemsParams;
use crate::session::Session;
use crate::settings;

/// `textDocument/didOpen`
pub fn open(session: &Session, params: DidOpenTextDocumentParams) {
    let document = params.text_document;
    let Some(path) = convert::path(&document.uri) else {
        return;
    };
    if let Some(hooks) = session.hooks() {
        // Looked at here: it may be saved before the hooks' thread gets to it.
        let new = !session.environment().files.exists(&path);
        hooks.tell(Happened::Opened {
            path: path.clone(),
            new,
        });
    }
    session.change(|world| {
        world.open(
            path.clone(),
            OpenDocument::new(document.version, document.language_id, &document.text),
        )
    });
    session.sources().opened(session, &path);
    session.drift().look_for_commit(session);
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
    session.sources().changed(session, [path]);
}

/// `textDocument/didSave`: the text is known already, but hooks wait for it.
pub fn save(session: &Session, params: DidSaveTextDocumentParams) {
    let path = convert::path(&params.text_document.uri);
    if let Some(path) = &path {
        session.change(|world| world.saved(path));
    }
    if path.is_some_and(|path| session.snapshot().agent_file(&path).is_some()) {
        // A hook runs and is trusted as it was saved, so its lenses change.
        session.refresh_views();
    }
    tell(session, Trigger::PostFileSave, &params.text_document.uri);
    session.drift().look_for_commit(session);
}

/// `workspace/didCreateFiles`
pub fn created(session: &Session, params: CreateFilesParams) {
    session.projects().changed();
    for file in &params.files {
        tell_of(session, Trigger::PostFileCreate, &file.uri);
    }
}

/// `workspace/didRenameFiles`
pub fn renamed(session: &Session, params: RenameFilesParams) {
    session.projects().changed();
    for file in &params.files {
        tell_of(session, Trigger::PostFileRename, &file.new_uri);
    }
}

/// `workspace/didDeleteFiles`
pub fn deleted(session: &Session, params: DeleteFilesParams) {
    session.projects().changed();
    for file in &params.files {
        tell_of(session, Trigger::PostFileDelete, &file.uri);
    }
}

/// `rutter/problems`: how many errors other servers report in each workspace folder.
pub fn problems(session: &Session, params: &ProblemsParams) {
    let Some(hooks) = session.hooks() else { return };
    let snapshot = session.snapshot();
    let mut errors: BTreeMap<PathBuf, usize> = snapshot
        .roots
        .iter()
        .map(|root| (root.clone(), 0))
        .collect();
    for problem in &params.items {
        let is_error = problem
            .severity
            .is_none_or(|severity| severity == DiagnosticSeverity::ERROR);
        if is_error
            && let Some(path) = convert::path(&problem.uri)
            && let Some(count) = snapshot
                .root_of(&path)
                .and_then(|root| errors.get_mut(root))
        {
            *count += 1;
        }
    }
    for (root, count) in errors {
        hooks.tell(Happened::Problems(root, count));
    }
}

fn tell_of(session: &Session, trigger: Trigger, uri: &str) {
    if let Ok(uri) = uri.parse::<Uri>() {
        tell(session, trigger, &uri);
    }
}

fn tell(session: &Session, trigger: Trigger, uri: &Uri) {
    if let (Some(hooks), Some(path)) = (session.hooks(), convert::path(uri)) {
        hooks.tell(Happened::File(trigger, path));
    }
}

/// `textDocument/didClose`
pub fn close(session: &Session, params: DidCloseTextDocumentParams) {
    let Some(path) = convert::path(&params.text_document.uri) else {
        return;
    };
    session.change(|world| world.close(&path));
    session.sources().changed(session, [path]);
}

/// `workspace/didChangeWatchedFiles`
pub fn watched(session: &Session, params: DidChangeWatchedFilesParams) {
    let paths: Vec<_> = params
        .changes
        .iter()
        .filter_map(|c| convert::path(&c.uri))
        .collect();
    session.refresh(paths.iter().map(std::path::PathBuf::as_path));
    session.drift().changed(session, &paths);
    session.sources().changed(session, paths);
    if let Some(hooks) = session.hooks() {
        let changes = params
            .changes
            .iter()
            .filter_map(|change| {
                let trigger = match change.typ {
                    FileChangeType::CREATED => Trigger::PostFileCreate,
                    FileChangeType::DELETED => Trigger::PostFileDelete,
                    _ => Trigger::PostFileSave,
                };
                Some((trigger, convert::path(&change.uri)?))
            })
            .collect();
        hooks.tell(Happened::Outside(changes));
    }
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
    session.sources().forget_others(&session.snapshot());
    session.refresh_views();
    if let Some(hooks) = session.hooks() {
        hooks.tell(Happened::Folders);
    }
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
