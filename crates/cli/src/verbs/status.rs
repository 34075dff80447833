//! `rutter status`: how far each spec is.

use rutter_commands::{CommandError, report, status};

use super::command::Session;
use crate::args::{Args, Format};
use crate::output;

/// Shows it.
pub fn run(args: &Args, spec: Option<&str>) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let snapshot = session.world.snapshot();
    let specs = match spec {
        Some(name) => vec![status::of(&*session.spec(name)?)],
        None => snapshot.folders.values().map(|f| status::of(f)).collect(),
    };
    match args.format {
        Format::Json => output::value(&specs),
        Format::Human | Format::Sarif => output::text(&report::status(&specs)),
    }
    Ok(0)
}
