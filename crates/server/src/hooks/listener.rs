//! What the user hears of hooks: a failure with its output one step away, the first prompt that waits, and what nobody
//! trusts yet.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use lsp_types::MessageType;
use parking_lot::Mutex;
use rutter_automation::Listener;
use rutter_store::{HookOutcome, OutcomeKind};

use super::talk;
use crate::session::{Session, WeakSession};

/// Tells the editor.
pub(super) struct Tell {
    session: WeakSession,
    /// What the user has been told and has not answered; an answer shows the newest.
    open: Arc<Mutex<HashMap<String, HookOutcome>>>,
    /// The hooks whose waiting prompt the user has been told of.
    waiting: Mutex<HashSet<String>>,
}

impl Tell {
    pub(super) fn new(session: WeakSession) -> Self {
        Self {
            session,
            open: Arc::default(),
            waiting: Mutex::default(),
        }
    }
}

impl Listener for Tell {
    fn started(&self, _: &Path, _: &str) {
        if let Some(session) = self.session.get() {
            session.wake();
        }
    }

    fn settled(&self, root: &Path, outcomes: &[HookOutcome]) {
        let Some(session) = self.session.get() else {
            return;
        };
        session.hooks_changed();
        if session.handles().ending.is_cancelled() {
            return;
        }
        for outcome in outcomes {
            match outcome.outcome {
                // What was held back is in the log; a message for each would be the loop that it prevents.
                OutcomeKind::Blocked if outcome.took.is_none() => {}
                OutcomeKind::Failed | OutcomeKind::Blocked => self.failed(&session, outcome),
                OutcomeKind::Waiting => self.waits(&session, &outcome.hook),
                OutcomeKind::Untrusted | OutcomeKind::Ran | OutcomeKind::Superseded => {}
            }
        }
        if outcomes.iter().any(|o| o.outcome == OutcomeKind::Untrusted) {
            super::ask::untrusted(&session, root);
        }
    }
}

impl Tell {
    /// A client that shows the state sees it there.
    fn waits(&self, session: &Session, hook: &str) {
        if !session.client().state && self.waiting.lock().insert(hook.to_owned()) {
            session.handles().outbox.show(
                MessageType::INFO,
                format!("`{hook}` waits with a prompt: see `rutter.show` with `requests`."),
            );
        }
    }

    fn failed(&self, session: &Session, outcome: &HookOutcome) {
        const SHOW: &str = "Show output";
        // What did not even start failed for a reason that others share.
        let subject = match outcome.took {
            Some(_) => outcome.hook.clone(),
            None => outcome.detail.clone(),
        };
        let told = self.open.lock().insert(subject.clone(), outcome.clone());
        if told.is_some() {
            return;
        }
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
        let message = format!("The hook `{}` {word}{files}: {first}", outcome.hook);
        let answer = talk::choose(session, MessageType::WARNING, message, &[SHOW]);
        let (session, open) = (session.clone(), Arc::clone(&self.open));
        session.handles().runtime.clone().spawn(async move {
            let choice = answer.await;
            let newest = open.lock().remove(&subject);
            if choice.as_deref() == Some(SHOW)
                && let Some(outcome) = newest
            {
                talk::show(&session, "hook-output.md", &output(&outcome)).await;
            }
        });
    }
}

/// What a hook said, as a document.
fn output(outcome: &HookOutcome) -> String {
    let code = outcome
        .code
        .map(|code| format!("Exit code {code}. "))
        .unwrap_or_default();
    format!(
        "# {}\n\n{code}{} at {}.\n\n````text\n{}\n````\n",
        outcome.hook, outcome.trigger, outcome.at, outcome.detail
    )
}
