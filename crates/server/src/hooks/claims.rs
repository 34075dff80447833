//! One server fires the hooks of a folder; the others say which, and take over when it has ended.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use lsp_types::MessageType;
use rutter_store::{Claim, Lock};

use crate::session::Session;

/// Which workspace folders this server fires the hooks of.
#[derive(Default)]
pub(super) struct Claims(HashMap<PathBuf, Known>);

enum Known {
    Ours {
        _held: Lock,
    },
    /// Another's, or nobody can tell; the user heard this of it.
    Told(String),
}

impl Claims {
    /// Whether this server fires the hooks of a folder. Where another does, the user is told once; when that one has ended,
    /// this one takes over with the next event.
    pub(super) fn ours(&mut self, session: &Session, root: &Path) -> bool {
        if let Some(Known::Ours { .. }) = self.0.get(root) {
            return true;
        }
        let client = session.client_name();
        let who = format!("{client} (process {})", std::process::id());
        let claim = session.environment().store.claim(root, "hooks", &who);
        let (kind, message) = match claim {
            Ok(Claim::Ours(lock)) => {
                self.0.insert(root.to_owned(), Known::Ours { _held: lock });
                return true;
            }
            Ok(Claim::Theirs(who)) => {
                let who = if who.is_empty() {
                    "another Rutter"
                } else {
                    &who
                };
                let message = format!(
                    "The hooks of this folder are fired by {who}; here they rest until it ends."
                );
                (MessageType::INFO, message)
            }
            Err(error) => (
                MessageType::ERROR,
                format!("Hooks don't fire, because nobody can tell who else fires them. {error}"),
            ),
        };
        match self.0.get(root) {
            Some(Known::Told(told)) if *told == message => {}
            _ => {
                session.handles().outbox.show(kind, message.clone());
                self.0.insert(root.to_owned(), Known::Told(message));
            }
        }
        false
    }

    /// Lets go of folders that are not in the workspace any more.
    pub(super) fn keep(&mut self, roots: &[PathBuf]) {
        self.0.retain(|root, _| roots.contains(root));
    }
}
