//! The protocol as one table: every method the server answers, and where. State changes run at once and in order; what
//! reads takes its snapshot here and computes on the read pool.

use lsp_types::*;
use tower_lsp::jsonrpc::Result;
use tower_lsp::{ClientSocket, LanguageServer, LspService};

use crate::capabilities::{self, Client};
use crate::environment::Environment;
use crate::front::{CancelToken, Handles};
use crate::requests::{
    code_action, code_lens, completion, definition, diagnostic, document_highlight, document_link,
    document_symbol, folding_range, formatting, hover, inlay_hint, references, rename,
    selection_range, semantic_tokens, workspace_symbol,
};
use crate::session::Session;
use crate::{command, settings, state_lane, watch};

/// The language server behind the front.
pub struct Backend {
    session: Session,
}

/// Puts the server behind tower-lsp.
pub fn service(handles: Handles, environment: Environment) -> (LspService<Backend>, ClientSocket) {
    LspService::build(|_client| Backend {
        session: Session::new(handles, environment),
    })
    .custom_method("rutter/problems", Backend::problems)
    .finish()
}

impl Backend {
    /// `rutter/problems`: what other servers report.
    async fn problems(&self, params: crate::messages::ProblemsParams) {
        state_lane::problems(&self.session, &params);
    }

    /// Answers from a snapshot taken now, on the read pool.
    fn read<T: Send + 'static>(
        &self,
        answer: impl FnOnce(&Session, &rutter_workspace::Snapshot, &CancelToken) -> T + Send + 'static,
    ) -> impl Future<Output = Result<T>> + Send + 'static {
        let (session, snapshot, token) = (
            self.session.clone(),
            self.session.snapshot(),
            CancelToken::current(),
        );
        let pooled = self
            .session
            .handles()
            .pool
            .run(token.clone(), move || answer(&session, &snapshot, &token));
        async move { Ok(pooled.await?) }
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let options = capabilities::options(&params);
        let name = params.client_info.as_ref().map(|c| c.name.as_str());
        let client = Client::new(&params.capabilities, &options.client).of(name);
        tracing::info!(?client, name, "a client");
        let answer = InitializeResult {
            capabilities: capabilities::server(&client),
            server_info: Some(ServerInfo {
                name: "rutter".to_owned(),
                version: Some(self.session.environment().version.to_owned()),
            }),
        };
        self.session.begin(
            client,
            params.client_info.as_ref().map(|c| c.name.as_str()),
            state_lane::roots(&params),
            settings::from_json(&options.settings),
        );
        Ok(answer)
    }

    async fn initialized(&self, _: InitializedParams) {
        self.session.change(rutter_workspace::World::load);
        self.session.start_publishing();
        self.session.start_hooks();
        if self.session.client().configuration {
            settings::ask(&self.session);
        }
        formatting::register(&self.session);
        watch::start(&self.session);
    }

    async fn shutdown(&self) -> Result<()> {
        if let Some(hooks) = self.session.hooks() {
            hooks.stop().await;
        }
        Ok(())
    }

    // State

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        state_lane::open(&self.session, params);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        state_lane::change(&self.session, params);
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        state_lane::save(&self.session, params);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        state_lane::close(&self.session, params);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        state_lane::watched(&self.session, params);
    }

    async fn did_create_files(&self, params: CreateFilesParams) {
        state_lane::created(&self.session, params);
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        state_lane::renamed(&self.session, params);
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        state_lane::deleted(&self.session, params);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        state_lane::folders(&self.session, params);
        watch::start(&self.session);
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        state_lane::configuration(&self.session, params);
    }

    // Read

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.read(move |session, snapshot, _| hover::handle(session, snapshot, &params))
            .await
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        self.read(move |session, snapshot, _| definition::handle(session, snapshot, &params))
            .await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        self.read(move |_, snapshot, _| references::handle(snapshot, &params))
            .await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        self.read(move |_, snapshot, _| document_highlight::handle(snapshot, &params))
            .await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        self.read(move |_, snapshot, _| rename::prepare(snapshot, &params))
            .await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.read(move |session, snapshot, _| rename::handle(session, snapshot, &params))
            .await?
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<OneOf<Vec<SymbolInformation>, Vec<WorkspaceSymbol>>>> {
        self.read(move |_, snapshot, token| {
            Some(workspace_symbol::handle(snapshot, &params, token))
        })
        .await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.read(move |_, snapshot, _| folding_range::handle(snapshot, &params))
            .await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        self.read(move |_, snapshot, _| selection_range::handle(snapshot, &params))
            .await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        self.read(move |_, snapshot, _| {
            let uri = &params.text_document.uri;
            semantic_tokens::handle(snapshot, uri, None).map(SemanticTokensResult::Tokens)
        })
        .await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        self.read(move |_, snapshot, _| {
            let uri = &params.text_document.uri;
            semantic_tokens::handle(snapshot, uri, Some(params.range))
                .map(SemanticTokensRangeResult::Tokens)
        })
        .await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.read(move |_, snapshot, _| inlay_hint::handle(snapshot, &params))
            .await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.read(move |_, snapshot, _| formatting::handle(snapshot, &params))
            .await
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        self.read(move |session, snapshot, _| document_symbol::handle(session, snapshot, &params))
            .await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.read(move |session, snapshot, _| completion::handle(session, snapshot, &params))
            .await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.read(move |session, snapshot, _| document_link::handle(session, snapshot, &params))
            .await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.read(move |session, snapshot, _| code_lens::handle(session, snapshot, &params))
            .await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.read(move |session, snapshot, _| code_action::handle(session, snapshot, &params))
            .await
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        self.read(move |session, snapshot, _| diagnostic::document(session, snapshot, &params))
            .await
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        self.read(move |session, snapshot, token| {
            diagnostic::workspace(session, snapshot, &params, token)
        })
        .await
    }

    // Jobs and commands

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        command::execute(self.session.clone(), params).await
    }
}
