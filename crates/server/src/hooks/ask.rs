//! The one question about what a repository brings: shown as a whole, with what changed since it was trusted.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use lsp_types::request::{ShowDocument, ShowMessageRequest};
use lsp_types::{MessageActionItem, MessageType, ShowDocumentParams, ShowMessageRequestParams};
use rutter_commands::hooks::trust::{Args, Asked, asked, run};

use crate::convert;
use crate::session::Session;

const SHOW: &str = "Show";
const TRUST: &str = "Trust as it stands";
const LATER: &str = "Not now";

/// A hook that nobody trusts would have run.
pub(super) fn untrusted(session: &Session, _root: &Path) {
    ask(session, |_| true);
}

/// Hook files changed, as after a pull: asked about only what was trusted before.
pub(super) fn changed(session: &Session, _root: &Path) {
    ask(session, |one| one.before.is_some());
}

fn ask(session: &Session, about: impl Fn(&Asked) -> bool) {
    let waiting = match session.with_context(asked) {
        Ok(waiting) => waiting,
        Err(error) => {
            session
                .handles()
                .outbox
                .show(MessageType::WARNING, error.message);
            return;
        }
    };
    let waiting: Vec<Asked> = waiting.into_iter().filter(about).collect();
    let digests: BTreeSet<String> = waiting.iter().map(|w| w.subject.digest.clone()).collect();
    // Each content is asked about once in the life of a server.
    if waiting.is_empty() || !session.ask_once(&digests) {
        return;
    }
    let session = session.clone();
    session.handles().runtime.clone().spawn(async move {
        let message = match &waiting[..] {
            [one] => format!(
                "`{}` is not trusted as it stands, so it did not run.",
                one.subject.what.trim_start_matches("hook:")
            ),
            many => format!(
                "{} hooks of this project are not trusted as they stand, so none of them runs.",
                many.len()
            ),
        };
        let choice = choose(&session, message, &[SHOW, LATER]).await;
        if choice.as_deref() != Some(SHOW) {
            return;
        }
        show(&session, &waiting).await;
        let choice = choose(
            &session,
            "You have seen what would run. Trust exactly this?".to_owned(),
            &[TRUST, LATER],
        )
        .await;
        if choice.as_deref() == Some(TRUST) {
            trust(&session, &waiting);
        }
    });
}

/// Trusts what was shown, not what may be there by now.
fn trust(session: &Session, shown: &[Asked]) {
    let result = session.with_context(|cx| {
        for one in shown {
            let now = asked(cx)?;
            if now.iter().any(|n| n.subject.digest == one.subject.digest) {
                run(
                    cx,
                    &Args {
                        what: one.subject.what.clone(),
                    },
                )?;
            }
        }
        Ok::<(), rutter_commands::CommandError>(())
    });
    if let Err(error) = result {
        session
            .handles()
            .outbox
            .show(MessageType::ERROR, error.message);
    }
    session.wake();
    session.refresh_views();
}

async fn choose(session: &Session, message: String, titles: &[&str]) -> Option<String> {
    let params = ShowMessageRequestParams {
        typ: MessageType::WARNING,
        message,
        actions: Some(
            titles
                .iter()
                .map(|title| MessageActionItem {
                    title: (*title).to_owned(),
                    properties: Default::default(),
                })
                .collect(),
        ),
    };
    let answer = session
        .handles()
        .calls
        .ask::<ShowMessageRequest>(params)
        .await;
    answer.ok().flatten().map(|a| a.title)
}

async fn show(session: &Session, waiting: &[Asked]) {
    let mut text = String::from("# What is not trusted yet\n\nNothing of this has run.\n");
    for one in waiting {
        let _ = write!(
            text,
            "\n## {}\n\n{}\n\n````diff\n{}\n````\n",
            one.subject.what,
            if one.before.is_some() {
                "It changed since you trusted it."
            } else {
                "It is new."
            },
            one.shown().trim_end()
        );
    }
    let environment = session.environment();
    let path = environment.store.reports().join("trust.md");
    if let Err(error) = environment.files.write(&path, text.as_bytes()) {
        session
            .handles()
            .outbox
            .show(MessageType::ERROR, error.to_string());
        return;
    }
    if let Some(uri) = convert::uri(&path) {
        let params = ShowDocumentParams {
            uri,
            external: Some(false),
            take_focus: Some(true),
            selection: None,
        };
        // The question that follows names the file where it could not be shown.
        let _ = session.handles().calls.ask::<ShowDocument>(params).await;
    }
}
