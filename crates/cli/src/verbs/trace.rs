//! `rutter trace`: what stands behind each criterion.

use rutter_commands::{CommandError, report};
use rutter_spec::trace::trace;

use super::command::Session;
use crate::args::{Args, Format};
use crate::output;

/// Shows it.
pub fn run(args: &Args, spec: &str) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let snapshot = session.world.snapshot();
    let folder = session.spec(spec)?;
    let alone = snapshot
        .folders
        .values()
        .filter(|f| f.root == folder.root)
        .count()
        == 1;
    let links = rutter_workspace::source_links(
        session.environment.files.as_ref(),
        &folder.root,
        folder.spec(),
        alone,
    );
    let matrix = trace(folder.spec(), &|id| {
        links.get(id).cloned().unwrap_or_default()
    });
    match args.format {
        Format::Json => output::value(&matrix),
        Format::Human => output::text(&report::trace(&matrix)),
    }
    Ok(0)
}
