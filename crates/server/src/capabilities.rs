//! What the client can do, folded once into a small set, and what the server offers it.

use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability,
    CodeLensOptions, CompletionOptions, DiagnosticOptions, DiagnosticServerCapabilities,
    DocumentLinkOptions, ExecuteCommandOptions, FileOperationFilter, FileOperationPattern,
    FileOperationPatternKind, FileOperationRegistrationOptions, FoldingRangeProviderCapability,
    HoverProviderCapability, InitializeParams, OneOf, PositionEncodingKind, RenameOptions,
    SaveOptions, SelectionRangeProviderCapability, SemanticTokensFullOptions,
    SemanticTokensOptions, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
    WorkspaceFileOperationsServerCapabilities, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};
use rutter_text::Encoding;
use serde::Deserialize;

use crate::requests::semantic_tokens;

/// What the client can do.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Client {
    /// How it counts characters.
    pub encoding: Encoding,
    /// It asks for diagnostics itself, and again when it is told to. A client that can't be told is pushed to: an approval
    /// or an edit in one document changes the findings of another.
    pub pulls: bool,
    /// It can be told to ask for inlay hints again.
    pub refreshes_hints: bool,
    /// It asks what can be renamed before it renames.
    pub prepares_renames: bool,
    /// It lets a formatter be offered for some files only.
    pub registers_formatting: bool,
    /// It knows completions with places to fill in.
    pub snippets: bool,
    /// It can be told to ask for lenses again.
    pub refreshes_lenses: bool,
    /// It makes edits on request and knows versions: only then may open documents change through it.
    pub applies_edits: bool,
    /// It takes edits with document versions.
    pub versioned_edits: bool,
    /// It can preview edits and ask before it applies them.
    pub annotates_edits: bool,
    /// It opens documents on request.
    pub shows_documents: bool,
    /// It answers code actions as objects, not only commands.
    pub action_literals: bool,
    /// It shows symbols as a tree.
    pub symbol_tree: bool,
    /// It takes links with an origin.
    pub definition_links: bool,
    /// It shows progress.
    pub progress: bool,
    /// It watches files for us.
    pub watches_files: bool,
    /// It takes related places of a diagnostic.
    pub related_information: bool,
    /// It renders Markdown in hovers.
    pub markdown_hover: bool,
    /// It renders Markdown beside a completion.
    pub markdown_completion: bool,
    /// It answers `workspace/configuration`.
    pub configuration: bool,
    /// It answers `rutter/input`.
    pub input: bool,
    /// It listens to `rutter/state`.
    pub state: bool,
    /// It draws the view of it: sections of a panel, and a summary.
    pub view: bool,
}

/// `initializationOptions.rutter`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Options {
    /// What the shim adds.
    pub client: Extras,
    /// Settings, as under `rutter.*`.
    pub settings: serde_json::Value,
}

/// What a shim adds to LSP.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Extras {
    input: bool,
    state: bool,
    view: bool,
}

/// Reads `initializationOptions`; what can't be understood counts as absent.
pub fn options(params: &InitializeParams) -> Options {
    let options = params.initialization_options.as_ref();
    options
        .and_then(|o| o.get("rutter"))
        .and_then(|r| serde_json::from_value(r.clone()).ok())
        .unwrap_or_default()
}

impl Client {
    /// Folds what the client said.
    pub fn new(capabilities: &ClientCapabilities, extras: &Extras) -> Self {
        let workspace = capabilities.workspace.as_ref();
        let document = capabilities.text_document.as_ref();
        let window = capabilities.window.as_ref();
        let edit = workspace.and_then(|w| w.workspace_edit.as_ref());
        let refreshes_diagnostics = workspace
            .and_then(|w| w.diagnostic.as_ref())
            .and_then(|d| d.refresh_support)
            == Some(true);
        let versioned_edits = edit.and_then(|e| e.document_changes) == Some(true);
        Self {
            encoding: encoding(capabilities),
            pulls: document.is_some_and(|d| d.diagnostic.is_some()) && refreshes_diagnostics,
            refreshes_hints: workspace
                .and_then(|w| w.inlay_hint.as_ref())
                .and_then(|h| h.refresh_support)
                == Some(true),
            prepares_renames: document
                .and_then(|d| d.rename.as_ref())
                .and_then(|r| r.prepare_support)
                == Some(true),
            registers_formatting: document
                .and_then(|d| d.formatting.as_ref())
                .and_then(|f| f.dynamic_registration)
                == Some(true),
            snippets: document
                .and_then(|d| d.completion.as_ref())
                .and_then(|c| c.completion_item.as_ref())
                .and_then(|i| i.snippet_support)
                == Some(true),
            refreshes_lenses: workspace
                .and_then(|w| w.code_lens.as_ref())
                .and_then(|c| c.refresh_support)
                == Some(true),
            applies_edits: workspace.and_then(|w| w.apply_edit) == Some(true) && versioned_edits,
            versioned_edits,
            annotates_edits: versioned_edits
                && edit.is_some_and(|e| e.change_annotation_support.is_some()),
            shows_documents: window
                .and_then(|w| w.show_document.as_ref())
                .is_some_and(|s| s.support),
            action_literals: document
                .and_then(|d| d.code_action.as_ref())
                .is_some_and(|a| a.code_action_literal_support.is_some()),
            symbol_tree: document
                .and_then(|d| d.document_symbol.as_ref())
                .and_then(|s| s.hierarchical_document_symbol_support)
                == Some(true),
            definition_links: document
                .and_then(|d| d.definition.as_ref())
                .and_then(|d| d.link_support)
                == Some(true),
            progress: window.and_then(|w| w.work_done_progress) == Some(true),
            watches_files: workspace
                .and_then(|w| w.did_change_watched_files.as_ref())
                .and_then(|d| d.dynamic_registration)
                == Some(true),
            related_information: document
                .and_then(|d| d.publish_diagnostics.as_ref())
                .and_then(|p| p.related_information)
                == Some(true),
            markdown_hover: document
                .and_then(|d| d.hover.as_ref())
                .and_then(|h| h.content_format.as_ref())
                .is_some_and(|f| f.contains(&lsp_types::MarkupKind::Markdown)),
            markdown_completion: document
                .and_then(|d| d.completion.as_ref())
                .and_then(|c| c.completion_item.as_ref())
                .and_then(|i| i.documentation_format.as_ref())
                .is_some_and(|f| f.contains(&lsp_types::MarkupKind::Markdown)),
            configuration: workspace.and_then(|w| w.configuration) == Some(true),
            input: extras.input,
            state: extras.state,
            view: extras.view,
        }
    }

    /// The same, knowing which client it is. Eglot 1.17 counts UTF-16 in files that it edits without having opened them,
    /// whatever was agreed, so nothing else is agreed with it.
    #[must_use]
    pub fn of(mut self, name: Option<&str>) -> Self {
        if name == Some("Eglot") {
            self.encoding = Encoding::Utf16;
        }
        self
    }

    /// The encoding in LSP's words.
    pub fn encoding_kind(&self) -> PositionEncodingKind {
        match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// The client's first choice that isn't UTF-16, which costs most; UTF-16 where nothing else is offered.
fn encoding(capabilities: &ClientCapabilities) -> Encoding {
    let offered = capabilities
        .general
        .as_ref()
        .and_then(|g| g.position_encodings.as_ref());
    offered
        .into_iter()
        .flatten()
        .find_map(|kind| match kind.as_str() {
            "utf-8" => Some(Encoding::Utf8),
            "utf-32" => Some(Encoding::Utf32),
            _ => None,
        })
        .unwrap_or(Encoding::Utf16)
}

/// What the server offers this client.
pub fn server(client: &Client) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(client.encoding_kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions {
                    include_text: Some(false),
                })),
                ..TextDocumentSyncOptions::default()
            },
        )),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        // The quote and the colon begin a value of a hook or of front matter, the slash the next part of a path; comma and
        // dot the next part of a list of ids, `#` a heading, `[` a checkbox.
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(
                ["\"", ":", "/", ",", ".", "#", "["]
                    .map(str::to_owned)
                    .to_vec(),
            ),
            ..CompletionOptions::default()
        }),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: Default::default(),
        }),
        definition_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        rename_provider: Some(if client.prepares_renames {
            OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: Default::default(),
            })
        } else {
            OneOf::Left(true)
        }),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: Some(
            SemanticTokensOptions {
                legend: semantic_tokens::legend(),
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Bool(true)),
                ..SemanticTokensOptions::default()
            }
            .into(),
        ),
        inlay_hint_provider: Some(OneOf::Left(true)),
        document_formatting_provider: (!client.registers_formatting).then_some(OneOf::Left(true)),
        code_action_provider: Some(if client.action_literals {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::QUICKFIX,
                    CodeActionKind::REFACTOR,
                    CodeActionKind::SOURCE,
                ]),
                ..CodeActionOptions::default()
            })
        } else {
            CodeActionProviderCapability::Simple(true)
        }),
        code_lens_provider: Some(CodeLensOptions {
            resolve_provider: Some(false),
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: crate::command::names().map(str::to_owned).collect(),
            ..ExecuteCommandOptions::default()
        }),
        diagnostic_provider: client.pulls.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("rutter".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                ..DiagnosticOptions::default()
            })
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: Some(file_operations()),
        }),
        ..ServerCapabilities::default()
    }
}

/// Hooks wait for files that the user creates, renames and deletes in the editor.
fn file_operations() -> WorkspaceFileOperationsServerCapabilities {
    let all = Some(FileOperationRegistrationOptions {
        filters: vec![FileOperationFilter {
            scheme: Some("file".to_owned()),
            pattern: FileOperationPattern {
                glob: "**/*".to_owned(),
                matches: Some(FileOperationPatternKind::File),
                options: None,
            },
        }],
    });
    WorkspaceFileOperationsServerCapabilities {
        did_create: all.clone(),
        did_rename: all.clone(),
        did_delete: all,
        ..WorkspaceFileOperationsServerCapabilities::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_the_clients_first_that_is_cheap() {
        for (offered, expected) in [
            (vec!["utf-16"], Encoding::Utf16),
            (vec!["utf-32", "utf-8", "utf-16"], Encoding::Utf32),
            (vec!["utf-16", "utf-8"], Encoding::Utf8),
            (vec![], Encoding::Utf16),
        ] {
            let capabilities: ClientCapabilities = serde_json::from_value(
                serde_json::json!({"general": {"positionEncodings": offered}}),
            )
            .unwrap();
            assert_eq!(
                Client::new(&capabilities, &Extras::default()).encoding,
                expected
            );
            let eglot = Client::new(&capabilities, &Extras::default()).of(Some("Eglot"));
            assert_eq!(eglot.encoding, Encoding::Utf16);
        }
    }

    #[test]
    fn a_client_that_can_do_nothing_is_a_client() {
        let client = Client::new(&ClientCapabilities::default(), &Extras::default());
        assert!(!client.pulls && !client.applies_edits && !client.state);
        assert!(server(&client).diagnostic_provider.is_none());
    }
}
