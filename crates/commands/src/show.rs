//! `rutter.show`: opens a report as a document in the state folder.

use std::sync::Arc;

use rutter_text::Ident;
use rutter_workspace::trace::{Use, criteria, uses_of};
use rutter_workspace::{ForeignFolder, SpecFolder};
use serde::Deserialize;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::hooks::waiting;
use crate::outcome::{Outcome, Show};
use crate::{report, status, steering, trace};

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// `status`, `trace`, `criterion`, `test`, `requests` or `steering`.
    pub what: String,
    /// The spec, or any file of it; every spec where there is none. For `steering` any file.
    pub uri: Option<String>,
    /// For `criterion` its id, or a requirement's; for `test` that of the criterion it names.
    pub id: Option<String>,
    /// For `test` its name; the first one where there is none.
    pub name: Option<String>,
}

/// Writes the report and shows it.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    if let Some(foreign) = foreign(cx, args) {
        return of_foreign(cx, args, &foreign);
    }
    let folders = match &args.uri {
        _ if args.what == "steering" => Vec::new(),
        Some(name) => vec![cx.folder(name)?],
        None => cx.snapshot.folders.values().cloned().collect(),
    };
    let text = match args.what.as_str() {
        "status" if args.uri.is_none() => report::status(&status::all(cx.snapshot)),
        "status" => report::status(&folders.iter().map(|f| status::of(f)).collect::<Vec<_>>()),
        "trace" => folders
            .iter()
            .map(|folder| {
                let (matrix, unsettled) = trace::matrix(cx.snapshot, cx.files, folder);
                report::trace(&matrix, &unsettled, None)
            })
            .collect::<Vec<_>>()
            .join("\n"),
        "criterion" => return criterion(&folders, args.id.as_deref().unwrap_or_default()),
        "test" => return test(cx, &folders, args),
        "requests" => report::requests(&waiting::all(cx)?),
        "steering" => steering::report(cx, args.uri.as_deref())?,
        other => {
            return Err(CommandError::new(
                Code::WrongArgument,
                format!("There is no report `{other}`."),
                "Use status, trace, criterion, test, requests or steering.",
            ));
        }
    };
    shown(cx, &args.what, &text)
}

/// The spec of another tool that is asked about.
fn foreign(cx: &Context<'_>, args: &Args) -> Option<Arc<ForeignFolder>> {
    let name = args.uri.as_ref().filter(|_| args.what != "steering")?;
    if cx.snapshot.find(name).is_ok() {
        return None;
    }
    cx.snapshot.find_foreign(name).cloned()
}

fn of_foreign(
    cx: &Context<'_>,
    args: &Args,
    folder: &Arc<ForeignFolder>,
) -> Result<Outcome, CommandError> {
    match args.what.as_str() {
        "status" => shown(
            cx,
            "status",
            &report::status(&[crate::foreign::status(folder)]),
        ),
        "trace" => {
            let (matrix, unsettled) = crate::foreign::matrix(cx.snapshot, cx.files, folder);
            shown(cx, "trace", &report::trace(&matrix, &unsettled, None))
        }
        "criterion" => {
            let id = args.id.as_deref().unwrap_or_default();
            let Some((document, item)) = folder.spec().item(id) else {
                return Err(CommandError::new(
                    Code::UnknownItem,
                    format!("There is no `{id}` in {}.", folder.name),
                    "Name one of its stories, requirements or tasks.",
                ));
            };
            let path = folder.path.join(&document.name);
            Ok(Outcome {
                show: Some(Show {
                    path: path.clone(),
                    selection: Some(item.selection.clone()),
                }),
                documents: vec![path],
                ..Outcome::default()
            })
        }
        _ => Err(crate::foreign::refusal(folder)),
    }
}

fn shown(cx: &Context<'_>, what: &str, text: &str) -> Result<Outcome, CommandError> {
    let path = cx.store.reports().join(format!("{what}.md"));
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

/// Goes to a test that names a criterion.
fn test(
    cx: &Context<'_>,
    folders: &[Arc<SpecFolder>],
    args: &Args,
) -> Result<Outcome, CommandError> {
    let id = args.id.as_deref().unwrap_or_default();
    for folder in folders {
        let root = &folder.root;
        let stop = || cx.cancel.is_cancelled();
        let sources = cx.snapshot.sources_in(cx.files, root, &stop);
        let labels = criteria(folder.spec(), id);
        let uses = uses_of(&sources, &cx.snapshot.folders_in(root), folder, &labels);
        let wanted = |used: &&Use<'_>| {
            let unit = used.link.unit.as_ref();
            used.link.is_test
                && args
                    .name
                    .as_ref()
                    .is_none_or(|name| unit.is_some_and(|unit| unit.full_name() == *name))
        };
        if let Some(used) = uses.iter().find(wanted) {
            let unit = used.link.unit.as_ref();
            let range = unit.map_or(&used.link.range, |unit| &unit.name_range);
            return Ok(Outcome {
                show: Some(Show {
                    path: used.file.path.clone(),
                    selection: Some(range.clone()),
                }),
                documents: vec![used.file.path.clone()],
                ..Outcome::default()
            });
        }
    }
    Err(CommandError::new(
        Code::UnknownItem,
        format!("No test names `{id}`."),
        "Link a test to it with `rutter.link`.",
    ))
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
