//! `rutter.migrateHook`: writes the hooks of a file in the newer format, each where its reader looks for it.

use std::path::{Path, PathBuf};

use rutter_hooks::HookFile;
use rutter_hooks::migrate::{Migration, Old};
use rutter_host::Files;
use rutter_store::Verdict;
use rutter_text::edit::apply;
use rutter_workspace::Snapshot;
use serde::Deserialize;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::{Outcome, Show};

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// The file.
    pub uri: String,
}

/// What migrating a file would do; nothing where all is well with it. No file that is there is overwritten.
pub fn migration(
    snapshot: &Snapshot,
    files: &dyn Files,
    base: &Path,
    file: &HookFile,
) -> Option<Migration> {
    let taken = |name: &str| {
        let path = path_of(base, name);
        files.exists(&path) || snapshot.open.contains_key(&path)
    };
    rutter_hooks::migrate(file, &taken)
}

fn path_of(base: &Path, name: &str) -> PathBuf {
    base.join(name.strip_prefix("~/").unwrap_or(name))
}

/// Makes the files.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let path = PathBuf::from(&args.uri);
    let known = cx.snapshot.agent_file(&path);
    let found =
        known.and_then(|(base, _, file)| Some((base, file.text.as_ref().ok()?, file.hooks()?)));
    let Some((base, source, file)) = found else {
        if !cx.files.exists(&path) {
            return Err(CommandError::new(
                Code::NotFound,
                format!("{} does not exist.", path.display()),
                "`rutter hooks list` shows the files of hooks.",
            ));
        }
        return Err(CommandError::new(
            Code::WrongArgument,
            format!("{} is no file of hooks that can be read.", path.display()),
            "Name one, such as .kiro/hooks/lint.kiro.hook.",
        ));
    };
    let Some(migration) = migration(cx.snapshot, cx.files, base, file) else {
        return if file.broken.is_empty() {
            Ok(Outcome::nothing(format!(
                "{} needs no migration.",
                file.path
            )))
        } else {
            Err(CommandError::new(
                Code::BrokenFile,
                format!("A hook in {} can't be read, and would be lost.", file.path),
                "Repair it first: its finding says what is wrong.",
            ))
        };
    };
    let mut outcome = Outcome {
        title: migration.title.clone(),
        root: base.clone(),
        show: migration.new.first().map(|new| Show {
            path: path_of(base, &new.path),
            selection: None,
        }),
        ..Outcome::default()
    };
    let before = source.text().to_owned();
    for new in &migration.new {
        let target = path_of(base, &new.path);
        let there = (target == path).then(|| before.clone());
        outcome.change(target, there, Some(new.text.clone()));
    }
    match &migration.old {
        Old::Replaced => {}
        Old::Delete => outcome.change(path, Some(before), None),
        Old::Edit(edits) => {
            let after = apply(&before, edits);
            outcome.change(path, Some(before), Some(after));
        }
    }
    let names: Vec<&str> = migration.new.iter().map(|new| new.path.as_str()).collect();
    let place = match &names[..] {
        [name] if *name == file.path => "the newer format".to_owned(),
        names => names.join(" and "),
    };
    let mut message = format!("{} is now in {place}.", file.path);
    for note in &migration.notes {
        message.push(' ');
        message.push_str(note);
    }
    keep_trust(cx, base, file, &migration)?;
    outcome.message = Some(message);
    Ok(outcome)
}

/// What was trusted stays so: the user asked for the same hook in another form, and its text is ours.
fn keep_trust(
    cx: &Context<'_>,
    base: &Path,
    file: &HookFile,
    migration: &Migration,
) -> Result<(), CommandError> {
    let mut trusted = Vec::new();
    for hook in &file.hooks {
        let alone = file.hooks.iter().filter(|h| h.name == hook.name).count() == 1;
        if alone && super::trusted(cx, base, file, hook)?.1 == Verdict::Trusted {
            trusted.push(hook);
        }
    }
    let mut subjects = Vec::new();
    for new in &migration.new {
        let new = HookFile::parse(&new.path, &new.text);
        let same = new.hooks.iter().filter(|hook| {
            trusted.iter().any(|old| {
                (&old.name, old.trigger, &old.action) == (&hook.name, hook.trigger, &hook.action)
            })
        });
        subjects.extend(same.map(|hook| rutter_automation::subject(cx.files, base, hook)));
    }
    if subjects.is_empty() || super::is_own(file) {
        return Ok(());
    }
    Ok(cx.store.trust(base).trust(cx.clock, &subjects)?)
}
