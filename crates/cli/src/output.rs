//! Everything that the verbs print.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is where the command line speaks"
)]

use std::io::{IsTerminal, Write};

use rutter_commands::{Code, CommandError};
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
        Format::Human | Format::Sarif => {
            eprintln!("{} {}", paint(Paint::Error, "error:"), error.message);
            if !error.hint.is_empty() {
                eprintln!("{}", error.hint);
            }
            let choose = matches!(
                error.code,
                Code::Ambiguous | Code::Question | Code::WrongArgument
            );
            for candidate in error.candidates.iter().filter(|_| choose) {
                eprintln!("  {candidate}");
            }
        }
    }
}

/// Prints why the words of the command line mean nothing, or the help that they ask for; gives the exit code. What `--format`
/// says can only be looked up in the words: they were not understood.
pub fn usage(asked: &clap::Error) -> u8 {
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    let own = words.split(|word| word == "--").next().unwrap_or_default();
    let json = own.iter().any(|word| word == "--format=json")
        || own
            .windows(2)
            .any(|pair| pair[0] == "--format" && pair[1] == "json");
    if !asked.use_stderr() || !json {
        let _ = asked.print();
        return u8::from(asked.use_stderr()) * Code::WrongArgument.exit();
    }
    let text = asked.render().to_string();
    let first = text.split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    let sentence = words.join(" ");
    let sentence = sentence.strip_prefix("error: ").unwrap_or(&sentence);
    let wrong = CommandError::new(
        Code::WrongArgument,
        format!("{}.", sentence.trim_end_matches(['.', ':'])),
        "See `rutter --help`.",
    );
    error(Format::Json, &wrong);
    Code::WrongArgument.exit()
}

/// A word as a shell takes it for one.
pub fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// How many columns the terminal has that a person reads on; nothing where the output goes elsewhere.
pub fn width() -> Option<usize> {
    const UNKNOWN: usize = 100;
    let known = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let is_read = std::io::stdout().is_terminal();
    is_read.then(|| known().unwrap_or(UNKNOWN))
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

#[cfg(test)]
mod tests {
    use super::shell_word;

    #[test]
    fn words_are_quoted_where_a_shell_would_split_them() {
        for (word, shown) in [
            ("login", "login"),
            ("team/Größe-2", "team/Größe-2"),
            ("a b", "'a b'"),
            ("it's", "'it'\\''s'"),
            ("", "''"),
        ] {
            assert_eq!(shell_word(word), shown);
        }
    }
}
