//! A power from a git address: cloned without history, submodules and hooks.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rutter_host::{FileKind, Files, Grounds, Permit};
use rutter_process::{End, Environment, Program, Request, run_now};

use crate::error::{Code, CommandError};

/// A clone that takes longer is ended.
const PATIENCE: Duration = Duration::from_secs(120);

/// An address that git may fetch from, and the folder in the repository that is meant.
pub struct Address {
    url: String,
    /// Relative with `/`; empty for the whole repository.
    pub below: String,
}

/// Reads an address: `https`, `http`, `ssh`, `git` or `file`, or `user@host:path`; nothing where it is none of these.
pub fn address(text: &str) -> Result<Option<Address>, CommandError> {
    let (url, below) = text.split_once('#').unwrap_or((text, ""));
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    let short = url.split_once(':').is_some_and(|(host, path)| {
        host.contains('@') && !host.contains('/') && !path.starts_with(':')
    });
    let known = match scheme {
        Some(scheme) => ["https", "http", "ssh", "git", "file"].contains(&scheme),
        None if short => true,
        None if url.contains("::") => false,
        None => return Ok(None),
    };
    if !known || url.starts_with('-') || url.chars().any(char::is_control) {
        return Err(CommandError::new(
            Code::WrongArgument,
            format!("`{url}` is no address that powers are fetched from."),
            "Use https://…, ssh://…, git@host:path, or a folder.",
        ));
    }
    let plain =
        |part: &str| !part.is_empty() && part != ".." && part != "." && !part.contains('\\');
    if !below.is_empty() && !below.split('/').all(plain) {
        return Err(CommandError::new(
            Code::BadName,
            format!("`{below}` is no folder in a repository."),
            "Name it from the top of the repository, such as address#folder.",
        ));
    }
    Ok(Some(Address {
        url: url.to_owned(),
        below: below.to_owned(),
    }))
}

/// Clones into a folder that is not there yet.
pub fn clone(files: &dyn Files, address: &Address, into: &Path) -> Result<(), CommandError> {
    let parent = into.parent().unwrap_or(into);
    // The folder to run in has to be there.
    files.write(&parent.join(".keep"), b"")?;
    let mut argv: Vec<std::ffi::OsString> = [
        "git",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "protocol.ext.allow=never",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.symlinks=false",
        "clone",
        "--quiet",
        "--depth",
        "1",
        "--no-recurse-submodules",
        "--template=",
        "--",
    ]
    .map(Into::into)
    .to_vec();
    argv.extend([address.url.clone().into(), into.into()]);
    let mut request = Request::new(Program::Argv(argv), parent);
    // Nobody is there to answer a question for a password. Filters such as LFS would run programs and fetch more.
    let variables = [("GIT_TERMINAL_PROMPT", "0"), ("GIT_LFS_SKIP_SMUDGE", "1")];
    request.environment =
        Environment::Inherited(variables.map(|(k, v)| (k.to_owned(), v.to_owned())).into());
    request.time_limit = Some(PATIENCE);
    #[expect(clippy::disallowed_methods, reason = "the user typed this address")]
    let permit = Permit::grant(Grounds::Asked {
        what: format!("fetch the power at {}", address.url),
    });
    let failed = |why: String| {
        CommandError::new(
            Code::Io,
            format!("The power could not be fetched from {}: {why}", address.url),
            "Check the address, and that git can read it without asking.",
        )
    };
    let output = run_now(permit, request).map_err(|e| failed(e.to_string()))?;
    match output.end {
        End::Exited(0) => Ok(()),
        End::TimedOut => Err(failed("git took more than two minutes.".to_owned())),
        _ => {
            let said = output.stderr.text();
            let last = said.lines().rev().find(|l| !l.trim().is_empty());
            Err(failed(
                last.unwrap_or("git failed without a word")
                    .trim()
                    .to_owned(),
            ))
        }
    }
}

/// Removes a clone. What can't be removed stays in the state folder, where it does no harm.
pub fn discard(files: &dyn Files, folder: &Path) {
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    let mut at = 0;
    while at < folders.len() {
        for entry in files.list(&folders[at]).unwrap_or_default() {
            if entry.kind == FileKind::Folder && !entry.link {
                folders.push(entry.path);
            } else {
                let _ = files.remove(&entry.path);
            }
        }
        at += 1;
    }
    for folder in folders.iter().rev() {
        let _ = files.remove_empty_folder(folder);
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn only_plain_transports_are_addresses() {
        for good in [
            "https://h/x.git",
            "git@h:x/y",
            "ssh://h/x",
            "file:///x",
            "https://h/x#a/b",
        ] {
            assert!(address(good).unwrap().is_some(), "{good}");
        }
        for folder in ["powers/demo", "./x", "/x/y", "demo"] {
            assert!(address(folder).unwrap().is_none(), "{folder}");
        }
        for bad in [
            "ext::sh -c x",
            "fd::7",
            "-u://x",
            "https://h/x#../y",
            "https://h/x#/y",
            "ftp://h/x",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }
}
