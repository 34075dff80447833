//! `rutter.mcpTools`: asks a tool server for its tools and shows them; what its tools say differently since they were
//! pinned is shown old → new, and accepted only by the user's word.

use std::fmt::Write;
use std::sync::Arc;

use lsp_types::MessageType;
use rutter_commands::mcp::show::{change, visible};
use rutter_commands::mcp::{self, Found};
use rutter_commands::registry::args;
use rutter_commands::{Code, CommandError};
use rutter_tools::{Listing, Servers};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::front::{JobContext, JobError, JobOptions};
use crate::hooks::{ask, talk};
use crate::session::Session;

const ACCEPT: &str = "Accept as they are now";
const LATER: &str = "Not now";

#[derive(Deserialize)]
struct Args {
    server: String,
}

/// Begins to ask; a server that is not trusted is asked about instead.
pub async fn ask(session: &Session, argument: &Value) -> Result<Value, CommandError> {
    let name = args::<Args>(argument)?.server;
    let worker = session.clone();
    let look = session.handles().runtime.spawn_blocking(move || {
        worker.with_context(|cx| {
            let found = mcp::find(cx, &name)?;
            let asked = mcp::trust::asked_for(cx, &name)?;
            let variables = mcp::variables(cx, &found.root);
            Ok::<_, CommandError>((found, asked, variables))
        })
    });
    let looked = look.await.map_err(|error| {
        tracing::error!(%error, "looking for a tool server panicked");
        CommandError::new(
            Code::Io,
            "The tool server could not be looked for; the log says more.",
            "Please report it with the log.",
        )
    })?;
    let (found, asked, variables) = looked?;
    let name = found.server.name.value.clone();
    if let Some(asked) = asked {
        ask::wanted(session, asked);
        let message = format!("`{name}` is not started before you trust it.");
        return Ok(json!({"uris": [], "message": message}));
    }
    let environment = session.environment();
    let servers = Servers::new(
        environment.store.as_ref().clone(),
        Arc::clone(&environment.files),
        found.root.clone(),
        variables,
    );
    let worker = session.clone();
    let title = format!("Asking {name} for its tools");
    let work = move |job: JobContext| {
        let runtime = worker.handles().runtime.clone();
        runtime.block_on(async {
            let done = tokio::select! {
                biased;
                () = job.cancel_token().cancelled() => Err(JobError::Cancelled),
                listing = list(&worker, &servers, &found) => listing,
            };
            servers.stop_all().await;
            done
        })
    };
    let started = session
        .handles()
        .jobs
        .start(title, JobOptions::default(), work);
    let job = started.map_err(|error| {
        CommandError::new(
            Code::Io,
            format!("The tool server could not be asked: {error}."),
            "Try again.",
        )
    })?;
    Ok(json!({"uris": [], "job": job.as_str()}))
}

async fn list(session: &Session, servers: &Servers, found: &Found) -> Result<String, JobError> {
    let name = visible(&found.server.name.value);
    let failed = |message: String| {
        session
            .handles()
            .outbox
            .show(MessageType::ERROR, message.as_str());
        JobError::Failed(message)
    };
    let listing = match servers.tools(&found.server).await {
        Ok(listing) => listing,
        Err(error) => return Err(failed(CommandError::from(error).message)),
    };
    // How many tools there are is known now.
    session.hooks_changed();
    session.refresh_views();
    talk::show(session, "tools.md", &text(&name, &listing)).await;
    if !listing.changed.is_empty() {
        accept_later(session, found, &listing);
    }
    Ok(match listing.tools.len() {
        1 => format!("{name} offers 1 tool."),
        count => format!("{name} offers {count} tools."),
    })
}

/// Asks whether what was shown may be offered; the job does not wait for the answer.
fn accept_later(session: &Session, found: &Found, listing: &Arc<Listing>) {
    let message = match listing.changed.len() {
        1 => format!(
            "1 tool of `{}` is not as it was when you trusted the server, so it is not offered. You have seen what it says now: accept exactly this?",
            visible(&found.server.name.value)
        ),
        count => format!(
            "{count} tools of `{}` are not as they were when you trusted the server, so they are not offered. You have seen what they say now: accept exactly this?",
            visible(&found.server.name.value)
        ),
    };
    let answer = talk::choose(session, MessageType::WARNING, message, &[ACCEPT, LATER]);
    let (session, found, listing) = (session.clone(), found.clone(), Arc::clone(listing));
    session.handles().runtime.clone().spawn(async move {
        if answer.await.as_deref() != Some(ACCEPT) {
            return;
        }
        let accepted = session.with_context(|cx| mcp::accept(cx, &found, &listing.changed));
        let outbox = &session.handles().outbox;
        match accepted {
            Ok(()) => outbox.show(MessageType::INFO, "Accepted what they say now."),
            Err(error) => return outbox.show(MessageType::ERROR, error.message),
        }
        session.hooks_changed();
        session.refresh_views();
    });
}

fn text(name: &str, listing: &Listing) -> String {
    let mut text = format!("# Tools of {name}\n\nWhat stands here are the server's own words.\n");
    if !listing.changed.is_empty() {
        text.push_str(
            "\n## Not as they were\n\nThese are not offered until you accept what they say now.\n",
        );
    }
    for one in &listing.changed {
        let (tool, diff) = (visible(&one.now.tool), change(one));
        let _ = write!(
            text,
            "\n### {tool}\n\n````diff\n{}\n````\n",
            diff.trim_end()
        );
    }
    if listing.tools.is_empty() {
        text.push_str("\nIt offers no tools.\n");
    } else {
        text.push_str("\n## Offered\n");
    }
    for tool in &listing.tools {
        let mark = if tool.auto_approved {
            " (approved without asking)"
        } else {
            ""
        };
        let _ = write!(text, "\n- **{}**{mark}", visible(&tool.name));
        if let Some(description) = &tool.description {
            let lines = visible(description);
            let lines: Vec<&str> = lines.trim().lines().map(str::trim).collect();
            let _ = write!(text, "\n\n  {}\n", lines.join("\n  "));
        }
    }
    text.push('\n');
    text
}
