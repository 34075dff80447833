//! `rutter powers`: what the user installed, adding and removing.

use rutter_commands::{CommandError, powers};
use serde_json::json;

use super::command::Session;
use crate::args::{Args, Format, PowersVerb};
use crate::output::{self, Paint};
use crate::world;

/// Runs the verb; gives the exit code.
pub fn run(args: &Args, verb: &PowersVerb) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    match verb {
        PowersVerb::List => list(args, &session),
        PowersVerb::Add { from } => {
            // A folder is meant from where the user stands, as everywhere in a shell.
            let folder = world::absolute(from.as_ref())?;
            let added = session.with(|cx| powers::add::run(cx, from, &folder))?;
            if args.format == Format::Json {
                output::value(&json!({"power": added.power, "notes": added.notes}));
            } else {
                show(&added.power);
                added.notes.iter().for_each(|note| output::text(note));
            }
            Ok(0)
        }
        PowersVerb::Remove { name } => {
            let message = session.with(|cx| powers::remove::run(cx, name))?;
            match args.format {
                Format::Json => output::value(&json!({"uris": [], "message": message})),
                Format::Human | Format::Sarif => output::text(&message),
            }
            Ok(0)
        }
    }
}

fn list(args: &Args, session: &Session) -> Result<u8, CommandError> {
    let (rows, warning) = session.with(|cx| {
        let rows = powers::list(cx)?;
        let warning = powers::weight(cx, &rows)?;
        Ok::<_, CommandError>((rows, warning))
    })?;
    if args.format == Format::Json {
        output::value(&rows);
        return Ok(0);
    }
    if rows.is_empty() {
        output::text("You have no powers. Add one with `rutter powers add FOLDER|GIT-URL`.");
    }
    rows.iter().for_each(show);
    if let Some(warning) = warning {
        output::text(&output::paint(Paint::Warning, &warning));
    }
    Ok(0)
}

fn show(row: &powers::Row) {
    let title = row.display_name.as_deref().filter(|t| *t != row.name);
    output::text(&format!(
        "{}{}",
        output::paint(Paint::Strong, &row.name),
        title.map(|t| format!("  {t}")).unwrap_or_default()
    ));
    let line = |what: &str, items: &[String]| {
        if !items.is_empty() {
            output::text(&format!("    {what}: {}", items.join(", ")));
        }
    };
    if let Some(description) = &row.description {
        output::text(&format!("    {description}"));
    }
    line("keywords", &row.keywords);
    line("servers", &row.servers);
    line("steering", &row.steering);
    line("not readable", &row.problems);
}
