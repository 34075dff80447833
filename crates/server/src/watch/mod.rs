//! Learning of changes outside the editor: through the client where it watches files, else by watching our few folders
//! ourselves.

mod disk;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use disk::DiskWatcher;
pub use notify::RecursiveMode;

use lsp_types::request::RegisterCapability;
use lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, Registration,
    RegistrationParams,
};

use rutter_code::Language;
use rutter_workspace::{AgentFiles, ForeignFolder};

use crate::session::Session;

/// What is watched: our few folders; the whole project only where a hook waits for changes from outside.
const PATTERNS: [&str; 8] = [
    "**/.kiro/**",
    "**/.rutter/**",
    "**/{AGENTS,CLAUDE,GEMINI,SKILL,POWER}.md",
    "**/{.cursorrules,.windsurfrules}",
    "**/.cursor/rules/**",
    "**/.windsurf/rules/**",
    "**/.github/copilot-instructions.md",
    "**/.github/instructions/**",
];

/// What is watched besides, only where there are specs of other tools.
const FOREIGN: [&str; 3] = ["**/.specify/**", "**/openspec/**", "**/specs/**/*.md"];

/// The folders of these.
const FOREIGN_FOLDERS: [&str; 3] = [".specify", "openspec", "specs"];

/// The folders of a workspace folder that are watched with all below them; of the workspace folder itself only what
/// stands right in it.
const FOLDERS: [&str; 5] = [
    ".kiro",
    ".rutter",
    ".cursor/rules",
    ".windsurf/rules",
    ".github/instructions",
];

/// Files looked at for the folders they lie in.
const MOST_FILES: usize = 50_000;

/// Begins to watch what there is to watch by now; nothing in a workspace that has none of our folders.
pub fn start(session: &Session) {
    let snapshot = session.snapshot();
    let files = &session.environment().files;
    let has_foreign = |root: &&PathBuf| ForeignFolder::are_in(files.as_ref(), root);
    let ours = |root: &&PathBuf| AgentFiles::are_in(files.as_ref(), root) || has_foreign(root);
    let roots: Vec<&PathBuf> = snapshot.roots.iter().filter(ours).collect();
    if session.client().watches_files {
        if !roots.is_empty() && session.begin_watching() {
            ask_client(session, "rutter-files", &PATTERNS);
        }
        if roots.iter().any(&has_foreign) && session.begin_watching_foreign() {
            ask_client(session, "rutter-foreign", &FOREIGN);
        }
    } else {
        let foreign = roots.iter().filter(|root| has_foreign(root));
        let foreign = foreign.flat_map(|root| FOREIGN_FOLDERS.map(|f| root.join(f)));
        let folders = roots.iter().flat_map(|root| FOLDERS.map(|f| root.join(f)));
        let folders = folders.chain(foreign);
        session.watch_disk(
            folders.filter(|folder| files.exists(folder)),
            RecursiveMode::Recursive,
        );
        let flat = roots.iter().map(|root| (*root).clone());
        session.watch_disk(flat, RecursiveMode::NonRecursive);
    }
}

/// Watches the sources of a workspace folder, so that links in them are seen when they change outside the editor.
pub fn sources(session: &Session, root: &Path) {
    if !session.client().watches_files {
        whole(session, root);
        // A commit is noticed by its line in the log.
        let git = root.join(".git");
        let folders = [git.join("logs"), git].into_iter();
        let folders = folders.filter(|folder| session.environment().files.exists(folder));
        session.watch_disk(folders, RecursiveMode::NonRecursive);
    } else if session.begin_watching_sources() {
        let pattern = format!(
            "**/*.{{{}}}",
            Language::extensions().collect::<Vec<_>>().join(",")
        );
        ask_client(
            session,
            "rutter-sources",
            &[&pattern, "**/.git/HEAD", "**/.git/logs/HEAD"],
        );
    }
}

/// Watches all of a workspace folder but what its ignore files leave out; once is enough.
pub fn whole(session: &Session, root: &Path) {
    if !session.client().watches_files {
        let files = session.environment().files.walk(root, MOST_FILES);
        let folders: BTreeSet<PathBuf> = files
            .iter()
            .flat_map(|file| file.ancestors().skip(1))
            .filter(|folder| folder.starts_with(root))
            .map(Path::to_owned)
            .collect();
        session.watch_disk(folders.into_iter(), RecursiveMode::NonRecursive);
    } else if session.begin_watching_all() {
        ask_client(session, "rutter-all-files", &["**/*"]);
    }
}

fn ask_client(session: &Session, id: &str, patterns: &[&str]) {
    let watchers = patterns
        .iter()
        .map(|p| FileSystemWatcher {
            glob_pattern: GlobPattern::String((*p).to_owned()),
            kind: None,
        })
        .collect();
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    let registration = Registration {
        id: id.to_owned(),
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
