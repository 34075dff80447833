//! Removes a power that [`super::add`] installed.

use std::collections::BTreeSet;
use std::path::Path;

use rutter_steering::power;

use super::record::{self, Record};
use super::{checked, installed};
use crate::context::Context;
use crate::error::{Code, CommandError};

/// Removes what was installed and nothing else; gives a sentence.
pub fn run(cx: &Context<'_>, name: &str) -> Result<String, CommandError> {
    checked(name)?;
    let folder = installed(cx)?.join(name);
    if !cx.files.exists(&folder.join(power::FILE)) && !cx.files.exists(&folder.join(record::FILE)) {
        let known = super::list(cx)?.into_iter().map(|row| row.name).collect();
        return Err(CommandError::new(
            Code::NotFound,
            format!("You have no power `{name}`."),
            "`rutter powers list` shows those you have.",
        )
        .among(known));
    }
    let Some(record) = Record::read(cx.files, &folder)? else {
        return Err(CommandError::new(
            Code::Denied,
            format!(
                "`{name}` was not installed by rutter, so nothing says which files are its own."
            ),
            format!(
                "Remove it where you installed it, or delete {}.",
                folder.display()
            ),
        ));
    };
    for file in &record.files {
        gone(cx, &folder.join(file))?;
    }
    gone(cx, &folder.join(record::FILE))?;
    let folders: BTreeSet<&Path> = record
        .files
        .iter()
        .flat_map(|file| Path::new(file).ancestors().skip(1))
        .collect();
    // The deepest first; what is left in one is the user's.
    let mut emptied = false;
    for below in folders.into_iter().rev() {
        emptied = cx
            .files
            .remove_empty_folder(&folder.join(below))
            .unwrap_or(false);
    }
    Ok(match emptied {
        true => format!("Removed the power `{name}`."),
        false => format!(
            "Removed the power `{name}`; what else lies in {} was left.",
            folder.display()
        ),
    })
}

fn gone(cx: &Context<'_>, path: &Path) -> Result<(), CommandError> {
    match cx.files.remove(path) {
        Err(error) if !error.is_not_found() => Err(error.into()),
        _ => Ok(()),
    }
}
