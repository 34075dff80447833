//! `rutter hooks watch -- COMMAND`: runs a build as it is, then raises `BuildPassed` or `BuildFailed`.

use rutter_commands::{Code, CommandError};
use rutter_host::{Grounds, Permit};
use rutter_process::{End, Environment, Program, Request, StartError};

use super::fire;
use crate::args::Args;
use crate::output;

/// Runs the command; its exit code is ours.
pub fn run(args: &Args, command: &[String]) -> Result<u8, CommandError> {
    let mut request = Request::new(
        Program::Argv(command.iter().map(Into::into).collect()),
        crate::world::absolute(&args.dir)?,
    );
    request.environment = Environment::default();
    #[expect(clippy::disallowed_methods, reason = "the user typed this command")]
    let permit = Permit::grant(Grounds::Asked {
        what: command.join(" "),
    });
    let output = rutter_process::run_now(permit, request).map_err(|error| {
        let code = match error {
            StartError::NotFound(_) => Code::NotFound,
            StartError::Io { .. } => Code::Io,
        };
        CommandError::new(code, error.to_string(), "")
    })?;
    output::text(&output.stdout.text());
    output::diagnostics(&output.stderr.text());
    let code = match output.end {
        End::Exited(code) => u8::try_from(code).unwrap_or(1),
        _ => 1,
    };
    let event = if code == 0 {
        "BuildPassed"
    } else {
        "BuildFailed"
    };
    let fired = fire::event(args, event, command)?;
    Ok(if code == 0 { fired } else { code })
}
