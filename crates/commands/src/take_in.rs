//! `rutter.takeIn`: a further concern becomes a criterion of its requirement.

use rutter_spec::Document;
use rutter_spec::edits::{criteria, references};
use rutter_text::edit;
use serde::Deserialize;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::in_step;
use crate::outcome::Outcome;

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// The spec.
    pub spec: String,
    /// The concern: its place from 1, or its text.
    pub concern: serde_json::Value,
}

/// Takes it in.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let folder = cx.folder(&args.spec)?;
    cx.refuse_unreadable_spec(&folder)?;
    let spec = folder.spec();
    let Some((document, wanted)) = spec.wanted() else {
        return Err(CommandError::new(
            Code::MissingDocument,
            format!("{} has no requirements.", folder.name),
            "Write them first.",
        ));
    };
    let text = args.concern.as_str().map(str::trim);
    let place = args
        .concern
        .as_u64()
        .or_else(|| text.and_then(|t| t.parse().ok()));
    let concern = place
        .and_then(|n| {
            wanted
                .concerns
                .get(usize::try_from(n).ok()?.checked_sub(1)?)
        })
        .or_else(|| {
            wanted
                .concerns
                .iter()
                .find(|c| Some(c.text.as_str()) == text)
        })
        .ok_or_else(|| {
            CommandError::new(
                Code::UnknownItem,
                format!("{} has no further concern {}.", folder.name, args.concern),
                "Name it by its place in the list, from 1.",
            )
        })?;
    let before = wanted.source.text();
    let change = criteria::take_in(before, wanted, concern).map_err(|e| {
        CommandError::new(
            Code::UnknownItem,
            e.to_string(),
            "Name a requirement that the document has.",
        )
    })?;
    let mut outcome = Outcome {
        title: format!("Take in a concern of {}", folder.name),
        root: folder.root.clone(),
        ..Outcome::default()
    };
    outcome.change(
        folder.path_of(document),
        Some(before.to_owned()),
        Some(edit::apply(before, &change.edits)),
    );
    if !change.renumbering.is_identity() {
        for other in [Document::Design, Document::Tasks] {
            let Some(source) = spec.source(other) else {
                continue;
            };
            let edits = references::rewrite(source.text(), &change.renumbering);
            outcome.change(
                folder.path_of(other),
                Some(source.text().to_owned()),
                Some(edit::apply(source.text(), &edits)),
            );
        }
    }
    in_step::note_since(cx, &folder, before, &mut outcome)?;
    outcome.rebase = vec![folder.path_of(document)];
    Ok(outcome)
}
