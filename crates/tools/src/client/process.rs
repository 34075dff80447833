//! A server as a process: how it is started, what it prints beside the protocol, how it is ended.

use std::collections::BTreeMap;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use parking_lot::Mutex;
use rutter_host::Permit;
use rutter_process::{Captured, Environment, Group, Program, Request, spawn_piped};
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};
use tokio::process::{ChildStderr, ChildStdin, ChildStdout};
use tokio::task::JoinHandle;

use super::ToolError;
use crate::settings::{Server, Text, Variables};

/// Bytes of errors kept.
const ERRORS_KEPT: usize = 4 * 1024;
/// Bytes of the first thing it prints that are kept.
const FIRST_KEPT: usize = 200;
/// Lines of errors told.
const LINES_TOLD: usize = 6;
/// How long a server gets to end by itself once its input is closed.
const GRACE: Duration = Duration::from_millis(300);
/// How long the errors of a server that has ended are waited for.
const DRAIN: Duration = Duration::from_millis(200);

/// A running server. Dropping it ends the process and all that it started.
pub(super) struct Running {
    group: Group,
    errors: Arc<Mutex<Captured>>,
    /// Reads the errors; nothing once they are closed.
    reading: Option<JoinHandle<()>>,
    first: Arc<Mutex<Vec<u8>>>,
}

/// Its ends of the protocol.
pub(super) type Pipes = (Watched, ChildStdin);

/// Starts a server.
pub(super) fn start(
    permit: Permit,
    server: &Server,
    command: &Text,
    root: &Path,
    variables: &Variables,
) -> Result<(Running, Pipes), ToolError> {
    let fill = |text: &Text| {
        variables
            .expand(&text.value)
            .map_err(|source| ToolError::Variable {
                server: server.name.value.clone(),
                source,
            })
    };
    let mut argv = vec![fill(command)?.into()];
    for argument in &server.args {
        argv.push(fill(argument)?.into());
    }
    let mut environment = BTreeMap::new();
    for pair in &server.env {
        environment.insert(pair.name.value.clone(), fill(&pair.value)?);
    }
    let folder = match &server.cwd {
        Some(cwd) => root.join(fill(cwd)?),
        None => root.to_owned(),
    };
    let request = Request {
        environment: Environment::Only(environment),
        ..Request::new(Program::Argv(argv), folder)
    };
    let piped = spawn_piped(permit, &request).map_err(|source| ToolError::Start {
        server: server.name.value.clone(),
        source,
    })?;
    let errors = Arc::new(Mutex::new(Captured::new(ERRORS_KEPT)));
    let first = Arc::new(Mutex::new(Vec::new()));
    let running = Running {
        group: piped.group,
        reading: Some(tokio::spawn(read(piped.stderr, Arc::clone(&errors)))),
        errors,
        first: Arc::clone(&first),
    };
    let watched = Watched {
        stdout: piped.stdout,
        first,
    };
    Ok((running, (watched, piped.stdin)))
}

impl Running {
    /// Lets the server end by itself, its input being closed, and then ends what is left of it.
    pub async fn end(mut self) {
        // Its errors close when it and all that it started have ended.
        let _ = tokio::time::timeout(GRACE, self.group.ended()).await;
        self.group.end().await;
    }

    /// What the server printed that helps to understand why it failed: ` (it said: …)`, or nothing.
    pub async fn said(&mut self, ended: bool) -> String {
        if ended
            && let Some(reading) = &mut self.reading
            && tokio::time::timeout(DRAIN, reading).await.is_ok()
        {
            self.reading = None;
        }
        let first = self.first.lock().clone();
        let first = String::from_utf8_lossy(&first);
        if first.trim_start().starts_with(|c| c != '{' && c != '[') {
            let line = first.trim_start().lines().next().unwrap_or_default();
            return format!(
                " (it printed {:?} to its standard output, where only messages may stand)",
                rutter_secrets::redact(line)
            );
        }
        let errors = self.errors.lock().text();
        let lines: Vec<&str> = errors.lines().filter(|l| !l.trim().is_empty()).collect();
        if lines.is_empty() {
            return String::new();
        }
        let last = lines[lines.len().saturating_sub(LINES_TOLD)..].join("\n");
        format!(" (it said: {})", rutter_secrets::redact(last.trim()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(reading) = &self.reading {
            reading.abort();
        }
    }
}

async fn read(mut stderr: ChildStderr, errors: Arc<Mutex<Captured>>) {
    let mut buffer = vec![0; 4 * 1024];
    while let Ok(count) = stderr.read(&mut buffer).await {
        if count == 0 {
            break;
        }
        errors.lock().push(&buffer[..count]);
    }
}

/// Standard output whose beginning is kept: a program that is no server, or greets, is told by it.
pub(super) struct Watched {
    stdout: ChildStdout,
    first: Arc<Mutex<Vec<u8>>>,
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stdout).poll_read(context, buffer);
        let mut first = self.first.lock();
        if first.len() < FIRST_KEPT {
            let new = &buffer.filled()[before..];
            let room = FIRST_KEPT - first.len();
            first.extend_from_slice(&new[..new.len().min(room)]);
        }
        drop(first);
        polled
    }
}
