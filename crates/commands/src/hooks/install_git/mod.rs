//! `rutter hooks install-git`: lets git's own hooks raise the events of commits and pushes, beside what is there.

mod block;
mod place;

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::error::CommandError;
use crate::git::Repository;
use crate::outcome::Outcome;

use block::{HOOKS, With};
use place::Place;

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The files to write; it changes nothing where all is done already.
    pub outcome: Outcome,
    /// Whom it concerns besides the user of this repository, a sentence or two: then it must be asked for.
    pub concern: Option<String>,
    /// What would be done, a line each.
    pub steps: Vec<String>,
    /// Hooks that stay as they are, and what to do about each, a sentence or two.
    pub left: Vec<String>,
}

/// What to do so that git calls us; with `remove`, so that it no longer does.
pub fn plan(cx: &Context<'_>, root: &Path, remove: bool) -> Result<Plan, CommandError> {
    let repository = Repository::around(root)?;
    let place = Place::find(cx.files, &repository)?;
    let mut plan = Plan {
        outcome: Outcome {
            title: if remove {
                "Take Rutter out of git's hooks".to_owned()
            } else {
                "Call Rutter from git's hooks".to_owned()
            },
            root: root.to_owned(),
            ..Outcome::default()
        },
        concern: None,
        steps: Vec::new(),
        left: Vec::new(),
    };
    for (hook, event) in HOOKS {
        let path = place.folder.join(hook);
        if remove {
            plan.take_out(cx, &repository, path)?;
        } else {
            plan.put_in(cx, &repository, &place, path, hook, event)?;
        }
    }
    let changes = !plan.outcome.changes.is_empty();
    plan.concern = place.concern.filter(|_| changes && !remove);
    plan.outcome.message = Some(
        match (remove, changes, plan.left.is_empty()) {
            (true, true, _) => "Git no longer calls Rutter.",
            (true, false, _) => "Git's hooks do not call Rutter; nothing was to be taken out.",
            (false, true, true) => {
                "Git now calls Rutter before a commit, with its message, and before a push."
            }
            (false, true, false) => "Git now calls Rutter, but not from every hook.",
            (false, false, true) => "Git calls Rutter already; nothing changed.",
            (false, false, false) => "Nothing changed.",
        }
        .to_owned(),
    );
    Ok(plan)
}

impl Plan {
    fn put_in(
        &mut self,
        cx: &Context<'_>,
        repository: &Repository,
        place: &Place,
        path: PathBuf,
        hook: &str,
        event: &str,
    ) -> Result<(), CommandError> {
        let shown = shown(repository, &path);
        let line = block::line(event);
        // What is no text is a program in another form.
        let before = match cx.files.read_text_if_any(&path) {
            Err(rutter_host::FileError::NotText { .. }) => {
                self.left.push(no_shell(&shown, &line));
                return Ok(());
            }
            read => read?,
        };
        let Some(before) = before else {
            self.steps.push(format!("write {shown}"));
            self.outcome
                .change(path, None, Some(block::new(hook, event, place.sourced)));
            return Ok(());
        };
        match block::with(&before, hook, event, place.sourced) {
            With::ByHand => {}
            With::NoShell => self.left.push(no_shell(&shown, &line)),
            With::Damaged => self.left.push(format!(
                "{shown} was left alone: a line of the block `# >>> rutter` … `# <<< rutter` in it is missing. Take out the rest of the block and install again."
            )),
            With::Text(_) if !place.sourced && !cx.files.is_program(&path)? => self.left.push(format!(
                "{shown} was left alone: it may not be run, so git passes over it. Make it executable, or remove it, and install again."
            )),
            With::Text(after) => {
                if after != before {
                    self.steps.push(format!("add a block to {shown}"));
                }
                self.outcome.change(path, Some(before), Some(after));
            }
        }
        Ok(())
    }

    fn take_out(
        &mut self,
        cx: &Context<'_>,
        repository: &Repository,
        path: PathBuf,
    ) -> Result<(), CommandError> {
        let before = match cx.files.read_text_if_any(&path) {
            // What is no text has no block.
            Err(rutter_host::FileError::NotText { .. }) => return Ok(()),
            read => read?,
        };
        let Some(after) = before.as_deref().and_then(block::without) else {
            return Ok(());
        };
        let shown = shown(repository, &path);
        self.steps.push(match after {
            Some(_) => format!("take the block out of {shown}"),
            None => format!("remove {shown}"),
        });
        self.outcome.change(path, before, after);
        Ok(())
    }
}

fn no_shell(shown: &str, line: &str) -> String {
    format!("{shown} was left alone: it is no shell script. Let it call at its end: {line}")
}

/// A path as people read it: below the top where it is.
fn shown(repository: &Repository, path: &Path) -> String {
    path.strip_prefix(repository.top())
        .unwrap_or(path)
        .display()
        .to_string()
}
