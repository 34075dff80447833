//! The one question about what a repository brings: shown as a whole, with what changed since it was trusted.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use lsp_types::MessageType;
use rutter_commands::hooks::trust::{Asked, asked};

use super::talk;
use crate::session::Session;

const SHOW: &str = "Show";
const TRUST: &str = "Trust as it stands";
const LATER: &str = "Not now";

/// A hook that nobody trusts would have run.
pub(super) fn untrusted(session: &Session, root: &Path) {
    ask(session, root, |_| true);
}

/// Hook files changed, as after a pull: asked about only what was trusted before.
pub(super) fn changed(session: &Session, root: &Path) {
    ask(session, root, |one| one.before.is_some());
}

fn ask(session: &Session, root: &Path, about: impl Fn(&Asked) -> bool) {
    let waiting = match session.with_context(asked) {
        Ok(waiting) => waiting,
        Err(error) => {
            let outbox = &session.handles().outbox;
            return outbox.show(MessageType::WARNING, error.message);
        }
    };
    let waiting: Vec<Asked> = waiting
        .into_iter()
        .filter(|one| one.root == root && about(one))
        .collect();
    let digests: BTreeSet<String> = waiting.iter().map(|w| w.subject.digest.clone()).collect();
    // Each content is asked about once in the life of a server.
    if waiting.is_empty() || !session.ask_once(&digests) {
        return;
    }
    let message = match &waiting[..] {
        [one] => format!(
            "`{}` is not trusted as it stands, so it does not run.",
            one.subject.what.trim_start_matches("hook:")
        ),
        many => format!(
            "{} hooks of this project are not trusted as they stand, so none of them runs.",
            many.len()
        ),
    };
    let answer = talk::choose(session, MessageType::WARNING, message, &[SHOW, LATER]);
    let session = session.clone();
    session.handles().runtime.clone().spawn(async move {
        if answer.await.as_deref() != Some(SHOW) {
            return;
        }
        talk::show(&session, "trust.md", &text(&waiting)).await;
        let question = "You have seen what would run. Trust exactly this?".to_owned();
        let answer = talk::choose(&session, MessageType::WARNING, question, &[TRUST, LATER]);
        if answer.await.as_deref() == Some(TRUST) {
            trust(&session, &waiting);
        }
    });
}

/// Trusts what was shown, whatever may be there by now.
fn trust(session: &Session, shown: &[Asked]) {
    let environment = session.environment();
    for one in shown {
        let trusted = environment.store.trust(&one.root).trust(
            environment.clock.as_ref(),
            std::slice::from_ref(&one.subject),
        );
        if let Err(error) = trusted {
            let outbox = &session.handles().outbox;
            return outbox.show(MessageType::ERROR, error.to_string());
        }
    }
    session.hooks_changed();
    session.refresh_views();
}

fn text(waiting: &[Asked]) -> String {
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
    text
}
