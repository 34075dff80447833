//! `rutter.undo`: takes a whole change back, created files included, while they are as the change left them.

use serde::Deserialize;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::Outcome;

/// The argument.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Args {
    /// The change; the latest of the workspace where there is none.
    pub change: Option<String>,
}

/// Takes it back.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let unknown = |message: String| {
        CommandError::new(
            Code::UnknownChange,
            message,
            "Undo takes the id that a command answered as `change`.",
        )
    };
    let mut found = None;
    for root in cx.snapshot.roots.iter() {
        let journal = cx.store.journal(root);
        let change = match &args.change {
            Some(id) => journal.get(id)?,
            None => journal.latest()?,
        };
        if let Some(change) = change
            && found
                .as_ref()
                .is_none_or(|(_, best): &(_, rutter_store::Change)| best.id < change.id)
        {
            found = Some((root.clone(), change));
        }
    }
    let Some((root, change)) = found else {
        return Err(unknown(match &args.change {
            Some(id) => format!("There is no change `{id}` here."),
            None => "There is nothing to undo.".to_owned(),
        }));
    };
    if change.undone {
        return Err(unknown(format!(
            "The change `{}` was taken back already.",
            change.id
        )));
    }
    let read = |path: &std::path::Path| match cx.snapshot.open.get(path) {
        Some(open) => Ok(Some(open.source.text().to_owned())),
        None => cx.files.read_text_if_any(path),
    };
    let plan = cx.store.journal(&root).undo_plan(&change, read)?;
    let mut outcome = Outcome {
        title: format!("Undo: {}", change.title),
        root,
        undoes: Some(change.id.clone()),
        ..Outcome::default()
    };
    outcome.message = Some(format!("Undone: {}.", change.title));
    for restore in plan {
        outcome.change(restore.path, restore.current, restore.restored);
    }
    // What was removed while it is open is in the editor as it was, and on disk no more.
    for note in change.files.iter().filter(|note| note.after.is_none()) {
        let open = cx.snapshot.open.get(&note.path);
        let is_as_before = open.map(|o| o.source.text()) == note.before.as_deref();
        if open.is_some() && is_as_before && !cx.files.exists(&note.path) {
            outcome.change(note.path.clone(), None, note.before.clone());
        }
    }
    Ok(outcome)
}
