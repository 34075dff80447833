//! What the user hears of hooks: a failure with its output one step away, the first prompt that waits, and what nobody
//! trusts yet.

use std::path::Path;

use lsp_types::request::{ShowDocument, ShowMessageRequest};
use lsp_types::{MessageActionItem, MessageType, ShowDocumentParams, ShowMessageRequestParams};
use rutter_automation::Listener;
use rutter_store::{HookOutcome, OutcomeKind};

use crate::convert;
use crate::session::{Session, WeakSession};

/// Tells the editor.
pub(super) struct Tell(pub(super) WeakSession);

impl Listener for Tell {
    fn started(&self, _: &Path, _: &str) {
        if let Some(session) = self.0.get() {
            session.wake();
        }
    }

    fn settled(&self, root: &Path, outcome: &HookOutcome) {
        let Some(session) = self.0.get() else { return };
        session.wake();
        match outcome.outcome {
            OutcomeKind::Failed | OutcomeKind::Blocked => failed(&session, outcome),
            OutcomeKind::Untrusted => super::ask::untrusted(&session, root),
            OutcomeKind::Waiting if !session.client().state => session.handles().outbox.show(
                MessageType::INFO,
                format!(
                    "`{}` waits with a prompt: see `rutter.show` with `requests`.",
                    outcome.hook
                ),
            ),
            OutcomeKind::Waiting | OutcomeKind::Ran | OutcomeKind::Superseded => {}
        }
    }
}

fn failed(session: &Session, outcome: &HookOutcome) {
    const SHOW: &str = "Show output";
    let word = match outcome.outcome {
        OutcomeKind::Blocked => "said no",
        _ => "failed",
    };
    let first = outcome.detail.lines().next().unwrap_or_default();
    let files = match &outcome.paths[..] {
        [] => String::new(),
        [path] => format!(" for {path}"),
        [path, rest @ ..] => format!(" for {path} and {} more", rest.len()),
    };
    let params = ShowMessageRequestParams {
        typ: MessageType::WARNING,
        message: format!("The hook `{}` {word}{files}: {first}", outcome.hook),
        actions: Some(vec![MessageActionItem {
            title: SHOW.to_owned(),
            properties: Default::default(),
        }]),
    };
    let answer = session.handles().calls.ask::<ShowMessageRequest>(params);
    let (session, outcome) = (session.clone(), outcome.clone());
    session.handles().runtime.clone().spawn(async move {
        if answer.await.ok().flatten().is_some_and(|a| a.title == SHOW) {
            show(&session, &outcome).await;
        }
    });
}

/// Shows what a hook said, as a document in the state folder.
async fn show(session: &Session, outcome: &HookOutcome) {
    let environment = session.environment();
    let path = environment.store.reports().join("hook-output.md");
    let code = outcome
        .code
        .map(|code| format!("Exit code {code}. "))
        .unwrap_or_default();
    let text = format!(
        "# {}\n\n{code}{} at {}.\n\n```text\n{}\n```\n",
        outcome.hook, outcome.trigger, outcome.at, outcome.detail
    );
    if let Err(error) = environment.files.write(&path, text.as_bytes()) {
        session
            .handles()
            .outbox
            .show(MessageType::ERROR, error.to_string());
        return;
    }
    if let Some(uri) = convert::uri(&path)
        && session.client().shows_documents
    {
        let params = ShowDocumentParams {
            uri,
            external: Some(false),
            take_focus: Some(true),
            selection: None,
        };
        // A client that shows nothing has the message.
        let _ = session.handles().calls.ask::<ShowDocument>(params).await;
    }
}
