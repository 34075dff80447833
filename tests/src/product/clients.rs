//! What the editors say of themselves, shortened to what a server could act on.

use serde_json::{Value, json};

use super::document::Encoding;

/// An editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Visual Studio Code.
    VsCode,
    /// Neovim 0.11.
    Neovim,
    /// Helix 25.
    Helix,
    /// Emacs 29 with eglot.
    Eglot,
    /// Zed.
    Zed,
    /// A client that says nothing of itself at all.
    Nothing,
}

/// All of them.
pub const CLIENTS: [Kind; 6] = [
    Kind::VsCode,
    Kind::Neovim,
    Kind::Helix,
    Kind::Eglot,
    Kind::Zed,
    Kind::Nothing,
];

impl Kind {
    /// Its `capabilities`.
    pub fn capabilities(self) -> Value {
        match self {
            Self::VsCode => vscode(),
            Self::Neovim => neovim(),
            Self::Helix => helix(),
            Self::Eglot => eglot(),
            Self::Zed => zed(),
            Self::Nothing => json!({}),
        }
    }
}

/// The capabilities with one position encoding offered, or none where that is the default.
pub fn offering(mut capabilities: Value, encoding: Encoding) -> Value {
    if encoding == Encoding::Utf16 {
        if let Some(general) = capabilities["general"].as_object_mut() {
            general.remove("positionEncodings");
        }
    } else {
        capabilities["general"]["positionEncodings"] = json!([encoding.name(), "utf-16"]);
    }
    capabilities
}

fn actions() -> Value {
    json!({"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor", "source"]}}, "isPreferredSupport": true})
}

fn vscode() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "workspace": {
            "applyEdit": true, "configuration": true, "workspaceFolders": true,
            "workspaceEdit": {
                "documentChanges": true, "resourceOperations": ["create", "rename", "delete"],
                "failureHandling": "textOnlyTransactional", "normalizesLineEndings": true,
                "changeAnnotationSupport": {"groupsOnLabel": true},
            },
            "didChangeConfiguration": {"dynamicRegistration": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true, "relativePatternSupport": true},
            "codeLens": {"refreshSupport": true}, "diagnostics": {"refreshSupport": true},
            "inlayHint": {"refreshSupport": true},
        },
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "versionSupport": false, "codeDescriptionSupport": true},
            "synchronization": {"dynamicRegistration": true, "didSave": true, "willSave": true},
            "hover": {"contentFormat": ["markdown", "plaintext"]}, "definition": {"linkSupport": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "codeAction": actions(), "codeLens": {"dynamicRegistration": true},
            "rename": {"dynamicRegistration": true, "prepareSupport": true, "prepareSupportDefaultBehavior": 1},
            "formatting": {"dynamicRegistration": true}, "completion": {"completionItem": {"snippetSupport": true}},
            "diagnostic": {"dynamicRegistration": true, "relatedDocumentSupport": false},
        },
        "window": {"workDoneProgress": true, "showMessage": {"messageActionItem": {}}, "showDocument": {"support": true}},
    })
}

fn neovim() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8", "utf-16", "utf-32"]},
        "workspace": {
            "applyEdit": true, "configuration": true, "workspaceFolders": true,
            "workspaceEdit": {"resourceOperations": ["rename", "create", "delete"]},
            "didChangeConfiguration": {"dynamicRegistration": false},
            "didChangeWatchedFiles": {"dynamicRegistration": false, "relativePatternSupport": true},
        },
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "tagSupport": {"valueSet": [1, 2]}},
            "synchronization": {"didSave": true}, "hover": {"contentFormat": ["markdown", "plaintext"]},
            "definition": {"linkSupport": true}, "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "codeAction": actions(), "codeLens": {"dynamicRegistration": false},
            "rename": {"dynamicRegistration": true, "prepareSupport": true},
            "formatting": {"dynamicRegistration": true}, "completion": {"completionItem": {"snippetSupport": true}},
            "diagnostic": {"dynamicRegistration": false},
        },
        "window": {"workDoneProgress": true, "showMessage": {"messageActionItem": {}}, "showDocument": {"support": true}},
    })
}

fn helix() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8", "utf-32", "utf-16"]},
        "workspace": {
            "applyEdit": true, "configuration": true, "workspaceFolders": true,
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"], "failureHandling": "abort"},
            "didChangeConfiguration": {"dynamicRegistration": false}, "didChangeWatchedFiles": {"dynamicRegistration": true},
            "diagnostics": {"refreshSupport": true},
        },
        "textDocument": {
            "publishDiagnostics": {"versionSupport": true}, "hover": {"contentFormat": ["markdown"]},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true}, "codeAction": actions(),
            "rename": {"dynamicRegistration": false, "prepareSupport": true}, "formatting": {"dynamicRegistration": false},
            "completion": {"completionItem": {"snippetSupport": true}},
            "diagnostic": {"dynamicRegistration": false, "relatedDocumentSupport": true},
        },
        "window": {"workDoneProgress": true, "showDocument": {"support": true}},
    })
}

fn eglot() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-32", "utf-8", "utf-16"]},
        "workspace": {
            "applyEdit": true, "configuration": true, "workspaceFolders": true,
            "workspaceEdit": {"documentChanges": true}, "didChangeWatchedFiles": {"dynamicRegistration": true},
        },
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": false, "codeDescriptionSupport": false},
            "synchronization": {"dynamicRegistration": false, "didSave": true, "willSave": true, "willSaveWaitUntil": true},
            "hover": {"contentFormat": ["plaintext"]}, "definition": {"linkSupport": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true}, "codeAction": actions(),
            "rename": {"dynamicRegistration": false}, "formatting": {"dynamicRegistration": false},
        },
        "window": {"showDocument": {"support": true}, "workDoneProgress": true},
    })
}

fn zed() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "workspace": {
            "applyEdit": true, "configuration": true, "workspaceFolders": true,
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"]},
            "didChangeConfiguration": {"dynamicRegistration": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true, "relativePatternSupport": true},
            "codeLens": {"refreshSupport": true}, "diagnostics": {"refreshSupport": true},
        },
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "versionSupport": true},
            "hover": {"contentFormat": ["markdown"]}, "definition": {"linkSupport": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "codeAction": actions(), "codeLens": {"dynamicRegistration": true},
            "rename": {"dynamicRegistration": true, "prepareSupport": true},
            "formatting": {"dynamicRegistration": true}, "completion": {"completionItem": {"snippetSupport": true}},
        },
        "window": {"workDoneProgress": true, "showMessage": {"messageActionItem": {"additionalPropertiesSupport": true}}},
    })
}
