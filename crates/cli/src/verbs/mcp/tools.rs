//! `rutter mcp tools`: what the servers offer, asked of the servers themselves.

use std::sync::Arc;

use rutter_commands::CommandError;
use rutter_commands::mcp::{self, Found};
use rutter_store::PinChange;
use rutter_tools::{Listing, Servers, Tool, ToolError};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::run::with_servers;
use crate::args::{Args, Format};
use crate::output::{self, Paint};
use crate::verbs::command::Session;
use rutter_commands::mcp::show::{change, visible};

/// What became of asking one server.
type Answer = Result<Arc<Listing>, ToolError>;

/// Lists the tools of one server, or of all that may be started. Exit code 1: descriptions changed; 3: one of several could
/// not be asked.
pub fn show(args: &Args, server: Option<&str>) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    if let Some(name) = server {
        let found = session.with(|cx| mcp::find(cx, name))?;
        let root = found.root.clone();
        let listing = with_servers(&session, &root, async |servers| {
            Ok(servers.tools(&found.server).await?)
        })?;
        return Ok(print(args, &[(found, Ok(listing))]));
    }
    let mut answers = Vec::new();
    let mut groups: Vec<Vec<Found>> = Vec::new();
    for found in session.with(mcp::all) {
        if found.server.disabled {
            continue;
        }
        match groups.last_mut() {
            Some(group) if group[0].root == found.root => group.push(found),
            _ => groups.push(vec![found]),
        }
    }
    for group in groups {
        let root = group[0].root.clone();
        answers.extend(with_servers(&session, &root, async |servers| {
            Ok(ask(&servers, group).await)
        })?);
    }
    Ok(print(args, &answers))
}

/// Asks several servers at once; the answers are in the order of the servers.
async fn ask(servers: &Arc<Servers>, group: Vec<Found>) -> Vec<(Found, Answer)> {
    let mut asking = JoinSet::new();
    for (at, found) in group.into_iter().enumerate() {
        let servers = Arc::clone(servers);
        asking.spawn(async move {
            let answer = servers.tools(&found.server).await;
            (at, (found, answer))
        });
    }
    let mut answers = asking.join_all().await;
    answers.sort_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

fn print(args: &Args, answers: &[(Found, Answer)]) -> u8 {
    if args.format == Format::Json {
        output::value(&answers.iter().map(|(f, a)| row(f, a)).collect::<Vec<_>>());
    } else if answers.is_empty() {
        output::text(
            "There are no tool servers here. `rutter mcp list` shows all that are declared.",
        );
    } else {
        for (found, answer) in answers {
            say(found, answer);
        }
    }
    let is_refused = |error: &ToolError| {
        matches!(
            error,
            ToolError::Untrusted { .. } | ToolError::ChangedSinceTrust { .. }
        )
    };
    let failed = |a: &Answer| a.as_ref().is_err_and(|e| !is_refused(e));
    let changed = |a: &Answer| a.as_ref().is_ok_and(|l| !l.changed.is_empty());
    match answers {
        all if all.iter().any(|(_, a)| failed(a)) => 3,
        all if all.iter().any(|(_, a)| changed(a)) => 1,
        _ => 0,
    }
}

fn row(found: &Found, answer: &Answer) -> Value {
    let name = &found.server.name.value;
    match answer {
        Ok(listing) => json!({
            "server": name,
            "tools": listing.tools.iter().map(tool).collect::<Vec<_>>(),
            "changed": listing.changed.iter().map(changed).collect::<Vec<_>>(),
        }),
        Err(error) => {
            json!({"server": name, "tools": [], "changed": [], "problem": error.to_string()})
        }
    }
}

fn tool(tool: &Tool) -> Value {
    json!({
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "auto_approve": tool.auto_approved,
        "input_schema": tool.input_schema,
    })
}

/// A changed tool for machines.
pub fn changed(change: &PinChange) -> Value {
    json!({"tool": change.now.tool, "before": change.before, "now": change.now.text})
}

fn say(found: &Found, answer: &Answer) {
    let name = visible(&found.server.name.value);
    output::text(&output::paint(Paint::Strong, &name));
    let listing = match answer {
        Ok(listing) => listing,
        Err(error) => {
            let told = output::paint(Paint::Warning, &visible(&error.to_string()));
            return output::text(&indented(&told));
        }
    };
    if listing.tools.is_empty() && listing.changed.is_empty() {
        output::text("    It offers no tools.");
    }
    for tool in &listing.tools {
        let mark = if tool.auto_approved {
            "  approved without asking"
        } else {
            ""
        };
        output::text(&format!(
            "    {}{}",
            visible(&tool.name),
            output::paint(Paint::Warning, mark)
        ));
        if let Some(description) = &tool.description {
            let shown = indented(&indented(visible(description).trim()));
            output::text(&output::paint(Paint::Quiet, &shown));
        }
    }
    for one in &listing.changed {
        let said = format!(
            "    {} {}; it is not offered until you accept that: rutter mcp trust {}",
            visible(&one.now.tool),
            if one.before.is_some() {
                "describes itself differently than when you trusted it"
            } else {
                "was not there when you trusted the server"
            },
            output::shell_word(&name),
        );
        output::text(&output::paint(Paint::Warning, &said));
        output::text(&indented(&indented(&change(one))));
    }
}

fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
    lines.join("\n")
}
