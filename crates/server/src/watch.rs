//! Learning of changes outside the editor: through the client where it watches files, else by asking the disk now and then.

use lsp_types::request::RegisterCapability;
use lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, Registration,
    RegistrationParams,
};

use crate::session::Session;

/// What is watched: our few folders, never the whole project.
const PATTERNS: [&str; 3] = ["**/.kiro/specs/**", "**/.kiro/steering/**", "**/.rutter/**"];

/// Asks the client to watch. One that can't tells us of nothing; then a spec is read anew whenever one of its documents is
/// opened or closed.
pub fn start(session: &Session) {
    let snapshot = session.snapshot();
    let files = &session.environment().files;
    let concerned = snapshot.roots.iter().any(|r| {
        [".kiro", ".rutter", "AGENTS.md"]
            .iter()
            .any(|n| files.exists(&r.join(n)))
    });
    if !session.client().watches_files || !concerned || !session.begin_watching() {
        return;
    }
    let watchers = PATTERNS
        .iter()
        .map(|p| FileSystemWatcher {
            glob_pattern: GlobPattern::String((*p).to_owned()),
            kind: None,
        })
        .collect();
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    let registration = Registration {
        id: "rutter-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    let answer = session
        .handles()
        .calls
        .ask::<RegisterCapability>(RegistrationParams {
            registrations: vec![registration],
        });
    session.handles().runtime.spawn(async move {
        if let Err(error) = answer.await {
            tracing::warn!(%error, "the client does not watch files");
        }
    });
}
