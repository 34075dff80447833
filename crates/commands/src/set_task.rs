//! `rutter.setTask`: changes the mark of a task, and nothing else.

use rutter_spec::Mark;
use rutter_spec::edits::set_task::{self, TaskError};
use rutter_text::edit;
use serde::Deserialize;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::Outcome;

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// The spec.
    pub spec: String,
    /// The task's number, or `#line`.
    pub task: String,
    /// `pending`, `queued`, `running` or `done`.
    pub state: String,
}

/// Changes the mark.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let folder = cx.folder(&args.spec)?;
    cx.refuse_unreadable(&folder, [rutter_spec::Document::Tasks.file_name()])?;
    let mark = Mark::parse(&args.state).ok_or_else(|| {
        CommandError::new(
            Code::WrongArgument,
            format!("There is no task state `{}`.", args.state),
            "Use pending, queued, running or done.",
        )
    })?;
    let Some(tasks) = &folder.spec().tasks else {
        return Err(CommandError::new(
            Code::MissingDocument,
            format!("{} has no tasks.md.", folder.name),
            "Draft it with the next stage.",
        ));
    };
    let edits = set_task::set_mark(tasks, &args.task, mark).map_err(|error| match error {
        TaskError::Ambiguous { candidates, .. } => CommandError::new(
            Code::Ambiguous,
            format!("{} has more than one task {}.", folder.name, args.task),
            "Name it by its line, such as #12.",
        )
        .among(candidates),
        other => CommandError::new(
            Code::UnknownTask,
            other.to_string(),
            "Name a task by its number, or by its line, such as #12.",
        ),
    })?;
    let before = tasks.source.text();
    let mut outcome = Outcome {
        title: format!(
            "Set task {} of {} to {}",
            args.task,
            folder.name,
            mark.as_str()
        ),
        root: folder.root.clone(),
        ..Outcome::default()
    };
    outcome.change(
        folder.path_of(rutter_spec::Document::Tasks),
        Some(before.to_owned()),
        Some(edit::apply(before, &edits)),
    );
    Ok(outcome)
}
