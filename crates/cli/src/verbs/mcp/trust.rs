//! `rutter mcp trust`: shows what a server would run, or what changed in it or in what its tools say, and trusts it.

use rutter_commands::mcp::{self, Found};
use rutter_commands::trust::{Asked, grant};
use rutter_commands::{Code, CommandError};
use serde_json::{Value, json};

use super::run::with_servers;
use super::tools::changed;
use crate::args::{Args, Format};
use crate::output::{self, Paint};
use crate::verbs::command::{Session, answer};
use rutter_commands::mcp::show::{change, visible};

/// Trusts one, or all. Those that were trusted before are asked whether their tools say what they said. Exit code 3: one of
/// several could not be asked.
pub fn run(args: &Args, name: Option<&str>, all: bool) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let (asked, known) = match (name, all) {
        (Some(name), false) => match session.with(|cx| mcp::trust::asked_for(cx, name))? {
            Some(asked) => (vec![asked], Vec::new()),
            None => (Vec::new(), vec![session.with(|cx| mcp::find(cx, name))?]),
        },
        (None, true) => {
            let asked = session.with(mcp::trust::asked)?;
            let known = pinned(&session, &asked)?;
            (asked, known)
        }
        _ => {
            return Err(CommandError::new(
                Code::WrongArgument,
                "Say which tool server, or --all.",
                "`rutter mcp list` shows those there are.",
            ));
        }
    };
    let human = args.format == Format::Human;
    if human {
        for one in &asked {
            output::text(&output::paint(Paint::Strong, &visible(&one.subject.what)));
            output::text(&visible(&one.shown()));
        }
    }
    let mut outcome = session.with(|cx| grant(cx, &asked))?;
    let mut tools = Vec::new();
    let mut code = 0;
    for found in &known {
        match accept(&session, found, human) {
            Ok(accepted) => tools.extend(accepted),
            Err(error) if all => {
                output::diagnostics(&format!("{}\n", visible(&error.message)));
                code = 3;
            }
            Err(error) => return Err(error),
        }
    }
    if asked.is_empty() && !known.is_empty() {
        outcome.message = Some(match tools.len() {
            0 if known.iter().all(|f| f.server.disabled) => {
                "It is trusted already, and switched off in its settings.".to_owned()
            }
            0 => "There is nothing to trust: what is declared is trusted already, and no tool says anything new.".to_owned(),
            1 => "Accepted what 1 tool says now.".to_owned(),
            n => format!("Accepted what {n} tools say now."),
        });
    }
    if human {
        if let Some(message) = &outcome.message {
            output::text(message);
        }
        return Ok(code);
    }
    let mut told = answer(&outcome, None);
    told["trusted"] = asked
        .iter()
        .map(|a| json!({"what": a.subject.what, "before": a.before, "now": a.subject.text}))
        .collect();
    told["tools"] = tools.into();
    output::value(&told);
    Ok(code)
}

/// The servers that may run already and whose tools are known.
fn pinned(session: &Session, asked: &[Asked]) -> Result<Vec<Found>, CommandError> {
    let mut known = Vec::new();
    for found in session.with(mcp::all) {
        let name = &found.server.name.value;
        let what = rutter_tools::trust::what(name);
        let is_new = asked
            .iter()
            .any(|a| a.root == found.root && a.subject.what == what);
        let listed = session.environment.store.pins(&found.root).listed()?;
        if !is_new && !found.server.disabled && listed.contains_key(name) {
            known.push(found);
        }
    }
    Ok(known)
}

/// Shows and accepts what its tools say now.
fn accept(session: &Session, found: &Found, human: bool) -> Result<Vec<Value>, CommandError> {
    if found.server.disabled {
        return Ok(Vec::new());
    }
    with_servers(session, &found.root, async |servers| {
        let listing = servers.tools(&found.server).await?;
        if human {
            for one in &listing.changed {
                let name = format!("{} of {}", one.now.tool, found.server.name.value);
                output::text(&output::paint(Paint::Strong, &visible(&name)));
                output::text(&change(one));
            }
        }
        servers.accept(&found.server, &listing.changed).await?;
        let name = &found.server.name.value;
        let told = listing.changed.iter().map(|one| {
            let mut told = changed(one);
            told["server"] = name.as_str().into();
            told
        });
        Ok(told.collect())
    })
}
