//! `rutter.show`: opens a report as a document in the state folder.

use serde::Deserialize;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::hooks::waiting;
use crate::outcome::{Outcome, Show};
use crate::{report, status, steering};

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// `status`, `trace`, `requests` or `steering`.
    pub what: String,
    /// The spec, or any file of it; every spec where there is none. For `steering` any file.
    pub uri: Option<String>,
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
            .map(|f| {
                report::trace(&rutter_spec::trace::trace(f.spec(), &|_| {
                    rutter_spec::trace::Links::default()
                }))
            })
            .collect::<Vec<_>>()
            .join("\n"),
        "requests" => report::requests(&waiting::all(cx)?),
        "steering" => steering::report(cx, args.uri.as_deref())?,
        other => {
            return Err(CommandError::new(
                Code::WrongArgument,
                format!("There is no report `{other}`."),
                "Use status, trace, requests or steering.",
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
