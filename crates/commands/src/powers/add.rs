//! Installs a power by copying it into the user's own folder. Nothing of it runs by that.

use std::path::{Path, PathBuf};

use rutter_host::{FileKind, Files};
use rutter_steering::power;

use super::record::{self, Record};
use super::{Row, checked, fetch, installed, list, row, weight};
use crate::context::Context;
use crate::error::{Code, CommandError};

/// More files than this are no power.
const MAX_FILES: usize = 500;
/// More bytes than this neither.
const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Folders are copied this deep.
const MAX_DEPTH: usize = 8;

/// A power that was added.
#[derive(Debug)]
pub struct Added {
    /// The power.
    pub power: Row,
    /// What the user should know, a sentence each.
    pub notes: Vec<String>,
}

/// Adds the power at `from`: a git address, or else the folder that the word means.
pub fn run(cx: &Context<'_>, from: &str, folder: &Path) -> Result<Added, CommandError> {
    if cx.files.kind(folder).is_ok_and(|k| k == FileKind::Folder) {
        return install(cx, &folder.display().to_string(), folder);
    }
    let Some(address) = fetch::address(from)? else {
        return Err(CommandError::new(
            Code::NotFound,
            format!(
                "{} is no folder, and `{from}` is no git address.",
                folder.display()
            ),
            "Name a folder with a POWER.md, or an address such as https://….",
        ));
    };
    cx.progress.report("Fetching the power", None);
    let work = cx
        .store
        .reports()
        .with_file_name("powers")
        .join(uuid::Uuid::new_v4().to_string());
    let clone = work.join("clone");
    let added = fetch::clone(cx.files, &address, &clone)
        .and_then(|()| install(cx, from, &clone.join(&address.below)));
    fetch::discard(cx.files, &work);
    added
}

fn install(cx: &Context<'_>, from: &str, source: &Path) -> Result<Added, CommandError> {
    let files = cx.files;
    if !files.exists(&source.join(power::FILE)) {
        return Err(no_power(files, from, source));
    }
    let own = source
        .file_name()
        .and_then(|n| n.to_str())
        .unwrap_or_default();
    let (_, described) = row(files, source, own);
    let name = described.name;
    checked(&name)?;
    let target = installed(cx)?.join(&name);
    if files.exists(&target) {
        return Err(CommandError::new(
            Code::Exists,
            format!("You have a power `{name}` already."),
            format!("Remove it first: `rutter powers remove {name}`."),
        ));
    }
    let mut found = Found::default();
    found.gather(files, source, "", MAX_DEPTH)?;
    let record = Record {
        from: from.to_owned(),
        files: found.files.iter().map(|(path, _)| path.clone()).collect(),
    };
    let mut written: Vec<PathBuf> = Vec::new();
    let all = found
        .files
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let text = record.text();
    // The record comes first: what was begun can always be removed.
    for (path, bytes) in std::iter::once((record::FILE, text.as_bytes())).chain(all) {
        let path = target.join(path);
        if let Err(error) = files.write(&path, bytes) {
            for path in written.iter().rev() {
                let _ = files.remove(path);
            }
            fetch::discard(files, &target);
            return Err(error.into());
        }
        written.push(path);
    }
    let (power, _) = row(files, &target, &name);
    let notes = notes(cx, &power, &target, found.links)?;
    Ok(Added { power, notes })
}

fn notes(
    cx: &Context<'_>,
    power: &Row,
    target: &Path,
    links: usize,
) -> Result<Vec<String>, CommandError> {
    let mut notes = Vec::new();
    if !power.servers.is_empty() {
        notes.push(format!(
            "Nothing was started. Each of its tool servers starts only once you trust it: read what they run in {}, then `rutter mcp trust NAME`.",
            target.join(power::SERVERS).display()
        ));
    }
    if links > 0 {
        notes.push(format!("Links were left out: {links}."));
    }
    notes.extend(weight(cx, &list(cx)?)?);
    Ok(notes)
}

fn no_power(files: &dyn Files, from: &str, source: &Path) -> CommandError {
    let holders: Vec<String> = files
        .list(source)
        .unwrap_or_default()
        .into_iter()
        .filter(|e| e.kind == FileKind::Folder && files.exists(&e.path.join(power::FILE)))
        .map(|e| e.name)
        .collect();
    let hint = match holders.is_empty() {
        true => "A power is a folder with a POWER.md.",
        false => "Its folders hold powers: name one of them, in a git address as address#folder.",
    };
    CommandError::new(
        Code::NotFound,
        format!("There is no POWER.md in {from}."),
        hint,
    )
    .among(holders)
}

/// What is to be copied.
#[derive(Default)]
struct Found {
    files: Vec<(String, Vec<u8>)>,
    bytes: usize,
    links: usize,
}

impl Found {
    fn gather(
        &mut self,
        files: &dyn Files,
        folder: &Path,
        below: &str,
        depth: usize,
    ) -> Result<(), CommandError> {
        for entry in files.list(folder)? {
            let path = format!("{below}{}", entry.name);
            match entry.kind {
                // A link could bring in any file of the user's.
                _ if entry.link => self.links += 1,
                FileKind::Folder if entry.name == ".git" => {}
                FileKind::Folder if depth > 0 => {
                    self.gather(files, &entry.path, &format!("{path}/"), depth - 1)?;
                }
                FileKind::File if path != record::FILE => {
                    let bytes = files.read(&entry.path)?;
                    self.bytes += bytes.len();
                    self.files.push((path, bytes));
                }
                FileKind::File | FileKind::Folder | FileKind::Other => {}
            }
            if self.files.len() > MAX_FILES || self.bytes > MAX_BYTES {
                return Err(CommandError::new(
                    Code::WrongArgument,
                    format!("{} is too large for a power.", folder.display()),
                    format!(
                        "A power has at most {MAX_FILES} files and {} MB.",
                        MAX_BYTES >> 20
                    ),
                ));
            }
        }
        Ok(())
    }
}
