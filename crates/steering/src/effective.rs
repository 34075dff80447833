//! Which steering applies to a file, in what order and why; and which does not, and why not.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{Inclusion, Kind, Steering};

/// A steering file that applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// Its path.
    pub path: String,
    /// `folder` (it speaks for a folder below the root), `project` or `global`.
    pub scope: &'static str,
    /// `always`, `fileMatch` or `reference`.
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

/// What applies to a file (its path relative to the root), strongest first: nearer folders before the project, the project
/// before the user's own, what is about this file before what is about all. What an applied file refers to follows it.
pub fn effective(files: &[Steering], file: &str) -> Vec<Applied> {
    let mut direct: Vec<(&Steering, String)> = files
        .iter()
        .filter_map(|s| Some((s, applies(s, file).ok()?)))
        .collect();
    direct.sort_by(|(a, _), (b, _)| strength(a).cmp(&strength(b)));
    let mut seen: BTreeSet<&str> = direct.iter().map(|(s, _)| s.path.as_str()).collect();
    let mut out = Vec::new();
    for (steering, why) in direct {
        out.push(applied(steering, steering.inclusion.as_str(), why));
        refer(files, steering, &mut seen, &mut out);
    }
    out
}

/// What does not apply to a file, by path.
pub fn left_out(files: &[Steering], file: &str) -> Vec<LeftOut> {
    let in_force: BTreeSet<String> = effective(files, file).into_iter().map(|a| a.path).collect();
    files
        .iter()
        .filter(|s| !in_force.contains(&s.path) && s.place.kind != Kind::Referenced)
        .filter_map(|s| {
            Some(LeftOut {
                path: s.path.clone(),
                why: applies(s, file).err()?,
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
        let target = reference
            .candidates(&from.place.base, &from.path)
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
    match (steering.place.global, steering.place.base.is_empty()) {
        (true, _) => "global",
        (false, true) => "project",
        (false, false) => "folder",
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
        usize::MAX - depth,
        !matches!(steering.inclusion, Inclusion::FileMatch(_)),
        steering.place.kind,
        steering.path.as_str(),
    )
}

/// Why a file applies, or why it does not.
fn applies(steering: &Steering, file: &str) -> Result<String, String> {
    let Some(below) = steering.below(file) else {
        return Err(format!("It speaks for {}/ only.", steering.place.base));
    };
    let whole = match (steering.place.global, steering.place.base.as_str()) {
        (true, _) => "every project of yours".to_owned(),
        (false, "") => "the whole project".to_owned(),
        (false, base) => format!("all of {base}/"),
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
        Inclusion::Manual => Err(match steering.place.kind {
            Kind::Kiro => format!(
                "It is included only when someone names it with `#{}`.",
                steering.name()
            ),
            _ => "It is included only when someone names it.".to_owned(),
        }),
        Inclusion::Auto => Err(match steering.place.kind {
            Kind::Skill => "A skill is used when its description fits the work.".to_owned(),
            Kind::Power => "A power is used when one of its keywords is named.".to_owned(),
            _ => "It is included when its description fits the work, which the model decides."
                .to_owned(),
        }),
        Inclusion::Referenced => Err("Nothing that applies refers to it.".to_owned()),
    }
}
