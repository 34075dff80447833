//! Work with running tool servers: they end with the verb, however it ends.

use std::path::Path;
use std::sync::Arc;

use rutter_commands::{Code, CommandError, mcp};
use rutter_tools::{Servers, ToolError};

use crate::verbs::command::Session;

/// Hands the servers of a workspace folder to `work`; nothing of them is left when this returns.
pub fn with_servers<T>(
    session: &Session,
    root: &Path,
    work: impl AsyncFnOnce(Arc<Servers>) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|e| {
            CommandError::new(Code::Io, format!("No thread could be started: {e}."), "")
        })?;
    let variables = session.with(|cx| mcp::variables(cx, root));
    let files = Arc::clone(&session.environment.files);
    let store = session.environment.store.as_ref().clone();
    let servers = Arc::new(Servers::new(store, files, root, variables));
    let done = runtime.block_on(async {
        let done = tokio::select! {
            biased;
            () = interrupted() => Err(ToolError::Cancelled.into()),
            done = work(Arc::clone(&servers)) => done,
        };
        servers.stop_all().await;
        done
    });
    // A name that is still looked up is not waited for.
    runtime.shutdown_background();
    done
}

/// Resolves when the user, or who started us, wants us to end.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let heard = async |kind| match signal(kind) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        };
        tokio::select! {
            () = heard(SignalKind::interrupt()) => {}
            () = heard(SignalKind::terminate()) => {}
            () = heard(SignalKind::hangup()) => {}
        }
    }
    #[cfg(not(unix))]
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
