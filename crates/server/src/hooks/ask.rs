//! The one question about what a repository brings: shown as a whole, with what changed since it was trusted.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use lsp_types::MessageType;
use rutter_commands::mcp::show::visible;
use rutter_commands::trust::{Asked, asked, grant};

use super::talk;
use crate::session::Session;

const SHOW: &str = "Show";
const TRUST: &str = "Trust as it stands";
const LATER: &str = "Not now";

/// A hook that nobody trusts would have run: asked about every hook, and about tool servers that were trusted before.
pub(super) fn untrusted(session: &Session, root: &Path) {
    ask(session, root, |one| is_hook(one) || one.before.is_some());
}

/// Someone wants this; they are asked however often they want it.
pub(crate) fn wanted(session: &Session, one: Asked) {
    session.ask_once(&BTreeSet::from([one.subject.digest.clone()]));
    question(session, vec![one]);
}

fn is_hook(one: &Asked) -> bool {
    one.subject.what.starts_with("hook:")
}

/// Files changed, as after a pull: asked about only what was trusted before.
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
    question(session, waiting);
}

fn question(session: &Session, waiting: Vec<Asked>) {
    let message = match &waiting[..] {
        [one] => match one.subject.what.strip_prefix("mcp:") {
            Some(server) => format!(
                "The tool server `{}` is not trusted as it stands, so it is not started.",
                visible(server)
            ),
            None => format!(
                "`{}` is not trusted as it stands, so it does not run.",
                one.subject.what.trim_start_matches("hook:")
            ),
        },
        many => {
            let hooks = many.iter().filter(|one| is_hook(one)).count();
            let what = match (hooks, many.len() - hooks) {
                (hooks, 0) => format!("{hooks} hooks"),
                (0, servers) => format!("{servers} tool servers"),
                (hooks, servers) => {
                    let s = |n| if n == 1 { "" } else { "s" };
                    format!(
                        "{hooks} hook{} and {servers} tool server{}",
                        s(hooks),
                        s(servers)
                    )
                }
            };
            format!("{what} of this project are not trusted as they stand, so none of them runs.")
        }
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
    if let Err(error) = session.with_context(|cx| grant(cx, shown)) {
        let outbox = &session.handles().outbox;
        return outbox.show(MessageType::ERROR, error.message);
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
            visible(&one.subject.what),
            if one.before.is_some() {
                "It changed since you trusted it."
            } else {
                "It is new."
            },
            visible(&one.shown().replace("\r\n", "\n")).trim_end()
        );
    }
    text
}
