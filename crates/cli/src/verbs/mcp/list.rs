//! `rutter mcp list`: every server that is declared.

use rutter_commands::CommandError;
use rutter_commands::mcp::list::{Row, list};

use crate::args::{Args, Format};
use crate::output::{self, Paint};
use crate::verbs::command::Session;
use rutter_commands::mcp::show::visible;

/// Lists them. None is started.
pub fn all(args: &Args) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let (rows, problems) = session.with(list)?;
    if args.format == Format::Json {
        output::value(&rows);
    } else if rows.is_empty() {
        output::text("There are no tool servers here. They are named in .kiro/settings/mcp.json.");
    }
    for row in &rows {
        if args.format == Format::Human {
            print(row);
        }
    }
    for problem in &problems {
        let line = visible(&format!("{}: {}", problem.path, problem.message));
        output::diagnostics(&format!("{}\n", output::paint(Paint::Warning, &line)));
    }
    Ok(0)
}

fn print(row: &Row) {
    let state = match row {
        Row {
            covered_by: Some(by),
            ..
        } => output::paint(Paint::Quiet, &format!("covered by {}", visible(by))),
        Row { disabled: true, .. } => output::paint(Paint::Quiet, "off"),
        Row { trusted: true, .. } => "on".to_owned(),
        Row { changed: true, .. } => output::paint(Paint::Warning, "changed since you trusted it"),
        _ => output::paint(Paint::Warning, "not trusted"),
    };
    output::text(&format!(
        "{}  {state}\n    {}: {}\n    from {}",
        output::paint(Paint::Strong, &visible(&row.name)),
        row.transport.unwrap_or("not usable"),
        visible(&row.runs),
        visible(&row.path),
    ));
    for problem in &row.problems {
        output::text(&format!(
            "    {}",
            output::paint(Paint::Warning, &visible(problem))
        ));
    }
}
