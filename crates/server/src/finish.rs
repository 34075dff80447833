//! What follows a command, one after the other and without anybody waiting for it: edits of open documents, showing the
//! result, a word to the user.

use lsp_types::request::{ApplyWorkspaceEdit, ShowDocument};
use lsp_types::{ApplyWorkspaceEditParams, MessageType, ShowDocumentParams};
use rutter_commands::{Command, CommandError, FileChange, Outcome, Show, apply};
use rutter_text::Source;
use rutter_workspace::Snapshot;

use crate::session::Session;
use crate::{convert, edits};

/// What is still to be done for an outcome, when what goes to disk is there.
pub struct Rest {
    /// The outcome.
    pub outcome: Outcome,
    /// What was written to disk.
    pub written: Vec<FileChange>,
    /// What the client shall change.
    pub to_client: Vec<FileChange>,
    /// The id to undo it by.
    pub change: Option<String>,
}

/// Sends edits, shows the document, says what happened.
pub fn finish(session: &Session, command: &Command, snapshot: &Snapshot, rest: Rest) {
    let client = session.client();
    let edit = (!rest.to_client.is_empty()).then(|| {
        edits::workspace_edit(
            session,
            snapshot,
            command,
            &rest.outcome.title,
            &rest.to_client,
        )
    });
    let shown = rest
        .outcome
        .show
        .as_ref()
        .and_then(|show| show_params(session, snapshot, &rest.outcome, show));
    let old: Vec<&str> = rest
        .written
        .iter()
        .filter(|c| {
            let open = snapshot.open.get(&c.path);
            c.after.is_some() && open.is_some_and(|o| Some(o.source.text()) != c.after.as_deref())
        })
        .filter_map(|c| c.path.file_name()?.to_str())
        .collect();
    if !old.is_empty() {
        let message = format!(
            "{} changed on disk while it is open: load it again.",
            old.join(", ")
        );
        session.handles().outbox.show(MessageType::INFO, message);
    }
    let session = session.clone();
    session.handles().runtime.clone().spawn(async move {
        let calls = &session.handles().calls;
        if let Some(edit) = edit {
            let params = ApplyWorkspaceEditParams {
                label: Some(rest.outcome.title.clone()),
                edit,
            };
            let why = match calls.ask::<ApplyWorkspaceEdit>(params).await {
                Ok(answer) if answer.applied => None,
                Ok(answer) => Some(
                    answer
                        .failure_reason
                        .unwrap_or_else(|| "the editor gave no reason".to_owned()),
                ),
                Err(error) => Some(error.message.to_string()),
            };
            if let Some(why) = why {
                return refused(&session, rest, &why).await;
            }
            // Only now are the references in step.
            rebase(&session, &rest.outcome);
        }
        if let Some(params) = shown
            && client.shows_documents
            && let Err(error) = calls.ask::<ShowDocument>(params).await
        {
            tracing::info!(%error, "the client did not show a document");
        }
        if let Some(message) = &rest.outcome.message
            && !client.state
        {
            session.handles().outbox.show(MessageType::INFO, message);
        }
    });
}

/// The editor made no edit: what was written with it is taken back, so that all is as it was.
async fn refused(session: &Session, rest: Rest, why: &str) {
    let title = rest.outcome.title.clone();
    let worker = session.clone();
    let work = session
        .handles()
        .runtime
        .spawn_blocking(move || take_back(&worker, &rest));
    let why = why.trim_end_matches('.');
    let message = match work.await {
        Ok(Ok(())) => format!("{title} was not done: {why}."),
        Ok(Err(error)) => format!(
            "{title} was done in part: {why}. {} Look at the documents it concerns.",
            error.message
        ),
        Err(error) => format!("{title} was done in part: {why}. {error}."),
    };
    session.handles().outbox.show(MessageType::WARNING, message);
}

fn take_back(session: &Session, rest: &Rest) -> Result<(), CommandError> {
    let environment = session.environment();
    if !rest.written.is_empty() {
        apply::take_back(
            environment.files.as_ref(),
            &environment.store,
            &rest.outcome.root,
            &rest.written,
        )?;
        session.refresh(rest.written.iter().map(|c| c.path.as_path()));
    }
    let journal = environment.store.journal(&rest.outcome.root);
    if let Some(change) = &rest.change {
        journal.mark_undone(change)?;
    }
    if let Some(standing) = &rest.outcome.undoes {
        journal.mark_standing(standing)?;
    }
    Ok(())
}

/// References are in step with these documents as they are now.
pub fn rebase(session: &Session, outcome: &Outcome) {
    for path in &outcome.rebase {
        session.change(|world| world.rebase(path));
    }
    if !outcome.rebase.is_empty() {
        session.refresh_views();
    }
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
