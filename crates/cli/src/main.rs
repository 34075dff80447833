//! The `rutter` binary: where everything is put together.

mod args;
mod lsp;
mod models;
mod output;
mod verbs;
mod world;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Verb};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return ExitCode::from(output::usage(&error)),
    };
    #[cfg(unix)]
    {
        if let Verb::Watchdog = args.verb {
            rutter_process::watch(std::io::stdin().lock());
            return ExitCode::SUCCESS;
        }
        rutter_process::use_watchdog("watchdog");
    }
    if let Verb::Lsp(_) = args.verb {
        lsp::run();
    }
    world::log_to_stderr("warn");
    match verbs::run(&args) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            output::error(args.format, &error);
            ExitCode::from(error.code.exit())
        }
    }
}
