//! `rutter status`: how far each spec is.

use rutter_commands::{CommandError, foreign, report, status};

use super::command::{AnySpec, Session};
use crate::args::{Args, Format};
use crate::output;

/// Shows it.
pub fn run(args: &Args, spec: Option<&str>) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let snapshot = session.world.snapshot();
    let specs = match spec {
        Some(name) => vec![match session.any_spec(name)? {
            AnySpec::Ours(folder) => status::of(&folder),
            AnySpec::Foreign(folder) => foreign::status(&folder),
        }],
        None => status::all(&snapshot),
    };
    match args.format {
        Format::Json => output::value(&specs),
        Format::Human | Format::Sarif => output::text(&report::status(&specs)),
    }
    Ok(0)
}
