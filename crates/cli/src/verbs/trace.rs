//! `rutter trace`: what stands behind each criterion.

use rutter_commands::{CommandError, report};
use rutter_spec::trace::{Links, trace};

use super::command::Session;
use crate::args::{Args, Format};
use crate::output;

/// Shows it. Links from source are not looked for yet.
pub fn run(args: &Args, spec: &str) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let snapshot = session.world.snapshot();
    let matrix = trace(snapshot.find(spec)?.spec(), &|_| Links::default());
    match args.format {
        Format::Json => output::value(&matrix),
        Format::Human => output::text(&report::trace(&matrix)),
    }
    Ok(0)
}
