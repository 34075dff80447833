//! Measures language servers over stdio and prints the table of DESIGN 8 in Markdown.
#![allow(clippy::print_stdout, reason = "it prints a table")]

use std::process::ExitCode;

use rutter_tests::bench;

fn main() -> ExitCode {
    match bench::Options::of(std::env::args().skip(1)) {
        Ok(options) => {
            println!("{}", bench::run(&options));
            ExitCode::SUCCESS
        }
        Err(usage) => {
            println!("{usage}");
            ExitCode::from(2)
        }
    }
}
