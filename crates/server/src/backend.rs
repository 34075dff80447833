//! The protocol as one table: every method the server answers, and where. State changes run at once and in order; what
//! reads takes its snapshot here and computes on the read pool.

use lsp_types::*;
use tower_lsp::jsonrpc::Result;
use tower_lsp::{ClientSocket, LanguageServer, LspService};

use crate::capabilities::{self, Client};
use crate::environment::Environment;
use crate::front::{CancelToken, Handles};
use crate::requests::{
    code_action, code_lens, completion, definition, diagnostic, document_link, document_symbol,
    hover,
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
        let client = Client::new(&params.capabilities, &options.client);
        tracing::info!(
            ?client,
            name = params.client_info.as_ref().map(|c| c.name.as_str()),
            "a client"
        );
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
