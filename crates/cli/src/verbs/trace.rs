//! `rutter trace`: what stands behind each criterion.

use rutter_commands::{CommandError, foreign, report, trace};

use super::command::{AnySpec, Session};
use crate::args::{Args, Format};
use crate::output;

/// Shows it.
pub fn run(args: &Args, spec: &str) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let snapshot = session.world.snapshot();
    let files = session.environment.files.as_ref();
    let (matrix, unsettled) = match session.any_spec(spec)? {
        AnySpec::Ours(folder) => trace::matrix(&snapshot, files, &folder),
        AnySpec::Foreign(folder) => foreign::matrix(&snapshot, files, &folder),
    };
    match args.format {
        Format::Json => output::value(&matrix),
        Format::Human | Format::Sarif => {
            output::text(&report::trace(&matrix, &unsettled, output::width()));
        }
    }
    Ok(0)
}
