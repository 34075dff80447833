//! Carrying out what a command wants: closed files on disk, open documents through the client, then showing it.
//!
//! The reply to the command never waits for the client.

use std::path::PathBuf;

use lsp_types::Uri;
use rutter_commands::{Code, Command, CommandError, FileChange, Outcome, apply};

use crate::finish::{self, Rest};
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
        // A file that is gone comes back on disk; the editor has its text.
        if change.before.is_none() && current == change.after.as_deref() {
            to_disk.push(change);
            continue;
        }
        if current != change.before.as_deref() {
            return Err(moved_on(&change));
        }
        if client.applies_edits && change.after.is_some() {
            to_client.push(change);
        } else {
            // An edit that names no version could land in a text that has moved on: the file may change under such a
            // client, only while both are the same.
            let disk = environment.files.read_text_if_any(&change.path)?;
            if disk != change.before {
                return Err(CommandError::unsaved(&change.path.display().to_string()));
            }
            to_disk.push(change);
        }
    }
    if !to_disk.is_empty() {
        let written = apply::to_disk(
            environment.files.as_ref(),
            &environment.store,
            &outcome.root,
            &to_disk,
        );
        // After a conflict too: the next call shall see what is there.
        session.refresh(to_disk.iter().map(|c| c.path.as_path()));
        // A record of evidence may be among them.
        let paths: Vec<PathBuf> = to_disk.iter().map(|c| c.path.clone()).collect();
        session.drift().changed(session, &paths);
        session.sources().changed(session, paths);
        written?;
        // The first spec of a project is also the first thing to watch there.
        watch::start(session);
    }
    let asks = !to_client.is_empty();
    // An undo counts at once, so that the next one takes the change before; where the editor refuses, it stands again.
    let noted = apply::note(
        environment.files.as_ref(),
        &environment.store,
        environment.clock.as_ref(),
        &outcome,
        &to_disk,
    );
    if noted.is_err() {
        session.refresh(to_disk.iter().map(|c| c.path.as_path()));
    }
    let change = noted?;
    if !asks {
        finish::rebase(session, &outcome);
    }
    let done = Done {
        title: outcome.title.clone(),
        uris: outcome
            .concerned()
            .into_iter()
            .filter_map(convert::uri)
            .collect(),
        change: change.clone(),
        message: outcome.message.clone(),
    };
    let rest = Rest {
        outcome,
        written: to_disk,
        to_client,
        change,
    };
    finish::finish(session, command, &snapshot, rest);
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
