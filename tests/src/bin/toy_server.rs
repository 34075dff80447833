//! The toy server as a process of its own, for tests of signals, pipes and exit codes.

use std::{io, process};

use rutter_server::front::{FrontOptions, serve};
use rutter_tests::lsp::{Toy, toy_service};

fn main() {
    let options = FrontOptions {
        signals: true,
        on_stuck: Some(Box::new(|status| process::exit(status.code().into()))),
        ..FrontOptions::default()
    };
    let status = serve(io::stdin(), io::stdout(), options, |handles| {
        toy_service(Toy::default(), handles)
    });
    process::exit(status.code().into());
}
