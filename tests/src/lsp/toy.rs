//! A language server whose handlers do what real ones should not.

use std::{sync::Arc, time::Duration};

use lsp_types::{
    ApplyWorkspaceEditParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, ExecuteCommandParams, Hover,
    HoverContents, HoverParams, InitializeParams, InitializeResult, MarkedString, MessageType,
    WorkspaceEdit, request::ApplyWorkspaceEdit,
};
use parking_lot::Mutex;
use rutter_server::front::{CancelToken, Handles, JobError, JobOptions};
use serde_json::{Value, json};
use tower_lsp::{Client, ClientSocket, LanguageServer, LspService, jsonrpc::Result};

use super::gate::Gate;

/// Longer than any test waits.
const FOREVER: Duration = Duration::from_secs(600);

/// What the handlers and the test share; a cheap clone.
#[derive(Clone, Default)]
pub struct Toy {
    /// The versions of the changes, in the order in which they took effect.
    pub applied: Arc<Mutex<Vec<i32>>>,
    /// Lets blocked handlers go on.
    pub gate: Gate,
    /// Opens when a change has taken effect; keeps the counting job until then.
    pub changed: Gate,
    /// Opens when a handler has its answer, or none, from the client, or is dropped.
    pub told: Gate,
}

impl Toy {
    /// How often a change took effect before one that was sent earlier.
    pub fn inversions(&self) -> usize {
        let applied = self.applied.lock();
        applied.windows(2).filter(|pair| pair[0] > pair[1]).count()
    }
}

struct OpensWhenDropped(Gate);

impl Drop for OpensWhenDropped {
    fn drop(&mut self) {
        self.0.set(true);
    }
}

struct ToyServer {
    toy: Toy,
    client: Client,
    /// Absent under tower-lsp's own `Server`.
    handles: Option<Handles>,
}

/// The toy behind tower-lsp; without `handles`, its handlers answer only what stock tower-lsp can serve.
pub fn toy_service(
    toy: Toy,
    handles: impl Into<Option<Handles>>,
) -> (LspService<impl LanguageServer>, ClientSocket) {
    let handles = handles.into();
    LspService::new(|client| ToyServer {
        toy,
        client,
        handles,
    })
}

impl LanguageServer for ToyServer {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        Ok(InitializeResult::default())
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    /// Blocks the thread it runs on, as no handler may.
    async fn did_open(&self, _: DidOpenTextDocumentParams) {
        self.toy.gate.pass();
    }

    /// Every third change yields before it takes effect.
    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let version = params.text_document.version;
        if version % 3 == 0 {
            tokio::task::yield_now().await;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        self.toy.applied.lock().push(version);
        self.toy.changed.set(true);
    }

    /// Waits for the client.
    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        if self
            .client
            .apply_edit(WorkspaceEdit::default())
            .await
            .is_ok()
        {
            self.toy.told.set(true);
        }
    }

    async fn did_close(&self, _: DidCloseTextDocumentParams) {
        panic!("did_close");
    }

    /// Says how many changes it sees.
    async fn hover(&self, _: HoverParams) -> Result<Option<Hover>> {
        let seen = self.toy.applied.lock().len();
        Ok(Some(Hover {
            contents: HoverContents::Scalar(MarkedString::String(seen.to_string())),
            range: None,
        }))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        let argument = params.arguments.into_iter().next().unwrap_or_default();
        match params.command.as_str() {
            "sleep" => {
                tokio::time::sleep(Duration::from_millis(argument.as_u64().unwrap_or_default()))
                    .await;
            }
            "ask" => {
                let answer = self.client.apply_edit(WorkspaceEdit::default()).await;
                self.toy.told.set(true);
                return Ok(Some(json!(answer?)));
            }
            "hold" => {
                let _dropped = OpensWhenDropped(self.toy.told.clone());
                tokio::time::sleep(FOREVER).await;
            }
            "panic" => panic!("at the first poll"),
            "panicLater" => {
                tokio::task::yield_now().await;
                panic!("at a later poll");
            }
            command => {
                if let Some(handles) = &self.handles {
                    return self.with_front(command, argument, handles).await;
                }
            }
        }
        Ok(None)
    }
}

impl ToyServer {
    async fn with_front(
        &self,
        command: &str,
        argument: Value,
        handles: &Handles,
    ) -> Result<Option<Value>> {
        let number = argument.as_u64().unwrap_or_default();
        match command {
            "block" => self.block(handles).await?,
            "panicPool" => {
                handles
                    .pool
                    .run(CancelToken::current(), || panic!("on the pool"))
                    .await?
            }
            "publish" => {
                for version in 0..number {
                    handles.outbox.notify(
                        "textDocument/publishDiagnostics",
                        json!({"uri": "file:///a", "version": version, "diagnostics": []}),
                    );
                }
            }
            "publishByClient" => {
                let uri: lsp_types::Uri = "file:///b".parse().expect("a URI");
                self.client
                    .publish_diagnostics(uri, Vec::new(), Some(7))
                    .await;
            }
            "log" => {
                for line in 0..number {
                    handles
                        .outbox
                        .log(MessageType::INFO, format!("{line}{}", "x".repeat(1000)));
                }
            }
            "big" => return Ok(Some(json!("x".repeat(number as usize)))),
            "refresh" => {
                for _ in 0..number {
                    handles.calls.refresh("workspace/codeLens/refresh");
                }
            }
            "refreshByClient" => self.client.code_lens_refresh().await?,
            "job" => return Ok(Some(json!(self.job(argument, handles)))),
            "jobs" => return Ok(Some(json!(handles.jobs.list()))),
            "cancelJob" => {
                let known = argument.as_str().is_some_and(|id| handles.jobs.cancel(id));
                return Ok(Some(json!(known)));
            }
            _ => {}
        }
        Ok(None)
    }

    /// Keeps a read thread busy until the gate opens or the request is cancelled.
    async fn block(&self, handles: &Handles) -> Result<()> {
        let (gate, outbox, token) = (
            self.toy.gate.clone(),
            handles.outbox.clone(),
            CancelToken::current(),
        );
        let seen = token.clone();
        let work = move || {
            outbox.notify("toy/busy", Value::Null);
            while !gate.pass_within(Duration::from_millis(1)) {
                if seen.is_cancelled() {
                    return outbox.notify("toy/stopped", Value::Null);
                }
            }
        };
        Ok(handles.pool.run(token, work).await?)
    }

    fn job(&self, kind: Value, handles: &Handles) -> Option<String> {
        let options = JobOptions {
            data: json!({"spec": "login"}),
            ..JobOptions::default()
        };
        let gate = self.toy.gate.clone();
        let started = match kind.as_str() {
            Some("async") => handles.jobs.start_async("Waiting", options, |_| async {
                tokio::time::sleep(FOREVER).await;
                Ok(String::new())
            }),
            Some("ask") => {
                let calls = handles.calls.clone();
                handles.jobs.start("Asking", options, move |job| {
                    let params = ApplyWorkspaceEditParams {
                        label: None,
                        edit: WorkspaceEdit::default(),
                    };
                    let cancel = job.cancel_token();
                    let answer = calls.ask_blocking::<ApplyWorkspaceEdit>(params, cancel);
                    job.check()?;
                    let answer = answer.map_err(|error| JobError::Failed(error.to_string()))?;
                    Ok(format!("Applied: {}.", answer.applied))
                })
            }
            Some("panic") => handles
                .jobs
                .start("Breaking", options, |_| panic!("in a job")),
            Some("quick") => handles
                .jobs
                .start("Quick", options, |_| Ok("Done.".to_owned())),
            Some("reports") => {
                let said = self.toy.changed.clone();
                handles.jobs.start("Counting", options, move |job| {
                    gate.pass();
                    for step in 0..=100 {
                        job.report(format!("step {step}"), Some(step));
                    }
                    said.pass();
                    Ok("Counted.".to_owned())
                })
            }
            _ => handles.jobs.start("Working", options, move |job| {
                while !gate.pass_within(Duration::from_millis(1)) {
                    job.check()?;
                }
                Err(JobError::Failed("Nothing to do.".to_owned()))
            }),
        };
        started.ok().map(|id| id.to_string())
    }
}
