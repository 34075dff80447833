//! `rutter trace`: what stands behind each criterion.

use rutter_commands::{CommandError, report};
use rutter_spec::trace::trace;
use rutter_workspace::Sources;
use rutter_workspace::trace::{by_criterion, uses};

use super::command::Session;
use crate::args::{Args, Format};
use crate::output;

/// Shows it.
pub fn run(args: &Args, spec: &str) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let snapshot = session.world.snapshot();
    let folder = session.spec(spec)?;
    let files = session.environment.files.as_ref();
    let sources = Sources::read(files, &folder.root, &snapshot.open, &|| false);
    let folders = snapshot.folders_in(&folder.root);
    let links = by_criterion(folder.spec(), &uses(&sources, &folders, &folder));
    let matrix = trace(folder.spec(), &|id| {
        links.get(id).cloned().unwrap_or_default()
    });
    match args.format {
        Format::Json => output::value(&matrix),
        Format::Human => output::text(&report::trace(&matrix)),
    }
    Ok(0)
}
