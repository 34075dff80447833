//! `rutter hooks log`: what hooks did.

use rutter_commands::CommandError;

use crate::args::{Args, Format};
use crate::output;
use crate::verbs::command::Session;

/// Shows the last outcomes, the newest last.
pub fn show(args: &Args, hook: Option<&str>, limit: usize) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let snapshot = session.world.snapshot();
    let mut all = Vec::new();
    for root in snapshot.roots.iter() {
        all.extend(session.environment.store.hook_log(root).read()?);
    }
    all.retain(|o| hook.is_none_or(|hook| o.hook == hook || o.hook.ends_with(&format!("#{hook}"))));
    let shown = &all[all.len().saturating_sub(limit)..];
    if args.format == Format::Json {
        output::value(&shown);
        return Ok(0);
    }
    if shown.is_empty() {
        output::text("No hook has fired here yet.");
    }
    for outcome in shown {
        output::text(&super::fire::line(outcome));
    }
    Ok(0)
}
