//! `rutter.show`: opens a report as a document in the state folder.

use std::sync::Arc;

use rutter_text::Ident;
use rutter_workspace::SpecFolder;
use serde::Deserialize;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::hooks::waiting;
use crate::outcome::{Outcome, Show};
use crate::{report, status, steering, trace};

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// `status`, `trace`, `criterion`, `requests` or `steering`.
    pub what: String,
    /// The spec, or any file of it; every spec where there is none. For `steering` any file.
    pub uri: Option<String>,
    /// For `criterion` its id, or a requirement's.
    pub id: Option<String>,
}

/// Writes the report and shows it.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let folders = match &args.uri {
        _ if args.what == "steering" => Vec::new(),
        Some(name) => vec![cx.folder(name)?],
        None => cx.snapshot.folders.values().cloned().collect(),
    };
    let text = match args.what.as_str() {
        "status" => report::status(&folders.iter().map(|f| status::of(f)).collect::<Vec<_>>()),
        "trace" => folders
            .iter()
            .map(|folder| {
                let (matrix, unsettled) = trace::matrix(cx.snapshot, cx.files, folder);
                report::trace(&matrix, &unsettled)
            })
            .collect::<Vec<_>>()
            .join("\n"),
        "criterion" => return criterion(&folders, args.id.as_deref().unwrap_or_default()),
        "requests" => report::requests(&waiting::all(cx)?),
        "steering" => steering::report(cx, args.uri.as_deref())?,
        other => {
            return Err(CommandError::new(
                Code::WrongArgument,
                format!("There is no report `{other}`."),
                "Use status, trace, criterion, requests or steering.",
            ));
        }
    };
    let path = cx.store.reports().join(format!("{}.md", args.what));
    cx.files.write(&path, text.as_bytes())?;
    Ok(Outcome {
        show: Some(Show {
            path: path.clone(),
            selection: None,
        }),
        documents: vec![path],
        ..Outcome::default()
    })
}

/// Goes to where a criterion or a requirement stands.
fn criterion(folders: &[Arc<SpecFolder>], id: &str) -> Result<Outcome, CommandError> {
    let place = |folder: &Arc<SpecFolder>| {
        let spec = folder.spec();
        let (document, _) = spec.wanted()?;
        let wanted = Ident::parse(id)?;
        let range = match (spec.criterion(&wanted), spec.requirement(&wanted)) {
            (Some(criterion), _) => criterion.body.clone(),
            (None, Some(requirement)) => requirement.heading.clone(),
            (None, None) => return None,
        };
        Some((folder.path_of(document), range))
    };
    let Some((path, range)) = folders.iter().find_map(place) else {
        return Err(CommandError::new(
            Code::UnknownItem,
            format!("There is no criterion `{id}` here."),
            "Name one of the spec's criteria or requirements.",
        ));
    };
    Ok(Outcome {
        show: Some(Show {
            path: path.clone(),
            selection: Some(range),
        }),
        documents: vec![path],
        ..Outcome::default()
    })
}
