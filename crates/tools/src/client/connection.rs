//! One connected server.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rmcp::model::{
    CallToolRequestParams, CallToolResult, ClientCapabilities, ClientConfig, Implementation,
    JsonObject, PaginatedRequestParams, ProtocolVersion,
};
use rmcp::service::{ClientInitializeError, NotificationContext, RunningService, ServiceError};
use rmcp::transport::streamable_http_client::StreamableHttpError;
use rmcp::{ClientHandler, ClientLifecycleMode, ClientServiceExt, RoleClient};
use rutter_host::Permit;
use tokio::sync::Mutex;

use super::ToolError;
use super::http;
use super::process::{self, Running};
use crate::settings::{Server, Transport, Variables};

/// Pages of a tool list that are read: a server must come to an end.
const PAGES: usize = 100;
/// How long closing a connection may take.
const CLOSING: Duration = Duration::from_secs(1);

/// What to do where an address wants to know who asks.
const SIGN_IN: &str = "it asks to sign in (401). Write `\"headers\": {\"Authorization\": \"Bearer ${NAME}\"}` into its settings, with a token in the variable NAME, and add NAME to `approvedVariables` under `[mcp]` in your config.toml.";

/// What the server hears of us, and what we hear of it without asking.
struct Handler {
    stale: Arc<AtomicBool>,
}

impl ClientHandler for Handler {
    fn get_info(&self) -> ClientConfig {
        ClientConfig::new(
            ClientCapabilities::default(),
            Implementation::new("rutter", env!("CARGO_PKG_VERSION")),
        )
    }

    async fn on_tool_list_changed(&self, _: NotificationContext<RoleClient>) {
        self.stale.store(true, Ordering::Release);
    }
}

/// A connected server.
pub(super) struct Connection {
    /// The digest of the declaration it was started from.
    pub digest: String,
    server: String,
    limit: Duration,
    service: RunningService<RoleClient, Handler>,
    running: Mutex<Option<Running>>,
    stale: Arc<AtomicBool>,
}

impl Connection {
    /// Starts or connects to a server within its time limit.
    pub async fn open(
        permit: Permit,
        server: &Server,
        digest: String,
        root: &Path,
        variables: &Variables,
    ) -> Result<Self, ToolError> {
        let name = server.name.value.clone();
        let limit = server.time_limit();
        let stale = Arc::new(AtomicBool::new(false));
        let handler = Handler {
            stale: Arc::clone(&stale),
        };
        let mode = ClientLifecycleMode::Auto {
            preferred_versions: vec![ProtocolVersion::V_2026_07_28],
            legacy_version: None,
        };
        let transport = server.transport().map_err(|why| ToolError::Unusable {
            server: name.clone(),
            why,
        })?;
        let (served, mut running) = match transport {
            Transport::Stdio { command } => {
                let (running, (stdout, stdin)) =
                    process::start(permit, server, command, root, variables)?;
                let serving = handler.serve_with_lifecycle((stdout, stdin), mode);
                (tokio::time::timeout(limit, serving).await, Some(running))
            }
            Transport::Http { url } => {
                let transport = http::transport(permit, server, url, variables)?;
                let serving = handler.serve_with_lifecycle(transport, mode);
                (tokio::time::timeout(limit, serving).await, None)
            }
        };
        let doing = "starting".to_owned();
        match served {
            Ok(Ok(service)) => Ok(Self {
                digest,
                server: name,
                limit,
                service,
                running: Mutex::new(running),
                stale,
            }),
            Ok(Err(error)) => match (error, &mut running) {
                (
                    ClientInitializeError::ConnectionClosed(_)
                    | ClientInitializeError::TransportError { .. },
                    Some(running),
                ) => Err(ToolError::Ended {
                    server: name,
                    doing,
                    said: running.said(true).await,
                }),
                (error, _) => Err(ToolError::Refused {
                    server: name,
                    doing,
                    message: refusal(&error),
                }),
            },
            Err(_) => Err(ToolError::TimedOut {
                server: name,
                limit,
                doing,
                said: said(running.as_mut(), false).await,
            }),
        }
    }

    /// Whether it can still be asked.
    pub fn is_open(&self) -> bool {
        !self.service.is_closed() && !self.service.peer().is_transport_closed()
    }

    /// Whether the server said that its tools changed since the last listing.
    pub fn is_stale(&self) -> bool {
        self.stale.load(Ordering::Acquire)
    }

    /// All its tools, all pages.
    pub async fn list(&self) -> Result<Vec<rmcp::model::Tool>, ToolError> {
        self.stale.store(false, Ordering::Release);
        let listing = async {
            let mut tools = Vec::new();
            let mut params = None;
            for _ in 0..PAGES {
                let page = self.service.peer().list_tools(params).await?;
                tools.extend(page.tools);
                match page.next_cursor {
                    Some(cursor) => {
                        params = Some(PaginatedRequestParams::default().with_cursor(Some(cursor)));
                    }
                    None => return Ok(tools),
                }
            }
            Err(ServiceError::UnexpectedResponse)
        };
        self.within("listing its tools", listing).await
    }

    /// Calls a tool; dropping the future tells the server that nobody waits any more.
    pub async fn call(
        &self,
        tool: &str,
        arguments: JsonObject,
    ) -> Result<CallToolResult, ToolError> {
        let params = CallToolRequestParams::new(tool.to_owned()).with_arguments(arguments);
        self.within(&format!("running `{tool}`"), self.service.call_tool(params))
            .await
    }

    /// Closes the connection; nothing of the process is left.
    pub async fn close(mut self) {
        if let Err(error) = self.service.close_with_timeout(CLOSING).await {
            tracing::warn!(server = self.server, %error, "a tool server's connection broke off");
        }
        if let Some(running) = self.running.into_inner() {
            running.end().await;
        }
    }

    /// Ends the connection under those who still wait for an answer; nothing of the process is left.
    pub async fn abort(&self) {
        self.service.cancellation_token().cancel();
        if let Some(running) = self.running.lock().await.take() {
            running.end().await;
        }
    }

    async fn within<T>(
        &self,
        doing: &str,
        asking: impl Future<Output = Result<T, ServiceError>>,
    ) -> Result<T, ToolError> {
        let (server, doing) = (self.server.clone(), doing.to_owned());
        match tokio::time::timeout(self.limit, asking).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(ServiceError::TransportClosed)) => Err(ToolError::Ended {
                server,
                doing,
                said: said(self.running.lock().await.as_mut(), true).await,
            }),
            Ok(Err(ServiceError::McpError(error))) => Err(ToolError::Refused {
                server,
                doing,
                message: format!("{}.", error.message.trim_end_matches('.')),
            }),
            Ok(Err(error)) => Err(ToolError::Refused {
                server,
                doing,
                message: sentence(&error),
            }),
            Err(_) => Err(ToolError::TimedOut {
                server,
                limit: self.limit,
                doing,
                said: said(self.running.lock().await.as_mut(), false).await,
            }),
        }
    }
}

async fn said(running: Option<&mut Running>, ended: bool) -> String {
    match running {
        Some(running) => running.said(ended).await,
        None => String::new(),
    }
}

/// Why a server could not be connected to, without the names of our own types.
fn refusal(error: &ClientInitializeError) -> String {
    if error.is_authorization_required() {
        return SIGN_IN.to_owned();
    }
    match error {
        ClientInitializeError::TransportError { error, .. } => {
            match error
                .error
                .downcast_ref::<StreamableHttpError<reqwest::Error>>()
            {
                Some(StreamableHttpError::Client(client)) => sentence(client),
                _ => sentence(error.error.as_ref()),
            }
        }
        ClientInitializeError::LegacyFallbackFailed { fallback, .. } => refusal(fallback),
        ClientInitializeError::JsonRpcError(error) => {
            format!("{}.", error.message.trim_end_matches('.'))
        }
        other => sentence(other),
    }
}

/// An error with what caused it, as one sentence; what looks like a secret is taken out.
fn sentence(error: &dyn std::error::Error) -> String {
    let mut parts = vec![error.to_string()];
    let mut source = error.source();
    while let Some(cause) = source {
        let text = cause.to_string();
        if !parts.iter().any(|p| p.contains(&text)) {
            parts.push(text);
        }
        source = cause.source();
    }
    let all = parts.join(": ");
    format!("{}.", rutter_secrets::redact(all.trim_end_matches('.')))
}
