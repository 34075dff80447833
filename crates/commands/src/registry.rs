//! Every command by name: what server and command line call.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::Outcome;
use crate::{
    approve, decide, from_code, hooks, mcp, move_references, new_spec, next_stage, property_test,
    set_task, show, steering, sync, take_in, trace, trust, undo,
};

/// A command.
pub struct Command {
    /// `rutter.…`
    pub name: &'static str,
    /// Whether it drafts: with a model that takes long.
    pub drafts: bool,
    /// Whether its edits are shown before they are made, where the client can.
    pub previews: bool,
    /// Runs it on its argument.
    pub run: fn(&Context<'_>, &Value) -> Result<Outcome, CommandError>,
}

/// The commands.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "rutter.newSpec",
        drafts: true,
        previews: false,
        run: |cx, v| new_spec::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.specFromCode",
        drafts: false,
        previews: false,
        run: |cx, v| from_code::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.decide",
        drafts: false,
        previews: false,
        run: |cx, v| decide::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.approve",
        drafts: false,
        previews: false,
        run: |cx, v| approve::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.nextStage",
        drafts: true,
        previews: false,
        run: |cx, v| next_stage::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.sync",
        drafts: false,
        previews: true,
        run: |cx, v| sync::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.moveReferences",
        drafts: false,
        previews: true,
        run: |cx, v| move_references::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.takeIn",
        drafts: false,
        previews: false,
        run: |cx, v| take_in::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.setTask",
        drafts: false,
        previews: false,
        run: |cx, v| set_task::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.propertyTest",
        drafts: false,
        previews: false,
        run: |cx, v| property_test::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.link",
        drafts: false,
        previews: false,
        run: |cx, v| trace::link::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.dismissLink",
        drafts: false,
        previews: false,
        run: |cx, v| trace::likely::dismiss(cx, &args(v)?),
    },
    Command {
        name: "rutter.newHook",
        drafts: false,
        previews: false,
        run: |cx, v| hooks::new_hook::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.toggleHook",
        drafts: false,
        previews: false,
        run: |cx, v| hooks::toggle::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.migrateHook",
        drafts: false,
        previews: false,
        run: |cx, v| hooks::migrate::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.toggleServer",
        drafts: false,
        previews: false,
        run: |cx, v| mcp::toggle::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.trust",
        drafts: false,
        previews: false,
        run: |cx, v| trust::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.dismissHook",
        drafts: false,
        previews: false,
        run: |cx, v| hooks::waiting::dismiss(cx, &args(v)?),
    },
    Command {
        name: "rutter.newSteering",
        drafts: false,
        previews: false,
        run: |cx, v| steering::init::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.undo",
        drafts: false,
        previews: false,
        run: |cx, v| undo::run(cx, &args(v)?),
    },
    Command {
        name: "rutter.show",
        drafts: false,
        previews: false,
        run: |cx, v| show::run(cx, &args(v)?),
    },
];

/// The command of this name.
pub fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|c| c.name == name)
}

/// Reads a command's argument; a missing one counts as an empty object.
pub fn args<T: DeserializeOwned>(value: &Value) -> Result<T, CommandError> {
    let value = if value.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        value.clone()
    };
    serde_json::from_value(value).map_err(|e| {
        CommandError::new(
            Code::WrongArgument,
            format!("The argument can't be understood: {e}."),
            "Give one JSON object with the fields that the command's documentation names.",
        )
    })
}
