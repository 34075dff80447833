//! Learning of changes outside the editor: through the client where it watches files, else by watching our few folders
//! ourselves.

mod disk;

pub use disk::DiskWatcher;

use lsp_types::request::RegisterCapability;
use lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, Registration,
    RegistrationParams,
};

use crate::session::Session;

/// What is watched: our few folders, never the whole project.
const PATTERNS: [&str; 3] = ["**/.kiro/specs/**", "**/.kiro/steering/**", "**/.rutter/**"];

/// Begins to watch what there is to watch by now; nothing in a workspace that has none of our folders.
pub fn start(session: &Session) {
    let snapshot = session.snapshot();
    let files = &session.environment().files;
    let folders = snapshot
        .roots
        .iter()
        .flat_map(|root| [root.join(".kiro"), root.join(".rutter")])
        .filter(|folder| files.exists(folder));
    if session.client().watches_files {
        if folders.count() > 0 && session.begin_watching() {
            ask_client(session);
        }
    } else {
        session.watch_disk(folders);
    }
}

fn ask_client(session: &Session) {
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
