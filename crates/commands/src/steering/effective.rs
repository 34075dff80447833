//! What steers the work on a file, and what does not.

use std::path::Path;

use rutter_host::FileKind;
use rutter_steering::{Applied, LeftOut};
use rutter_workspace::{IgnoredBy, steering_of};

use crate::context::Context;
use crate::error::{Code, CommandError};

/// What steers the work on a file.
#[derive(Clone, Debug)]
pub struct Effective {
    /// The file, relative to its root with `/`.
    pub file: String,
    /// Whether it is on disk or open.
    pub exists: bool,
    /// What applies, strongest first.
    pub applied: Vec<Applied>,
    /// What does not, and why not.
    pub left_out: Vec<LeftOut>,
    /// What keeps it from agents.
    pub ignored: Option<IgnoredBy>,
    /// Steering files that could not be read, a sentence each.
    pub problems: Vec<String>,
}

/// Looks at what steers the work on a file. The file need not be there yet: patterns see its path.
/// `message` is what was said in the chat.
pub fn of(cx: &Context<'_>, path: &Path, message: Option<&str>) -> Result<Effective, CommandError> {
    if cx.snapshot.root_of(path).is_none() {
        return Err(CommandError::new(
            Code::WrongArgument,
            format!("{} is in no open folder.", path.display()),
            "Name a file of the workspace; -C names another workspace folder.",
        ));
    }
    let kind = cx.files.kind(path).ok();
    if kind == Some(FileKind::Folder) {
        return Err(CommandError::new(
            Code::WrongArgument,
            format!("{} is a folder; steering applies to files.", path.display()),
            "Name a file in it.",
        ));
    }
    let found = steering_of(cx.snapshot, cx.files, cx.home, path, message);
    Ok(Effective {
        exists: kind.is_some() || cx.snapshot.open.contains_key(path),
        applied: found.effective(),
        left_out: found.left_out(),
        ignored: found.ignored,
        problems: found.problems.into_iter().map(|p| p.message).collect(),
        file: found.file,
    })
}

/// What applied steering costs, in words.
pub fn total(applied: &[Applied]) -> String {
    let tokens: usize = applied.iter().map(|a| a.tokens).sum();
    let bytes: usize = applied.iter().map(|a| a.bytes).sum();
    format!("about {tokens} tokens, {bytes} bytes")
}
