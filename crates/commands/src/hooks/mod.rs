//! What a user can do with hooks.

pub mod api;
pub mod explain;
pub mod install_git;
pub mod list;
pub mod migrate;
pub mod new_hook;
pub mod run;
pub mod toggle;
pub mod trust;
pub mod waiting;

use std::path::{Path, PathBuf};

use rutter_hooks::{Broken, Hook, HookFile};
use rutter_store::{Subject, Verdict};
use rutter_workspace::hook_files::{Hooks, hooks};

use crate::context::Context;
use crate::error::{Code, CommandError};

/// The hooks of every root, each with its root.
pub fn all(cx: &Context<'_>) -> Vec<(PathBuf, Hooks)> {
    cx.snapshot
        .roots
        .iter()
        .map(|root| (root.clone(), hooks(cx.files, root, cx.home)))
        .collect()
}

/// A hook with where it is from.
pub struct Found {
    /// The workspace folder.
    pub root: PathBuf,
    /// The file.
    pub file: HookFile,
    /// The hook.
    pub hook: Hook,
}

/// The hook of this id (`file#name`, the path in full or its last part), or of this name alone.
pub fn find(cx: &Context<'_>, asked: &str) -> Result<Found, CommandError> {
    let mut fits = Vec::new();
    let mut known = Vec::new();
    for (root, hooks) in all(cx) {
        for file in hooks.files {
            for hook in &file.hooks {
                known.push(hook.id.clone());
                let is_named = hook.id == asked
                    || hook.name == asked
                    || asked.contains('#') && hook.id.ends_with(&format!("/{asked}"));
                // The user's own hooks stand in every root.
                let twice = fits
                    .iter()
                    .any(|f: &Found| f.hook.id == hook.id && f.file.path.starts_with("~/"));
                if is_named && !twice {
                    fits.push(Found {
                        root: root.clone(),
                        file: file.clone(),
                        hook: hook.clone(),
                    });
                }
            }
        }
    }
    match fits.len() {
        1 => Ok(fits.remove(0)),
        0 => {
            let meant = match meant(asked, &known) {
                Some(id) => format!("Did you mean `{id}`? "),
                None => String::new(),
            };
            Err(CommandError::new(
                Code::UnknownHook,
                format!("There is no hook `{asked}`."),
                format!("{meant}`rutter hooks list` shows those there are."),
            )
            .among(known))
        }
        _ => Err(CommandError::new(
            Code::Ambiguous,
            format!("`{asked}` could mean several hooks."),
            "Name it as file#name.",
        )
        .among(fits.into_iter().map(|f| f.hook.id).collect())),
    }
}

/// The hook that a name may mean: one that has it in its own, or the nearest.
fn meant<'a>(asked: &str, known: &'a [String]) -> Option<&'a str> {
    let name = |id: &'a str| id.rsplit_once('#').map_or(id, |(_, name)| name);
    let word = asked.rsplit_once('#').map_or(asked, |(_, name)| name);
    let small = word.trim().to_lowercase();
    let ids = || known.iter().map(String::as_str);
    ids()
        .find(|id| small.len() > 2 && id.to_lowercase().contains(&small))
        .or_else(|| {
            let near = rutter_hooks::nearest(word, ids().map(name))?;
            ids().find(|id| name(id) == near)
        })
}

/// This minute, for schedules.
pub fn moment(clock: &dyn rutter_host::Clock) -> rutter_hooks::Moment {
    let now = clock.wall();
    rutter_hooks::Moment {
        minute: now.minute,
        hour: now.hour,
        day: now.day,
        month: now.month,
        weekday: now.weekday,
    }
}

/// What is wrong with hook files: those that can't be read, and hooks that can't be loaded, a sentence each.
pub fn problems(cx: &Context<'_>) -> Vec<String> {
    let mut problems = Vec::new();
    for (_, hooks) in all(cx) {
        problems.extend(hooks.unread.into_iter().map(|unread| unread.message));
        for file in hooks.files {
            problems.extend(
                file.broken.iter().map(|broken| {
                    format!("{} can't be loaded: {}", label(&file, broken), broken.why)
                }),
            );
        }
    }
    problems
}

/// What names a hook that can't be loaded: the file alone where nothing in it can be read.
pub(crate) fn label(file: &HookFile, broken: &Broken) -> String {
    if file.path.ends_with(&broken.name) {
        file.path.clone()
    } else {
        format!("{}#{}", file.path, broken.name)
    }
}

/// Whether a hook may run, and what trust of it binds to.
pub fn trusted(
    cx: &Context<'_>,
    root: &Path,
    file: &HookFile,
    hook: &Hook,
) -> Result<(Subject, Verdict), CommandError> {
    let subject = rutter_automation::subject(cx.files, root, hook);
    let verdict = if is_own(file) {
        Verdict::Trusted
    } else {
        cx.store
            .trust(root)
            .verdicts(std::slice::from_ref(&subject))?
            .remove(0)
    };
    Ok((subject, verdict))
}

/// Whether a file lies in the user's home: what is in it is the user's own word.
pub fn is_own(file: &HookFile) -> bool {
    file.path.starts_with("~/")
}

/// The path of a hook file on disk.
pub fn path_of(cx: &Context<'_>, root: &Path, file: &HookFile) -> PathBuf {
    match (file.path.strip_prefix("~/"), cx.home) {
        (Some(rest), Some(home)) => home.path(rest),
        _ => root.join(&file.path),
    }
}
