//! Carrying out what a command wants: closed files on disk, open documents through the client, then showing it.
//!
//! The reply to the command never waits for the client.

use std::collections::HashMap;
use std::path::PathBuf;

use lsp_types::request::{ApplyWorkspaceEdit, ShowDocument};
use lsp_types::{
    AnnotatedTextEdit, ApplyWorkspaceEditParams, ChangeAnnotation, DocumentChanges, MessageType,
    OneOf, OptionalVersionedTextDocumentIdentifier, ShowDocumentParams, TextDocumentEdit, TextEdit,
    Uri, WorkspaceEdit,
};
use rutter_commands::{Code, Command, CommandError, FileChange, Outcome, Show, apply};
use rutter_text::{Source, edit};
use rutter_workspace::Snapshot;

use crate::session::Session;
use crate::{convert, watch};

/// What the answer of a command says.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// The title of the command's effect.
    pub title: String,
    /// The documents it concerns.
    pub uris: Vec<Uri>,
    /// The id to undo it by.
    pub change: Option<String>,
    /// A sentence for the user.
    pub message: Option<String>,
}

const ANNOTATION: &str = "rutter";

/// Carries out an outcome.
pub fn carry_out(
    session: &Session,
    command: &Command,
    outcome: Outcome,
) -> Result<Done, CommandError> {
    let client = session.client();
    let environment = session.environment();
    let snapshot = session.snapshot();
    let is_open = |change: &FileChange| snapshot.open.contains_key(&change.path);
    let (open, closed): (Vec<FileChange>, Vec<FileChange>) =
        outcome.changes.iter().cloned().partition(is_open);
    let mut to_disk = closed;
    let mut to_client = Vec::new();
    for change in open {
        let current = snapshot.open.get(&change.path).map(|o| o.source.text());
        if current != change.before.as_deref() {
            return Err(moved_on(&change));
        }
        if client.applies_edits && change.after.is_some() {
            to_client.push(change);
        } else {
            // The client takes no edits: the file may change under it only while both are the same.
            let disk = environment.files.read_text_if_any(&change.path)?;
            if disk != change.before {
                return Err(CommandError::new(
                    Code::Unsaved,
                    format!("{} has changes that are not saved.", change.path.display()),
                    "Save it and try again.",
                ));
            }
            to_disk.push(change);
        }
    }
    if !to_disk.is_empty() {
        apply::to_disk(
            environment.files.as_ref(),
            &environment.store,
            &outcome.root,
            &to_disk,
        )?;
        session.refresh(to_disk.iter().map(|c| c.path.as_path()));
        // The first spec of a project is also the first thing to watch there.
        watch::start(session);
    }
    let change = outcome.note(&environment.store, environment.clock.as_ref())?;
    for path in &outcome.rebase {
        session.change(|world| world.rebase(path));
    }
    let uris = uris(&outcome);
    let done = Done {
        title: outcome.title.clone(),
        uris,
        change,
        message: outcome.message.clone(),
    };
    finish(session, command, &snapshot, outcome, to_client);
    Ok(done)
}

fn moved_on(change: &FileChange) -> CommandError {
    CommandError::new(
        Code::Conflict,
        format!(
            "{} changed while the command worked; nothing was written.",
            change.path.display()
        ),
        "Call the command again.",
    )
}

/// The documents an outcome concerns, the one to show first.
fn uris(outcome: &Outcome) -> Vec<Uri> {
    let mut paths: Vec<&PathBuf> = outcome.show.iter().map(|s| &s.path).collect();
    for path in outcome
        .changes
        .iter()
        .filter(|c| c.after.is_some())
        .map(|c| &c.path)
        .chain(&outcome.documents)
    {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths.into_iter().filter_map(|p| convert::uri(p)).collect()
}

/// Sends edits, shows the document, offers the next step; one after the other, without anybody waiting for it.
fn finish(
    session: &Session,
    command: &Command,
    snapshot: &Snapshot,
    outcome: Outcome,
    to_client: Vec<FileChange>,
) {
    let client = session.client();
    let calls = session.handles().calls.clone();
    let outbox = session.handles().outbox.clone();
    let edit = (!to_client.is_empty())
        .then(|| workspace_edit(session, snapshot, command, &outcome.title, &to_client));
    let shown = outcome
        .show
        .as_ref()
        .and_then(|show| show_params(session, snapshot, &outcome, show));
    let session = session.clone();
    session.handles().runtime.clone().spawn(async move {
        if let Some(edit) = edit {
            let params = ApplyWorkspaceEditParams {
                label: Some(outcome.title.clone()),
                edit,
            };
            match calls.ask::<ApplyWorkspaceEdit>(params).await {
                Ok(answer) if answer.applied => {}
                Ok(answer) => {
                    let why = answer
                        .failure_reason
                        .unwrap_or_else(|| "the editor gave no reason".to_owned());
                    outbox.show(
                        MessageType::WARNING,
                        format!("{} was not done: {why}.", outcome.title),
                    );
                }
                Err(error) => outbox.show(
                    MessageType::WARNING,
                    format!("{} was not done: {}.", outcome.title, error.message),
                ),
            }
        }
        if let Some(params) = shown
            && client.shows_documents
            && let Err(error) = calls.ask::<ShowDocument>(params).await
        {
            tracing::info!(%error, "the client did not show a document");
        }
        if let Some(message) = &outcome.message
            && !client.state
        {
            outbox.show(MessageType::INFO, message);
        }
    });
}

fn show_params(
    session: &Session,
    snapshot: &Snapshot,
    outcome: &Outcome,
    show: &Show,
) -> Option<ShowDocumentParams> {
    let after = outcome
        .changes
        .iter()
        .find(|c| c.path == show.path)
        .and_then(|c| c.after.clone());
    let source = after
        .map(Source::new)
        .or_else(|| snapshot.source(&show.path));
    let selection = show
        .selection
        .as_ref()
        .and_then(|bytes| Some(convert::range(&source?, bytes, session.client().encoding)));
    Some(ShowDocumentParams {
        uri: convert::uri(&show.path)?,
        external: None,
        take_focus: Some(true),
        selection,
    })
}

/// The smallest edits of open documents, bound to the versions they were made from.
fn workspace_edit(
    session: &Session,
    snapshot: &Snapshot,
    command: &Command,
    title: &str,
    changes: &[FileChange],
) -> WorkspaceEdit {
    let client = session.client();
    let annotate = command.previews && client.annotates_edits;
    let mut documents = Vec::new();
    let mut plain: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for change in changes {
        let (Some(open), Some(uri), Some(after)) = (
            snapshot.open.get(&change.path),
            convert::uri(&change.path),
            &change.after,
        ) else {
            continue;
        };
        let edits: Vec<TextEdit> = edit::between(open.source.text(), after)
            .iter()
            .map(|e| convert::text_edit(&open.source, e, client.encoding))
            .collect();
        if client.versioned_edits {
            let edits = edits
                .into_iter()
                .map(|text_edit| {
                    if annotate {
                        OneOf::Right(AnnotatedTextEdit {
                            text_edit,
                            annotation_id: ANNOTATION.to_owned(),
                        })
                    } else {
                        OneOf::Left(text_edit)
                    }
                })
                .collect();
            let text_document = OptionalVersionedTextDocumentIdentifier {
                uri,
                version: Some(open.version),
            };
            documents.push(TextDocumentEdit {
                text_document,
                edits,
            });
        } else {
            plain.insert(uri, edits);
        }
    }
    let annotation = ChangeAnnotation {
        label: title.to_owned(),
        needs_confirmation: Some(true),
        description: None,
    };
    WorkspaceEdit {
        changes: (!client.versioned_edits).then_some(plain),
        document_changes: client
            .versioned_edits
            .then_some(DocumentChanges::Edits(documents)),
        change_annotations: annotate.then(|| HashMap::from([(ANNOTATION.to_owned(), annotation)])),
    }
}
