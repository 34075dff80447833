//! Changes that no editor made: none during a git operation, and many at once are one question.

use std::path::PathBuf;

use lsp_types::{MessageActionItem, MessageType, ShowMessageRequestParams};
use rutter_automation::{Burst, git_operation};
use rutter_hooks::Trigger;

use super::Happened;
use crate::session::Session;

/// The changes that count now. Those that have to be asked about come back when the user says so.
pub(super) fn count(
    session: &Session,
    changes: Vec<(Trigger, PathBuf)>,
) -> Vec<(Trigger, PathBuf)> {
    let snapshot = session.snapshot();
    let files = session.environment().files.as_ref();
    let mut changes = changes;
    changes.retain(|(_, path)| {
        !snapshot.open.contains_key(path)
            && snapshot
                .root_of(path)
                .is_some_and(|root| !git_operation(files, root))
    });
    let names = changes
        .iter()
        .map(|(_, path)| path.to_string_lossy().into_owned())
        .collect();
    match Burst::of(names) {
        Burst::Each(_) => changes,
        Burst::Ask(_) => {
            ask(session, changes);
            Vec::new()
        }
    }
}

fn ask(session: &Session, changes: Vec<(Trigger, PathBuf)>) {
    const YES: &str = "Fire for each";
    let params = ShowMessageRequestParams {
        typ: MessageType::INFO,
        message: format!(
            "{} files changed outside the editor at once. Shall hooks that see such changes fire for each of them?",
            changes.len()
        ),
        actions: Some(
            [YES, "Leave them"]
                .map(|title| MessageActionItem {
                    title: title.to_owned(),
                    properties: Default::default(),
                })
                .into(),
        ),
    };
    let answer = session
        .handles()
        .calls
        .ask::<lsp_types::request::ShowMessageRequest>(params);
    let session = session.clone();
    session.handles().runtime.clone().spawn(async move {
        let yes = answer.await.ok().flatten().is_some_and(|a| a.title == YES);
        if yes && let Some(hooks) = session.hooks() {
            for (trigger, path) in changes {
                hooks.tell(Happened::Outside(vec![(trigger, path)]));
            }
        }
    });
}
