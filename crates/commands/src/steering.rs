//! What steers the work on a file, what a steering file applies to, and a first set of steering files.

pub mod effective;
mod facts;
pub mod init;
mod manifest;
mod readme;
mod tools;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use rutter_steering::{Inclusion, Kind, Steering};
use rutter_workspace::{Snapshot, steering_of};

use crate::context::Context;
use crate::error::{Code, CommandError};

/// More files than this are not looked at.
const MAX_FILES: usize = 20_000;
/// More are not listed.
const MOST: usize = 200;

/// The files of a project, as patterns see them: relative to `base` with `/`.
pub fn project(files: &dyn rutter_host::Files, base: &Path) -> Vec<String> {
    files
        .walk(base, MAX_FILES)
        .iter()
        .filter_map(|path| path.strip_prefix(base).ok())
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect()
}

/// Whether a file is one from which steering files could be asked for: a document of ours or a manifest, in a folder that
/// is ours and where no steering file says anything yet.
pub fn has_none_yet(snapshot: &Snapshot, path: &Path) -> bool {
    let Some(root) = snapshot.root_of(path) else {
        return false;
    };
    let agents = snapshot.agents.get(root);
    let is_document = rutter_workspace::locate(path).is_some()
        || agents.is_some_and(|agents| agents.get(path).is_some());
    let is_ours = agents.is_some() || snapshot.folders.values().any(|f| f.root == *root);
    let is_manifest = || {
        let below = path.strip_prefix(root).ok();
        below.is_some_and(|below| rutter_code::project::is_manifest(&below.to_string_lossy()))
    };
    let steers = |file: &Steering| {
        file.place.kind == Kind::Kiro
            && file.place.power.is_none()
            && !file.body().trim().is_empty()
    };
    is_ours
        && (is_document || is_manifest())
        && !agents.is_some_and(|agents| agents.steering().iter().any(steers))
}

/// The report about a file: what steers the work on it, or, where it steers itself, what it applies to.
pub fn report(cx: &Context<'_>, uri: Option<&str>) -> Result<String, CommandError> {
    let Some(path) = uri.map(PathBuf::from) else {
        return Err(CommandError::new(
            Code::WrongArgument,
            "Steering is shown for a file.",
            "Pass its `uri`.",
        ));
    };
    if let Some((base, _, file)) = cx.snapshot.agent_file(&path)
        && let Some(steering) = file.steering()
    {
        return Ok(applies_to(cx, base, steering));
    }
    Ok(steered_by(cx, &path))
}

fn applies_to(cx: &Context<'_>, base: &Path, steering: &Steering) -> String {
    let mut out = format!(
        "# {}\n\nIt costs about {} tokens.\n",
        steering.path, steering.tokens
    );
    let Inclusion::FileMatch(patterns) = &steering.inclusion else {
        let _ = writeln!(out, "\nInclusion: {}.", steering.inclusion.as_str());
        return out;
    };
    let project = project(cx.files, base);
    for pattern in patterns {
        let hits: Vec<&String> = project
            .iter()
            .filter(|file| steering.below(file).is_some_and(|f| pattern.matches(f)))
            .collect();
        let _ = write!(out, "\n## `{}` matches {}\n\n", pattern.text, hits.len());
        for hit in hits.iter().take(MOST) {
            let _ = writeln!(out, "- {hit}");
        }
        if hits.len() > MOST {
            let _ = writeln!(out, "- and {} more", hits.len() - MOST);
        }
    }
    out
}

fn steered_by(cx: &Context<'_>, path: &Path) -> String {
    let found = steering_of(cx.snapshot, cx.files, cx.home, path, None);
    let mut out = format!("# What steers the work on {}\n", found.file);
    if let Some(by) = found.ignored {
        let _ = writeln!(out, "\n{}", by.sentence());
    }
    let applied = found.effective();
    if applied.is_empty() {
        out.push_str("\nNothing does.\n");
    } else {
        out.push_str("\nStrongest first.\n\n");
    }
    for one in &applied {
        let _ = writeln!(
            out,
            "- {} ({}, ~{} tokens): {}",
            one.path, one.scope, one.tokens, one.why
        );
    }
    let left_out = found.left_out();
    if !left_out.is_empty() {
        out.push_str("\n## Not included\n\n");
    }
    for one in &left_out {
        let _ = writeln!(out, "- {}: {}", one.path, one.why);
    }
    for problem in &found.problems {
        let _ = writeln!(out, "\nNot read: {}", problem.message);
    }
    out
}
