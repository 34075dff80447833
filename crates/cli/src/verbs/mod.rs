//! One verb, one file; those that only call a command share one.

mod check;
mod command;
mod doctor;
mod from_code;
mod hooks;
mod mcp;
mod new;
mod powers;
mod sarif;
mod status;
mod steering;
mod trace;

use rutter_commands::{Code, CommandError};
use serde_json::json;

use crate::args::{Args, Format, Verb};

/// Runs the verb; gives the exit code.
pub fn run(args: &Args) -> Result<u8, CommandError> {
    if args.format == Format::Sarif && !matches!(args.verb, Verb::Check(_)) {
        return Err(CommandError::new(
            Code::WrongArgument,
            "Only findings can be written as SARIF.",
            "Use it with `rutter check`.",
        ));
    }
    match &args.verb {
        Verb::Lsp(_) | Verb::Watchdog => Ok(0),
        Verb::New(new) => new::run(args, new),
        Verb::Status { spec } => status::run(args, spec.as_deref()),
        Verb::Check(check) => check::run(args, check),
        Verb::Trace { spec } => trace::run(args, spec),
        Verb::FromCode { place, name } => from_code::run(args, place, name.as_deref()),
        Verb::PropertyTest {
            spec,
            property,
            library,
            folder,
        } => command::run(
            args,
            "rutter.propertyTest",
            &json!({"spec": spec, "property": property, "library": library, "folder": folder}),
        ),
        Verb::Doctor => doctor::run(args),
        Verb::Mcp { verb } => mcp::run(args, verb),
        Verb::Steering { verb } => steering::run(args, verb),
        Verb::Powers { verb } => powers::run(args, verb),
        Verb::Hooks { verb } => hooks::run(args, verb),
        Verb::Decide {
            spec,
            decision,
            choice,
        } => command::run(
            args,
            "rutter.decide",
            &json!({"spec": spec, "decision": decision, "choice": choice}),
        ),
        Verb::Approve {
            spec,
            stage,
            ids,
            accept_defaults,
        } => command::run(
            args,
            "rutter.approve",
            &json!({"spec": spec, "stage": stage, "ids": ids, "acceptDefaults": accept_defaults}),
        ),
        Verb::Next { spec } => command::run(args, "rutter.nextStage", &json!({"spec": spec})),
        Verb::Sync {
            spec,
            dry_run: true,
        } => command::preview(args, "rutter.sync", &json!({"spec": spec})),
        Verb::Sync {
            spec,
            dry_run: false,
        } => command::run(args, "rutter.sync", &json!({"spec": spec})),
        Verb::Set { spec, task, state } => command::run(
            args,
            "rutter.setTask",
            &json!({"spec": spec, "task": task, "state": state}),
        ),
        Verb::TakeIn { spec, concern } => command::run(
            args,
            "rutter.takeIn",
            &json!({"spec": spec, "concern": concern}),
        ),
        Verb::Undo { change } => command::run(args, "rutter.undo", &json!({"change": change})),
    }
}
