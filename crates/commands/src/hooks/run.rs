//! `rutter.runHook`: runs one hook now, whatever it waits for.

use std::path::{Path, PathBuf};

use rutter_hooks::{Event, HookFile, Matcher, Trigger};
use rutter_store::Verdict;
use serde::Deserialize;

use super::{find, trusted};
use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::git::{self, Repository};

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// `file#name`, or its name.
    pub hook: String,
    /// The file it shall run for.
    pub uri: Option<String>,
}

/// A hook ready to be run.
#[derive(Clone, Debug)]
pub struct Run {
    /// The workspace folder.
    pub root: PathBuf,
    /// Its file, with this hook alone.
    pub file: HookFile,
    /// The event to raise; `hook` in it is the hook's id.
    pub event: Event,
}

/// Prepares the run. Asked for by name a hook runs also while it is switched off, but only what is trusted.
pub fn prepare(cx: &Context<'_>, args: &Args) -> Result<Run, CommandError> {
    let found = find(cx, &args.hook)?;
    if trusted(cx, &found.root, &found.file, &found.hook)?.1 != Verdict::Trusted {
        return Err(CommandError::new(
            Code::Untrusted,
            format!(
                "`{}` is not trusted as it stands, so it did not run.",
                found.hook.id
            ),
            format!(
                "Look at it, then trust it: rutter hooks trust '{}'",
                found.hook.id
            ),
        ));
    }
    let mut event = Event::new(found.hook.trigger);
    event.root = Some(found.root.to_string_lossy().replace('\\', "/"));
    event.hook = Some(found.hook.id.clone());
    if let Some(uri) = &args.uri {
        event.paths.push(relative(&found.root, Path::new(uri))?);
    } else if event.trigger.is_git() {
        event.paths = taken(&found.root, event.trigger)?;
    }
    let mut file = found.file;
    file.hooks.retain(|hook| hook.id == found.hook.id);
    for hook in &mut file.hooks {
        hook.enabled = true;
        hook.superseded_by = None;
        hook.matcher = Matcher::All;
    }
    Ok(Run {
        root: found.root,
        file,
        event,
    })
}

/// The files that a commit or a push would take now.
fn taken(root: &Path, trigger: Trigger) -> Result<Vec<String>, CommandError> {
    let repository = Repository::around(root)?;
    let versions = match trigger {
        Trigger::PrePush => repository.unpushed()?,
        _ => repository.staged()?,
    };
    Ok(git::paths(&repository, root, &versions))
}

fn relative(root: &Path, path: &Path) -> Result<String, CommandError> {
    let full = root.join(path);
    let inside = full.strip_prefix(root).ok().filter(|inside| {
        inside
            .components()
            .all(|part| matches!(part, std::path::Component::Normal(_)))
    });
    inside
        .map(|inside| inside.to_string_lossy().replace('\\', "/"))
        .ok_or_else(|| {
            CommandError::new(
                Code::WrongArgument,
                format!("{} is not in {}.", path.display(), root.display()),
                "Name a file of the workspace folder.",
            )
        })
}
