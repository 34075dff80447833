//! Starting, watching and ending a process.

use std::io;
use std::process::Stdio;
use std::time::{Duration, Instant};

use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop};
use rutter_host::{Grounds, Permit};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{ChildStderr, ChildStdin, ChildStdout};

use crate::capture::Captured;
use crate::group::Group;
use crate::request::{Environment, NEEDED, Request};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this code.
    Exited(i32),
    /// By a signal that was not ours.
    Killed,
    /// We ended it: its time was up.
    TimedOut,
    /// We ended it: nobody wants it any more.
    Cancelled,
}

/// What a run gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How it ended.
    pub end: End,
    /// What it printed.
    pub stdout: Captured,
    /// What it printed as errors.
    pub stderr: Captured,
    /// From the start to the end.
    pub took: Duration,
}

/// Why a process could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is no such program.
    #[error("`{0}` was not found: install it, or put its folder on the PATH.")]
    NotFound(String),
    /// Anything else.
    #[error("`{program}` could not be started: {source}.")]
    Io {
        /// The program.
        program: String,
        /// What the system said.
        source: io::Error,
    },
}

/// How long the output of a process that has ended is waited for: a program that left our group may hold it open.
const DRAIN: Duration = Duration::from_millis(200);

/// Runs to the end, the time limit, or until `cancelled` resolves; then nothing that it started is left running.
/// Dropping the future ends all that too.
pub async fn run(
    permit: Permit,
    request: Request,
    cancelled: impl Future<Output = ()>,
) -> Result<Output, StartError> {
    let started = Instant::now();
    let mut group = start(&permit, &request)?;
    let child = group.child();
    let stdin = feed(child.stdin().take(), request.stdin);
    let streams = (child.stdout().take(), child.stderr().take());
    let mut stdout = Captured::new(request.output_limit);
    let mut stderr = Captured::new(request.output_limit);
    let end = {
        let reading = async {
            tokio::join!(
                read(streams.0, &mut stdout),
                read(streams.1, &mut stderr),
                stdin
            );
        };
        tokio::pin!(reading);
        let deadline = async {
            match request.time_limit {
                Some(limit) => tokio::time::sleep(limit).await,
                None => std::future::pending().await,
            }
        };
        let mut read_all = false;
        let end = {
            let watched = async {
                tokio::select! {
                    status = group.leader() => match status {
                        Ok(status) => status.code().map_or(End::Killed, End::Exited),
                        Err(error) => {
                            tracing::warn!(%error, "a process could not be waited for");
                            End::Killed
                        }
                    },
                    () = deadline => End::TimedOut,
                    () = cancelled => End::Cancelled,
                }
            };
            tokio::pin!(watched);
            // Reading goes on beside: a full pipe would hold the process up.
            loop {
                tokio::select! {
                    end = &mut watched => break end,
                    () = &mut reading, if !read_all => read_all = true,
                }
            }
        };
        // What is read last may come from what is ended here.
        let rest = async {
            if !read_all {
                let _ = tokio::time::timeout(DRAIN, reading).await;
            }
        };
        tokio::join!(group.end(), rest);
        end
    };
    Ok(Output {
        end,
        stdout,
        stderr,
        took: started.elapsed(),
    })
}

/// The same for code that is not asynchronous; blocks this thread until the end or the time limit.
pub fn run_now(permit: Permit, request: Request) -> Result<Output, StartError> {
    let program = name(&request);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|source| StartError::Io { program, source })?;
    runtime.block_on(run(permit, request, std::future::pending()))
}

/// A process that is talked with over its standard input and output, such as a tool server. Dropping `group` ends it and
/// all that it started.
pub struct Piped {
    /// Its standard input.
    pub stdin: ChildStdin,
    /// Its standard output.
    pub stdout: ChildStdout,
    /// Its errors.
    pub stderr: ChildStderr,
    /// Its process group.
    pub group: Group,
}

/// Starts a process to talk with; `stdin`, time and output limits of the request don't count.
pub fn spawn_piped(permit: Permit, request: &Request) -> Result<Piped, StartError> {
    let mut group = start(&permit, request)?;
    let child = group.child();
    let (stdin, stdout, stderr) = (
        child.stdin().take(),
        child.stdout().take(),
        child.stderr().take(),
    );
    match (stdin, stdout, stderr) {
        (Some(stdin), Some(stdout), Some(stderr)) => Ok(Piped {
            stdin,
            stdout,
            stderr,
            group,
        }),
        _ => Err(StartError::Io {
            program: name(request),
            source: io::Error::other("its pipes are missing"),
        }),
    }
}

fn name(request: &Request) -> String {
    request
        .program
        .argv()
        .first()
        .map(|program| program.to_string_lossy().into_owned())
        .unwrap_or_default()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where a process starts"
)]
fn start(permit: &Permit, request: &Request) -> Result<Group, StartError> {
    let argv = request.program.argv();
    let Some((program, arguments)) = argv.split_first() else {
        return Err(StartError::NotFound(String::new()));
    };
    tracing::debug!(grounds = ?permit.grounds(), program = %program.display(), "a process starts");
    let mut command = tokio::process::Command::new(program);
    command
        .args(arguments)
        .current_dir(&request.folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    match &request.environment {
        Environment::Inherited(more) => {
            command.envs(more);
        }
        Environment::Only(these) => {
            command.env_clear();
            for name in NEEDED {
                if let Some(value) = std::env::var_os(name) {
                    command.env(name, value);
                }
            }
            command.envs(these);
        }
    }
    let runs_others = !matches!(permit.grounds(), Grounds::Own { .. });
    #[cfg(target_os = "linux")]
    let mark = runs_others.then(crate::mark::new).flatten();
    #[cfg(not(target_os = "linux"))]
    let mark = None;
    #[cfg(target_os = "linux")]
    if let Some(mark) = &mark {
        command.env(crate::mark::VARIABLE, crate::mark::value(mark));
    }
    let mut wrapped = CommandWrap::from(command);
    #[cfg(unix)]
    wrapped.wrap(process_wrap::tokio::ProcessGroup::leader());
    #[cfg(windows)]
    wrapped.wrap(process_wrap::tokio::JobObject);
    wrapped.wrap(KillOnDrop);
    let child = wrapped.spawn().map_err(|source| match source.kind() {
        // A folder that is gone gives the same error as a program that is not there.
        io::ErrorKind::NotFound if request.folder.is_dir() => StartError::NotFound(name(request)),
        _ => StartError::Io {
            program: name(request),
            source,
        },
    })?;
    lower_priority(child.as_ref());
    Ok(match runs_others {
        true => Group::watched(child, mark),
        false => Group::plain(child),
    })
}

/// The person at the keyboard goes first.
fn lower_priority(child: &dyn ChildWrapper) {
    #[cfg(unix)]
    if let Some(pid) = child
        .id()
        .and_then(|id| i32::try_from(id).ok())
        .and_then(rustix::process::Pid::from_raw)
        && let Err(error) = rustix::process::setpriority_pgrp(Some(pid), 10)
    {
        // It may have ended already.
        tracing::debug!(%error, "the priority of a process stays as it is");
    }
    #[cfg(not(unix))]
    let _ = child;
}

async fn feed(stdin: Option<ChildStdin>, bytes: Vec<u8>) {
    if let Some(mut stdin) = stdin {
        // A program need not read what it is given.
        let _ = stdin.write_all(&bytes).await;
    }
}

async fn read(stream: Option<impl AsyncRead + Unpin>, into: &mut Captured) {
    let Some(mut stream) = stream else { return };
    let mut buffer = vec![0; 8 * 1024];
    while let Ok(count) = stream.read(&mut buffer).await {
        if count == 0 {
            break;
        }
        into.push(&buffer[..count]);
    }
}
