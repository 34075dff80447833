//! `rutter.moveReferences`: after criteria were inserted, deleted or moved, references follow their new numbers.

use std::path::PathBuf;

use rutter_spec::edits::{Renumbering, moved, references};
use rutter_spec::{Document, Requirements, Spec, Stage};
use rutter_text::{Edit, edit};
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
}

/// What would move: the documents whose references still have the numbers of `before`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Edits by document.
    pub edits: Vec<(Document, Vec<Edit>)>,
    /// Ids, old and new; nothing new where the criterion is gone.
    pub moves: Vec<(String, Option<String>)>,
}

/// Compares the requirements with an earlier text of theirs. Nothing where no reference would move.
pub fn offer(spec: &Spec, before: &str) -> Option<Offer> {
    let (document, now) = spec.wanted()?;
    if before == now.source.text() {
        return None;
    }
    let old = if document == Document::Bugfix {
        Requirements::parse_bugfix(before)
    } else {
        Requirements::parse(before)
    };
    let renumbering = Renumbering::between(&old, now);
    if renumbering.is_identity() {
        return None;
    }
    let edits: Vec<(Document, Vec<Edit>)> = [Document::Design, Document::Tasks]
        .into_iter()
        .filter_map(|d| Some((d, references::rewrite(spec.source(d)?.text(), &renumbering))))
        .filter(|(_, edits)| !edits.is_empty())
        .collect();
    let found = moved(&old, now);
    let mut moves: Vec<(String, Option<String>)> = found
        .renamed
        .into_iter()
        .map(|(a, b)| (a, Some(b)))
        .collect();
    moves.extend(found.removed.into_iter().map(|id| (id, None)));
    (!edits.is_empty()).then_some(Offer { edits, moves })
}

/// Moves them.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let folder = cx.folder(&args.spec)?;
    cx.refuse_unreadable_spec(&folder)?;
    let spec = folder.spec();
    let path: PathBuf = folder.path_of(spec.document_of(Stage::Requirements));
    let before = cx
        .snapshot
        .open
        .get(&path)
        .map(|open| open.baseline.text().to_owned());
    let Some((before, offer)) = before.and_then(|b| offer(spec, &b).map(|offer| (b, offer))) else {
        return Ok(Outcome::nothing("No reference has to move."));
    };
    let mut outcome = Outcome {
        title: format!("Move references of {}", folder.name),
        root: folder.root.clone(),
        ..Outcome::default()
    };
    for (document, edits) in &offer.edits {
        let source = spec.source(*document).ok_or_else(|| {
            CommandError::new(
                Code::MissingDocument,
                "A document went away meanwhile.",
                "Try again.",
            )
        })?;
        outcome.change(
            folder.path_of(*document),
            Some(source.text().to_owned()),
            Some(edit::apply(source.text(), edits)),
        );
    }
    in_step::note_since(cx, &folder, &before, &mut outcome)?;
    outcome.message = Some(summary(&offer.moves));
    outcome.rebase = vec![path];
    Ok(outcome)
}

/// `1.2 is now 1.3; 1.4 is gone.`
pub fn summary(moves: &[(String, Option<String>)]) -> String {
    let shown: Vec<String> = moves
        .iter()
        .take(6)
        .map(|(old, new)| {
            new.as_ref().map_or_else(
                || format!("{old} is gone"),
                |new| format!("{old} is now {new}"),
            )
        })
        .collect();
    let more = moves.len().saturating_sub(6);
    if more == 0 {
        format!("{}.", shown.join("; "))
    } else {
        format!("{}; and {more} more.", shown.join("; "))
    }
}
