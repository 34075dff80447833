//! Everything that the verbs print.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is where the command line speaks"
)]

use std::io::{IsTerminal, Write};

use rutter_commands::CommandError;
use serde::Serialize;
use serde_json::json;

use crate::args::Format;

/// Prints lines for people. A closed pipe ends the output quietly.
pub fn text(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    if !text.ends_with('\n') {
        let _ = out.write_all(b"\n");
    }
}

/// Prints what belongs on stderr, as it is.
pub fn diagnostics(text: &str) {
    if !text.is_empty() {
        eprint!("{text}");
    }
}

/// Prints one JSON value.
pub fn value(value: &impl Serialize) {
    text(
        &serde_json::to_string_pretty(value)
            .unwrap_or_else(|e| json!({"error": e.to_string()}).to_string()),
    );
}

/// Prints an error: for people on stderr, for machines on stdout.
pub fn error(format: Format, error: &CommandError) {
    match format {
        Format::Json => {
            let mut data = error.data();
            data["message"] = error.message.clone().into();
            value(&json!({"error": data}));
        }
        Format::Human => {
            eprintln!("{} {}", paint(Paint::Error, "error:"), error.message);
            if !error.hint.is_empty() {
                eprintln!("{}", error.hint);
            }
        }
    }
}

/// How a word is set off.
#[derive(Clone, Copy, Debug)]
pub enum Paint {
    /// Red.
    Error,
    /// Yellow.
    Warning,
    /// Dim.
    Quiet,
    /// Bold.
    Strong,
}

/// Sets a word off, on a terminal that shows colours.
pub fn paint(paint: Paint, word: &str) -> String {
    if !std::io::stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some() {
        return word.to_owned();
    }
    let code = match paint {
        Paint::Error => "31",
        Paint::Warning => "33",
        Paint::Quiet => "2",
        Paint::Strong => "1",
    };
    format!("\x1b[{code}m{word}\x1b[0m")
}
