//! `rutter lsp`: serves an editor over stdin and stdout.

use std::io;
use std::process;

use rutter_server::front::{FrontOptions, serve};

use crate::world::{Folders, environment, log_to_stderr};

/// Serves until the editor leaves, then ends the process: a blocked read can't be waited for.
#[expect(
    clippy::exit,
    reason = "threads that block on the editor's pipes can't be joined"
)]
pub fn run() -> ! {
    log_to_stderr("warn");
    let folders = match Folders::find() {
        Ok(folders) => folders,
        Err(error) => {
            tracing::error!("{} {}", error.message, error.hint);
            process::exit(3);
        }
    };
    // Beside the first requests, which need not wait for it.
    std::thread::spawn(rutter_process::end_orphans);
    let options = FrontOptions {
        signals: true,
        on_stuck: Some(Box::new(|status| process::exit(status.code().into()))),
        ..FrontOptions::default()
    };
    let status = serve(io::stdin(), io::stdout(), options, |handles| {
        rutter_server::service(handles, environment(&folders))
    });
    process::exit(status.code().into())
}
