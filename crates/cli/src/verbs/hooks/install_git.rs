//! `rutter hooks install-git`: says what it would do where others are concerned, asks, and does it.

use std::io::IsTerminal;

use rutter_commands::hooks::install_git::{Plan, plan};
use rutter_commands::{Code, CommandError};

use crate::args::{Args, Format};
use crate::output::{self, Paint};
use crate::verbs::command::{self, Session};

/// Installs, or with `remove` takes out. `yes` answers the question.
pub fn run(args: &Args, remove: bool, yes: bool) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let snapshot = session.world.snapshot();
    let root = snapshot.roots.first().cloned().unwrap_or_default();
    let plan = session.with(|cx| plan(cx, &root, remove))?;
    if let Some(concern) = plan.concern.as_deref().filter(|_| !yes)
        && !may(args, concern, &plan)?
    {
        output::text("Nothing was done.");
        return Ok(1);
    }
    let change = session.carry_out(&plan.outcome)?;
    if args.format == Format::Json {
        let mut answer = command::answer(&plan.outcome, change.as_deref());
        if !plan.left.is_empty() {
            answer["left"] = plan.left.clone().into();
        }
        output::value(&answer);
    } else {
        for left in &plan.left {
            output::text(&output::paint(Paint::Warning, left));
        }
        command::say(args, &session, &plan.outcome, change.as_deref());
        if !remove && !on_path() {
            output::text(&output::paint(
                Paint::Warning,
                "`rutter` is not on the PATH here: git's hooks do nothing until it is.",
            ));
        }
    }
    Ok(u8::from(!plan.left.is_empty()))
}

/// Asks on a terminal; elsewhere only `--yes` is an answer.
fn may(args: &Args, concern: &str, plan: &Plan) -> Result<bool, CommandError> {
    let can_ask = args.format == Format::Human
        && std::io::stdin().is_terminal()
        && std::io::stdout().is_terminal();
    if !can_ask {
        return Err(CommandError::new(
            Code::Unconfirmed,
            format!(
                "{concern} Nothing was done; this would be: {}.",
                plan.steps.join(", ")
            ),
            "Say --yes to do it.",
        )
        .among(plan.steps.clone()));
    }
    output::text(concern);
    output::text("This would be done:");
    for step in &plan.steps {
        output::text(&format!("  {step}"));
    }
    output::text("Do it? [y/N]");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|error| {
        CommandError::new(
            Code::Io,
            format!("The answer can't be read: {error}."),
            "Say --yes to do it.",
        )
    })?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn on_path() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("rutter{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).any(|folder| folder.join(&name).is_file())
}
