//! Which steering applies to a file, in what order and why; and which does not, and why not.
//!
//! Strongest first: what speaks for a nearer folder, then the project, then other folders of the workspace, then the user's
//! own; among these what is about this file before what is about all. A pattern is matched from the folder that holds its
//! `.kiro`, so nested ones speak for their own part only.
//!
//! **Many folders in a workspace**: what stands in one speaks for its own files. Kiro gives the always-included files of all
//! of them to every conversation, and its users ask for both more and less of that; rules of another project are noise, so
//! here they stay out, with the reason. A team that keeps shared rules in a folder of its own names the others in its
//! patterns: `shop/**` and `**/shop/**` match the files of the folder `shop`, `**/*.ts` does not.
//!
//! **Powers**: a power's files count once a message names one of its keywords; its steering then applies by its own rules.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::power::Power;
use crate::{Inclusion, Kind, Steering};

/// What steering is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Work<'a> {
    /// The file that is worked on, relative to its root with `/`.
    pub file: &'a str,
    /// What was said in the chat, where that is known.
    pub message: Option<&'a str>,
}

impl<'a> From<&'a str> for Work<'a> {
    fn from(file: &'a str) -> Self {
        Self {
            file,
            message: None,
        }
    }
}

/// A steering file that applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// Its path.
    pub path: String,
    /// `folder` (it speaks for a folder below the root), `project`, `workspace` (it stands in another folder of the
    /// workspace) or `global`.
    pub scope: &'static str,
    /// `always`, `fileMatch`, `manual`, `auto` or `reference`; `power` for what a power brings.
    pub inclusion: &'static str,
    /// One sentence.
    pub why: String,
    /// The length of the whole file.
    pub bytes: usize,
    /// The estimated number of tokens of what an agent is given.
    pub tokens: usize,
}

/// A steering file that does not apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Its path.
    pub path: String,
    /// One sentence.
    pub why: String,
}

/// What applies, strongest first. What an applied file refers to follows it.
pub fn effective<'a>(files: &[Steering], work: impl Into<Work<'a>>) -> Vec<Applied> {
    let work = work.into();
    let mut direct: Vec<(&Steering, String)> = files
        .iter()
        .filter_map(|s| Some((s, applies(files, s, work).ok()?)))
        .collect();
    direct.sort_by(|(a, _), (b, _)| strength(a).cmp(&strength(b)));
    let mut seen: BTreeSet<&str> = direct.iter().map(|(s, _)| s.path.as_str()).collect();
    let mut out = Vec::new();
    for (steering, why) in direct {
        let inclusion = match &steering.place.power {
            Some(_) => "power",
            None => steering.inclusion.as_str(),
        };
        out.push(applied(steering, inclusion, why));
        refer(files, steering, &mut seen, &mut out);
    }
    out
}

/// What does not apply, by path.
pub fn left_out<'a>(files: &[Steering], work: impl Into<Work<'a>>) -> Vec<LeftOut> {
    let work = work.into();
    let in_force: BTreeSet<String> = effective(files, work).into_iter().map(|a| a.path).collect();
    files
        .iter()
        .filter(|s| !in_force.contains(&s.path) && s.place.kind != Kind::Referenced)
        .filter_map(|s| {
            Some(LeftOut {
                path: s.path.clone(),
                why: applies(files, s, work).err()?,
            })
        })
        .collect()
}

/// The files that one refers to, also through others; a circle ends where it began.
fn refer<'a>(
    files: &'a [Steering],
    from: &'a Steering,
    seen: &mut BTreeSet<&'a str>,
    out: &mut Vec<Applied>,
) {
    for reference in &from.references {
        let target = from
            .candidates(reference)
            .into_iter()
            .find_map(|path| files.iter().find(|s| s.path == path));
        if let Some(target) = target
            && seen.insert(&target.path)
        {
            let why = format!("{} refers to it.", from.path);
            out.push(applied(target, Inclusion::Referenced.as_str(), why));
            refer(files, target, seen, out);
        }
    }
}

fn applied(steering: &Steering, inclusion: &'static str, why: String) -> Applied {
    Applied {
        path: steering.path.clone(),
        scope: scope(steering),
        inclusion,
        why,
        bytes: steering.text.len(),
        tokens: steering.tokens,
    }
}

/// The scope of a file, as [`Applied::scope`] says it.
pub fn scope(steering: &Steering) -> &'static str {
    match &steering.place {
        place if place.global => "global",
        place if place.elsewhere.is_some() => "workspace",
        place if place.base.is_empty() => "project",
        _ => "folder",
    }
}

/// What comes first is stronger.
fn strength(steering: &Steering) -> impl Ord + '_ {
    let depth = match steering.place.base.as_str() {
        "" => 0,
        base => base.split('/').count(),
    };
    (
        steering.place.global,
        steering.place.elsewhere.is_some(),
        usize::MAX - depth,
        !matches!(steering.inclusion, Inclusion::FileMatch(_)),
        steering.place.kind,
        steering.path.as_str(),
    )
}

/// Why a file applies, or why it does not.
fn applies(files: &[Steering], steering: &Steering, work: Work<'_>) -> Result<String, String> {
    if steering.place.elsewhere.is_some() {
        return from_elsewhere(steering, work);
    }
    let Some(below) = steering.below(work.file) else {
        return Err(format!("It speaks for {}/ only.", steering.place.base));
    };
    let called = match &steering.place.power {
        Some(folder) => Some(called(files, folder, work)?),
        None => None,
    };
    if steering.place.kind == Kind::Power
        && let Some(called) = called
    {
        return Ok(called);
    }
    let why = by_inclusion(steering, below, work)?;
    Ok(match called {
        Some(called) if steering.inclusion == Inclusion::Always => called,
        Some(called) => format!("{called} {why}"),
        None => why,
    })
}

/// Why the power in a folder is in use, or why not.
fn called(files: &[Steering], folder: &str, work: Work<'_>) -> Result<String, String> {
    let own =
        |s: &&Steering| s.place.kind == Kind::Power && s.place.power.as_deref() == Some(folder);
    let short = folder.rsplit('/').next().unwrap_or(folder);
    let Some(file) = files.iter().find(own) else {
        return Err(format!(
            "It belongs to a power, and {folder} has no POWER.md."
        ));
    };
    let power = Power::parse(short, &file.text);
    let name = &power.name;
    if power.keywords.is_empty() {
        return Err(format!(
            "The power `{name}` has no keywords, so nothing in a chat calls it."
        ));
    }
    let words: Vec<String> = power.keywords.iter().map(|k| format!("`{k}`")).collect();
    match work.message.and_then(|said| power.called_by(said)) {
        Some(keyword) => Ok(format!(
            "The message names `{keyword}`, which calls the power `{name}`."
        )),
        None => Err(format!(
            "The power `{name}` is used when a message names one of its keywords: {}.",
            words.join(", ")
        )),
    }
}

/// The same for what stands in another folder of the workspace.
fn from_elsewhere(steering: &Steering, work: Work<'_>) -> Result<String, String> {
    let Some(elsewhere) = &steering.place.elsewhere else {
        return Err(String::new());
    };
    let only = format!("It speaks for the files of {} only", elsewhere.root);
    let Inclusion::FileMatch(patterns) = &steering.inclusion else {
        return Err(format!("{only}."));
    };
    let folder = &elsewhere.seen_as;
    match patterns.iter().find(|p| p.names(folder, work.file)) {
        Some(pattern) => Ok(format!(
            "Its pattern `{}` names this folder and matches {folder}/{}.",
            pattern.text, work.file
        )),
        None => Err(format!(
            "{only}: no pattern of it names the folder `{folder}`."
        )),
    }
}

fn by_inclusion(steering: &Steering, below: &str, work: Work<'_>) -> Result<String, String> {
    let whole = match (steering.place.global, steering.place.base.as_str()) {
        (true, _) => "every project of yours".to_owned(),
        (false, "") => "the whole project".to_owned(),
        (false, base) => format!("all of {base}/"),
    };
    let name = steering.name();
    let named = || {
        let sign = ['#', '/'].into_iter().find(|sign| {
            work.message
                .is_some_and(|said| mentions(said, &format!("{sign}{name}")))
        })?;
        Some(format!("The message names it with `{sign}{name}`."))
    };
    match &steering.inclusion {
        Inclusion::Always => Ok(format!("It is always included, for {whole}.")),
        Inclusion::FileMatch(patterns) => match patterns.iter().find(|p| p.matches(below)) {
            Some(pattern) => Ok(format!("Its pattern `{}` matches {below}.", pattern.text)),
            None => {
                let all: Vec<String> = patterns.iter().map(|p| format!("`{}`", p.text)).collect();
                Err(match all.as_slice() {
                    [one] => format!("Its pattern {one} does not match {below}."),
                    many => format!("None of its patterns {} matches {below}.", many.join(", ")),
                })
            }
        },
        Inclusion::Manual => named().ok_or_else(|| match steering.place.kind {
            Kind::Kiro => format!("It is included only when someone names it with `#{name}`."),
            _ => "It is included only when someone names it.".to_owned(),
        }),
        Inclusion::Auto => named().ok_or_else(|| match steering.place.kind {
            Kind::Skill => "A skill is used when its description fits the work.".to_owned(),
            _ => "It is included when its description fits the work, which the model decides."
                .to_owned(),
        }),
        Inclusion::Referenced => Err("Nothing that applies refers to it.".to_owned()),
    }
}

/// Whether a text holds a name that doesn't go on behind it.
fn mentions(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, found)| {
        let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(goes_on) && !after.is_some_and(goes_on)
    })
}
