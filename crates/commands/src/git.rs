//! What git is asked, by its own command: what is staged, what is pushed, where its hooks live. Its own hooks and the
//! project's configuration of programs play no part in these calls.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rutter_host::{Grounds, Permit};
use rutter_process::{End, Environment, Program, Request, run_now};

use crate::error::{Code, CommandError};

/// No question to git takes this long.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of an answer; lists of files are long.
const LONGEST: usize = 32 * 1024 * 1024;

/// Asks git; gives what it printed.
fn ask(root: &Path, what: &'static str, arguments: &[&str]) -> Result<String, CommandError> {
    let mut argv = vec!["git".into(), "--no-pager".into()];
    // A repository may name programs of its own for these.
    for off in [
        "core.fsmonitor=false",
        "core.quotePath=false",
        "diff.external=",
    ] {
        argv.push("-c".into());
        argv.push(off.into());
    }
    argv.extend(arguments.iter().map(Into::into));
    let mut request = Request::new(Program::Argv(argv), root);
    request.environment =
        Environment::Inherited([("GIT_OPTIONAL_LOCKS".to_owned(), "0".to_owned())].into());
    request.time_limit = Some(PATIENCE);
    request.output_limit = 2 * LONGEST;
    #[expect(clippy::disallowed_methods, reason = "a fixed call that only reads")]
    let permit = Permit::grant(Grounds::Own { what });
    let output = run_now(permit, request)
        .map_err(|error| CommandError::new(Code::Io, error.to_string(), ""))?;
    if output.end != End::Exited(0) {
        let said = output.stderr.text();
        let said = said.trim().trim_start_matches("fatal: ").to_owned();
        return Err(CommandError::new(
            Code::Io,
            format!("git could not say {what}: {said}."),
            "Try it in a git repository.",
        ));
    }
    Ok(output.stdout.text())
}

fn list(text: &str) -> Vec<String> {
    text.split('\0')
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The files that a commit would add or change, relative to `root` with `/`.
pub fn staged(root: &Path) -> Result<Vec<String>, CommandError> {
    ask(
        root,
        "what is staged",
        &[
            "diff",
            "--cached",
            "--name-only",
            "--no-ext-diff",
            "--relative",
            "--diff-filter=ACMR",
            "-z",
        ],
    )
    .map(|text| list(&text))
}

/// The text of a file as it is staged; bytes that are no text are replaced.
pub fn staged_text(root: &Path, path: &str) -> Result<String, CommandError> {
    ask(
        root,
        "what is staged",
        &["show", "--no-textconv", &format!(":./{path}")],
    )
}

/// The text of a file in the last commit; nothing where it is not in it.
pub fn committed_text(root: &Path, path: &str) -> Option<String> {
    ask(
        root,
        "what is committed",
        &["show", "--no-textconv", &format!("HEAD:./{path}")],
    )
    .ok()
}

/// The files that the commits of a push change. `input` is what git gives a `pre-push` hook: local ref, local id, remote
/// ref, remote id on each line.
pub fn pushed(root: &Path, input: &str) -> Result<Vec<String>, CommandError> {
    let mut all = Vec::new();
    for line in input.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let [_, local, _, remote] = words[..] else {
            continue;
        };
        let none = |id: &str| id.bytes().all(|b| b == b'0');
        let is_id = |id: &str| id.len() >= 40 && id.bytes().all(|b| b.is_ascii_hexdigit());
        if !is_id(local) || !is_id(remote) || none(local) {
            continue;
        }
        let text = if none(remote) {
            // A new branch: what no remote has yet.
            ask(
                root,
                "what is pushed",
                &[
                    "log",
                    "--format=",
                    "--name-only",
                    "--no-ext-diff",
                    "--relative",
                    "--diff-filter=ACMR",
                    "-z",
                    local,
                    "--not",
                    "--remotes",
                ],
            )?
        } else {
            ask(
                root,
                "what is pushed",
                &[
                    "diff",
                    "--name-only",
                    "--no-ext-diff",
                    "--relative",
                    "--diff-filter=ACMR",
                    "-z",
                    &format!("{remote}..{local}"),
                ],
            )
            .or_else(|_| {
                // The remote's commit is not here: everything reachable counts.
                ask(
                    root,
                    "what is pushed",
                    &[
                        "log",
                        "--format=",
                        "--name-only",
                        "--no-ext-diff",
                        "--relative",
                        "--diff-filter=ACMR",
                        "-z",
                        local,
                        "--not",
                        "--remotes",
                    ],
                )
            })?
        };
        for path in list(&text) {
            let path = path.trim_start_matches('\n').to_owned();
            if !path.is_empty() && !all.contains(&path) {
                all.push(path);
            }
        }
    }
    Ok(all)
}

/// Where the hooks of the repository around `root` live; a worktree shares them.
pub fn hooks_folder(root: &Path) -> Result<PathBuf, CommandError> {
    let path = ask(
        root,
        "where its hooks are",
        &["rev-parse", "--git-path", "hooks"],
    )?;
    Ok(root.join(path.trim_end_matches(['\n', '\r'])))
}

/// The top of the working tree around `root`.
pub fn top(root: &Path) -> Result<PathBuf, CommandError> {
    ask(root, "where its top is", &["rev-parse", "--show-toplevel"])
        .map(|path| PathBuf::from(path.trim_end_matches(['\n', '\r'])))
}
