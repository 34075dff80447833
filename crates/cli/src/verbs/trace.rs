//! `rutter trace`: what stands behind each criterion.

use rutter_commands::{CommandError, report, trace};

use super::command::Session;
use crate::args::{Args, Format};
use crate::output;

/// Shows it.
pub fn run(args: &Args, spec: &str) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let snapshot = session.world.snapshot();
    let folder = session.spec(spec)?;
    let files = session.environment.files.as_ref();
    let (matrix, unsettled) = trace::matrix(&snapshot, files, &folder);
    match args.format {
        Format::Json => output::value(&matrix),
        Format::Human | Format::Sarif => output::text(&report::trace(&matrix, &unsettled)),
    }
    Ok(0)
}
