//! A server that was greeted on a generated workspace.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::options::Server;
use super::peer::Peer;
use super::sample::Sample;
use crate::product::uri;

/// Which way findings come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Findings {
    /// The server publishes them.
    Pushed,
    /// The client asks for them.
    Pulled,
}

/// The server, its workspace and what it offers.
pub struct Session {
    /// The process.
    pub peer: Peer,
    /// From its start to the reply to `initialize`.
    pub start: Duration,
    /// Whether it is ours, so that it knows specs and drafts.
    pub ours: bool,
    /// Which way findings come.
    pub findings: Findings,
    capabilities: Value,
    // Goes after the process.
    folder: TempDir,
}

impl Session {
    /// Starts a server on a workspace that has these specs, and greets it.
    ///
    /// # Panics
    /// Where the workspace can't be made or the server does not answer `initialize`.
    pub fn start(server: &Server, specs: &[(String, Sample)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("work");
        std::fs::create_dir_all(&root).expect("a folder can be made");
        for (name, sample) in specs {
            sample.write(&root, name);
        }
        let begun = Instant::now();
        let mut peer = Peer::start(&server.command, folder.path());
        let (id, _) = peer.request("initialize", greeting(&root));
        let Some(heard) = peer.response(id) else {
            panic!("{} does not answer initialize", server.command);
        };
        let start = heard.at.saturating_duration_since(begun);
        peer.notify("initialized", json!({}));
        let result = &heard.message["result"];
        let capabilities = result["capabilities"].clone();
        let pulls = !capabilities["diagnosticProvider"].is_null();
        Self {
            peer,
            start,
            ours: result["serverInfo"]["name"] == "rutter",
            findings: if pulls {
                Findings::Pulled
            } else {
                Findings::Pushed
            },
            capabilities,
            folder,
        }
    }

    /// Whether the server offers something.
    pub fn offers(&self, provider: &str) -> bool {
        let offered = &self.capabilities[provider];
        !offered.is_null() && *offered != false
    }

    /// The path of a file of the workspace.
    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join("work").join(below)
    }

    /// Opens a document of a spec; gives its URI.
    pub fn open(&mut self, spec: &str, file: &str, text: &str) -> String {
        let uri = uri(&self.path(&format!(".kiro/specs/{spec}/{file}")));
        let document = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        self.peer
            .notify("textDocument/didOpen", json!({ "textDocument": document }));
        uri
    }
}

/// What an editor says that is pushed to by servers that can push, and pulls from those that can't.
fn greeting(root: &Path) -> Value {
    let root = uri(root);
    json!({
        "processId": null, "rootUri": root, "workspaceFolders": [{"uri": root, "name": "work"}],
        "capabilities": {
            "general": {"positionEncodings": ["utf-16"]},
            "workspace": {"applyEdit": true, "workspaceFolders": true, "workspaceEdit": {"documentChanges": true}},
            "textDocument": {
                "publishDiagnostics": {"relatedInformation": true, "versionSupport": true},
                "hover": {"contentFormat": ["markdown", "plaintext"]},
                "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
                "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor"]}}},
                "codeLens": {}, "diagnostic": {},
            },
            "window": {"workDoneProgress": true},
        },
        "initializationOptions": {"rutter": {"client": {"state": true}, "settings": {"model": {"use": "scripted/slow"}}}},
    })
}
