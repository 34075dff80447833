//! `rutter mcp list`: every server that is declared, and what is wrong with it.

use std::path::Path;

use rutter_store::Verdict;
use rutter_text::Finding;
use rutter_tools::settings::{Place, Server, Transport, Unusable};
use serde::Serialize;

use super::check::Around;
use super::{Declaring, View};
use crate::check::levels;
use crate::context::Context;
use crate::error::CommandError;

/// A server as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// The file that declares it, relative with `/`; the user's own begin with `~/`.
    pub path: String,
    /// `power`, `user`, `workspace`, `user-agent` or `workspace-agent`.
    pub origin: &'static str,
    /// `stdio` or `http`; nothing where it can't be reached as it is declared.
    pub transport: Option<&'static str>,
    /// The command line or the address, without secrets.
    pub runs: String,
    /// Whether it is switched off.
    pub disabled: bool,
    /// Whether exactly this may be started: the user's own always, unless it runs a script of the project.
    pub trusted: bool,
    /// Whether it was trusted and is something else now; absent where it is not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub changed: bool,
    /// The file whose server of this name counts instead; absent where this one counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covered_by: Option<String>,
    /// What is wrong with it, a sentence each.
    pub problems: Vec<String>,
}

/// What is wrong with a file rather than with one of its servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: String,
    /// One sentence.
    pub message: String,
}

/// Every server with the problems of the files, in the order of roots, files and text.
pub fn list(cx: &Context<'_>) -> Result<(Vec<Row>, Vec<Problem>), CommandError> {
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for root in cx.snapshot.roots.iter() {
        let around = Around::of(cx, root, View::Saved);
        let files = around.files();
        let levels = levels(&cx.snapshot.settings_of(root));
        for declaring in files {
            let findings = around.of_servers(declaring, &levels);
            let of_file = findings
                .iter()
                .filter(|f| !declaring.file.servers.iter().any(|s| is_of(f, s)))
                .map(|f| f.message.clone());
            problems.extend(
                declaring
                    .text
                    .as_ref()
                    .err()
                    .cloned()
                    .into_iter()
                    .chain(of_file)
                    .map(|message| Problem {
                        path: declaring.path.clone(),
                        message,
                    }),
            );
            for server in &declaring.file.servers {
                rows.push(row(cx, root, files, declaring, server, &findings)?);
            }
        }
    }
    // The user's own stand in every root.
    let mut seen = Vec::new();
    rows.retain(|row: &Row| {
        let own = (row.path.clone(), row.name.clone());
        let is_new = !row.path.starts_with("~/") || !seen.contains(&own);
        seen.push(own);
        is_new
    });
    problems.dedup();
    Ok((rows, problems))
}

fn row(
    cx: &Context<'_>,
    root: &Path,
    files: &[Declaring],
    declaring: &Declaring,
    server: &Server,
    findings: &[Finding],
) -> Result<Row, CommandError> {
    let own = findings.iter().filter(|f| is_of(f, server));
    let mut problems: Vec<String> = own.map(|f| f.message.clone()).collect();
    let transport = server.transport();
    if let Err(why @ (Unusable::Registry | Unusable::Sse)) = transport {
        problems.push(format!("It cannot be used: {why}."));
    }
    let verdict = cx
        .store
        .trust(root)
        .verdicts(&[super::subject(cx, root, server)])?
        .pop();
    let needs_trust = super::needs_trust(cx, root, server);
    let counts = super::in_force(root, files)
        .into_iter()
        .find(|f| f.server.name.value == server.name.value)
        .filter(|f| f.path != declaring.path || f.server.range != server.range);
    Ok(Row {
        name: server.name.value.clone(),
        path: declaring.path.clone(),
        origin: origin(server.place),
        transport: match transport {
            Ok(Transport::Stdio { .. }) => Some("stdio"),
            Ok(Transport::Http { .. }) => Some("http"),
            Err(_) => None,
        },
        runs: rutter_secrets::redact(&server.summary()).into_owned(),
        disabled: server.disabled,
        trusted: !needs_trust || verdict == Some(Verdict::Trusted),
        changed: needs_trust && matches!(verdict, Some(Verdict::Changed { .. })),
        covered_by: counts.map(|f| f.path),
        problems,
    })
}

fn is_of(finding: &Finding, server: &Server) -> bool {
    server.range.start <= finding.range.start && finding.range.end <= server.range.end
}

fn origin(place: Place) -> &'static str {
    match place {
        Place::InstalledPower | Place::Power => "power",
        Place::User => "user",
        Place::Workspace => "workspace",
        Place::UserAgent => "user-agent",
        Place::WorkspaceAgent => "workspace-agent",
    }
}
