//! `rutter hooks log`: what hooks did.

use rutter_commands::{CommandError, hooks};

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
    let is_meant = |id: &str, hook: &str| {
        id == hook || id.ends_with(&format!("#{hook}")) || id.ends_with(&format!("/{hook}"))
    };
    all.retain(|o| hook.is_none_or(|hook| is_meant(&o.hook, hook)));
    if let (Some(hook), true) = (hook, all.is_empty()) {
        // A name that never was one is an error; one that never fired is not.
        session.with(|cx| hooks::find(cx, hook))?;
    }
    let shown = &all[all.len().saturating_sub(limit)..];
    if args.format == Format::Json {
        output::value(&shown);
        return Ok(0);
    }
    if shown.is_empty() {
        output::text(&match hook {
            Some(hook) => format!("`{hook}` has not fired here yet."),
            None => "No hook has fired here yet.".to_owned(),
        });
    }
    for outcome in shown {
        output::text(&super::fire::line(outcome));
    }
    Ok(0)
}
