//! `rutter hooks trust`: shows what a hook would run, or what changed in it, and trusts it.

use rutter_commands::hooks::trust::{asked, asked_for};
use rutter_commands::trust::grant;
use rutter_commands::{Code, CommandError};

use crate::args::{Args, Format};
use crate::output::{self, Paint};
use crate::verbs::command::{self, Session};

/// Trusts one, or all.
pub fn run(args: &Args, name: Option<&str>, all: bool) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let asked = match (name, all) {
        (Some(name), false) => session
            .with(|cx| asked_for(cx, name))?
            .into_iter()
            .collect(),
        (None, true) => session.with(asked)?,
        _ => {
            return Err(CommandError::new(
                Code::WrongArgument,
                "Say which hook, or --all.",
                "`rutter hooks list` shows those there are.",
            ));
        }
    };
    if args.format == Format::Human {
        for one in &asked {
            output::text(&output::paint(Paint::Strong, &one.subject.what));
            for line in one.shown().lines() {
                output::text(&format!("    {line}"));
            }
        }
    }
    let outcome = session.with(|cx| grant(cx, &asked))?;
    command::say(args, &session, &outcome, None);
    Ok(0)
}
