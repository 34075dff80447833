//! `rutter hooks`: the same hooks, events and outcomes as in an editor.

mod commit;
mod event;
mod fire;
mod install_git;
mod list;
mod log;
mod new;
mod trust;
mod watch;

use rutter_commands::CommandError;
use serde_json::json;

use crate::args::{Args, HooksVerb};
use crate::verbs::command;

/// Runs the verb; gives the exit code.
pub fn run(args: &Args, verb: &HooksVerb) -> Result<u8, CommandError> {
    match verb {
        HooksVerb::List => list::all(args),
        HooksVerb::Match {
            event,
            subject,
            why,
        } => list::matching(args, event, subject.as_deref(), *why),
        HooksVerb::Run { name, file } => fire::one(args, name, file.as_deref()),
        HooksVerb::Fire { event, subjects } => fire::event(args, event, subjects),
        HooksVerb::Log { name, limit } => log::show(args, name.as_deref(), *limit),
        HooksVerb::Trust { name, all } => trust::run(args, name.as_deref(), *all),
        HooksVerb::Done { name } => {
            command::run(args, "rutter.dismissHook", &json!({"hook": name}))
        }
        HooksVerb::New {
            text,
            template,
            name,
        } => new::run(args, text, template.as_deref(), name.as_deref()),
        HooksVerb::Templates => Ok(new::templates(args)),
        HooksVerb::Toggle { name, on, off } => command::run(
            args,
            "rutter.toggleHook",
            &json!({"hook": name, "enabled": (on | off).then_some(*on)}),
        ),
        HooksVerb::Migrate { file } => {
            let path = crate::world::absolute(&args.dir.join(file))?;
            command::run(args, "rutter.migrateHook", &json!({"uri": path}))
        }
        HooksVerb::InstallGit { remove, yes } => install_git::run(args, *remove, *yes),
        HooksVerb::Watch { command } => watch::run(args, command),
    }
}
