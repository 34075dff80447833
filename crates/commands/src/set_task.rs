//! `rutter.setTask`: changes the mark of a task, and nothing else in the document. A task that is done gets its record of
//! evidence; one that is open again loses it.

use rutter_spec::Mark;
use rutter_spec::edits::set_task::{self, TaskError};
use rutter_spec::{Spec, Task};
use rutter_text::edit;
use rutter_workspace::evidence::{self, Record};
use rutter_workspace::history::Repository;
use rutter_workspace::{SpecFolder, trace};
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
    if let Ok(task) = set_task::find(tasks, &args.task) {
        note_evidence(cx, &folder, task, mark, &mut outcome)?;
    }
    Ok(outcome)
}

/// Writes the task's record where it is done, and removes it where it is not.
fn note_evidence(
    cx: &Context<'_>,
    folder: &SpecFolder,
    task: &Task,
    mark: Mark,
    outcome: &mut Outcome,
) -> Result<(), CommandError> {
    let spec = folder.spec();
    let path = evidence::path_of(&folder.root, spec, task);
    let before = cx.files.read_text_if_any(&path)?;
    let after = (mark == Mark::Done).then(|| record(cx, folder, spec, task).render());
    outcome.change(path, before, after);
    Ok(())
}

fn record(cx: &Context<'_>, folder: &SpecFolder, spec: &Spec, task: &Task) -> Record {
    let root = &folder.root;
    let folders = cx.snapshot.folders_in(root);
    let stop = || cx.cancel.is_cancelled();
    let sources = cx.snapshot.sources_in(cx.files, root, &stop);
    let uses = trace::uses(&sources, &folders, folder);
    let who = (cx.who)(root);
    Record {
        commit: Repository::open(root).and_then(|repository| repository.head()),
        ..Record::new(spec, task, &uses, &who, cx.clock.now())
    }
}
